"""Rounds on the record that wait for a decision of their officers or approvers, with a dozen applications."""

from datetime import timedelta
from decimal import Decimal

from ledger.record import Ledger
from selection.application import events as a
from selection.decision.aggregate import event_of
from selection.kernel.actor import SYSTEM
from selection.kernel.day_clock import RehearsalClock
from selection.kernel.stages import RoundStage
from selection.round import events as r
from selection.streams import application_stream, log_of, round_stream
from tests.selection import round_stories, story
from tests.selection.story import Story, ref

CHOOSING, SHORTLISTING, APPROVING = "choosing-1", "shortlisting-1", "approving-1"
RETURNED, RELEASED = "returned-1", "released-1"
RECUSED = "officer-2"
"""An officer who is the agent of the last application."""
FIELDS = [item.code for item in story.RULES.fields]
REGIONS = [item.code for item in story.RULES.regions]
PRIORITIES = [item.code for item in story.RULES.priorities]
COUNT = 16
NAMES = (
    ("Centre for Stage Machinery and Live Performance Safety", "舞台机械与演出安全技术创新中心"),
    ("Centre for Immersive Exhibition and Interactive Display", "沉浸式展陈与互动显示技术创新中心"),
    ("Centre for Digital Restoration of Murals", "壁画数字化修复技术创新中心"),
    ("Centre for Smart Scenic Areas", "智慧景区技术创新中心"),
)


def tell_candidate(round_id: str, place: int, *, appraised: bool) -> Story:
    """An application with its panel's score; with `appraised` as the panel agreed on it, too."""
    told = Story(application_stream(round_id, f"{place:04}"))
    agent = RECUSED if place == COUNT else story.AGENT.person
    told.tell(story.AGENT, _make_application_submitted(round_id, place).with_(agent=agent))
    told.tell(SYSTEM, story.make_recommendation(1), a.CheckOpened(deadline=story.UNTIL))
    told.tell(story.OFFICER, a.CheckPassed(rulings=()))
    told.tell(SYSTEM, story.make_panel_seated().model_copy(update={"revision": 1, "lot": f"lot-{place:02}"}))
    low, score = Decimal(90 - 2 * place), Decimal(92 - 2 * place)
    for seat, total in ((1, low), (2, score), (3, score + 2 + place)):
        told.tell(story.expert(seat), story.review(seat, f"expert-{seat}").with_(total=total))
    told.tell(SYSTEM, _make_application_scored(place, score))
    if appraised:
        told.tell(SYSTEM, a.PlacedOnShortlist(rank=place, reason=ref("shortlist-reason")))
        told.tell(story.SURVEYOR, _make_survey_reported())
        told.tell(story.CHAIR, story.appraisal().with_(score=Decimal(90 - place)))
    return told


def _make_application_submitted(round_id: str, place: int) -> a.ApplicationSubmitted:
    english, chinese = NAMES[place % len(NAMES)]
    handed_in = story.submission("form-1").with_(
        name_en=f"{english} {place}",
        name_zh=f"{chinese}{place}",
        field=FIELDS[place % min(3, len(FIELDS))],
        region=REGIONS[place % 5],
        priority=PRIORITIES[place % 2],
    )
    return story.make_application_submitted(1).with_(round=round_id, submission=handed_in)


def _make_survey_reported() -> a.SurveyReported:
    findings = {item.code: ref("finding") for item in story.RULES.criteria}
    return a.SurveyReported(
        day="2024-11-02", findings=findings, photos=(), verdict="confirmed-with-reservations"
    )


def _make_application_scored(place: int, score: Decimal) -> a.ApplicationScored:
    mean = f"{score}/1"
    return a.ApplicationScored(
        valid=3, mean=mean, untrimmed=mean, technical=mean, shown=score, lot=f"lot-{place:02}"
    )


def tell_round_until(round_id: str, stage: RoundStage) -> Story:
    """A round as it came into a stage first."""
    told = Story(round_stream(round_id))
    for step in round_stories.round_story().steps:
        if told.steps and told.state.stage is stage:
            break
        told.tell(step.leaf.actor, event_of(step.leaf))
    if told.state.batch:
        told.tell(SYSTEM, r.BatchFinished(batch=told.state.batch, touched=COUNT))
    return told


def tell_proposal(round_id: str) -> Story:
    """A round whose second proposal waits for the first level: one item was sent back and another took its place."""
    told = tell_return(round_id)
    told.tell(story.OFFICER, _make_proposal_made(2, "0001", "0004", "0002"))
    told.tell(SYSTEM, r.BatchFinished(batch="place-in-proposal/2", touched=COUNT))
    return _go_to_approval(told, 2)


def tell_return(round_id: str) -> Story:
    """A round whose first proposal was checked, approved by none and sent back."""
    told = tell_round_until(round_id, RoundStage.PROPOSAL)
    told.tell(story.OFFICER, _make_proposal_made(1, "0001", "0002", "0003"))
    told.tell(SYSTEM, r.BatchFinished(batch="place-in-proposal/1", touched=COUNT))
    _go_to_approval(told, 1)
    back = r.ProposalSentBack(proposal=1, level="department", items=("0003",), reason=ref("send-back-reason"))
    return told.tell(story.APPROVER, back)


