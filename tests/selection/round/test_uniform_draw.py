"""A draw prefers nobody: 20,000 seats by one secret each fall on equal candidates as often as chance lets them."""

import math
from collections import Counter

import pytest

from selection.draw.inputs import DrawApplication, DrawExpert, DrawInputs, draw_key, pair_cost
from selection.draw.panels import Drawn, draw_panels

pytestmark = pytest.mark.bulk

EXPERTS = tuple(f"expert-{number}" for number in range(8))
SEATS, DRAWS = 4, 20_000
LEAST = 0.001
"""A draw that is uniform is taken for one that is not once in a thousand runs: the secrets are the same in each."""


def chance_of(counts: Counter[str], among: int) -> float:
    """Return how probable counts as uneven as these are, were each of so many as likely: Pearson's test.

    By the chi-square distribution's upper tail for a whole number of degrees of freedom (Abramowitz and Stegun,
    Handbook of Mathematical Functions, 26.4.4 and 26.4.5).
    """
    expected = counts.total() / among
    squares = sum((counts[name] - expected) ** 2 / expected for name in counts)
    squares += (among - len(counts)) * expected
    return upper_tail(squares, among - 1)


def upper_tail(squares: float, freedom: int) -> float:
    """Return the probability of a chi-square of at least this."""
    half = squares / 2
    if freedom % 2:
        tail, term = math.erfc(math.sqrt(half)), math.exp(-half) * math.sqrt(half) / math.gamma(1.5)
    else:
        tail, term = 0.0, math.exp(-half)
    for number in range(freedom // 2):
        tail += term
        term *= half / (number + (1.5 if freedom % 2 else 1))
    return tail


def test_the_tail_is_that_of_the_tables() -> None:
    # Abramowitz and Stegun, table 26.8: the squares of which 5, 1 and 0.1 of 100 are larger.
    table = {
        (7, 0.05): 14.0671,
        (7, 0.001): 24.3219,
        (19, 0.01): 36.1909,
        (20, 0.001): 45.3147,
        (1, 0.05): 3.84146,
    }
    for (freedom, tail), squares in table.items():
        assert upper_tail(squares, freedom) == pytest.approx(tail, rel=1e-4)


def seats_of(draw: int) -> tuple[str, ...]:
    """Return who sits by the secret of a draw, cheapest first."""
    inputs = DrawInputs(
        applications=(DrawApplication(stream="one", revision=1, hosts=(), seats_wanted=SEATS),),
        experts=tuple(DrawExpert(person=person, employer="") for person in EXPERTS),
        alternates=0,
        max_per_institution=1,
        max_load=1,
        solver="as installed",
    )
    drawn = draw_panels(inputs, draw_key(draw.to_bytes(32), "07 11 19 23 31 02"))
    assert isinstance(drawn, Drawn)
    return drawn.panels["one"].seats


@pytest.fixture(scope="module")
def panels() -> list[tuple[str, ...]]:
    return [seats_of(draw) for draw in range(DRAWS)]


def test_the_first_seat_falls_on_each_candidate_alike(panels: list[tuple[str, ...]]) -> None:
    counts = Counter(panel[0] for panel in panels)
    assert counts.total() == 20_000
    assert chance_of(counts, len(EXPERTS)) > LEAST


def test_so_does_every_panel_that_there_can_be(panels: list[tuple[str, ...]]) -> None:
    counts = Counter(" ".join(sorted(panel)) for panel in panels)
    assert chance_of(counts, math.comb(len(EXPERTS), SEATS)) > LEAST


def test_a_draw_that_prefers_somebody_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def prefer(key: bytes, application: str, expert: str) -> int:
        cost = pair_cost(key, application, expert)
        return cost // 2 if expert == EXPERTS[0] else cost

    for module in ("flow_network", "panels"):
        monkeypatch.setattr(f"selection.draw.{module}.pair_cost", prefer)
    counts = Counter(seats_of(draw)[0] for draw in range(DRAWS // 10))
    assert chance_of(counts, len(EXPERTS)) < LEAST
