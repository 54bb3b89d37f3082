"""One of everything that can happen to a round and its archive; and all streams of the story together."""

from datetime import timedelta

from selection.archive.events import ArchivedRun, HistoriesArchived
from selection.decision.relations import Conflict
from selection.forms.changing.amendment import RoundForms
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.model import Ref
from selection.round import events as r
from selection.rules.loading import rules_hash
from selection.rules.terms import get_sealed_deadlines
from tests import factories as f
from tests.selection.short_stories import short_applications
from tests.selection.story import (
    APPROVER,
    OFFICER,
    ROUND,
    RULES,
    SUPERVISOR,
    UNTIL,
    Story,
    application_listed,
    list_never_opened,
    list_story,
    ref,
    reminders,
)

SECOND_OFFICER = Actor(person="officer-2", role=Role.OFFICER)
SECOND_SUPERVISOR = Actor(person="supervisor-2", role=Role.SUPERVISOR)
PUBLIC = UNTIL + timedelta(days=50)


def _proposal(number: int) -> r.ProposalMade:
    item = r.ProposalItem(application="0001", rank=1, reason=ref("proposal-reason"))
    return r.ProposalMade(
        proposal=number, items=(item,), deviations={"0005": ref("deviation")}, ranking=("0005", "0001")
    )


def round_story() -> Story:
    """A round from the seal to the list, with a send-back in the approval chain."""
    story = Story(f"round/{ROUND}")
    _open(story)
    _move_deadlines(story)
    story.tell(OFFICER, form_amended()).tell(SYSTEM, r.BatchFinished(batch="amend-application/1", touched=3))
    _check(story)
    _draw(story)
    story.tell(
        SYSTEM, _make_stage_finished("drawing", "review"), _make_stage_finished("review", "shortlisting")
    )
    _amendments(story)
    _change_posts(story)
    shortlist = r.ShortlistFixed(
        listed={"0001": 1}, reasons={"0001": ref("shortlist-reason")}, counts={"scored": 1}
    )
    story.tell(OFFICER, shortlist)
    story.tell(
        SYSTEM, _make_stage_finished("shortlisting", "survey"), _make_stage_finished("survey", "appraisal")
    )
    story.tell(SYSTEM, _make_stage_finished("appraisal", "proposal"))
    tell_lobbying(story)
    _approval(story)
    return story.tell(OFFICER, r.ListIssued(proposal=3, places={"0001": 1}))


def _open(story: Story) -> None:
    opened = r.RoundOpened(
        rules_hash=rules_hash(RULES),
        rules=RULES.model_dump(mode="json"),
        rehearsal=RULES.is_rehearsal,
        deadlines=get_sealed_deadlines(RULES),
        awaits_call=UNTIL,
    )
    story.tell(OFFICER, opened).tell(OFFICER, r.CallOpened())


def _move_deadlines(story: Story) -> None:
    """The submission is extended, and it and the recommendation are moved once more by an outage."""
    old = story.state.deadlines["submission"]
    extended = r.DeadlineExtended(
        name="submission",
        old=old,
        until=old + timedelta(days=3),
        cause="organiser",
        reason=ref("extension-reason"),
    )
    story.tell(OFFICER, extended)
    outage = r.OutageRecorded(
        began=UNTIL - timedelta(hours=5),
        ended=UNTIL - timedelta(hours=1),
        moved={name: story.state.deadlines[name] for name in ("submission", "recommendation")},
        until=UNTIL + timedelta(days=40),
        cause="system",
        reason=ref("outage-reason"),
    )
    story.tell(OFFICER, outage)


def _check(story: Story) -> None:
    """Nothing comes in any more; the check is reminded of, and there is more time to mend."""
    story.tell(SYSTEM, r.SubmissionClosed(deadline=UNTIL), r.IntakeClosed(deadline=UNTIL))
    story.tell(SYSTEM, *reminders(r.RoundReminded, "check", "check", "officer-1"))
    mending = r.DeadlineExtended(
        name="mend",
        old=None,
        until=UNTIL + timedelta(days=3),
        cause="organiser",
        reason=ref("extension-reason"),
    )
    story.tell(OFFICER, mending)
    story.tell(SYSTEM, _make_stage_finished("checking", "drawing"))


NUMBERS = "01 07 12 19 23 33 + 05"


def make_commitment() -> r.DrawCommitted:
    return r.DrawCommitted(
        draw="main",
        commitment="c" * 64,
        deposit=ref("draw-secret"),
        inputs=ref("draw-inputs"),
        applications=30,
        experts=60,
        source="ssq",
        issue="2024-10-22T21:15",
        public=PUBLIC,
        until=PUBLIC + timedelta(days=4),
    )


