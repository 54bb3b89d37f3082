"""The 35 acts of one application, from the first version to the issued list, the same for every shape.

Twenty-nine are people's. Six are the engine's: the name of a recorded decision, which the record turns into the act.
"""

from dataclasses import dataclass
from decimal import Decimal

from benchmarks.rounds import APPLICANTS, OFFICER, STEPS, SURVEYORS, applicants, experts, panel_of
from benchmarks.texts import ANSWERS, COMMENT, TEXT, own
from selection.application import commands as c
from selection.application.submission import Submission, Unit
from selection.decision.envelope import Envelope
from selection.decision.machine import Act as ActTask, Report, Task
from selection.decision.reference import Decision
from selection.forms.handed_in import AnsweredForm
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.streams import log_of, recommender_stream, round_stream

SCORES = {"positioning": "20", "mechanism": "18.5", "technical": "21", "conditions": "19.5"}


@dataclass(frozen=True)
class Applicant:
    """Who hands an application in, and the unit that they apply for."""

    actor: Actor
    host: str


ALL_APPLICANTS = tuple(applicants().items())


def applicant_of(n: int) -> Applicant:
    """Return whose the n-th application is: a check compares those of the same hands."""
    person, host = ALL_APPLICANTS[n % APPLICANTS]
    return Applicant(Actor(person=person, role=Role.APPLICANT), host)


FIRST = applicant_of(0)


@dataclass(frozen=True)
class Act:
    """One update: an envelope or the name of a decision, its command, and the seat whose review it belongs to, if any.

    `first` tells that it begins its stream.
    """

    message: Envelope | Decision
    command: Frozen
    seat: int = 0
    first: bool = False

    @property
    def name(self) -> str:
        """The update's name."""
        return "act" if isinstance(self.message, Envelope) else "carry"

    @property
    def command_id(self) -> str:
        """The id of the act, which is the update's."""
        return self.message.command_id

    @property
    def task(self) -> Task:
        """The act as it is decided where no round is at hand: an engine's act by its command."""
        if isinstance(self.message, Envelope):
            return ActTask(self.message)
        return Report(self.command, self.message.command_id)


def acts_of(stream: str, n: int, applicant: Applicant | None = None) -> dict[str, tuple[Act, ...]]:
    """Return the acts of the n-th application by phase, of its own applicant if no other; the round decides between."""
    by = applicant or applicant_of(n)
    unit = f"unit-{stream.rsplit('/', 1)[-1]}"
    make = _Maker(stream)
    listed = Decision(stream=recommender_stream(log_of(stream), unit), version=1)
    panel = panel_of(n)
    return {
        "intake": (
            make(c.Submit(submission=submission(by.host, staff=40)), by.actor),
            make(c.Submit(submission=submission(by.host, staff=41)), by.actor),
            make.carry(c.TakeRecommendation(unit=unit, revision=2, agent="recommender-1"), listed),
        ),
        "review": (
            make(c.PassCheck(revision=2), OFFICER),
            make.of_round(_make_panel(n), "draw"),
            *(make(c.AcceptInvitation(pledge=TEXT), expert(p), i) for i, p in enumerate(panel.seats, 1)),
            make(c.AppointChair(chair=panel.seats[0], reason=TEXT), OFFICER),
            *(make(review(), expert(p), i) for i, p in enumerate(panel.seats, 1)),
        ),
        "survey": (
            make.of_round(c.PlaceOnShortlist(rank=n + 1, listed=True), "shortlist"),
            make(c.AppointSurveyTeam(lead=SURVEYORS[0], members=SURVEYORS), OFFICER),
            make(survey(), Actor(person=SURVEYORS[0], role=Role.SURVEYOR)),
            *(make(act, actor) for act, actor in hold_meeting(panel.seats)),
        ),
        "proposal": (make.of_round(c.PlaceInProposal(proposal=1, rank=n + 1, reason=TEXT), "propose"),),
        "notice": (make.of_round(c.OpenNotice(proposal=1), "publish"),),
        "issue": (make.of_round(c.Issue(proposal=1, place=n + 1), "issue"),),
    }


class _Maker:
    def __init__(self, stream: str) -> None:
        self._stream = stream
        self._made = 0

    def __call__(self, command: Frozen, actor: Actor, seat: int = 0) -> Act:
        self._made += 1
        command = own(command, actor)
        name = self._stream.removeprefix("application/").replace("/", "-")
        envelope = Envelope(
            stream=self._stream,
            command_id=f"{name}-{self._made:02d}",
            actor=actor,
            command=command.model_dump(mode="json"),
        )
        return Act(envelope, command, seat, first=self._made == 1)

    def carry(self, command: Frozen, decision: Decision) -> Act:
        """Return the act that carries a decision out."""
        self._made += 1
        return Act(decision, command)

    def of_round(self, command: Frozen, step: str) -> Act:
        """Return the act that carries a step of the round out."""
        return self.carry(command, Decision(stream=round_stream(log_of(self._stream)), version=STEPS[step]))


def expert(person: str) -> Actor:
    """Return the actor that an expert is."""
    return Actor(person=person, role=Role.EXPERT)


def submission(host: str, staff: int, region: str = "CN-BJ") -> Submission:
    """Return a version of an application of a unit in the region."""
    return Submission(
        field="art-design",
        region=region,
        priority="frontier",
        host=Unit(code=host, kind="firm", region=region),
        form_version="one-text",
        form=TEXT,
        pledge=TEXT,
        seals=TEXT,
        staff=staff,
        fund_yuan=Decimal(3_000_000),
    )


def _make_panel(n: int) -> c.SeatPanel:
    panel, pool = panel_of(n), experts()
    return c.SeatPanel(
        draw="1",
        experts=panel.seats,
        alternates=panel.alternates,
        employers={person: pool[person] for person in (*panel.seats, *panel.alternates)},
        lot=f"{n:016x}",
    )


def review() -> c.SubmitReview:
    """Return an expert's review."""
    return c.SubmitReview(
        scores={name: Decimal(score) for name, score in SCORES.items()},
        form=AnsweredForm(version="one-review", answers=ANSWERS, told=COMMENT),
    )


def survey(day: str = "2025-03-01") -> c.ReportSurvey:
    """Return the team's report."""
    return c.ReportSurvey(day=day, findings=dict.fromkeys(SCORES, TEXT), verdict="confirmed")


def hold_meeting(panel: tuple[str, ...]) -> list[tuple[Frozen, Actor]]:
    """Return the acts of a panel's meeting: its chair opens the vote, everyone casts theirs, the chair closes it."""
    chair = Actor(person=panel[0], role=Role.CHAIR)
    return [
        (c.OpenAppraisal(present=panel), chair),
        *((c.CastVote(meeting=1, vote="for", score=Decimal("79.50")), expert(person)) for person in panel),
        (c.RecordAppraisal(meeting=1, text=TEXT, reason=TEXT), chair),
    ]
