"""What binds people to applications, off the register's entries and the versions handed in; and what was dismissed.

Written a second time, apart from the core (docs/rules.md, A3).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from audit.bundle.register import Register
from audit.bundle.unit_history import Past
from audit.bundle.unit_spelling import spell
from audit.rules.co_building import asks_anew
from audit.rules.fold import Step
from audit.rules.rule_runner import require_register
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.decision.relations import Conflict
from selection.kernel.day_clock import scale_to_clock
from selection.kernel.stages import Outcome, Stage


class Tie(NamedTuple):
    """What binds somebody: how, by which unit of theirs, until when it employed them, to which units or bids."""

    kind: str
    unit: str
    until: datetime | None
    to: tuple[str, ...]


def read_tie(conflict: Conflict) -> Tie:
    """Return a tie as an entry tells of it."""
    return Tie(conflict.kind, conflict.unit, conflict.until, conflict.to)


class Ties:
    """Units that take part in each bid, its field, who applied or came to act for it.

    Kept here, not read off the states.
    """

    def __init__(self) -> None:
        self.bids: dict[str, tuple[str, frozenset[str]]] = {}
        self._of_unit: dict[str, set[str]] = {}
        self._applying: dict[str, set[str]] = {}
        self._teams: dict[str, dict[str, str]] = {}

    def note(self, step: Step) -> None:
        """Note what an entry tells of a bid."""
        event = step.event
        if not isinstance(step.before, ApplicationState):
            return
        number = step.before.number
        if isinstance(event, a.ApplicationSubmitted | a.ApplicationMended):
            # A co-builder takes part from its confirmation on, as long as that lasts.
            lasting = () if asks_anew(step.of(ApplicationState)) else self.bids[number][1]
            self._note_units(number, event.submission.field, {spell(event.submission.host.code), *lasting})
            self._teams[number] = dict(event.team_units)
        if isinstance(event, a.CoBuildingConfirmed):
            field, units = self.bids[number]
            self._note_units(number, field, {*units, spell(event.co_builder)})
        if isinstance(event, a.ApplicationSubmitted | a.ApplicationMended | a.CoBuildingConfirmed):
            self._applying.setdefault(step.leaf.actor.person, set()).add(number)
        if isinstance(event, a.AgentReplaced):
            # Who acts for the applicant from here on applies as whoever did before them, and goes on to.
            self._applying.setdefault(event.agent, set()).add(number)

    def _list_team(self, number: str) -> set[str]:
        """Return whom of the team a unit that takes part employed when the version was handed in."""
        return {person for person, unit in self._teams[number].items() if unit in self.bids[number][1]}

    def _note_units(self, number: str, field: str, units: set[str]) -> None:
        for unit in self.bids[number][1] if number in self.bids else ():
            self._of_unit[unit].discard(number)
        self.bids[number] = (field, frozenset(units))
        for unit in units:
            self._of_unit.setdefault(unit, set()).add(number)

    def find(self, step: Step, number: str, person: str) -> Iterator[Tie]:
        """Yield what binds a person to an application at an entry. Raises NotInBundle where no register is held."""
        register = require_register(step.record.register, step.leaf, step.point)
        size, terms = step.leaf.register_size, step.terms
        field, applying = self.bids[number]
        yield from self._find_declared(step, number, person)
        # While the call is open bids come and go: what is done in it is compared with units alone.
        rivals = terms.recusal.rivals != "none" and not _is_in_call(step)
        for employer, past in register.employers(person, size):
            unit = spell(employer)
            if unit in ("", "NONE") or not _counts(step, past):
                continue
            until = past.until if past else None
            if unit in applying:
                yield Tie("employer", unit, until, (unit,))
            if terms.recusal.related_units:
                theirs = Tie("", unit, until, tuple(sorted(applying - {unit})))
                yield from _relate(step, theirs)
            if until is None and rivals:
                yield from self._find_rivals(step, field, unit, self._of_unit.get(unit, set()) - {number})
        if rivals:
            yield from self._find_rivals(step, field, "", self._list_own(person) - {number})

    def list_disclosed(self, step: Step, number: str, person: str) -> list[str]:
        """Return the other bids for the same places that are a person's, or their unit's, and do not bar them."""
        register = require_register(step.record.register, step.leaf, step.point)
        numbers = set(self._list_own(person))
        for employer, past in register.employers(person, step.leaf.register_size):
            numbers |= self._of_unit.get(spell(employer), set()) if past is None else set()
        competing = {other for other in numbers - {number} if self._competes(step, other)}
        return sorted(other for other in competing if not self._bars(step, self.bids[number][0], other))

    def _list_own(self, person: str) -> set[str]:
        """Return the applications that a person applied for, or is in the team of."""
        own = {other for other in self._teams if person in self._list_team(other)}
        return self._applying.get(person, set()) | own

    def _competes(self, step: Step, other: str) -> bool:
        state = step.record.applications[other]
        return state.stage is not Stage.WITHDRAWN and state.outcome not in _OUT

    def _bars(self, step: Step, field: str, other: str) -> bool:
        """Tell whether by the rules whoever is behind another bid may not judge one of a field."""
        within = step.terms.recusal.rivals
        return within == "places" or (within == "field" and self.bids[other][0] == field)

    def _find_declared(self, step: Step, number: str, person: str) -> Iterator[Tie]:
        """Yield what a person declared, or a registration tells: of a unit that applies, or of who is behind it."""
        behind = {name for name, numbers in self._applying.items() if number in numbers}
        behind |= self._list_team(number)
        lasting = scale_to_clock(step.terms.clock, timedelta(days=365) * step.terms.recusal.years)
        for (kind, unit, other), until in step.record.register.ties(person, step.leaf.register_size):
            if until is not None and step.leaf.at >= until + lasting:
                continue
            if unit and unit in self.bids[number][1]:
                yield Tie(kind, unit, until, (unit,))
            elif other and other in behind:
                yield Tie(kind, "", until, (other,))

    def _find_rivals(self, step: Step, field: str, unit: str, others: set[str]) -> Iterator[Tie]:
        competing = (other for other in sorted(others) if self._competes(step, other))
        barring = tuple(other for other in competing if self._bars(step, field, other))
        if barring:
            yield Tie("rival", unit, None, barring)


_OUT = (Outcome.WITHDRAWN, Outcome.NOT_RECOMMENDED, Outcome.INELIGIBLE)
"""How a bid ends that competes with no other from then on."""


def _is_in_call(step: Step) -> bool:
    before = step.before
    early = isinstance(before, ApplicationState) and before.stage in (
        Stage.NEW,
        Stage.SUBMITTED,
        Stage.RECOMMENDED,
    )
    return early or isinstance(step.event, a.RecommendationTaken)


def name_tie(tie: Tie) -> str:
    """Return what the rules call a tie; those without a name nobody may dismiss."""
    if tie.kind in ("parent", "subsidiary"):
        return "related-unit"
    if tie.kind == "rival":
        return "unit-bid" if tie.unit else "-"
    if tie.kind in ("relative", "adviser", "project"):
        return tie.kind
    return "former-employer" if tie.until is not None else "-"


class Dismissals:
    """What was found from data, report by report, and of whom which of it was dismissed."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], tuple[str, frozenset[Tie]]] = {}
        self._dismissed: dict[tuple[str, str], dict[str, frozenset[Tie]]] = {}

    def note(self, step: Step) -> None:
        """Note what an entry tells of a conflict that data shows; a ruling that is void dismisses nothing."""
        if not isinstance(step.before, ApplicationState):
            return
        number, event = step.before.number, step.event
        if isinstance(event, a.ConflictFound):
            self.found[number, event.report] = (event.expert, frozenset(map(read_tie, event.bound_by)))
        elif isinstance(event, a.ConflictRuled) and not event.upheld:
            person, ties = self.found.get((number, event.report), ("", frozenset()))
            # What nobody may dismiss while it holds binds again when it comes back.
            may = frozenset(tie for tie in ties if name_tie(tie) in step.terms.recusal.dismissible)
            self._dismissed.setdefault((number, person), {})[event.report] = may
        elif isinstance(event, a.ConflictReopened):
            person, _ = self.found.get((number, event.report), ("", frozenset()))
            self._dismissed.get((number, person), {}).pop(event.report, None)

    def of(self, number: str, person: str) -> frozenset[Tie]:
        """Return what was dismissed of a person in an application: that, and no other evidence."""
        return frozenset[Tie]().union(*self._dismissed.get((number, person), {}).values())