def tell_draw(story: Story, result: Ref | None, *clashing: str, by: Actor = OFFICER) -> Story:
    """The main draw is committed, opened and carried out: with panels, or because of what clashes without any."""
    story.tell(by, make_commitment(), r.DrawNumbersEntered(draw="main", numbers=NUMBERS))
    story.tell(SECOND_OFFICER, r.DrawOpened(draw="main", secret="5" * 64, randomness=NUMBERS))
    cost = 12 if result else 0
    return story.tell(SYSTEM, r.PanelsDrawn(draw="main", result=result, total_cost=cost, clashing=clashing))


def _draw(story: Story) -> None:
    """One draw is lost and voided; by another the panels are drawn, one application in a second batch."""
    committed = make_commitment()
    lost = committed.with_(draw="lost", issue="2024-10-20T21:15", public=PUBLIC - timedelta(days=2))
    story.tell(OFFICER, lost)
    story.tell(SUPERVISOR, r.DrawVoided(draw="lost", reason=ref("draw-lost"), expired=False))
    tell_draw(story, ref("draw-result"), by=SUPERVISOR)
    story.tell(SYSTEM, r.BatchFinished(batch="seat-panel/main", touched=29, left_over=("0009",)))
    story.tell(OFFICER, r.BatchRepeated(batch="seat-panel/main", attempt=1))
    story.tell(SYSTEM, r.BatchFinished(batch="seat-panel/main", touched=1))


def _change_posts(story: Story) -> None:
    """An officer comes and goes, as two sign or two posts agree on it, and another is substituted for a time."""
    came = {"added": ("officer-9",), "removed": ()}
    went = {"added": (), "removed": ("officer-9",)}
    for changed in (came, went):
        told = r.PostChanged(post="officers", level="", reason=ref("post-reason"), **changed)
        story.tell(SUPERVISOR, told)
    entered = {"post": "officers", "level": "", "reason": ref("entry-reason"), **came}
    for number in (1, 2):
        days = {"number": number, "start": UNTIL, "until": UNTIL + f.DAY}
        story.tell(OFFICER, r.PostChangeEntered(**days, **entered))
        if number == 1:
            story.tell(SUPERVISOR, r.PostChangeDeclined(number=1, reason=ref("entry-declined")))
    agreed = {**entered, "reason": ref("entry-consent")}
    story.tell(APPROVER, r.PostChanged(**agreed, entry=2))
    story.tell(SUPERVISOR, told)
    delegated = {"number": 1, "post": "officers", "holder": OFFICER.person, "substitute": "officer-8"}
    days = {"start": UNTIL, "until": UNTIL + f.DAY}
    story.tell(OFFICER, r.PostDelegated(**delegated, **days, reason=ref("delegation-reason")))
    story.tell(OFFICER, r.DelegationEnded(number=1, reason=ref("delegation-end")))


def _amendments(story: Story) -> None:
    """A change of the rules is declined, and entered again and agreed to."""
    change = {"path": "panel.max_load", "before": "12", "after": "15"}
    why = ref("amendment-why")
    story.tell(OFFICER, r.AmendmentEntered(number=1, reason=why, **change))
    story.tell(APPROVER, r.AmendmentDeclined(number=1, reason=ref("amendment-no")))
    story.tell(OFFICER, r.AmendmentEntered(number=2, reason=why, **change))
    agreed = {"entered_by": OFFICER.person, "approver": APPROVER.person, "consent": ref("amendment-yes")}
    brings = {"touches": ("expert",), "again": (), "amended_hash": "a" * 64}
    story.tell(
        Actor(person="approver-2", role=Role.APPROVER),
        r.AmendmentAgreed(number=2, level="ministry", reason=ref("amendment-yes")),
    )
    story.tell(APPROVER, r.RulesAmended(number=2, reason=why, **change, **agreed, **brings))


def form_amended() -> r.FormAmended:
    """The application form asks for one text more."""
    old = RoundForms(RULES.forms).find("application")
    assert old is not None
    told = f.amend_form(old, f.change_form(old), reason=ref("amendment-reason"))
    return r.FormAmended(
        number=1,
        form_name="application",
        was=old.version,
        form_version=f"{old.version}-2",
        form_hash=told.form_hash,
        definition=told.definition,
        by=told.by,
        until=UNTIL,
        reason=told.reason,
    )


def tell_lobbying(story: Story) -> None:
    """An expert reports lobbying by an officer, and a supervisor rules."""
    told = r.LobbyingReported(
        report="lobbying-1",
        named=("officer-2",),
        text=ref("lobbying-text"),
        evidence=(ref("lobbying-proof"),),
    )
    story.tell(Actor(person="expert-1", role=Role.EXPERT), told)
    story.tell(SUPERVISOR, r.LobbyingRuled(report="lobbying-1", upheld=True, text=ref("lobbying-ruling")))


def _make_stage_finished(stage: str, following: str) -> r.StageFinished:
    return r.StageFinished(finished=stage, next=following, counts={"review": 3})


