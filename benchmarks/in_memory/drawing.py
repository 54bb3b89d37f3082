"""A draw with all conflicts from data: 1,000 applications, 500 experts, 7 seats, from the states to the panels."""

import time
from datetime import UTC, datetime, timedelta

from benchmarks.figures import Figure, Say
from benchmarks.rounds import bench_rules
from selection.application.bids import BidIndex, relate
from selection.application.state import ApplicationState
from selection.application.submission import Submission, Unit
from selection.decision.facts import PersonFact
from selection.decision.relations import Belonging, Employment, Relations
from selection.draw.panels import Drawn, draw_panels
from selection.draw.pool import ask_relations, draw_inputs
from selection.kernel.model import Ref
from selection.kernel.stages import Stage
from selection.kernel.unit_codes import canonical_code
from selection.rules.model import RoundRules
from selection.streams import application_stream

ROUND = "bench"
APPLICATIONS, EXPERTS, UNITS, GROUPS = 1_000, 500, 400, 60
NOW = datetime(2024, 9, 1, tzinfo=UTC)
TEXT = Ref(id="text", sha256="0" * 64)
CAUSE = "What binds each of 500 experts to each of 1,000 bids, a cost for each pair, and the solver's cheapest flow."


def measure_draw_from_data(say: Say) -> list[Figure]:
    """Find the conflicts of everybody in the pool from employments, parents and rival bids, and draw."""
    rules = bench_rules(timedelta(days=1))
    rules = rules.with_(panel=rules.panel.with_(seats=7, alternates=3, max_load=24, max_per_institution=2))
    states = [_make_state(number, rules) for number in range(APPLICATIONS)]
    people = {item.person: item for item in map(_make_expert, range(EXPERTS))}
    began = time.perf_counter()
    relations = _relate(states, people)
    inputs = draw_inputs(rules, states, [], people.values(), relations, NOW)
    found = time.perf_counter() - began
    drawn = draw_panels(inputs, b"k" * 32)
    seconds = time.perf_counter() - began
    assert isinstance(drawn, Drawn)
    conflicts = sum(len(item.conflicts) for item in inputs.applications)
    say(
        f"{conflicts} conflicts from data found in {found:.2f} s, {len(drawn.panels)} panels in {seconds:.2f} s"
    )
    return [
        Figure("draw", "all conflicts from data, 1,000 applications x 500 experts", found, "s"),
        Figure("draw", "the same and the draw", seconds, "s", target=3, at_least=False, cause=CAUSE),
    ]


def _make_state(number: int, rules: RoundRules) -> ApplicationState:
    """Return an application that waits for its panel, of one of 400 units, every third with a co-builder."""
    region = rules.regions[number % len(rules.regions)].code
    units = [number % UNITS, *([(number * 7 + 1) % UNITS] if number % 3 == 0 else [])]
    host, *others = (
        Unit(code=_code(unit), kind="enterprise", region=region) for unit in dict.fromkeys(units)
    )
    submission = Submission(
        field=rules.fields[number % len(rules.fields)].code,
        region=region,
        priority="",
        host=host,
        co_builders=tuple(others),
        form_version="",
        form=TEXT,
        pledge=TEXT,
        staff=30,
    )
    return ApplicationState(
        stream=application_stream(ROUND, f"{number:04d}"),
        round=ROUND,
        stage=Stage.ELIGIBLE,
        revision=1,
        submission=submission,
    )


def _make_expert(number: int) -> PersonFact:
    """Return an expert: one in ten works for a unit that applies, one in ten for a group of such units."""
    unit = {0: _code(number), 1: f"91-GROUP-{number % GROUPS:03d}"}.get(
        number % 10, f"91-INSTITUTE-{number // 3:03d}"
    )
    return PersonFact(person=f"expert-{number:03d}", roles={"expert": ()}, employer=unit, active=True)


def _relate(states: list[ApplicationState], people: dict[str, PersonFact]) -> Relations:
    """Ask what binds everybody in the pool to every bid, as a draw at the record does."""
    bids = BidIndex()
    for state in states:
        bids.put(state)
    employed = {name: _employments(number, item) for number, (name, item) in enumerate(people.items())}
    return relate(ask_relations(people, states), employed, _Groups(), bids)


def _employments(number: int, expert: PersonFact) -> tuple[Employment, ...]:
    """Return where an expert works; one in five worked for a unit that applies until a year ago."""
    now = Employment(unit=expert.employer)
    if number % 5:
        return (now,)
    return (Employment(unit=_code(number * 3), until=NOW - timedelta(days=365)), now)


class _Groups:
    def find_belonging(self, unit: str) -> Belonging:
        """Return the group that a unit belongs to, if it applies."""
        number = unit.rpartition("-")[2]
        group = canonical_code(f"91-GROUP-{int(number) % GROUPS:03d}")
        return Belonging(parents=(group,) if "UNIT" in unit else ())

    def list_unit_registrars(self, unit: str) -> tuple[str, ...]:
        """Return nobody: a draw does not ask."""
        return ()


def _code(number: int) -> str:
    return canonical_code(f"91-UNIT-{number % UNITS:03d}")
