"""Why an application moved: the act or deadline behind an entry, the decision it carries out, the sealed rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from audit.rules.causes import FOLLOWS, causes_of
from audit.story.story import Entry, OwnEntry, Situation, Story
from selection.application import events as a
from selection.decision.aggregate import ActRefused, Event
from selection.decision.facts import end_in_force
from selection.decision.reference import Decision
from selection.recommendation import events as n
from selection.rooms import APPLICATION_ACTS
from selection.round import events as r
from selection.round.state import RoundState
from selection.rules.model import RoundRules
from selection.rules.terms import terms_of

DEADLINE = "deadline"
"""The first part of the command id under which a deadline's event is recorded."""

DECIDED_BY: Mapping[type[Event], type[Event] | tuple[type[Event], ...]] = {
    a.RecommendationTaken: n.ApplicationRecommended,
    a.RecommendationReleased: n.RecommendationWithdrawn,
    a.PanelSeated: r.DrawOpened,
    a.PlacedOnShortlist: r.ShortlistFixed,
    a.LeftOffShortlist: r.ShortlistFixed,
    a.PlacedInProposal: (r.ProposalMade, r.PlacesFilled),
    a.PlacedInReserve: (r.ProposalMade, r.PlacesFilled),
    a.NoticeOpened: r.PublicNoticeOpened,
    a.ApplicationListed: r.ListIssued,
    a.ApplicationNotSelected: r.ListIssued,
    a.ApplicationCancelled: r.RoundCancelled,
}
"""What the engine carries out on an application, and the event of another stream that decided it."""

_PANEL = ("days.invitation", "days.review_after_invitation", "panel.seats", "panel.alternates")
RULES: Mapping[type[Event], tuple[str, ...]] = {
    a.ApplicationSubmitted: ("calendar.submission", "content_grace_minutes", "panel.avoid_max"),
    a.ApplicationWithdrawn: ("calendar.submission",),
    a.RecommendationTaken: ("calendar.recommendation",),
    a.ApplicationLapsed: ("calendar.submission", "calendar.recommendation"),
    a.CheckOpened: ("calendar.recommendation",),
    a.SentBack: ("check.mend_at_most", "days.mend"),
    a.ApplicationMended: ("days.mend", "content_grace_minutes"),
    a.MendingLapsed: ("days.mend",),
    a.CheckPassed: ("check.min_staff", "check.min_fund"),
    a.CheckFailed: ("check.min_staff", "check.min_fund"),
    a.PanelSeated: (*_PANEL, "panel.max_per_institution", "panel.max_load"),
    a.InvitationAccepted: ("days.invitation",),
    a.SeatVacated: ("days.invitation", "days.review_after_invitation"),
    a.SeatFilled: _PANEL,
    a.ReviewSubmitted: ("score_step", "calendar.review", "calendar.review_last", "content_grace_minutes"),
    a.ReviewCorrected: ("score_step", "calendar.review", "calendar.review_last", "panel.corrections_max"),
    a.ApplicationScored: ("panel.min_valid", "trim.from_valid", "trim.drop", "tie_break"),
    a.PlacedOnShortlist: ("places", "shortlist.factor", "shortlist.ties_in"),
    a.LeftOffShortlist: ("places", "shortlist.factor", "shortlist.ties_in"),
    a.SurveyTeamAppointed: ("survey.min_team",),
    a.AppraisalOpened: ("panel.min_valid",),
    a.AppraisalRecorded: (
        "panel.min_valid",
        "appraisal.agreed",
        "appraisal.support_percent",
        "appraisal.reason_beyond_percent",
    ),
    a.PlacedInProposal: ("places", "per_field_max", "per_region_max"),
    a.PlacedInReserve: ("places", "per_field_max", "per_region_max"),
    a.NoticeOpened: ("days.notice",),
    a.ObjectionRaised: ("days.notice",),
    a.NoticePassed: ("days.notice",),
    a.ItemHeld: ("days.notice",),
    a.ApplicationListed: ("places",),
    a.ApplicationNotSelected: ("places",),
}
"""The fields of a round's rules that bear on an event, by their path in the rules file."""


@dataclass(frozen=True)
class Reason:
    """Why an entry was recorded.

    `cause` is the kind of the act, or `deadline NAME`. `deadline` names the one that governs it, `until` is when
    that was, and `extended` the entry that moved it last, if any did. `decision` is the entry of another stream
    that this one carries out. `rules` holds the values in force that bear on it, by their path in the rules file.
    """

    cause: str
    deadline: str = ""
    until: datetime | None = None
    extended: Entry | None = None
    decision: Entry | None = None
    rules: dict[str, Any] = field(default_factory=dict)


