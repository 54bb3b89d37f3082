"""The 27 acts of one application, from the first version to the issued list, the same for every shape."""

from dataclasses import dataclass
from decimal import Decimal

from benchmarks.rounds import HOST, OFFICER, SEATS, SURVEYORS, TEXT, experts, panel_of
from selection.actor import SYSTEM, Actor, Role
from selection.application import commands as c
from selection.application.events import Submission, Unit
from selection.messages import Envelope
from selection.model import Frozen

APPLICANT = Actor(person="applicant-1", role=Role.APPLICANT)
SCORES = {"positioning": "20", "mechanism": "18.5", "technical": "21", "conditions": "19.5"}
ACTS = 27


@dataclass(frozen=True)
class Act:
    """One update: its envelope, and the seat whose review it belongs to, if any."""

    envelope: Envelope
    seat: int = 0


def acts_of(stream: str, n: int) -> dict[str, tuple[Act, ...]]:
    """Return the acts of the n-th application by phase; between phases the round decides."""
    number = stream.rsplit("/", 1)[-1]
    make = _Maker(stream)
    panel = panel_of(n)
    return {
        "intake": (
            make(c.Submit(submission=submission(staff=40)), APPLICANT),
            make(c.Submit(submission=submission(staff=41)), APPLICANT),
            make(c.TakeRecommendation(unit=f"unit-{number}", revision=2, agent="recommender-1"), SYSTEM),
        ),
        "review": (
            make(c.PassCheck(revision=2), OFFICER),
            make(_seating(n), SYSTEM),
            *(make(c.AcceptInvitation(pledge=TEXT), expert(p), i) for i, p in enumerate(panel.seats, 1)),
            make(c.AppointChair(chair=panel.seats[0]), OFFICER),
            *(make(review(), expert(p), i) for i, p in enumerate(panel.seats, 1)),
        ),
        "survey": (
            make(c.PlaceOnShortlist(rank=n + 1, listed=True), SYSTEM),
            make(c.AppointSurveyTeam(lead=SURVEYORS[0], members=SURVEYORS), OFFICER),
            make(survey(), Actor(person=SURVEYORS[0], role=Role.SURVEYOR)),
            make(appraisal(panel.seats), Actor(person=panel.seats[0], role=Role.CHAIR)),
        ),
        "notice": (
            make(c.PlaceInProposal(proposal=1, rank=n + 1, reason=TEXT), SYSTEM),
            make(c.OpenNotice(proposal=1), SYSTEM),
        ),
        "issue": (make(c.Issue(proposal=1, place=n + 1), SYSTEM),),
    }


class _Maker:
    def __init__(self, stream: str) -> None:
        self._stream = stream
        self._made = 0

    def __call__(self, command: Frozen, actor: Actor, seat: int = 0) -> Act:
        self._made += 1
        separator = "/" if actor.role is Role.SYSTEM else "-"
        name = self._stream.removeprefix("application/").replace("/", separator)
        envelope = Envelope(
            command_id=f"{name}{separator}{self._made:02d}",
            actor=actor,
            command=command.model_dump(mode="json"),
        )
        return Act(envelope, seat)


def expert(person: str) -> Actor:
    """Return the actor that an expert is."""
    return Actor(person=person, role=Role.EXPERT)


def submission(staff: int, region: str = "CN-BJ") -> Submission:
    """Return a version of an application of the region."""
    return Submission(
        field="art-design",
        region=region,
        priority="frontier",
        host=Unit(code=HOST, kind="firm", region=region),
        form=TEXT,
        evidence=(TEXT, TEXT),
        pledge=TEXT,
        seals=TEXT,
        staff=staff,
        fund_yuan=Decimal(3_000_000),
    )


def _seating(n: int) -> c.SeatPanel:
    panel, pool = panel_of(n), experts()
    return c.SeatPanel(
        draw="1",
        revision=2,
        experts=panel.seats,
        alternates=panel.alternates,
        employers={person: pool[person] for person in (*panel.seats, *panel.alternates)},
        lot=f"{n:016x}",
    )


def review() -> c.SubmitReview:
    """Return an expert's review."""
    return c.SubmitReview(scores={name: Decimal(score) for name, score in SCORES.items()}, text=TEXT)


def survey() -> c.ReportSurvey:
    """Return the team's report."""
    return c.ReportSurvey(day="2025-03-01", findings=dict.fromkeys(SCORES, TEXT), verdict="confirmed")


def appraisal(panel: tuple[str, ...]) -> c.RecordAppraisal:
    """Return the result of a panel's meeting."""
    return c.RecordAppraisal(
        present=panel, score=Decimal("79.50"), votes_for=SEATS, votes_against=0, abstained=0, text=TEXT
    )
