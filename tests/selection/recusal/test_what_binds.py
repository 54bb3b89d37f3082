"""What binds people, out of what the register says and said, and for how long."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from selection.decision.relations import (
    Bid,
    Conflict,
    Employment,
    Former,
    Relations,
    list_belonging,
    list_employments,
)
from selection.kernel.unit_codes import canonical_code
from selection.recusal.conflicts import find_conflicts
from selection.rules.terms import Terms
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.application.test_recusal import GROUP, HOST, SISTER, YEAR, now

pytestmark = pytest.mark.long


def of_host(
    desk: Desk, *employments: Employment, terms: Terms = f.TERMS, **world: Any
) -> tuple[Conflict, ...]:
    bid = Bid(number="0001", field="equipment", units=(HOST,))
    relations = Relations(employments={"p": employments}, **world)
    return find_conflicts("p", bid, relations, terms.recusal, terms.clock, desk.now)


def test_an_employment_counts_for_the_rules_years_and_not_a_moment_longer() -> None:
    desk = paths.application()
    ended = desk.now - 3 * YEAR
    assert of_host(desk, Employment(unit=f.HOST, until=ended)) == ()
    assert of_host(desk, Employment(unit=f.HOST, until=ended + timedelta(seconds=1)))
    none = f.terms(recusal={"years": 0})
    assert of_host(desk, Employment(unit=f.HOST, until=desk.now), terms=none) == ()
    assert of_host(desk, now(), terms=none)


def test_years_are_rehearsed_years_where_a_day_is_a_second() -> None:
    clock = {"kind": "rehearsal", "day_zero": "2024-07-01", "start": f.OPENED, "seconds_per_day": "1"}
    desk, short = paths.application(), f.terms(clock=clock)
    lasting = timedelta(seconds=3 * 365)
    assert of_host(desk, Employment(unit=f.HOST, until=desk.now - lasting), terms=short) == ()
    ended = desk.now - lasting + timedelta(microseconds=1)
    assert of_host(desk, Employment(unit=f.HOST, until=ended), terms=short)
    most = f.terms(clock={**clock, "seconds_per_day": "86400"}, recusal={"years": 20})
    assert of_host(desk, Employment(unit=f.HOST, until=desk.now - 19 * YEAR), terms=most)


@pytest.mark.parametrize(
    ("parents", "kind"),
    [
        ({HOST: (GROUP,)}, "subsidiary"),
        ({HOST: ("91-MID",), "91-MID": (GROUP,)}, "subsidiary"),
        ({GROUP: (HOST,)}, "parent"),
        ({GROUP: ("91-MID",), "91-MID": (HOST,)}, "parent"),
    ],
)
def test_parents_and_subsidiaries_count_however_far(parents: dict[str, tuple[str, ...]], kind: str) -> None:
    desk = paths.application()
    assert [item.kind for item in of_host(desk, now("91-group"), parents=parents)] == [kind]
    apart = f.terms(recusal={"related_units": False})
    assert of_host(desk, now("91-group"), terms=apart, parents=parents) == ()


@pytest.mark.parametrize(("below", "above", "kind"), [(HOST, GROUP, "subsidiary"), (GROUP, HOST, "parent")])
def test_what_a_unit_left_counts_as_long_as_a_former_employer(below: str, above: str, kind: str) -> None:
    """Seen before: an administrator registered a unit anew without its parent, whose expert scored it next."""
    desk = paths.application()

    def find(until: datetime, **terms: Any) -> list[str]:
        gone = {
            below: {"91-MID": Former(until=until)},
            "91-LONE": {above: Former(until=desk.now - 9 * YEAR)},
        }
        conflicts = of_host(
            desk, now("91-group"), former_parents=gone, parents={"91-MID": (above,)}, terms=f.terms(**terms)
        )
        return [item.kind for item in conflicts]

    assert find(desk.now) == find(desk.now - 3 * YEAR + timedelta(seconds=1)) == [kind]
    assert find(desk.now - 3 * YEAR) == []
    assert find(desk.now, recusal={"years": 0}) == []


def test_what_a_unit_belongs_to_again_it_has_not_left() -> None:
    days = [f.OPENED + number * f.DAY for number in range(4)]
    parents_by_day = [("A", "B"), ("B",), ("A",), ("A", "C")]
    registered = [(day, parents, day == days[2]) for day, parents in zip(days, parents_by_day, strict=True)]
    belongings = [list_belonging(registered[: n + 1]) for n in range(4)]
    assert [item.parents for item in belongings] == parents_by_day
    former = {"B": Former(until=days[2], corrected=days[0])}
    assert [item.former for item in belongings] == [{}, {"A": Former(until=days[1])}, former, former]


DAYS = timedelta(days=3)
FIRST = f.OPENED


@pytest.mark.parametrize(
    ("history", "binds"),
    [
        ([(FIRST, f.HOST, False), (FIRST + DAYS, "91-else", True)], False),
        ([(FIRST, f.HOST, False), (FIRST + DAYS, "91-else", False)], True),
        ([(FIRST, f.HOST, False), (FIRST + DAYS + timedelta(seconds=1), "91-else", True)], True),
        (
            # Left and registered again, so that the days would begin anew: they begin when it first stood there.
            [
                (FIRST - YEAR, f.HOST, False),
                (FIRST, "91-else", True),
                (FIRST + f.DAY, f.HOST, True),
                (FIRST + DAYS, "91-else", True),
            ],
            True,
        ),
        (
            # Another spelling is the same unit.
            [
                (FIRST - YEAR, f.HOST, False),
                (FIRST, f"{f.HOST} ", False),
                (FIRST + f.DAY, "91-else", True),
            ],
            True,
        ),
    ],
)
def test_what_is_put_right_within_days_for_a_reason_binds_nobody(
    history: list[tuple[datetime, str, bool]], *, binds: bool
) -> None:
    desk = paths.application()
    assert bool(of_host(desk, *list_employments(history))) is binds
    parents = [(at, (GROUP,) if canonical_code(unit) == HOST else (), why) for at, unit, why in history]
    former = {HOST: list_belonging(parents).former}
    assert bool(of_host(desk, now("91-group"), former_parents=former)) is binds
    never = f.terms(recusal={"correct_days": 0})
    assert of_host(desk, *list_employments(history), terms=never)


def test_sisters_of_one_parent_are_two_units() -> None:
    parents = {HOST: (GROUP,), SISTER: (GROUP,)}
    assert of_host(paths.application(), now("91-sister"), parents=parents) == ()


def test_a_bid_in_another_field_or_by_a_former_unit_is_no_conflict() -> None:
    desk = paths.application()
    rival = Bid(number="0009", field="tourism", units=("91-RIVAL",))
    assert of_host(desk, now("91-rival"), bids=(rival,)) == ()
    rival = rival.with_(field="equipment")
    assert [item.kind for item in of_host(desk, now("91-rival"), bids=(rival,))] == ["rival"]
    assert of_host(desk, Employment(unit="91-rival", until=desk.now), bids=(rival,)) == ()
    assert of_host(desk, now("91-rival"), terms=f.terms(recusal={"rivals": "none"}), bids=(rival,)) == ()


@pytest.mark.parametrize("spelling", ["91-host ", "91-HOST", "９１-host", "uscc:91-host"])
def test_no_spelling_takes_a_former_employment_away(spelling: str) -> None:
    desk = paths.application()
    assert of_host(desk, Employment(unit=spelling, until=desk.now))
