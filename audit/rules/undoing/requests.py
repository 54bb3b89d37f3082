"""Requests for review: in time, on a ground of the rules, decided by several without a part; from the events alone."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.people.duties import GIVING, list_duties
from audit.rules.people.registrars import check_named
from audit.rules.rule_runner import EntryRule, Rule
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.actor import Role
from selection.kernel.day_clock import after_days

AGAINST = (
    *(a.CheckFailed, a.ApplicationNotReviewed, a.LeftOffShortlist, a.ApplicationNotSelected),
    *(a.ItemRemoved, a.ApplicationRuledOut),
)
"""The ends that somebody decided on against the applicant."""
TAKING_PART = ("applicant", "recommender", "reviewer", "surveyor")
"""The duties in one application that keep people from deciding on a request about another."""
WORKING = {
    Role.APPLICANT: "applicant",
    Role.EXPERT: "reviewer",
    Role.CHAIR: "reviewer",
    Role.SURVEYOR: "surveyor",
}


@dataclass
class _Request:
    until: datetime
    deciders: tuple[str, ...] = ()
    found: dict[str, tuple[bool, str]] = field(default_factory=dict)
    outcome: str = ""
    remedied: bool = False
    panel: bool = False


class RequestsDecided(EntryRule):
    """The claim on requests for review. Who had a part in what is kept here, not read off the folded states."""

    code = "review-requests-decided"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._ended: dict[str, datetime] = {}
        self._met: dict[str, set[str]] = {}
        self._working: dict[str, set[str]] = {}
        self._requests: dict[tuple[str, str], _Request] = {}
        self._shown: dict[tuple[str, str], str] = {}
        self._confirmed: dict[str, dict[str, str]] = {}
        self._waiting: dict[str, dict[str, str]] = {}
        self._inactive: dict[str, set[str]] = {}

    def see(self, step: Step) -> int:
        """Compare an entry on a request, and note of any other who had a part in the application."""
        if step.is_refusal or not isinstance(step.before, ApplicationState):
            return 0
        look = CHECKS.get(type(step.event))
        if look is not None:
            look(self, step)
        elif isinstance(step.event, AGAINST):
            self._ended[step.leaf.stream] = step.leaf.at
        self._note(step)
        return int(look is not None)

    def _note_conflict(self, stream: str, event: Event) -> None:
        """Note of whom data showed a conflict, whether that waits, who was confirmed to have one, who may not act."""
        waiting, confirmed = self._waiting.setdefault(stream, {}), self._confirmed.setdefault(stream, {})
        match event:
            case a.ActivityChanged(person=person, standing="inactive"):
                self._inactive.setdefault(stream, set()).add(person)
            case a.ActivityChanged(person=person):
                self._inactive.get(stream, set()).discard(person)
            case a.ConflictFound(report=report, expert=person):
                self._shown[stream, report] = waiting[report] = person
            case a.ConflictReported(report=report, expert=person):
                waiting[report] = person
            case a.ConflictRuled(report=report, upheld=upheld):
                waiting.pop(report, None)
                if upheld and (stream, report) in self._shown:
                    confirmed[report] = self._shown[stream, report]
            case a.ConflictReopened(report=report):
                confirmed.pop(report, None)
                waiting[report] = self._shown.get((stream, report), "")

    def _list_able(self, stream: str, request: _Request) -> list[str]:
        """Return who decides on a request: nobody confirmed to be bound by data, nor who stopped before a finding."""
        out = {*self._confirmed.get(stream, {}).values(), *self._list_stopped(stream, request)}
        return [person for person in request.deciders if person not in out]

    def _list_stopped(self, stream: str, request: _Request) -> list[str]:
        stopped = self._inactive.get(stream, set())
        return [person for person in request.deciders if person in stopped and person not in request.found]

    def _note(self, step: Step) -> None:
        stream, event, actor = step.leaf.stream, step.event, step.leaf.actor
        self._note_conflict(stream, event)
        given = list(list_duties(step)) if type(event) in GIVING else []
        if actor.role is not Role.SYSTEM:
            given += [(WORKING.get(actor.role, ""), person) for person in actor.people]
        if isinstance(event, a.PanelSeated):
            given += [("", person) for person in event.alternates]
        self._met.setdefault(stream, set()).update(person for _, person in given)
        for duty, person in given:
            if duty in TAKING_PART:
                self._working.setdefault(person, set()).add(stream)

    def check_made(self, step: Step) -> None:
        """Raise Difference for a request that is late, on no ground of the rules, a second one, or another's."""
        event, rules, clock = step.event, step.rules.requests, step.rules.clock
        assert isinstance(event, a.ReviewRequested)
        key = step.leaf.stream, event.ground
        ended = self._ended.get(step.leaf.stream)
        step.require(ended is not None, "review-of-nothing")
        assert ended is not None
        last = after_days(clock, ended, rules.days)
        step.require(step.leaf.at < last, "review-requested-late", until=last.isoformat())
        step.require(event.ground in {item.code for item in rules.grounds}, "no-such-ground", ground=key[1])
        step.require(key not in self._requests, "review-requested-twice", ground=event.ground)
        due = after_days(clock, step.leaf.at, rules.decide_days)
        params = {"stated": event.until.isoformat(), "found": due.isoformat()}
        step.require(event.until == due, "due-day-differs", **params)
        self._requests[key] = _Request(event.until)

    def check_appointed(self, step: Step) -> None:
        """Raise Difference where somebody decides who had a part, or could be outvoted before having decided."""
        event, stream = step.event, step.leaf.stream
        assert isinstance(event, a.DecidersAppointed)
        request = self._get_open(step, event.ground)
        # Who registered that one of them is stopped would choose who decides instead.
        check_named(step, self._list_stopped(stream, request))
        able, least = self._list_able(stream, request), step.rules.requests.min_deciders
        step.require(len({*able, *event.deciders}) >= least, "too-few-deciders", ground=event.ground)
        done = set(able) <= set(request.found) or len(able) < least or step.leaf.at >= request.until
        step.require(done, "deciders-outnumbered", ground=event.ground)
        for person in event.deciders:
            apart = person not in self._met.get(stream, ())
            step.require(
                apart and not self._works_elsewhere(person, stream), "decider-involved", person=person
            )
        request.deciders = (*request.deciders, *event.deciders)

    def check_entered(self, step: Step) -> None:
        """Raise Difference for what somebody else entered, or with a remedy that is none."""
        event, person = step.event, step.leaf.actor.person
        assert isinstance(event, a.FindingEntered)
        request = self._get_open(step, event.ground)
        step.require(person in request.deciders, "not-a-decider", person=person)
        elsewhere = self._works_elsewhere(person, step.leaf.stream)
        step.require(not elsewhere, "decider-involved", person=person)
        rules = step.rules.requests
        listed = rules.after_panel if request.panel else rules.remedies
        allowed = {item.code for item in listed} if event.upheld else {""}
        step.require(event.remedy in allowed, "no-such-remedy", remedy=event.remedy or "-")
        request.found[person] = (event.upheld, event.remedy)

    def check_decided(self, step: Step) -> None:
        """Raise Difference unless more than half of those who decide, enough of them, found just that."""
        event = step.event
        assert isinstance(event, a.RequestDecided)
        request = self._get_open(step, event.ground)
        verdict = (event.outcome == "upheld", event.remedy)
        able, waiting = self._list_able(step.leaf.stream, request), self._waiting.get(step.leaf.stream, {})
        unruled = sorted(set(waiting.values()).intersection(request.deciders))
        step.require(not unruled, "decider-unruled", ground=event.ground, person=", ".join(unruled))
        agreed = Counter(found for person, found in request.found.items() if person in able)[verdict]
        least = max(2, step.rules.requests.min_deciders, len(able) // 2 + 1)
        step.require(agreed >= least, "decided-by-too-few", ground=event.ground, count=str(agreed))
        otherwise = "stands" if request.panel else "dismissed"
        step.require(
            event.outcome in ("upheld", otherwise), "decided-by-too-few", ground=event.ground, count="0"
        )
        request.outcome = event.outcome

    def note_panel(self, step: Step) -> None:
        """Open the request again: those who decide find anew what follows from the fresh panel (fresh_panels.py)."""
        event = step.event
        assert isinstance(event, a.FreshPanelOrdered | a.FreshPanelReviewed)
        request = self._requests.get((step.leaf.stream, event.ground))
        if request is None:
            raise step.differs("no-review-requested", ground=event.ground)
        if isinstance(event, a.FreshPanelOrdered):
            request.panel, request.outcome, request.found = True, "", {}
        request.until = event.until

    def check_remedied(self, step: Step) -> None:
        """Raise Difference for a remedy that was not decided on, or is recorded by another than an officer."""
        event = step.event
        assert isinstance(event, a.RemedyRecorded)
        request = self._requests.get((step.leaf.stream, event.ground))
        holds = request is not None and request.outcome == "upheld" and not request.remedied
        step.require(holds and step.leaf.actor.role is Role.OFFICER, "remedy-of-nothing", ground=event.ground)
        assert request is not None
        request.remedied = True

    def _works_elsewhere(self, person: str, stream: str) -> bool:
        return bool(self._working.get(person, set()) - {stream})

    def _get_open(self, step: Step, ground: str) -> _Request:
        request = self._requests.get((step.leaf.stream, ground))
        if request is None or request.outcome:
            raise step.differs("no-review-requested", ground=ground)
        return request


CHECKS: Mapping[type[Event], Callable[[RequestsDecided, Step], None]] = {
    a.ReviewRequested: RequestsDecided.check_made,
    a.DecidersAppointed: RequestsDecided.check_appointed,
    a.FindingEntered: RequestsDecided.check_entered,
    a.RequestDecided: RequestsDecided.check_decided,
    a.FreshPanelOrdered: RequestsDecided.note_panel,
    a.FreshPanelReviewed: RequestsDecided.note_panel,
    a.RemedyRecorded: RequestsDecided.check_remedied,
}


def request_rules() -> Iterable[Rule]:
    """Return the rule about requests for review."""
    return (RequestsDecided(),)


CLAIMS: Sentences = {
    "review-requests-decided": (
        "Every request for review was made in time on a ground of the rules, and decided by several people without any"
        " part in the application or the round.",
        "每项复核申请均按时以规则所列理由提出，并由多名未参与该申报及本轮次的人员决定。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "review-of-nothing": (
        "A review was requested though nothing was decided against the applicant.",
        "没有对申报单位不利的决定，却申请了复核。",
    ),
    "review-requested-late": (
        "A review was requested after {until}, the end of the time for it.",
        "复核申请晚于期限 {until}。",
    ),
    "no-such-ground": ("The rules name no ground {ground}.", "规则未列理由 {ground}。"),
    "review-requested-twice": (
        "A review was requested twice on the ground {ground}.",
        "以理由 {ground} 重复申请复核。",
    ),
    "no-review-requested": (
        "No request on the ground {ground} waited for a decision.",
        "没有以理由 {ground} 提出且待决定的复核申请。",
    ),
    "too-few-deciders": (
        "Fewer were appointed to decide on the request ({ground}) than the rules ask for.",
        "复核申请（{ground}）的决定人员少于规则要求。",
    ),
    "deciders-outnumbered": (
        "Others were appointed for the request ({ground}) while some were still to decide in time.",
        "复核申请（{ground}）尚有人员在期限内待决定，却增加了人员。",
    ),
    "decider-involved": (
        "A request for review was left to {person}, who had a part in the application or the round.",
        "{person} 曾参与该申报或本轮次，却就复核申请作出决定。",
    ),
    "not-a-decider": (
        "{person} was not appointed to decide on the request.",
        "{person} 未被指定就该复核申请作出决定。",
    ),
    "no-such-remedy": (
        "The remedy {remedy} does not fit what was found.",
        "补救措施 {remedy} 与所填意见不符。",
    ),
    "decided-by-too-few": (
        "The request ({ground}) was decided though only {count} found so.",
        "复核申请（{ground}）仅 {count} 人意见如此，却作出了决定。",
    ),
    "decider-unruled": (
        "The request ({ground}) was decided while a report of a conflict of {person} waited for its ruling.",
        "关于 {person} 的利益冲突报告尚待裁定，复核申请（{ground}）却已作出决定。",
    ),
    "remedy-of-nothing": (
        "A remedy was recorded ({ground}) that was not to be carried out, or by somebody else.",
        "所记录的补救措施（{ground}）并无待执行的决定，或由他人记录。",
    ),
}
"""What can be found instead."""
