"""A decision read the register as far as its entry says: what came after counts for nothing, what came before does."""

import json
from copy import copy
from datetime import timedelta
from pathlib import Path

import pytest

from audit.bundle.register import Register
from audit.claims import Claim, Verdict
from tests import factories as f
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.audit.support.tampering import Log, claim_of, place, point, with_frame
from tests.desk import pause_counting
from tests.round_story import tell_round
from tests.whole_round import WholeRound

pytestmark = pytest.mark.long

DAY = timedelta(days=1)
NEWCOMER = f.person("newcomer-1", "expert")


def _draw_and_change(change: str, *, before: bool) -> WholeRound:
    """A round with a draw before or after which the register changed."""
    made = before_the_draw(24)
    if not before:
        with pause_counting():
            made.draw("main", pause=DAY)
    if change == "registered":
        made.register(NEWCOMER)
    else:
        made.erase("expert-1")
    if before:
        with pause_counting():
            made.draw("main", pause=DAY)
    return made


def _seeing(made: WholeRound, more: int) -> WholeRound:
    """The same round in which the draw says that it saw so many entries more, or less."""
    changed = copy(made)
    at = place(made.log, "draw.committed.v1")
    changed.log = with_frame(made.log, at, register_size=made.log[at].register_size + more)
    return changed


@pytest.mark.parametrize(("change", "who"), [("registered", "newcomer-1"), ("erased", "expert-1")])
@pytest.mark.parametrize(("before", "more"), [(True, -1), (False, 1)])
def test_a_draw_follows_from_the_register_that_it_saw_and_from_no_other(
    tmp_path: Path, change: str, who: str, before: bool, more: int
) -> None:
    made = _draw_and_change(change, before=before)
    assert judge_round(tmp_path, made)["draw-inputs-follow"].verdict is Verdict.PROVEN
    # Whoever is erased was stopped by an entry before.
    entries = 2 if change == "erased" else 1
    claim = judge_round(tmp_path, _seeing(made, more * entries))["draw-inputs-follow"]
    assert (claim.verdict, claim.finding) == (Verdict.REFUTED, "draw-input-differs")
    assert claim.params["what"] == who


ACTS = [
    ("agent-bj", "list.recommended.v1", "actors-entitled", "not-entitled-to-act"),
    ("objector-1", "lobbying.reported.v1", "actors-entitled", "not-entitled-to-act"),
    ("host-0002", "application.submitted.v1", "actors-entitled", "not-entitled-to-act"),
    ("surveyor-2", "survey.team-appointed.v1", "recusals-kept", "not-registered"),
    ("examiner-1", "objection.examiners-appointed.v1", "recusals-kept", "not-registered"),
]


def _register_last(folder: Path, person: str, type_: str, code: str) -> tuple[Claim, int]:
    """The claim about the told round, had the person been registered after all others."""
    made = copy(tell_round())
    told_of = (json.dumps([leaf.type, leaf.actor.person, leaf.data]) for leaf in made.log)
    at = next(seq for seq, said in enumerate(told_of) if f'"{type_}"' in said and f'"{person}"' in said)
    first = next(leaf for leaf in made.installation if leaf.data.get("person") == person)
    others = [leaf for leaf in made.installation if leaf.data.get("person") != person]
    again = [others[-1]] * (len(made.installation) - len(others))
    in_order = [*others, *again, first.model_copy(update={"at": others[-1].at})]
    made.installation = [leaf.model_copy(update={"version": n}) for n, leaf in enumerate(in_order, 1)]
    return judge_round(folder, made)[code], at


@pytest.mark.parametrize(("person", "type_", "code", "finding"), ACTS)
def test_who_was_registered_after_their_act_was_decided_is_not_entitled(
    tmp_path: Path, person: str, type_: str, code: str, finding: str
) -> None:
    late, at = _register_last(tmp_path, person, type_, code)
    assert (late.verdict, late.finding, late.point) == (Verdict.REFUTED, finding, point(at))


def _place(folder: Path, log: Log) -> tuple[Verdict, str, str]:
    claim = claim_of(folder, "places-told", log)
    return claim.verdict, claim.finding, claim.point


def test_an_entry_says_a_place_that_can_be(tmp_path: Path) -> None:
    log = tell_round().log
    at = place(log, "appraisal.recorded.v1")
    size = len(tell_round().installation)
    assert _place(tmp_path, log) == (Verdict.PROVEN, "", "")
    early = with_frame(log, at, recorded=log[at].at - timedelta(microseconds=1))
    assert _place(tmp_path, early) == (Verdict.REFUTED, "recorded-before-act", point(at))
    beyond = with_frame(log, at, register_size=size + 1)
    assert _place(tmp_path, beyond) == (Verdict.NOT_PROVABLE, "register-behind", point(at))
    assert _place(tmp_path, with_frame(log, at, register_size=-1))[1] == "register-backward"
    backward = with_frame(log, at, register_size=log[at].register_size - 1)
    assert _place(tmp_path, backward) == (Verdict.REFUTED, "register-backward", point(at))
    ahead = with_frame(log, 3, register_size=size)
    assert _place(tmp_path, ahead) == (Verdict.REFUTED, "register-backward", point(4))


def test_what_registers_nobody_is_no_change_of_the_register() -> None:
    register = Register()
    register.add(f.OPENED, NEWCOMER)
    register.follow(f.OPENED)
    register.erase(f.OPENED, NEWCOMER.person)
    register.erase(f.OPENED, "nobody")
    assert [register.changes(size) for size in range(6)] == [0, 1, 1, 2, 2, 2]
    assert [register.person(NEWCOMER.person, size) for size in (0, 1, 2)] == [None, NEWCOMER, NEWCOMER]
    gone = register.person(NEWCOMER.person, 3)
    assert gone is not None
    assert not gone.active
    assert list(register.everyone(0)) == []
    assert list(register.everyone(4)) == [gone]


def test_the_installations_leaves_are_of_the_frame_too() -> None:
    assert all(leaf.recorded >= leaf.at for leaf in tell_round().installation)
