"""One of everything that can happen: streams whose leaves hold every event type, with ids that tell a leak.

The leaves are folded, not decided, so each stream may be as short as the test needs.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from selection.application import events as a
from selection.decision.aggregate import ActRefused, Event, leaf_of
from selection.decision.facts import PersonFact
from selection.decision.relations import Conflict
from selection.forms.built_in import find_form
from selection.forms.form import FormName
from selection.forms.handed_in import AnsweredForm
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.recommendation import events as n
from selection.rules.loading import rules_hash
from selection.sealing import load_rules
from selection.streams import aggregate

TEXT = (files("examples") / "second_batch" / "rules.yaml").read_text(encoding="utf-8")
OWN_GROUND = "a direction that is taken"
"""What these rules call a ground, unlike any others."""
_WORDED = TEXT.replace("a first-batch centre holds this direction", OWN_GROUND)
RULES = load_rules(f"local: true\nfilled_from_reserve: true\n{_WORDED}")
ROUND = "second-batch-2024"
START = datetime(2024, 8, 1, 1, 0, tzinfo=UTC)
UNTIL = datetime(2024, 8, 28, 16, 0, tzinfo=UTC)

CO_BUILDER = "91110000MA00000001"
AGENT = Actor(person="agent-1", role=Role.APPLICANT)
PARTNER = Actor(person="partner-1", role=Role.APPLICANT)
PARTNER_FACT = PersonFact(person="partner-1", roles={"applicant": ()}, employer=CO_BUILDER)
RECOMMENDER = Actor(person="recommender-1", role=Role.RECOMMENDER)
OFFICER = Actor(person="officer-1", role=Role.OFFICER)
SUPERVISOR = Actor(person="supervisor-1", role=Role.SUPERVISOR)
OBJECTOR = Actor(person="objector-1", role=Role.OBJECTOR)
EXAMINER = Actor(person="examiner-1", role=Role.EXAMINER)
SURVEYOR = Actor(person="surveyor-1", role=Role.SURVEYOR)
APPROVER = Actor(person="approver-1", role=Role.APPROVER)
CHAIR = Actor(person="expert-1", role=Role.CHAIR)


def expert(number: int) -> Actor:
    return Actor(person=f"expert-{number}", role=Role.EXPERT)


def ref(name: str) -> Ref:
    return Ref(id=name, sha256="0" * 64)


@dataclass(frozen=True)
class Step:
    """A recorded leaf and the stream's state around it."""

    before: Any
    leaf: Leaf
    after: Any


@dataclass
class Story:
    """A stream that is told event by event, an hour apart."""

    stream: str
    steps: list[Step] = field(default_factory=list)

    @property
    def state(self) -> Any:
        return self.steps[-1].after if self.steps else aggregate(self.stream).initial(self.stream)

    @property
    def leaves(self) -> list[Leaf]:
        return [step.leaf for step in self.steps]

    def tell(self, actor: Actor, *events: Event) -> "Story":
        for event in events:
            at = START + timedelta(hours=len(self.steps))
            before = self.state
            number = f"{self.stream}/c-{len(self.steps)}"
            leaf = leaf_of(event, state=before, offset=1, actor=actor, at=at, command_id=number)
            self.steps.append(Step(before, leaf, aggregate(self.stream).evolve(before, leaf)))
        return self


def submission(form: str, fund: str = "1000000") -> a.Submission:
    return a.Submission(
        name_en="Centre for Stage Engineering",
        name_zh="舞台工程技术创新中心",
        field="performance-equipment",
        region="CN-BJ",
        priority="urgent",
        host=a.Unit(
            code="91110000MA00000000",
            kind="enterprise",
            region="CN-BJ",
            name_en="Curtain Works",
            name_zh="幕布机械公司",
        ),
        co_builders=(a.Unit(code=CO_BUILDER, kind="university", region="CN-BJ"),),
        form_version=version_of("application"),
        form=ref(form),
        public=ref(form.replace("form", "public")),
        evidence=(ref("evidence-1"),),
        pledge=ref("applicant-pledge"),
        seals=ref("seals"),
        agreement=ref("agreement"),
        avoid=("avoided-1",),
        staff=30,
        fund_yuan=Decimal(fund),
    )


