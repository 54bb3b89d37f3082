"""What parts applications, worked out a second time: as the core does it, and never otherwise."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, strategies as st

from audit.outcome.scores import Figures
from audit.outcome.standing import Contender, Standing, find_reasons_due, order_standing, rank_scored
from selection.scoring.panel_score import PanelScore, fraction_text, rank

FEW = st.sampled_from([Fraction(80), Fraction(161, 2), Fraction(241, 3)])
FIGURES = st.builds(Figures, valid=st.just(5), mean=FEW, untrimmed=FEW, technical=FEW)
LOTS = st.sampled_from(["0" * 32, "1" * 32, "f" * 32])


@given(st.lists(st.tuples(FIGURES, LOTS), max_size=8))
def test_ties_are_parted_as_the_core_parts_them(each: list[tuple[Figures, str]]) -> None:
    scored = [Contender(f"{number:04}", figures, lot) for number, (figures, lot) in enumerate(each)]
    of_core = rank(
        {
            item.number: PanelScore(
                valid=5,
                mean=fraction_text(item.figures.mean),
                untrimmed=fraction_text(item.figures.untrimmed),
                technical=fraction_text(item.figures.technical),
                shown=Decimal(0),
            )
            for item in scored
        },
        {item.number: item.lot for item in scored},
    )
    assert [(place, item.number) for place, item in rank_scored(scored)] == [
        (item.rank, item.application) for item in of_core
    ]


def test_a_tie_is_parted_by_all_totals_then_by_the_tie_break_and_then_by_lot() -> None:
    one, more = Fraction(80), Fraction(81)
    order = [
        Contender("4", Figures(5, more, one, one), "f"),
        Contender("3", Figures(5, one, more, one), "f"),
        Contender("2", Figures(5, one, one, more), "f"),
        Contender("1", Figures(5, one, one, one), "0"),
        Contender("0", Figures(5, one, one, one), "f"),
    ]
    assert [item for _, item in rank_scored(reversed(order))] == order


def test_support_goes_before_the_agreed_score_and_that_before_the_rank_of_the_panel() -> None:
    first = Standing("0003", True, Fraction(85), 3, "a", "b")
    second = Standing("0001", True, Fraction(84), 1, "a", "b")
    last = Standing("0002", False, Fraction(99), 2, "a", "b")
    assert order_standing([last, second, first]) == [first, second, last]
    assert find_reasons_due(["0003", "0002"], [first, second, last], {}) == ["0001", "0002"]
