"""The state of one application: everything that has happened to it, folded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import Field

from selection.application.meeting import Appraisal, Meeting
from selection.application.panel import (
    EarlierPanel,
    Review as Review,
    Score as Score,
    Seat as Seat,
    Settling as Settling,
)
from selection.application.report import Report as Report
from selection.application.review_request import ReviewRequest
from selection.application.submission import Asked, Submission, TeamUnits
from selection.decision.relations import Conflict
from selection.decision.stream_state import StreamState
from selection.forms.form import FormName
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen, Ref
from selection.kernel.stages import Stage
from selection.kernel.unit_codes import canonical_code
from selection.process.decisions import Decisions
from selection.process.ladder import Reminder
from selection.rules.working_days import Years

ACTING = ("officer", "supervisor", "surveyor", "examiner")
"""The duties that give a part in an application for good; of a panel have one those who sit on it."""


class Objection(Frozen):
    """An objection in the public notice; outcome is empty until it is settled or withdrawn, `until` is its due day.

    `former` examined it before the ruling was reversed, and don't again; `reopened` counts how often it was.
    """

    objector: str
    text: Ref
    at: Instant
    examiners: tuple[str, ...] = ()
    until: Annotated[Instant | None, Field(exclude_if=lambda at: at is None)] = None
    outcome: str = ""
    reasons: Ref | None = None
    former: Annotated[tuple[str, ...], Field(exclude_if=lambda people: not people)] = ()
    reopened: Annotated[int, Field(exclude_if=lambda count: count == 0)] = 0


class Fraud(Frozen):
    """A report of fraud that waits for a ruling."""

    reporter: str
    text: Ref
    evidence: tuple[Ref, ...]
    at: Instant


class FormChange(Frozen):
    """A form that changed at an instant: the version in force since, and who was to look again until when."""

    version: str
    people: dict[str, Instant | None]
    at: Instant


class ApplicationState(StreamState):
    """One application. `since` is when the present stage began, `until` its own deadline if it has one.

    `intake_ended` is the recommendation deadline at which its check opened, whatever an outage moved since.
    `confirmed` says of each co-builder that confirmed the present version who did, `asked` who of them is asked to.
    `recommended_by` recommended the version that counts now, for the unit. What was `noticed` once stood in the public
    notice, and stays public. `settling` holds by role what was entered about a panel that cannot be filled, `fewer` how
    many scores two people agreed on. `inactive` are who judge it and may not act by the register. `decisions` says
    whose they are, and which were reversed. `requests` are those for review, by ground, `earlier` the panels in whose
    place a fresh one was drawn for them. `form_changes` holds of each form that changed what its last change asked.
    `joined` is since when each is on the survey's team, `acted` when anything but a reminder happened last, `reminded`
    which rung of the ladder was taken last of a task. `missed` says of answers and reviews on which due day the first
    seat was lost by silence, since experts of a draw were seated, `since_of` since when each task waits that no date
    ends.
    """

    round: str = ""
    stage: Stage = Stage.NEW
    since: Instant | None = None
    until: Instant | None = None
    outcome: str = ""
    revision: int = 0
    submission: Submission | None = None
    agent: str = ""
    officers: tuple[str, ...] = ()
    supervisors: tuple[str, ...] = ()
    unit: str = ""
    recommended_revision: int = 0
    asked: Asked = None
    team_units: TeamUnits = {}
    confirmed: dict[str, str] = Field(default_factory=dict, exclude_if=lambda units: not units)
    recommended_by: Annotated[str, Field(exclude_if=lambda person: not person)] = ""
    sent_back: int = 0
    intake_ended: Annotated[Instant | None, Field(exclude_if=lambda at: at is None)] = None
    guessed: Years = ()
    draws: tuple[str, ...] = ()
    lot: str = ""
    seats: tuple[Seat, ...] = ()
    alternates: tuple[str, ...] = ()
    employers: dict[str, str] = Field(default_factory=dict)
    former: tuple[str, ...] = ()
    pledged: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    reports: dict[str, Report] = Field(default_factory=dict)
    score: Score | None = None
    settling: Annotated[dict[str, Settling], Field(exclude_if=lambda entries: not entries)] = {}
    fewer: Annotated[int, Field(exclude_if=lambda count: count == 0)] = 0
    chair: str = ""
    inactive: Annotated[tuple[str, ...], Field(exclude_if=lambda people: not people)] = ()
    unchaired: Annotated[tuple[str, ...], Field(exclude_if=lambda people: not people)] = ()
    rank: int = 0
    lead: str = ""
    team: tuple[str, ...] = ()
    joined: Annotated[dict[str, Instant], Field(exclude_if=lambda people: not people)] = {}
    verdict: str = ""
    meeting: Annotated[Meeting | None, Field(exclude_if=lambda meeting: meeting is None)] = None
    void_meeting: Annotated[Meeting | None, Field(exclude_if=lambda meeting: meeting is None)] = None
    appraisal: Appraisal | None = None
    proposal: int = 0
    noticed: Annotated[bool, Field(exclude_if=lambda noticed: not noticed)] = False
    objections: dict[str, Objection] = Field(default_factory=dict)
    place: int = 0
    decisions: Annotated[Decisions, Field(exclude_if=lambda made: made == Decisions())] = Decisions()
    fraud: Annotated[Fraud | None, Field(exclude_if=lambda report: report is None)] = None
    form_changes: dict[FormName, FormChange] = Field(default_factory=dict, exclude_if=lambda forms: not forms)
    requests: Annotated[dict[str, ReviewRequest], Field(exclude_if=lambda found: not found)] = {}
    earlier: Annotated[tuple[EarlierPanel, ...], Field(exclude_if=lambda panels: not panels)] = ()
    hands: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    acted: Annotated[Instant | None, Field(exclude_if=lambda at: at is None)] = None
    reminded: dict[str, Reminder] = Field(default_factory=dict, exclude_if=lambda tasks: not tasks)
    since_of: dict[str, Instant] = Field(default_factory=dict, exclude_if=lambda tasks: not tasks)
    missed: dict[str, Instant] = Field(default_factory=dict, exclude_if=lambda days: not days)

    @property
    def ended(self) -> bool:
        """Tell whether the application has its outcome."""
        return self.stage is Stage.ENDED

    @property
    def over(self) -> bool:
        """Tell whether it has its outcome, and no request for review waits for anybody."""
        return self.ended and not any(item.awaited for item in self.requests.values())

    @property
    def requested(self) -> bool:
        """Tell whether it has its outcome, and a request for review waits for somebody."""
        return self.ended and not self.over

    @property
    def fresh_panel(self) -> str:
        """The ground of the request for which a fresh panel reviews now, after the end; empty where none does."""
        return next((ground for ground, item in self.requests.items() if item.has_panel), "")

    @property
    def in_review(self) -> bool:
        """Tell whether a panel is drawn or reviews: in its stage, or a fresh one after the end."""
        return self.stage is Stage.REVIEW or self.fresh_panel != ""

    @property
    def takes_decisions(self) -> bool:
        """Tell whether something that another stream decided may be carried out here."""
        return not self.over

    @property
    def examiners(self) -> frozenset[str]:
        """Everybody who examines an objection, or decides on a request for review."""
        named = [people for item in self.objections.values() for people in item.examiners]
        return frozenset((*named, *(name for item in self.requests.values() for name in item.deciders)))

    @property
    def number(self) -> str:
        """The application's number within the round."""
        return self.stream.rsplit("/", 1)[-1]

    @property
    def valid_reviews(self) -> tuple[Review, ...]:
        """The reviews that count, in order of seats."""
        return tuple(sorted((item for item in self.reviews if not item.void), key=lambda item: item.seat))

    @property
    def bidders(self) -> frozenset[str]:
        """The units whose bid it is, in one spelling: the host unit, and of the co-builders those that confirmed."""
        if self.submission is None:
            return frozenset()
        return frozenset(canonical_code(code) for code in (self.submission.host.code, *self.confirmed))

    @property
    def public(self) -> Ref | None:
        """The answers of the present version that are for everyone, which its notice or the list publishes."""
        return self.submission.public if self.submission else None

    @property
    def open_reports(self) -> dict[str, Report]:
        """Reports that wait for a ruling: of what data showed of somebody who sat here, as long as they do.

        Once it has ended, and no fresh panel reviews, only those are left that concern whoever decides on a request.
        """
        if not self.reports:
            return {}
        judges_alone = self.ended and not self.fresh_panel
        asks = judges_alone or any(item.seated for item in self.reports.values())
        judging = self.judging if asks else ()
        return {
            key: item
            for key, item in self.reports.items()
            if item.upheld is None and (not (item.seated or judges_alone) or item.expert in judging)
        }

    @property
    def holding_reports(self) -> dict[str, Report]:
        """The open reports that hold the score and the list: those of whom has a part in the application."""
        return {key: item for key, item in self.open_reports.items() if item.expert in self.taking_part}

    @property
    def taking_part(self) -> frozenset[str]:
        """Who has a part in the application: whoever judges it by name, surveyed it, or acted on it in a post."""
        acted = (person for duty in ACTING for person in self.hands.get(duty, ()))
        return frozenset((*self.judging, *self.team, *acted))

    @property
    def seats_at_work(self) -> tuple[Seat, ...]:
        """The seats that somebody holds: of its panel, after the end of a fresh one."""
        seats = self.seats if not self.ended or self.fresh_panel else ()
        return tuple(seat for seat in seats if seat.status != "empty")

    @property
    def examining(self) -> tuple[str, ...]:
        """Who examines an objection that is open; after the end none is examined."""
        objections = () if self.ended else self.open_objections.values()
        return tuple(person for item in objections for person in item.examiners)

    @property
    def judging(self) -> tuple[str, ...]:
        """Who judges the application by name now: its panel, the team of its survey, examiners, who checks it.

        After the end these are a fresh panel, and whoever decides on a request for review.
        """
        seated = (seat.expert for seat in self.seats_at_work)
        team = self.team if self.stage is Stage.SURVEY else ()
        checking = self.hands.get("officer", ()) if self.stage in (Stage.CHECKING, Stage.MENDING) else ()
        deciding = (person for item in self.requests.values() if not item.outcome for person in item.deciders)
        return tuple(sorted({*seated, *team, *self.examining, *checking, *deciding}))

    @property
    def dismissed(self) -> dict[str, tuple[Conflict, ...]]:
        """What data showed of people and a supervisor dismissed: that very evidence, and no other, counts no more."""
        found: dict[str, tuple[Conflict, ...]] = {}
        for item in self.reports.values():
            if item.upheld is False and item.bound_by:
                found[item.expert] = (*found.get(item.expert, ()), *item.bound_by)
        return found

    @property
    def unseated(self) -> frozenset[str]:
        """The people of whom a conflict that data showed was confirmed: they are replaced wherever they judge."""
        return frozenset(item.expert for item in self.reports.values() if item.upheld and item.bound_by)

    @property
    def unable(self) -> frozenset[str]:
        """The people who are to be replaced wherever they judge: unseated, or stopped by the register."""
        return self.unseated.union(self.inactive)

    @property
    def people_in_conflict(self) -> tuple[str, ...]:
        """The people of whom a conflict of interest was upheld."""
        return tuple(item.expert for item in self.reports.values() if item.upheld)

    @property
    def open_objections(self) -> dict[str, Objection]:
        """Objections that wait for their end."""
        return {key: item for key, item in self.objections.items() if not item.outcome}

    def review_of(self, expert: str) -> Review | None:
        """Return the review of the expert that counts."""
        return next((item for item in self.reviews if item.expert == expert and not item.void), None)

    def find_review_in_score(self, expert: str) -> Review | None:
        """Return the review of the expert that counts in a fixed score, be it that of an earlier panel."""
        scored = [(self.reviews, self.score), *((item.reviews, item.score) for item in self.earlier)]
        found = (item for reviews, score in scored if score is not None for item in reviews)
        return next((item for item in found if item.expert == expert and not item.void), None)

    def seat_of(self, expert: str) -> Seat | None:
        """Return the seat that the expert holds now."""
        return next((seat for seat in self.seats if seat.expert == expert and seat.status != "empty"), None)

    def with_hand(self, duty: str, *people: str) -> dict[str, tuple[str, ...]]:
        """Return the people per duty with these added: who may no longer take a clashing duty."""
        return with_hand(self.hands, duty, *people)

    def with_guessed(self, years: Years) -> Years:
        """Return the years whose working days were guessed with these added: however often, each once."""
        return tuple(sorted({*self.guessed, *years}))

    def enter(self, stage: Stage, at: datetime, until: datetime | None = None) -> dict[str, object]:
        """Return the changes that begin a stage."""
        return {"stage": stage, "since": at, "until": until}


def with_hand(hands: Mapping[str, tuple[str, ...]], duty: str, *people: str) -> dict[str, tuple[str, ...]]:
    """Return the people per duty with these added."""
    return {**hands, duty: tuple(sorted({*hands.get(duty, ()), *people}))}


def initial(stream: str) -> ApplicationState:
    """Return the state before the first act; the round is the stream's second part."""
    return ApplicationState(stream=stream, round=stream.split("/")[1])