def make_application_submitted(revision: int, form: str = "form-1") -> a.ApplicationSubmitted:
    return a.ApplicationSubmitted(
        round=ROUND,
        rules_hash=rules_hash(RULES),
        revision=revision,
        submission=submission(form),
        agent="agent-1",
        officers=("officer-1", "officer-2"),
        supervisors=("supervisor-1", "supervisor-2"),
    )


def make_asked_to_confirm(*people: str) -> a.AskedToConfirm:
    return a.AskedToConfirm(until=UNTIL, remind=(UNTIL,), people={CO_BUILDER: people})


def make_recommendation(revision: int) -> a.RecommendationTaken:
    return a.RecommendationTaken(unit="prov-bj", revision=revision, agent="recommender-1")


def make_act_refused(kind: str, code: str = "late") -> ActRefused:
    return ActRefused(kind=kind, code=code, params={"deadline": "submission", "until": UNTIL.isoformat()})


def make_panel_seated() -> a.PanelSeated:
    return a.PanelSeated(
        draw="main",
        revision=3,
        seats={str(seat): f"expert-{seat}" for seat in range(1, 8)},
        alternates=("expert-8", "expert-9", "expert-10"),
        employers={f"expert-{seat}": f"employer-{seat}" for seat in range(1, 11)},
        lot="lot-1",
        respond_by=UNTIL,
        review_by=UNTIL,
        remind_answer=(UNTIL - timedelta(days=2),),
        remind_review=(UNTIL - timedelta(days=7), UNTIL - timedelta(days=2)),
    )


def version_of(name: FormName) -> str:
    """Return the version of a form that the sealed rules name."""
    form = find_form(RULES.forms, name)
    assert form is not None
    return form.version


def review_form(person: str, told: str = "review") -> AnsweredForm:
    return AnsweredForm(
        version=version_of("review"), answers=ref(f"judged-{person}"), told=ref(f"{told}-{person}")
    )


def review(seat: int, person: str) -> a.ReviewSubmitted:
    scores = {item.code: Decimal("21.5") for item in RULES.criteria}
    scores["positioning"] = Decimal(seat)
    return a.ReviewSubmitted(
        seat=seat, expert=person, scores=scores, total=Decimal("64.5") + seat, form=review_form(person)
    )


def make_review_corrected(seat: int, person: str) -> a.ReviewCorrected:
    """The same scores in another text: what the story says of totals stays as it is."""
    first = review(seat, person)
    told = {**dict(first), "form": review_form(person, "corrected")}
    return a.ReviewCorrected(**told, number=1, former_total=first.total, reason=ref(f"correction-{person}"))


def _make_seat_filled(seat: int, person: str) -> a.SeatFilled:
    return a.SeatFilled(seat=seat, expert=person, respond_by=UNTIL, review_by=UNTIL, remind_answer=(UNTIL,))


