import itertools
from collections import Counter
from random import Random

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from hypothesis import event, given, settings
from pydantic import ValidationError

from audit.outcome.draws import find_fault
from audit.outcome.pool import Pool
from selection.draw.inputs import (
    Commitment,
    DrawApplication,
    DrawExpert,
    DrawInputs,
    commitment,
    draw_key,
    institution_of,
    lot,
    pair_cost,
)
from selection.draw.panels import Drawn, DrawnPanel, Infeasible, draw_panels
from tests import strategies

pytestmark = pytest.mark.long

KEY = draw_key(b"a secret of the drawer", "07 11 19 23 31 02")


def inputs(
    experts: dict[str, str], *applications: DrawApplication, alternates: int = 0, load: int = 9
) -> DrawInputs:
    return DrawInputs(
        applications=applications,
        experts=tuple(DrawExpert(person=person, employer=home) for person, home in experts.items()),
        alternates=alternates,
        max_per_institution=1,
        max_load=load,
        solver="as installed",
    )


def application(name: str = "one", seats: int = 2, **more: tuple[str, ...]) -> DrawApplication:
    return DrawApplication(stream=name, revision=1, hosts=more.pop("hosts", ()), seats_wanted=seats, **more)


def check_draw(drawn_from: DrawInputs, key: bytes, drawn: Drawn) -> str:
    """What is wrong with a draw, by the code that works it out a second time."""
    return find_fault(drawn_from.model_dump(mode="json"), key, drawn.model_dump(mode="json"))


def cheapest_by_trying_all(drawn_from: DrawInputs, key: bytes) -> int | None:
    """The lowest total cost, by looking at every choice there is."""
    experts = {item.person: item for item in drawn_from.experts}
    pool = Pool(drawn_from.model_dump(mode="json"))
    choices = []
    for item in drawn_from.applications:
        able = [person for person in experts if not pool.list_bars(item.model_dump(mode="json"), person)]
        sitting = Counter(institution_of(experts[person]) for person in set(item.sitting) & set(experts))
        fitting = []
        for people in itertools.combinations(able, item.seats_wanted + drawn_from.alternates):
            share = Counter(institution_of(experts[person]) for person in people)
            if all(count + sitting[at] <= drawn_from.max_per_institution for at, count in share.items()):
                fitting.append((sum(pair_cost(key, item.stream, person) for person in people), people))
        choices.append(fitting)
    load = {person: expert.load_used for person, expert in experts.items()}
    best: list[int] = []

    def choose(index: int, cost: int) -> None:
        if best and cost >= best[0]:
            return
        if index == len(choices):
            best[:] = [cost]
            return
        for more, people in choices[index]:
            if all(load[person] < drawn_from.max_load for person in people):
                for person in people:
                    load[person] += 1
                choose(index + 1, cost + more)
                for person in people:
                    load[person] -= 1

    choose(0, 0)
    return best[0] if best else None


@settings(max_examples=150, deadline=None)
@given(strategies.draw_inputs(), strategies.keys)
def test_a_draw_is_the_cheapest_of_all_choices_or_there_is_none(drawn_from: DrawInputs, key: bytes) -> None:
    drawn = draw_panels(drawn_from, key)
    event(type(drawn).__name__)
    pool = Pool(drawn_from.model_dump(mode="json"))
    assert pool.can_fill([item.stream for item in drawn_from.applications]) is isinstance(drawn, Drawn)
    if isinstance(drawn, Infeasible):
        assert not pool.can_fill(drawn.applications, drawn.limits)
        for limit in drawn.limits:
            assert pool.can_fill(drawn.applications, {*drawn.limits} - {limit})
        assert cheapest_by_trying_all(drawn_from, key) is None
    else:
        assert drawn.total_cost == cheapest_by_trying_all(drawn_from, key)
        assert check_draw(drawn_from, key, drawn) == ""


@settings(max_examples=60, deadline=None)
@given(strategies.draw_inputs(), strategies.keys)
def test_the_order_of_the_inputs_changes_nothing(drawn_from: DrawInputs, key: bytes) -> None:
    shuffled = drawn_from.model_copy(
        update={
            "applications": tuple(reversed(drawn_from.applications)),
            "experts": tuple(reversed(drawn_from.experts)),
        }
    )
    assert draw_panels(shuffled, key) == draw_panels(drawn_from, key)
    assert commitment(b"s" * 16, shuffled) == commitment(b"s" * 16, drawn_from)


