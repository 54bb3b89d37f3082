"""Fresh panels: ordered as decided, without anybody of an earlier one, and decided on after their score."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from audit.claims import Difference, Sentences
from audit.rules.fold import Record, Step
from audit.rules.rule_runner import Rule
from selection.application import events as a
from selection.decision.aggregate import Event
from selection.kernel.day_clock import after_days
from selection.kernel.leaf import Instant

FRESH = "fresh-panel"


@dataclass
class _PanelNotes:
    """Of one application: who ever sat, who may sit no more, its score, and what has to come next, if anything."""

    sat: set[str] = field(default_factory=set)
    barred: set[str] = field(default_factory=set)
    score: str = ""
    before: str = ""
    ground: str = ""
    until: Instant | None = None
    due: type[Event] | None = None
    since: str = ""


class FreshPanels:
    """The claim on fresh panels. Who sat, and what was scored, is kept here, not read off the folded states."""

    code = "fresh-panels-kept"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._kept: dict[str, _PanelNotes] = {}

    def see(self, step: Step) -> int:
        """Compare what is ordered, seated and told of a fresh panel; count what concerns one."""
        stream = step.leaf.stream
        if step.is_refusal or not stream.startswith("application/"):
            return 0
        kept = self._kept.setdefault(stream, _PanelNotes())
        if kept.due is not None:
            step.require(type(step.event) is kept.due, "panel-not-followed", ground=kept.ground)
            kept.due = None
        match step.event:
            case a.PanelSeated(seats=seats):
                return _check_seated(step, kept, seats.values())
            case a.SeatFilled(expert=expert):
                return _check_seated(step, kept, [expert])
            case a.ApplicationScored(shown=shown):
                return _note_score(step, kept, str(shown))
            case a.ReviewVoided():
                kept.score = ""
            case a.ConflictReopened(void=void) if "score" in void:
                kept.score = ""
            case a.FindingEntered(ground=ground) | a.DecidersAppointed(ground=ground):
                return _check_waited(step, kept, ground)
            case a.RequestDecided() as event:
                return _note_decided(step, kept, event)
            case a.FreshPanelOrdered() as event:
                return _check_ordered(step, kept, event)
            case a.FreshPanelReviewed() as event:
                return _check_reviewed(step, kept, event)
        return 0

    def close(self, record: Record) -> int:
        """Raise Difference for a panel that was decided on and never ordered, or scored without a word of it."""
        for kept in self._kept.values():
            if kept.due is not None:
                raise Difference(kept.since, "panel-not-followed", ground=kept.ground)
        return 0


def _check_seated(step: Step, kept: _PanelNotes, people: Iterable[str]) -> int:
    named = set(people)
    again = sorted(named & kept.barred)
    step.require(not again, "earlier-member-again", person=again[0] if again else "-")
    kept.sat |= named
    return int(step.before.ended)


def _note_score(step: Step, kept: _PanelNotes, shown: str) -> int:
    kept.score = shown
    if not step.before.ended:
        return 0
    step.require(kept.ground != "", "panel-of-nothing")
    kept.due, kept.since = a.FreshPanelReviewed, step.point
    return 1


def _check_waited(step: Step, kept: _PanelNotes, ground: str) -> int:
    """Raise Difference for what those who decide did while the fresh panel had time left."""
    waits = kept.ground == ground and kept.until is not None and step.leaf.at < kept.until
    step.require(not waits, "panel-not-awaited", ground=ground)
    return 0


def _note_decided(step: Step, kept: _PanelNotes, event: a.RequestDecided) -> int:
    if kept.ground == event.ground:
        # Decided without its score, after the time for it.
        kept.ground, kept.until = "", None
    elif event.outcome == "upheld" and event.remedy == FRESH:
        step.require(kept.ground == "" and bool(kept.sat), "panel-of-nothing")
        kept.due, kept.since, kept.ground = a.FreshPanelOrdered, step.point, event.ground
    return 0


def _check_ordered(step: Step, kept: _PanelNotes, event: a.FreshPanelOrdered) -> int:
    decided = kept.since != "" and kept.ground == event.ground and kept.until is None
    step.require(decided, "panel-of-nothing")
    params = {"stated": ", ".join(event.aside) or "-", "found": ", ".join(sorted(kept.sat)) or "-"}
    step.require(set(event.aside) == kept.sat, "other-members-aside", **params)
    _check_until(step, event.until)
    kept.barred |= kept.sat
    kept.before, kept.score, kept.until = kept.score, "", event.until
    return 1


def _check_reviewed(step: Step, kept: _PanelNotes, event: a.FreshPanelReviewed) -> int:
    step.require(kept.ground == event.ground and kept.score != "", "panel-of-nothing")
    scores = (event.earlier, str(event.fresh))
    params = {"stated": " / ".join(scores), "found": f"{kept.before} / {kept.score}"}
    step.require(scores == (kept.before, kept.score), "panel-score-differs", **params)
    _check_until(step, event.until)
    kept.ground, kept.until, kept.since = "", None, ""
    return 1


def _check_until(step: Step, stated: Instant) -> None:
    found = after_days(step.rules.clock, step.leaf.at, step.rules.requests.decide_days)
    params = {"stated": stated.isoformat(), "found": found.isoformat()}
    step.require(stated == found, "panel-day-differs", **params)


def fresh_panel_rules() -> tuple[Rule, ...]:
    """Return the rule about fresh panels."""
    return (FreshPanels(),)


CLAIMS: Sentences = {
    "fresh-panels-kept": (
        "Every fresh panel was ordered as decided, nobody of an earlier one sat on it, and people decided on what"
        " followed from its score.",
        "每个重新组建的专家组均依决定组建，原成员无一参加，其评分由人员作出决定。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "earlier-member-again": (
        "{person}, who sat on an earlier panel of the application or left it, was seated on the fresh one.",
        "{person} 曾为该申报原专家组成员，却进入重新组建的专家组。",
    ),
    "other-members-aside": (
        "The order of a fresh panel sets {stated} aside; those who sat on the earlier ones are {found}.",
        "重新组建专家组的决定所列原成员为 {stated}，实为 {found}。",
    ),
    "panel-day-differs": (
        "The day by which people decide is stated as {stated}; by the rules it is {found}.",
        "所载决定期限为 {stated}，按规则应为 {found}。",
    ),
    "panel-not-awaited": (
        "Those who decide on the request ({ground}) went on while the fresh panel had time left.",
        "重新组建的专家组尚在期限内，复核申请（{ground}）的决定程序却已继续。",
    ),
    "panel-not-followed": (
        "After a fresh panel was decided on, or had scored ({ground}), the record does not go on as it has to.",
        "决定重新组建专家组或其评分确定后（{ground}），记录未按规定继续。",
    ),
    "panel-of-nothing": (
        "A fresh panel was ordered or scored without a decision for it.",
        "未经决定即重新组建专家组或由其评分。",
    ),
    "panel-score-differs": (
        "The scores of the two panels are stated as {stated}; they are {found}.",
        "所载前后两个专家组的得分为 {stated}，实为 {found}。",
    ),
}
"""What can be found instead."""