def application_listed() -> Story:
    """An application from its first version to the issued list."""
    story = Story(f"application/{ROUND}/0001")
    asking, withdrawn = make_asked_to_confirm("partner-1"), a.ApplicationWithdrawn(reason=ref("withdrawal"))
    story.tell(
        AGENT,
        make_application_submitted(1).with_(asked=asking),
        withdrawn,
        make_application_submitted(2).with_(asked=asking),
    )
    story.tell(PARTNER, a.CoBuildingConfirmed(co_builder=CO_BUILDER, revision=2))
    story.tell(
        SYSTEM, make_recommendation(2), a.RecommendationReleased(unit="prov-bj"), make_recommendation(2)
    )
    story.tell(AGENT, make_act_refused("submit"))
    story.tell(SYSTEM, a.CheckOpened(deadline=UNTIL))
    story.tell(OFFICER, a.SentBack(faults=("seals-missing",), text=ref("fault-text"), until=UNTIL))
    story.tell(AGENT, a.ApplicationMended(revision=3, submission=submission("form-3")))
    story.tell(OFFICER, a.CheckPassed(rulings=("same-kind-bid",), text=ref("check-text")))
    story.tell(SYSTEM, make_panel_seated())
    _panel(story)
    story.tell(OFFICER, a.ChairAppointed(chair="expert-1", reason=ref("chair-reason")))
    story.tell(SYSTEM, a.PlacedOnShortlist(rank=1, reason=ref("shortlist-reason")))
    tell_team(story)
    story.tell(SYSTEM, *reminders(a.TaskReminded, "survey", "survey", "surveyor-1"))
    story.tell(SYSTEM, reminders(a.TaskReminded, "panel/review", "review", "officer-1")[-1])
    findings = {item.code: ref(f"finding-{item.code}") for item in RULES.criteria}
    photos = (ref("photo-1"),)
    story.tell(
        SURVEYOR, a.SurveyReported(day="2024-11-02", findings=findings, photos=photos, verdict="confirmed")
    )
    _meeting(story)
    story.tell(SYSTEM, a.PlacedInProposal(proposal=1, rank=1, reason=ref("proposal-reason")))
    story.tell(SYSTEM, a.NoticeOpened(proposal=1, until=UNTIL, public=ref("public-3")))
    tell_objections(story)
    tell_fraud(story, upheld=False)
    tell_found(story)
    story.tell(SYSTEM, a.NoticePassed(deadline=UNTIL), a.ApplicationListed(place=1, proposal=1))
    return story


def reminders(kind: Any, task: str, awaited: str, person: str) -> tuple[Event, ...]:
    """One of each way to remind of a task: whom it waits for, twice, and an officer."""
    rungs = (("day", person), ("after", person), ("officer", "officer-1"))
    return tuple(
        kind(task=task, awaited=awaited, rung=rung, until=UNTIL, told=(told,)) for rung, told in rungs
    )


def appraisal() -> a.AppraisalRecorded:
    return a.AppraisalRecorded(
        present=("expert-1", "expert-2", "expert-3", "expert-5", "expert-8"),
        aside=("expert-5",),
        score=Decimal("88.5"),
        votes_for=3,
        votes_against=1,
        abstained=0,
        dissents=(a.Dissent(expert="expert-2", text=ref("dissent-expert-2")),),
        text=ref("appraisal-text"),
    )


def _meeting(story: Story) -> None:
    met = appraisal()
    opened = a.AppraisalOpened(meeting=1, present=met.present, aside=met.aside, reason=ref("anew-text"))
    story.tell(CHAIR, opened)
    dissents = {item.expert: item.text for item in met.dissents}
    for person in (name for name in met.present if name not in met.aside):
        vote, dissent = "against" if person in dissents else "for", dissents.get(person)
        cast = a.VoteCast(meeting=1, expert=person, vote=vote, score=met.score, dissent=dissent)
        story.tell(Actor(person=person, role=Role.EXPERT), cast)
    story.tell(CHAIR, met)


def _panel(story: Story) -> None:
    for seat in range(1, 6):
        pledge = ref(f"pledge-expert-{seat}")
        story.tell(expert(seat), a.InvitationAccepted(seat=seat, expert=f"expert-{seat}", pledge=pledge))
    story.tell(
        expert(6), a.SeatVacated(seat=6, expert="expert-6", why="declined"), _make_seat_filled(6, "expert-8")
    )
    story.tell(SYSTEM, a.SeatVacated(seat=7, expert="expert-7", why="no-response", deadline=UNTIL))
    story.tell(SYSTEM, _make_seat_filled(7, "expert-9"))
    story.tell(expert(8), a.InvitationAccepted(seat=6, expert="expert-8", pledge=ref("pledge-expert-8")))
    for seat, person in ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 8)):
        story.tell(expert(person), review(seat, f"expert-{person}"))
    story.tell(expert(1), make_act_refused("submit-review", "score-locked"))
    story.tell(expert(3), make_review_corrected(3, "expert-3"))
    report = a.ConflictReported(report="report-1", expert="expert-2", text=ref("report-text"))
    story.tell(expert(3), report)
    story.tell(SUPERVISOR, a.ConflictRuled(report="report-1", upheld=False, text=ref("ruling-text")))
    story.tell(expert(4), a.ConflictDeclared(expert="expert-4", text=ref("conflict-text")))
    story.tell(expert(4), a.ReviewVoided(seat=4, expert="expert-4", report="declared"))
    story.tell(expert(4), a.SeatVacated(seat=4, expert="expert-4", why="conflict"))
    story.tell(
        SYSTEM,
        a.ApplicationScored(
            valid=5,
            mean="401/6",
            untrimmed="203/3",
            technical="43/2",
            shown=Decimal("66.83"),
            lot="lot-1",
        ),
    )