def tell_release(round_id: str) -> Story:
    """A round that issued two of three, and decides now on the third, whose objection ended."""
    told = tell_round_until(round_id, RoundStage.PROPOSAL)
    told.tell(story.OFFICER, _make_proposal_made(1, "0001", "0002", "0003"))
    told.tell(SYSTEM, r.BatchFinished(batch="place-in-proposal/1", touched=COUNT))
    _go_to_approval(told, 1, held=("0003",))
    told.tell(story.APPROVER, r.LevelApproved(proposal=1, level="department", passed=True))
    told.tell(story.OFFICER, r.ListIssued(proposal=1, places={"0001": 1, "0002": 2}))
    told.tell(SYSTEM, r.BatchFinished(batch="issue/1", touched=2))
    return told.tell(SYSTEM, r.HeldItemsSettled(proposal=2, released=("0003",), removed=()))


def _go_to_approval(told: Story, proposal: int, held: tuple[str, ...] = ()) -> Story:
    told.tell(story.OFFICER, r.PublicNoticeOpened(proposal=proposal, until=story.UNTIL))
    told.tell(SYSTEM, r.BatchFinished(batch=f"open-notice/{proposal}", touched=3))
    ended = r.StageFinished(finished="notice", next="approval", counts={}, held=held)
    told.tell(SYSTEM, ended)
    hits = {"0001": ref("hit-text")}
    told.tell(story.SUPERVISOR, r.IntegrityChecked(proposal=proposal, hits=hits, text=ref("integrity-text")))
    ruled = r.IntegrityHitRuled(application="0001", cleared=True, text=ref("hit-ruling"))
    return told.tell(story.SUPERVISOR, ruled)


def _make_proposal_made(number: int, *chosen: str) -> r.ProposalMade:
    items = tuple(
        r.ProposalItem(application=item, rank=rank, reason=ref("proposal-reason"))
        for rank, item in enumerate(chosen, start=1)
    )
    deviations = {} if number == 1 else {"0003": ref("deviation")}
    ranking = tuple(f"{place:04}" for place in range(1, COUNT + 1))
    return r.ProposalMade(proposal=number, items=items, deviations=deviations, ranking=ranking)


async def tell_candidates(ledger: Ledger, round_id: str, around: Story, *, appraised: bool) -> None:
    """Record a round with its applications, in the order of their times."""
    stories = [tell_candidate(round_id, place, appraised=appraised) for place in range(1, COUNT + 1)]
    for told in (around, *stories):
        await ledger.record.append(log_of(told.stream), told.stream, told.leaves)


async def tell_choice(ledger: Ledger) -> None:
    """Record a round whose officers choose whom to propose."""
    around = tell_round_until(CHOOSING, RoundStage.PROPOSAL)
    await tell_candidates(ledger, CHOOSING, around, appraised=True)


async def tell_shortlisting(ledger: Ledger) -> None:
    """Record a round whose officers fix the shortlist."""
    around = tell_round_until(SHORTLISTING, RoundStage.SHORTLISTING)
    await tell_candidates(ledger, SHORTLISTING, around, appraised=False)


async def tell_approving(ledger: Ledger) -> None:
    """Record a round whose proposal waits for its first level."""
    await tell_candidates(ledger, APPROVING, tell_proposal(APPROVING), appraised=True)


async def tell_issued(
    ledger: Ledger, round_id: str, title: str, *, days: int, rehearsal: bool = False
) -> None:
    """Record a round whose list was issued so many days after all stories, with nothing on it."""
    named = story.RULES.title.model_copy(update={"en": title})
    clock = RehearsalClock(start=story.START, day_zero=story.RULES.calendar.call, seconds_per_day=Decimal(60))
    rules = story.RULES.model_copy(update={"title": named, **({"clock": clock} if rehearsal else {})})
    opened = event_of(round_stories.round_story().leaves[0]).model_copy(
        update={"rules": rules.model_dump(mode="json"), "rehearsal": rehearsal}
    )
    told = Story(round_stream(round_id)).tell(story.OFFICER, opened, r.ListIssued(proposal=1, places={}))
    after = timedelta(days=days)
    late = [
        leaf.model_copy(update={"at": leaf.at + after, "recorded": leaf.recorded + after})
        for leaf in told.leaves
    ]
    await ledger.record.append(log_of(told.stream), told.stream, late)


async def tell_unconfirmed(ledger: Ledger, *codes: str) -> None:
    """Record an application whose co-builders were to confirm it in time, and did not."""
    told = Story(application_stream(story.ROUND, "0070"))
    handed_in = story.make_application_submitted(1)
    co_builders = tuple(handed_in.submission.co_builders[0].with_(code=code) for code in codes)
    asked = story.make_asked_to_confirm().with_(
        people={code: (f"partner-{place}",) for place, code in enumerate(codes)}
    )
    submission = handed_in.submission.with_(co_builders=co_builders)
    told.tell(story.AGENT, handed_in.with_(submission=submission, asked=asked))
    await ledger.record.append(log_of(told.stream), told.stream, told.leaves)