@settings(max_examples=60, deadline=None)
@given(strategies.draw_inputs(), strategies.keys)
def test_without_any_one_clashing_limit_there_are_panels(drawn_from: DrawInputs, key: bytes) -> None:
    found = draw_panels(drawn_from, key)
    if isinstance(found, Drawn):
        return
    assert found.minimal
    assert found.applications
    clashing = tuple(item for item in drawn_from.applications if item.stream in found.applications)
    only = drawn_from.model_copy(update={"applications": clashing})
    assert isinstance(draw_panels(only, key), Infeasible)
    for gone in clashing:
        rest = tuple(item for item in clashing if item != gone)
        assert isinstance(draw_panels(only.model_copy(update={"applications": rest}), key), Drawn)
    kept_to = only
    for limit in ("employer", "conflict", "avoid", "institution", "load", "alternates"):
        if limit not in found.limits:
            kept_to = without(kept_to, limit)
    assert isinstance(draw_panels(kept_to, key), Infeasible)
    for limit in found.limits:
        assert isinstance(draw_panels(without(kept_to, limit), key), Drawn)


def without(drawn_from: DrawInputs, limit: str) -> DrawInputs:
    lists = {"employer": "hosts", "conflict": "conflicts", "avoid": "avoid"}
    if limit in lists:
        changed = tuple(item.model_copy(update={lists[limit]: ()}) for item in drawn_from.applications)
        return drawn_from.model_copy(update={"applications": changed})
    field, value = {"institution": ("max_per_institution", 99), "load": ("max_load", 99)}.get(
        limit, ("alternates", 0)
    )
    return drawn_from.model_copy(update={field: value})


def test_keys_follow_the_published_standard() -> None:
    secret, randomness = b"a secret of the drawer", "beacon 42"
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=randomness.encode(), info=b"center-selection draw v1")
    assert draw_key(secret, randomness) == hkdf.derive(secret)
    pair = HKDFExpand(algorithm=SHA256(), length=5, info=b"pair\0application/r/1\0expert-1").derive(KEY)
    assert pair_cost(KEY, "application/r/1", "expert-1") == int.from_bytes(pair)
    ticket = HKDFExpand(algorithm=SHA256(), length=16, info=b"lot\0application/r/1").derive(KEY)
    assert lot(KEY, "application/r/1") == ticket.hex()


def test_the_commitment_binds_secret_and_inputs() -> None:
    one = inputs({"a": "x"}, application(seats=1))
    other = one.model_copy(update={"max_load": 8})
    secret = b"s" * 16
    assert commitment(secret, one) == commitment(secret, one)
    assert commitment(secret, one).inputs != commitment(secret, other).inputs
    assert commitment(b"t" * 16, one).secret != commitment(secret, one).secret
    assert isinstance(commitment(secret, one), Commitment)
    with pytest.raises(ValueError, match="16 bytes"):
        commitment(b"short", one)


def test_seats_are_the_cheapest_and_alternates_follow_in_order() -> None:
    drawn = draw_panels(inputs({name: name for name in "abcdef"}, application(), alternates=2), KEY)
    order = sorted("abcdef", key=lambda person: pair_cost(KEY, "one", person))
    assert isinstance(drawn, Drawn)
    assert drawn.panels["one"] == DrawnPanel(seats=tuple(order[:2]), alternates=tuple(order[2:4]))


def test_a_supplementary_draw_counts_those_who_sit() -> None:
    pool = {"a": "x", "b": "x", "c": "y", "d": "z"}
    drawn = draw_panels(inputs(pool, application(seats=1, sitting=("a",), exclude=("c",))), KEY)
    assert isinstance(drawn, Drawn)
    assert drawn.panels["one"].seats == ("d",)


def test_experts_without_an_employer_are_no_institution() -> None:
    drawn_from = inputs({"a": "", "b": ""}, application(hosts=("",)))
    drawn = draw_panels(drawn_from, KEY)
    assert isinstance(drawn, Drawn)
    assert set(drawn.panels["one"].seats) == {"a", "b"}
    assert check_draw(drawn_from, KEY, drawn) == ""


