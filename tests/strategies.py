"""All Hypothesis strategies: what the tests draw from."""

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from audit.what_if.round_record import RoundRecord
from selection.application.state import ApplicationState, Review
from selection.draw.inputs import DrawApplication, DrawExpert, DrawInputs
from selection.kernel.day_clock import AnyClock, CalendarClock, RehearsalClock
from selection.kernel.stages import Stage
from tests import factories as f

CONTENTS = ("positioning", "mechanism", "technical", "conditions")

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2199, 12, 31))
instants = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2199, 12, 31), timezones=st.just(UTC)
)

rehearsal_clocks = st.builds(
    RehearsalClock,
    start=instants,
    day_zero=days,
    seconds_per_day=st.integers(min_value=1, max_value=86_400_000_000).map(lambda n: Decimal(n).scaleb(-6)),
)
clocks: st.SearchStrategy[AnyClock] = st.one_of(st.just(CalendarClock()), rehearsal_clocks)

parts_of_a_year = st.fractions(-400, 400, max_denominator=10**6)
half_points = st.integers(min_value=0, max_value=50).map(lambda n: Decimal(n) / 2)
reviews = st.fixed_dictionaries(dict.fromkeys(CONTENTS, half_points))
review_sets = st.lists(reviews, min_size=1, max_size=9)
lots = st.integers(min_value=0, max_value=2**128 - 1).map(lambda n: f"{n:032x}")
keys = st.binary(min_size=32, max_size=32)


@st.composite
def draw_inputs(draw: st.DrawFn) -> DrawInputs:
    """Draw small draws, with and without a solution."""
    employers = [f"employer-{n}" for n in range(draw(st.integers(2, 5)))]
    people = [f"expert-{n}" for n in range(draw(st.integers(4, 9)))]
    some_people = st.lists(st.sampled_from(people), max_size=2, unique=True).map(tuple)
    experts = [
        DrawExpert(
            person=person,
            employer=draw(st.sampled_from(["", *employers])),
            load_used=draw(st.integers(0, 2)),
        )
        for person in people
    ]
    applications = [
        DrawApplication(
            stream=f"application/round/{n}",
            revision=1,
            hosts=draw(st.lists(st.sampled_from(employers), min_size=1, max_size=2).map(tuple)),
            avoid=draw(some_people),
            conflicts=draw(some_people),
            exclude=draw(some_people),
            sitting=draw(some_people),
            seats_wanted=draw(st.integers(1, 2)),
        )
        for n in range(draw(st.integers(1, 4)))
    ]
    return DrawInputs(
        applications=tuple(applications),
        experts=tuple(experts),
        alternates=draw(st.integers(0, 1)),
        max_per_institution=draw(st.integers(1, 2)),
        max_load=draw(st.integers(2, 4)),
        solver="as installed",
    )


@st.composite
def round_records(draw: st.DrawFn) -> RoundRecord:
    """Draw what a simulation starts from: reviewed applications, panels that overlap, small places."""
    rules = f.rules(places=draw(st.integers(1, 3)), panel={"seats": 7, "min_valid": 3})
    numbers = [f"{n:04}" for n in range(1, draw(st.integers(2, 7)) + 1)]
    distinct = draw(st.lists(lots, min_size=len(numbers), max_size=len(numbers), unique=True))
    people = [f.expert(n) for n in range(1, 10)]
    seated = st.lists(st.sampled_from(people), min_size=3, max_size=6, unique=True)
    applications = {
        number: ApplicationState(
            stream=f"application/{f.ROUND}/{number}",
            stage=Stage.SCORED,
            lot=lot,
            reviews=tuple(
                Review(
                    seat=seat,
                    expert=person,
                    scores=given,
                    total=sum(given.values(), Decimal(0)),
                    form=f.review_form(),
                    at=f.OPENED,
                )
                for seat, person in enumerate(draw(seated), 1)
                for given in (draw(reviews),)
            ),
        )
        for number, lot in zip(numbers, distinct, strict=True)
    }
    return RoundRecord(
        point="round#1",
        rules=rules,
        rehearsal=False,
        applications=applications,
        listed={},
        decisions=frozenset(),
    )


@st.composite
def scheme_sizes(draw: st.DrawFn) -> tuple[dict[str, int], dict[str, int]]:
    """Draw the numbers of a scheme that say how many people it needs, and the same or larger ones."""
    ranges = {
        "seats": (3, 9),
        "alternates": (0, 4),
        "team": (1, 14),
        "examiners": (2, 5),
        "deciders": (2, 5),
        "needed": (1, 3),
        "applications": (1, 40),
        "survey": (0, 1),
        "notice": (0, 1),
        "by_two": (0, 1),
    }
    small = {name: draw(st.integers(*ends)) for name, ends in ranges.items()}
    large = {name: draw(st.integers(small[name], most)) for name, (_, most) in ranges.items()}
    load = draw(st.integers(1, 12))
    # Whoever takes fewer panels leaves more of them to others.
    return {**small, "load": load}, {**large, "load": draw(st.integers(1, load))}