def tell_objections(story: Story) -> None:
    raised = a.ObjectionRaised(
        objection="objection-1", objector="objector-1", text=ref("objection-text"), evidence=(ref("proof-1"),)
    )
    story.tell(OBJECTOR, raised)
    examiners = ("examiner-1", "examiner-2")
    story.tell(OFFICER, a.ExaminersAppointed(objection="objection-1", examiners=examiners, until=UNTIL))
    settled = a.ObjectionSettled(
        objection="objection-1", outcome="partly-upheld", text=ref("settlement-text")
    )
    story.tell(EXAMINER, settled)


def tell_fraud(story: Story, *, upheld: bool) -> None:
    story.tell(OFFICER, a.FraudReported(text=ref("fraud-text"), evidence=(ref("proof-2"),)))
    story.tell(SUPERVISOR, a.FraudRuled(upheld=upheld, text=ref("fraud-ruling")))


def tell_team(story: Story) -> None:
    """A team is appointed, and one of it and the panel's chair may act no more for a while."""
    members = ("surveyor-1", "surveyor-2", "surveyor-3")
    story.tell(OFFICER, a.SurveyTeamAppointed(lead="surveyor-1", members=members))
    for person in ("expert-1", "surveyor-2"):
        story.tell(SYSTEM, a.ActivityChanged(person=person, standing="inactive"))
        story.tell(SYSTEM, a.ActivityChanged(person=person, standing="active"))


def tell_found(story: Story) -> None:
    bound_by = Conflict(kind="subsidiary", unit="group-1", to=("91110000MA00000000",))
    found = a.ConflictFound(report="data-1", expert="examiner-2", bound_by=(bound_by,), seated=True)
    story.tell(SYSTEM, found)
    story.tell(SUPERVISOR, a.ConflictRuled(report="data-1", upheld=False, text=ref("dismissal")))
    story.tell(SUPERVISOR, a.HouseTieDismissed(person="officer-1", units=("group-1",)))


def list_story() -> Story:
    """A unit's list."""
    story = Story(f"recommender/{ROUND}/prov-bj")
    for number in ("0001", "0002"):
        story.tell(RECOMMENDER, _make_application_recommended(number))
    story.tell(RECOMMENDER, n.RecommendationsRanked(order=("0002", "0001")))
    story.tell(RECOMMENDER, n.RecommendationWithdrawn(application="0002", reason=ref("list-reason")))
    story.tell(SYSTEM, n.RecommendationFreed(application="0001", why="edited"))
    story.tell(
        OFFICER, _make_application_recommended("0001").with_(sent=date(2024, 8, 12), evidence=(ref("scan"),))
    )
    return story.tell(SYSTEM, n.ListClosed(deadline=UNTIL))


def _make_application_recommended(number: str) -> n.ApplicationRecommended:
    return n.ApplicationRecommended(
        round=ROUND,
        rules_hash=rules_hash(RULES),
        unit="prov-bj",
        quota=2,
        application=number,
        revision=2,
        agent="recommender-1",
        form=AnsweredForm(version=version_of("opinion"), answers=ref("opinion-text"))
        if number == "0001"
        else None,
    )


def list_never_opened() -> Story:
    """A list of a round that does not exist."""
    refused = ActRefused(kind="recommend", code="unknown-round")
    return Story(f"recommender/{ROUND}/prov-tj").tell(RECOMMENDER, n.ListNeverOpened(), refused)