@pytest.mark.parametrize(
    ("wanted", "load", "alternates", "limits"),
    [
        (application(hosts=("x",)), 9, 0, ("employer",)),
        (application(conflicts=("a",)), 9, 0, ("conflict",)),
        (application(avoid=("a",)), 9, 0, ("avoid",)),
        (application(), 9, 1, ("alternates",)),
        (application(seats=3), 9, 0, ()),
    ],
)
def test_the_clashing_limit_is_named(
    wanted: DrawApplication, load: int, alternates: int, limits: tuple[str, ...]
) -> None:
    pool = {"a": "x", "b": "y"}
    found = draw_panels(inputs(pool, wanted, load=load, alternates=alternates), KEY)
    assert found == Infeasible(limits=limits, applications=("one",), minimal=True)


def test_load_and_institution_clash_across_applications() -> None:
    pool = {"a": "x", "b": "x", "c": "y"}
    found = draw_panels(inputs(pool, application(), application("two"), application("three"), load=1), KEY)
    assert isinstance(found, Infeasible)
    assert found.limits == ("load",)
    assert len(found.applications) == 2
    assert draw_panels(inputs({"a": "x", "b": "x"}, application()), KEY) == Infeasible(
        limits=("institution",), applications=("one",), minimal=True
    )


def test_the_auditor_finds_what_was_changed_in_a_draw() -> None:
    pool = {name: name for name in "abcdef"} | {"g": "a"}
    wanted = (application(hosts=("f",), avoid=("e",)), application("two", seats=1))
    drawn_from = inputs(pool, *wanted, alternates=1, load=2)
    drawn = draw_panels(drawn_from, KEY)
    assert isinstance(drawn, Drawn)
    assert check_draw(drawn_from, KEY, drawn) == ""

    def fault_of(seats: str, alternates: str = "", total: int = drawn.total_cost) -> str:
        panel = DrawnPanel(seats=tuple(seats), alternates=tuple(alternates) or drawn.panels["one"].alternates)
        changed = Drawn(panels={**drawn.panels, "one": panel}, total_cost=total)
        return check_draw(drawn_from, KEY, changed)

    own = drawn.panels["one"]
    assert fault_of("fb") == "one: employer"
    assert fault_of("eb") == "one: avoid"
    assert fault_of("ag", "b") == "one: institution"
    assert fault_of("aa", "b") == "one: seats"
    assert fault_of("xb") == "pool"
    assert fault_of("".join(reversed(own.seats))) == "one: order"
    assert fault_of("".join(own.seats), total=1) == "total-cost"
    spare = next(name for name in "abcd" if name not in (*own.seats, *own.alternates))
    dearer = sorted((*own.seats, spare), key=lambda person: pair_cost(KEY, "one", person))
    total = drawn.total_cost + pair_cost(KEY, "one", spare) - pair_cost(KEY, "one", own.alternates[0])
    assert fault_of("".join(dearer[:2]), dearer[2], total) == "not-cheapest"
    assert check_draw(drawn_from, KEY, Drawn(panels={}, total_cost=0)) == "applications"
    tight = drawn_from.model_copy(update={"max_load": 0})
    assert check_draw(tight, KEY, drawn) == "load"


def test_nobody_stands_twice_in_the_inputs() -> None:
    with pytest.raises(ValidationError, match="twice"):
        inputs({"a": "x"}, application(), application())


@pytest.mark.bulk
def test_a_large_draw_prints_its_time(capsys: pytest.CaptureFixture[str]) -> None:
    """No limit is asserted: this machine may be busy. The figure to reach is 3 s."""
    from time import perf_counter

    random = Random(1)
    homes = [f"employer-{random.randrange(120)}" for _ in range(500)]
    pool = {f"expert-{n}": home for n, home in enumerate(homes)}
    wanted = [application(f"application-{n}", seats=7, hosts=(random.choice(homes),)) for n in range(1000)]
    drawn_from = inputs(pool, *wanted, alternates=3, load=22)
    begun = perf_counter()
    drawn = draw_panels(drawn_from, KEY)
    taken = perf_counter() - begun
    with capsys.disabled():
        print(f"\ndraw of 7 + 3 places for 1,000 applications from 500 experts: {taken:.2f} s")
    assert isinstance(drawn, Drawn)
    assert (
        max(Counter(p for panel in drawn.panels.values() for p in (*panel.seats, *panel.alternates)).values())
        <= 22
    )
