import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from selection.decision.envelope import Envelope
from selection.decision.reference import Decision
from selection.kernel.actor import Role
from tests import factories as f

pytestmark = pytest.mark.long

MESSAGE: dict[str, Any] = {
    "stream": f"application/{f.ROUND}/0001",
    "command_id": "id-1",
    "actor": f.APPLICANT,
    "command": {"kind": "withdraw", "reason": {"id": "a", "sha256": "0" * 64}},
}
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
commands = st.dictionaries(st.text(max_size=5), values, max_size=4)


def digest(**changes: Any) -> str:
    return Envelope(**{**MESSAGE, **changes}).digest


def test_the_digest_is_of_what_is_asked_and_not_of_who_carried_it() -> None:
    same = digest()
    assert digest(command_id="id-2") == same
    assert digest(actor=f.APPLICANT.model_copy(update={"authority": "another"})) == same
    assert digest(actor=f.actor("applicant-2", Role.APPLICANT)) == same


@pytest.mark.parametrize(
    "changes",
    [
        {"stream": f"application/{f.ROUND}/0002"},
        {"actor": f.actor("applicant-1", Role.OFFICER)},
        {"actor": f.APPLICANT.model_copy(update={"reason": f.ref("why")})},
        {"command": {"kind": "withdraw"}},
        {"command": {"kind": "withdraw", "reason": {"id": "b", "sha256": "0" * 64}}},
    ],
)
def test_whatever_else_is_asked_has_another_digest(changes: dict[str, Any]) -> None:
    assert digest(**changes) != digest()


@given(commands, st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(command: dict[str, Any], chance: Any) -> None:
    def mix(value: Any) -> Any:
        if isinstance(value, list):
            return [mix(item) for item in value]
        if isinstance(value, dict):
            keys = list(value)
            chance.shuffle(keys)
            return {key: mix(value[key]) for key in keys}
        return value

    assert digest(command=mix(command)) == digest(command=command)


def same_json(one: Any, other: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@given(commands, commands)
def test_two_commands_that_differ_have_two_digests(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert (digest(command=one) == digest(command=other)) == same_json(one, other)


def test_half_a_character_has_a_digest_too() -> None:
    assert digest(command={"kind": "\ud800"}) != digest(command={"kind": "\ud801"})


@given(st.text(min_size=1), st.integers(0, 10**9))
def test_a_decision_is_found_again_by_its_name(stream: str, version: int) -> None:
    decision = Decision(stream=stream, version=version)
    assert Decision.parse(decision.command_id) == decision


@pytest.mark.parametrize("name", ["", "#1", "a#", "a", "a#x", "a#-1", "a#1.0", "a#²", "a#٣", "id-1"])
def test_other_ids_name_no_decision(name: str) -> None:
    assert Decision.parse(name) is None


@given(st.text(min_size=1, max_size=20))
def test_no_persons_command_id_names_a_decision_on_a_stream(name: str) -> None:
    try:
        message = Envelope(**{**MESSAGE, "command_id": name})
    except ValueError:
        return
    named = Decision.parse(message.command_id)
    assert named is None or "/" not in named.stream
