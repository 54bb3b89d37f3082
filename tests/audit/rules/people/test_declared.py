"""Declared ties as the verifier reads them off the register's log are those that the core was told of."""

from datetime import datetime, timedelta

from hypothesis import given, strategies as st

from audit.bundle.register import Register
from selection.decision.relations import Declared, Tie, list_ties, relate_ties
from tests import factories as f

PEOPLE = ("p-1", "p-2")
TIES = st.frozensets(
    st.sampled_from(
        [
            Tie(kind="adviser", other="p-2"),
            Tie(kind="project", other="p-1"),
            Tie(kind="relative", unit="91-A"),
        ]
    ),
    max_size=3,
)


TOLD = st.tuples(st.sampled_from(PEOPLE), TIES, st.none() | st.booleans())


@given(st.lists(TOLD, max_size=8))
def test_the_verifier_reads_the_same_ties(told: list[tuple[str, frozenset[Tie], bool | None]]) -> None:
    """Registrations tell of ties, and people declare or end each by themselves."""
    register, known = Register(), dict[str, list[tuple[datetime, frozenset[Tie]]]]()
    registered = dict[str, list[tuple[datetime, frozenset[Tie]]]]()
    holding = dict.fromkeys(PEOPLE, 0)
    entered, own = dict[str, frozenset[Tie]](), dict[str, frozenset[Tie]]()
    for number, (person, said, holds) in enumerate(told):
        ties = frozenset(tie for tie in said if tie.other != person)
        at = f.OPENED + timedelta(days=number)
        if holds is None:
            register.add(at, f.person(person, "expert"))
            register.declare(at, person, [tie.model_dump() for tie in ties])
            entered[person] = ties
            registered.setdefault(person, []).append((at, ties))
        else:
            one = sorted(ties, key=str)[:1]
            if not one:
                register.follow(at)
                continue
            data = {"person": person, "tie": one[0].model_dump(), "holds": holds}
            register.declare_own(at, number + 1, data)
            before = own.get(person, frozenset())
            own[person] = before | {*one} if holds else before - {*one}
            holding[person] += holds
        both = entered.get(person, frozenset()) | own.get(person, frozenset())
        known.setdefault(person, []).append((at, both))
        declared = {name: list_ties(entries) for name, entries in known.items()}
        by_others = {name: list_ties(entries) for name, entries in registered.items()}
        expected = relate_ties(declared, by_others, PEOPLE)
        for name in PEOPLE:
            assert register.count_declared(name, number + 1) == holding[name]
            found = [
                Declared.model_validate({"kind": kind, "unit": unit, "other": other, "until": until})
                for (kind, unit, other), until in register.ties(name, number + 1)
            ]
            assert sorted(found, key=str) == sorted(expected.get(name, ()), key=str)