def reason_of(entry: OwnEntry, story: Story) -> Reason:
    """Return why an entry of the application was recorded, as the record had it then."""
    then = story.at_entry(entry)
    cause = _cause(entry, story)
    name = cause.partition(" ")[2] if cause.startswith(DEADLINE) else _find_governing_rules(cause)
    extended = [found for found in then.beside if _moves(found.event, name)]
    rules = then.round.rules_in_force if then.round.sealed is not None else None
    return Reason(
        cause=cause,
        deadline=name,
        until=entry.leaf.at if cause.startswith(DEADLINE) else _until(name, entry, then.round),
        extended=extended[-1] if extended else None,
        decision=_decision(entry, then),
        rules={} if rules is None else _values(rules, RULES.get(type(entry.event), ())),
    )


def find_cause(entry: Entry) -> str:
    """Return what an entry of a round or a list came of: an act, `deadline NAME`, or nothing where several fit."""
    first, *more = str(entry.leaf.data.get("command_id", "")).split("/")
    if first == DEADLINE and more:
        return f"{DEADLINE} {more[0]}"
    found = causes_of(entry.event)
    return found[0] if len(found) == 1 else ""


def _cause(entry: OwnEntry, story: Story) -> str:
    """Return the act's kind. What an act brought with it has the cause of the act, recorded under the same id."""
    command_id = entry.leaf.data.get("command_id", "")
    first, *more = str(command_id).split("/")
    if first == DEADLINE and more:
        return f"{DEADLINE} {more[0]}"
    if isinstance(entry.event, ActRefused):
        return entry.event.kind
    together = [other.event for other in story.entries if other.leaf.data.get("command_id", "") == command_id]
    causes = [[cause for cause in causes_of(event) if cause in APPLICATION_ACTS] for event in together]
    # Where one event may come of several acts, what else the act brought tells which.
    return min((acts for acts in causes if acts), key=len, default=[FOLLOWS])[0]


_KIND = {"respond": "invitation"}
"""What a deadline of an act is called where it is moved, if otherwise."""


def _moves(event: Event, name: str) -> bool:
    """Tell whether an event moved a deadline: it was extended, or fell in an outage."""
    match event:
        case r.DeadlineExtended():
            return event.name == _KIND.get(name, name)
        case r.OutageRecorded():
            return _KIND.get(name, name) in event.later
    return False


def _find_governing_rules(cause: str) -> str:
    act = APPLICATION_ACTS.get(cause)
    return act.deadline if act else ""


def _until(name: str, entry: OwnEntry, around: RoundState) -> datetime | None:
    """Return when a deadline was that governs an act, by the state before it."""
    before = entry.before
    seat = before.seat_of(entry.leaf.actor.person)
    match name:
        case "":
            return None
        case "mend" | "notice":
            return _end_of(name, before.until, around)
        case "confirm" if before.sent_back:
            return _end_of("mend", before.asked.until if before.asked else None, around)
        case "confirm":
            name = "submission"
        case "respond":
            return _end_of("invitation", seat.respond_by if seat else None, around)
        case "review":
            return _end_of("review", seat.review_by if seat else None, around)
    sealed = None if around.sealed is None else terms_of(around.sealed).deadlines.get(name)
    known = [found for found in (sealed, around.deadlines.get(name)) if found is not None]
    return max(known, default=None)


def _end_of(window: str, until: datetime | None, around: RoundState) -> datetime | None:
    """Return when what runs from an act ended, moved as it was."""
    return None if until is None else end_in_force(window, until, around.deadlines)


def _decision(entry: OwnEntry, then: Situation) -> Entry | None:
    wanted = DECIDED_BY.get(type(entry.event))
    cited = Decision.parse(str(entry.leaf.data.get("command_id"))) if wanted else None
    if wanted is None or cited is None:
        return None
    for other in then.beside:
        if (other.leaf.stream, other.leaf.version) == (cited.stream, cited.version):
            return _behind(other, wanted, then)
    return None


def _behind(cited: Entry, wanted: type[Event] | tuple[type[Event], ...], then: Situation) -> Entry | None:
    """Return the entry itself, or the decision that it follows from or only repeats."""
    if isinstance(cited.event, wanted):
        return cited
    if not isinstance(cited.event, r.BatchRepeated | r.PanelsDrawn):
        return None
    stream = cited.leaf.stream
    earlier = [other for other in then.beside if other.leaf.stream == stream and other.seq < cited.seq]
    return next((other for other in reversed(earlier) if isinstance(other.event, wanted)), None)


def _values(rules: RoundRules, paths: tuple[str, ...]) -> dict[str, Any]:
    plain = rules.model_dump(mode="json")
    found = {}
    for path in paths:
        value: Any = plain
        for part in path.split("."):
            # What says nothing may be left out of the sealed bytes.
            value = value.get(part) if isinstance(value, dict) else None
        if value is not None:
            found[path] = value
    return found
