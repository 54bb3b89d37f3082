"""Who has the eraser's login can write who was erased; that nobody asked for it is found from the log alone."""

from typing import Any

import pytest

from audit.bundle.register import LOG as INSTALLATION
from audit.claims import Verdict
from selection.kernel.actor import SYSTEM
from selection.kernel.leaf import Leaf
from tests import factories as f
from tests.audit.support.acts import acts_of, sign_anew
from tests.desk import pause_counting
from tests.round_story import tell_signed_round
from tests.signatures import Signatures
from tests.whole_round import WholeRound

PERSON, OTHER = "expert-1", "expert-2"


def _log() -> list[Leaf]:
    """An installation's log that ends with an erasure that two administrators signed."""
    with pause_counting():
        made = WholeRound(f.rules(), f.people().values(), Signatures())
        made.erase(PERSON)
    return made.installation


LOG = _log()
*BEFORE, ERASED = LOG


def _judge(*entries: Leaf) -> tuple[Verdict, str, str]:
    claim = acts_of(tell_signed_round().log, [*BEFORE, *entries])[INSTALLATION]
    return claim.verdict, claim.finding, claim.point


def _of(person: str, leaf: Leaf = ERASED, **changes: Any) -> Leaf:
    return leaf.with_(data={**leaf.data, "person": person}, **changes)


def _beside(leaf: Leaf, person: str = PERSON) -> Leaf:
    """An erasure that passes for one more entry of the act of another one."""
    data = {**ERASED.data, **{name: leaf.data[name] for name in ("command_id", "command_hash")}}
    same = {name: getattr(leaf, name) for name in ("actor", "at", "recorded", "register_size")}
    return ERASED.with_(data={**data, "person": person}, version=leaf.version + 1, signed=None, **same)


def test_an_erasure_that_two_signed_is_proven_in_as_many_entries_as_it_took() -> None:
    assert _judge(ERASED)[0] is Verdict.PROVEN
    assert _judge(ERASED, _beside(ERASED))[0] is Verdict.PROVEN


def _asking(**changes: Any) -> Leaf:
    """The erasure with another command, signed anew by the administrator."""
    assert ERASED.signed is not None
    command = {**(ERASED.signed.command or {}), **changes}
    return sign_anew(ERASED.with_(signed=ERASED.signed.with_(command=command)))


FORGED: dict[str, tuple[tuple[Leaf, ...], str]] = {
    "by nobody": ((ERASED.with_(signed=None),), "act-unsigned"),
    "by the engine": ((ERASED.with_(signed=None, actor=SYSTEM),), "erasure-unproven"),
    "of another than was asked for": ((_of(OTHER),), "erasure-unproven"),
    "of two where one was asked for": ((ERASED, _beside(ERASED, OTHER)), "erasure-unproven"),
    "by a signature for another act": ((_asking(kind="register-people"),), "erasure-unproven"),
    "by a signature for another person": ((_asking(person=OTHER),), "erasure-unproven"),
    "beside another act": ((_beside(BEFORE[-1]),), "erasure-unproven"),
    "by one alone": (
        (ERASED.with_(signed=ERASED.signed.with_(second=None) if ERASED.signed else None),),
        "second-missing",
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_an_erasure_that_nobody_asked_for_is_named(name: str) -> None:
    entries, finding = FORGED[name]
    verdict, found, point = _judge(*entries)
    assert (verdict, found) == (Verdict.REFUTED, finding)
    assert point in {f"{INSTALLATION}#{len(BEFORE)}", f"{INSTALLATION}#{len(BEFORE) + 1}"}
