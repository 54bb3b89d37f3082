"""Whoever stands in for a holder of a post: the audit follows delegations by itself."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from selection.application import commands as c
from selection.kernel.actor import Actor
from selection.refusals.refused import Refused
from selection.round import commands as r, events as e
from tests import factories as f
from tests.audit.support.deciding import decide_again, findings
from tests.audit.support.small_round import before_the_draw, judge_round
from tests.whole_round import WholeRound

CODE = "substitutes-in-bounds"
SUBSTITUTE = f.actor("officer-3")
FINDER = "selection.decision.machine.find_delegation"


def delegate(made: WholeRound, substitute: str = "officer-3", actor: Actor = f.OFFICER) -> None:
    today = made.now.date()
    days = {"first": today, "last": today + timedelta(days=3)}
    made.round.act(r.Delegate(substitute=substitute, reason=f.ref(), **days), actor)


def cancel(made: WholeRound, actor: Actor) -> None:
    made.round.act(r.CancelRound(reason=f.ref()), actor)


def find_refutation(folder: Path, made: WholeRound, code: str = CODE) -> str:
    claim = judge_round(folder, made)[code]
    assert claim.verdict is Verdict.REFUTED
    return claim.finding


def test_a_round_with_a_substitute_is_proven(tmp_path: Path) -> None:
    made = before_the_draw(10)
    delegate(made)
    cancel(made, SUBSTITUTE)
    assert made.log[-1].actor.behalf == "officer-1"
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []
    assert claims[CODE].verdict is Verdict.PROVEN


def _once(made: WholeRound) -> Any:
    """The delegation as it was, whatever became of it."""
    held = made.round.state.delegations[0]
    return lambda _known, actor, _at: held if actor.person == held.substitute else None


def test_an_act_after_the_last_day_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = before_the_draw(10)
    delegate(made)
    made.now = made.round.state.delegations[0].until
    with pytest.raises(Refused, match="not-entitled"):
        cancel(made, SUBSTITUTE)
    monkeypatch.setattr(FINDER, _once(made))
    cancel(made, SUBSTITUTE)
    assert find_refutation(tmp_path, made) == "not-delegated"


def test_so_is_one_after_it_was_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = before_the_draw(10)
    delegate(made)
    made.round.act(r.EndDelegation(number=1, reason=f.ref()), f.SUPERVISOR)
    monkeypatch.setattr(FINDER, _once(made))
    cancel(made, SUBSTITUTE)
    assert find_refutation(tmp_path, made) == "not-delegated"


def test_one_for_a_holder_who_is_deactivated_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = before_the_draw(10)
    delegate(made)
    made.register(f.person("officer-1", "officer", active=False))
    with pytest.raises(Refused, match="not-entitled"):
        cancel(made, SUBSTITUTE)
    monkeypatch.setattr("selection.decision.aggregate.Context.is_active", True)
    cancel(made, SUBSTITUTE)
    assert find_refutation(tmp_path, made, "actors-active") == "deactivated-before"


def test_one_for_a_holder_who_left_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = before_the_draw(10)
    delegate(made)
    made.register(f.person("officer-4", "officer"))
    change = r.ChangePost(post="officers", add=("officer-4",), remove=("officer-1",), reason=f.ref())
    made.round.act(change, f.SUPERVISOR)
    monkeypatch.setattr("selection.round.preconditions._holds", lambda _state, _context: True)
    cancel(made, SUBSTITUTE)
    assert find_refutation(tmp_path, made, "actors-entitled") == "not-entitled-to-act"


@pytest.mark.parametrize(
    ("told", "actor", "finding"),
    [
        ({"holder": "officer-2"}, f.OFFICER, "delegated-by-another"),
        ({"post": "supervisors"}, f.OFFICER, "delegated-by-another"),
        ({"substitute": "officer-2"}, f.OFFICER, "substitute-in-two"),
        ({"substitute": "expert-1"}, f.OFFICER, "post-unregistered"),
        ({"start": f.OPENED}, f.OFFICER, "delegated-before"),
    ],
)
def test_what_the_core_would_refuse_is_found_where_it_did_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: dict[str, Any], actor: Actor, finding: str
) -> None:
    made = before_the_draw(10)
    usual: dict[str, Any] = {"number": 1, "post": "officers", "holder": "officer-1", "reason": f.ref()}
    days = {"start": made.now, "until": made.now + f.DAY}
    event = e.PostDelegated(**{**usual, **days, "substitute": "officer-3", **told})
    monkeypatch.setattr("selection.round.decide.DECIDES", {r.Delegate: lambda *_asked: (event,)})
    delegate(made, actor=actor)
    assert find_refutation(tmp_path, made) == finding


def test_one_who_held_a_post_of_the_round_before_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = before_the_draw(10)
    change = r.ChangePost(post="officers", add=("officer-3",), remove=("officer-1",), reason=f.ref())
    made.round.act(change, f.SUPERVISOR)
    monkeypatch.setattr("selection.round.people.delegating._refuse_former_holder", lambda *_: None)
    delegate(made, "officer-1", f.OPENER)
    assert find_refutation(tmp_path, made) == "substitute-was-in-office"


def test_neither_an_expert_who_got_a_post_nor_one_who_stands_in_is_drawn(tmp_path: Path) -> None:
    made = before_the_draw(12)
    for person in ("expert-1", "expert-2"):
        made.register(f.person(person, "expert", "officer"))
    change = r.ChangePost(post="officers", add=("expert-1",), reason=f.ref())
    made.round.act(change, f.SUPERVISOR)
    delegate(made, "expert-2")
    made.draw("main")
    state = made.app("0001").state
    seated = {*(seat.expert for seat in state.seats), *state.alternates}
    assert seated
    assert not {"expert-1", "expert-2"} & seated
    claims = judge_round(tmp_path, made)
    assert [claim for claim in claims.values() if claim.verdict is Verdict.REFUTED] == []


def test_what_changed_people_did_follows_when_it_is_decided_again(tmp_path: Path) -> None:
    """Also what was refused: with the posts and delegations of its place, not of the round's end."""
    made = before_the_draw(10)
    assert made.round.refuse(r.CancelRound(reason=f.ref()), SUBSTITUTE) == "not-entitled"
    delegate(made)
    made.register(f.person("officer-4", "officer"))
    change = r.ChangePost(post="officers", add=("officer-4",), remove=("officer-2",), reason=f.ref())
    made.round.act(change, f.SUPERVISOR)
    early = c.PassCheck(revision=1)
    assert made.app("0001").refuse(early, f.OPENER) == "not-entitled"
    assert made.app("0001").refuse(early, SUBSTITUTE) == "wrong-stage"
    cancel(made, SUBSTITUTE)
    again = decide_again(tmp_path, made)
    assert findings(again) == []
    assert again.counted == len(made.log)