def _make_approval_voided() -> r.ApprovalVoided:
    bound_by = (Conflict(kind="employer", unit="HOST", to=("HOST",)),)
    told = {"proposal": 1, "person": "approver-9", "levels": ("department",), "items": ("0001",)}
    return r.ApprovalVoided.model_validate({**told, "bound_by": bound_by})


def _approval(story: Story) -> None:
    for proposal in (1, 2):
        story.tell(OFFICER, _proposal(proposal), r.PublicNoticeOpened(proposal=proposal, until=UNTIL))
        story.tell(SYSTEM, _make_stage_finished("notice", "approval"))
        if proposal == 1:
            _fill(story)
        if proposal == 2:
            settled = r.HeldItemsSettled(proposal=3, released=("0006",), removed=("0007",))
            story.tell(SYSTEM, settled)
        hits = {"0001": ref("hit-text")}
        stopped = {"0008": ref("hit-text")} if proposal == 1 else {}
        number = story.state.proposal
        checked = r.IntegrityChecked(proposal=number, hits=hits | stopped, text=ref("integrity-text"))
        story.tell(SUPERVISOR, checked)
        ruled = r.IntegrityHitRuled(application="0001", cleared=True, text=ref("hit-ruling"))
        story.tell(SUPERVISOR, ruled)
        story.tell(SYSTEM, r.ItemsLeft(removed=("0009",)))
        if proposal == 1:
            story.tell(SYSTEM, _make_approval_voided())
            story.tell(SYSTEM, r.ProposalReturned(proposal=1, items=("0001",)))
            story.tell(OFFICER, _proposal(1))
            story.tell(SYSTEM, _make_stage_finished("proposal", "approval"))
            story.tell(SUPERVISOR, checked.with_(hits={"0008": ref("hit-text")}))
        if proposal == 1:
            _reverse_integrity(story, "0001", "cleared")
            story.tell(SECOND_SUPERVISOR, ruled)
            upheld = ruled.with_(application="0008", cleared=False)
            lifted = r.IntegrityStopLifted(application="0008", text=ref("lift-text"))
            story.tell(SUPERVISOR, upheld, lifted)
            sent_back = r.ProposalSentBack(
                proposal=1, level="department", items=("0001",), reason=ref("send-back-reason")
            )
            story.tell(APPROVER, sent_back)
    for person, level, passed in (
        ("approver-1", "department", True),
        ("approver-2", "ministry", False),
        ("approver-3", "ministry", True),
    ):
        given = r.LevelApproved(proposal=3, level=level, passed=passed, reason=ref("approval-reason"))
        story.tell(Actor(person=person, role=Role.APPROVER), given)


def _fill(story: Story) -> None:
    """A place that fell empty is filled from the reserve."""
    added = r.ProposalItem(application="0003", rank=2, reason=ref("fill-reason"))
    filled = r.PlacesFilled(
        proposal=1,
        items=(added,),
        replaced=("0010",),
        deviations={"0004": ref("deviation")},
        ranking=("0004", "0003"),
    )
    story.tell(SYSTEM, r.ItemsLeft(removed=("0010",)))
    story.tell(OFFICER, filled).tell(SYSTEM, _make_stage_finished("proposal", "approval"))


def _reverse_integrity(story: Story, number: str, was: str) -> None:
    """Officer and supervisor reverse that a hit was cleared."""
    told = {"proposal": 1, "application": number, "was": was, "void": (), "text": ref("reversal-text")}
    entered = r.IntegrityReversalEntered.model_validate(told)
    declined = r.IntegrityReversalDeclined(
        proposal=1, application=number, people=("officer-1",), text=ref("reversal-text")
    )
    story.tell(OFFICER, entered).tell(SECOND_SUPERVISOR, declined)
    story.tell(OFFICER, entered).tell(SECOND_SUPERVISOR, entered)
    people = ("supervisor-1",)
    story.tell(SECOND_SUPERVISOR, r.IntegrityReversed.model_validate({**told, "people": people}))


def tell_cancelled_round() -> Story:
    """A round whose draw filled no seat, and that ends without a list."""
    story = round_story()
    short = Story(story.stream, story.steps[:3])
    tell_draw(short, None, "load", f"application/{ROUND}/0001")
    return short.tell(OFFICER, r.RoundCancelled(reason=ref("cancel-reason")))


def archive_story() -> Story:
    """The histories of an ended round, kept in one entry."""
    run = ArchivedRun(workflow_id=f"round/{ROUND}", run_id="run-1", events=9, closed=True, sha256="6" * 64)
    kept = HistoriesArchived(cause="round-ended", runs=(run,), complete=True, open=0)
    return Story(f"archive/{ROUND}").tell(SYSTEM, kept)


def everything() -> list[Story]:
    """Every stream of this story; together they hold every event type."""
    told = [application_listed(), *short_applications(), list_story(), round_story(), tell_cancelled_round()]
    return [*told, list_never_opened(), archive_story()]