class Upheld:
    """Of whom a conflict was reported or found and upheld, by application: kept off the entries, not off the states."""

    def __init__(self) -> None:
        self._named: dict[tuple[str, str], str] = {}
        self._upheld: dict[str, dict[str, str]] = {}

    def note(self, step: Step) -> None:
        """Note a report, a ruling on one, or that a ruling is void."""
        if not isinstance(step.before, ApplicationState):
            return
        number, event = step.before.number, step.event
        match event:
            case (
                a.ConflictReported(report=report, expert=person)
                | a.ConflictFound(report=report, expert=person)
            ):
                self._named[number, report] = person
            case a.ConflictRuled(report=report, upheld=True):
                self._upheld.setdefault(number, {})[report] = self._named[number, report]
            case a.ConflictReopened(report=report):
                self._upheld.get(number, {}).pop(report, None)

    def includes(self, number: str, person: str) -> bool:
        """Tell whether a ruling stands by which a person has a conflict in an application."""
        return person in self._upheld.get(number, {}).values()


def _relate(step: Step, own: Tie) -> Iterator[Tie]:
    """Yield how a unit stands above or below those of an application, or did so that it counts, however far."""
    register, size = step.record.register, step.leaf.register_size
    above = _climb(register, size, own.unit, step)
    parents = tuple(other for other in own.to if other in above)
    if parents:
        yield Tie("parent", own.unit, own.until, parents)
    below = tuple(other for other in own.to if own.unit in _climb(register, size, other, step))
    if below:
        yield Tie("subsidiary", own.unit, own.until, below)


def list_way(register: Register, size: int, tie: Conflict) -> set[str]:
    """Return the units by whose registrations a parent or subsidiary is one, or was: both ends, all between them."""
    found: set[str] = set()
    for other in tie.to if tie.kind in ("parent", "subsidiary") else ():
        low, top = (tie.unit, other) if tie.kind == "parent" else (other, tie.unit)
        way = {low} | _climb(register, size, low)
        found |= {unit for unit in way if unit == top or top in _climb(register, size, unit)}
    return found


def _climb(register: Register, size: int, unit: str, step: Step | None = None) -> set[str]:
    found: set[str] = set()
    level = {unit}
    while level:
        known = [item for code in level for item in register.units.parents(code, size).items()]
        level = {spell(parent) for parent, past in known if step is None or _counts(step, past)} - found
        found |= level
    return found


def _counts(step: Step, past: Past | None) -> bool:
    """Tell whether what the register said counts at an entry: it does for years, unless it was a slip put right."""
    if past is None:
        return True
    recusal, clock = step.terms.recusal, step.terms.clock
    slip = scale_to_clock(clock, timedelta(days=recusal.correct_days))
    if past.since is not None and past.until - past.since <= slip:
        return False
    return step.leaf.at - past.until < scale_to_clock(clock, timedelta(days=365 * recusal.years))
