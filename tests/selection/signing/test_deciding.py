"""What signatures do to a decision: what is recorded of them, and what leaves no entry."""

from typing import Any

import pytest

from selection.application import commands as c
from selection.decision.aggregate import ActRefused
from selection.decision.envelope import Envelope
from selection.decision.facts import FactsRequest
from selection.decision.machine import KEY, Act, answer_from, decide
from selection.decision.making import Outcome
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.proof import Second
from selection.kernel.stages import RoundStage, Stage
from selection.signing.key import Founded
from selection.signing.statement import statement_of
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.signing.keys import HOUR, INSTALLATION, draft_proof, software

KEYS = {
    "applicant-1": software(1),
    "officer-1": software(2),
    "officer-2": software(3),
    "supervisor-1": software(4),
}
CLOSED = Founded(installation=INSTALLATION, local=False)


def envelope(desk: Desk, command: Frozen, actor: Actor, **changes: Any) -> Envelope:
    told = {"stream": desk.state.stream, "command_id": "id-1", "actor": actor}
    return Envelope(**{**told, "command": command.model_dump(mode="json"), **changes})


def sign(desk: Desk, command: Frozen, actor: Actor, second: str = "", **changes: Any) -> Envelope:
    bare = envelope(desk, command, actor, **changes)
    terms = draft_proof(issued=desk.now, expires=desk.now + HOUR)
    proof = KEYS[actor.person].prove(bare.intent, terms)
    beside: Second | None = KEYS[second].second(second, bare.intent, terms) if second else None
    return bare.model_copy(update={"proof": proof, "second": beside})


def decide_message(desk: Desk, message: Envelope) -> Outcome[Any]:
    keys = {person: (key.key,) for person, key in KEYS.items()}

    def answer(asked: FactsRequest) -> Any:
        return desk.world.with_(founded=CLOSED, keys={name: keys[name] for name in asked.signers})

    return answer_from(decide(desk.aggregate, desk.state, Act(message), desk.now, desk.frame()), answer)


def test_an_act_is_recorded_with_its_signature_and_all_that_was_signed() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    message = sign(desk, c.Withdraw(), f.APPLICANT)
    (leaf,) = decide_message(desk, message).leaves
    assert leaf.signed is not None
    assert (leaf.actor.authority, leaf.signed.proof, leaf.signed.command) == (
        KEY,
        message.proof,
        {"kind": "withdraw", "reason": None},
    )
    again = Envelope(
        stream=leaf.stream,
        command_id=leaf.data["command_id"],
        actor=leaf.actor,
        command=leaf.signed.command,
    )
    assert again.digest == leaf.data["command_hash"]
    assert statement_of(again.intent, leaf.signed.proof) == statement_of(message.intent, leaf.signed.proof)


def test_an_unsigned_act_leaves_no_entry_not_even_a_refusal() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    outcome = decide_message(desk, envelope(desk, c.Withdraw(), f.APPLICANT))
    assert (outcome.leaves, outcome.state) == ([], desk.state)
    assert outcome.refused is not None
    assert outcome.refused.code == "unsigned"


@pytest.mark.parametrize(
    "change",
    [
        {"stream": f"application/{f.ROUND}/0009"},
        {"command_id": "id-2"},
        {"actor": f.APPLICANT.model_copy(update={"role": Role.RECOMMENDER})},
        {"actor": f.APPLICANT.model_copy(update={"reason": f.ref("another")})},
        {"command": {"kind": "withdraw", "reason": {"id": "another", "sha256": "0" * 64}}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_message_that_was_changed_after_signing_leaves_no_entry(change: dict[str, Any]) -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    message = sign(desk, c.Withdraw(), f.APPLICANT).model_copy(update=change)
    outcome = decide_message(desk, message)
    assert outcome.leaves == []
    assert outcome.refused is not None
    assert outcome.refused.code == "signature-wrong"


def test_a_refused_act_keeps_the_signature_but_not_what_was_typed() -> None:
    desk = paths.application_in(Stage.SUBMITTED)
    outcome = decide_message(desk, sign(desk, c.PassCheck(revision=1), f.OFFICER))
    (leaf,) = outcome.leaves
    assert leaf.type == ActRefused.TYPE
    assert leaf.signed is not None
    assert leaf.signed.command is None


def test_what_two_must_sign_needs_two_who_may_both_do_it() -> None:
    desk = paths.application_in(Stage.CHECKING)
    terms = f.terms(assurance=f.levels(pass_check="signed-by-two"))
    desk.world = desk.world.with_(terms=terms)
    command = c.PassCheck(revision=1)
    rules = {"rules": terms.rules_hash}
    bare = envelope(desk, command, f.OFFICER)
    told = draft_proof(issued=desk.now, expires=desk.now + HOUR, **rules)
    proof = KEYS["officer-1"].prove(bare.intent, told)

    def by(second: str) -> Outcome[Any]:
        beside = KEYS[second].second(second, bare.intent, told)
        return decide_message(desk, bare.model_copy(update={"proof": proof, "second": beside}))

    alone = decide_message(desk, bare.model_copy(update={"proof": proof}))
    assert alone.refused is not None
    assert (alone.refused.code, alone.leaves) == ("second-missing", [])
    with_stranger = by("supervisor-1")
    assert with_stranger.refused is not None
    assert [leaf.type for leaf in with_stranger.leaves] == [ActRefused.TYPE]
    together = by("officer-2")
    assert together.refused is None
    assert together.leaves[0].signed is not None
    assert together.leaves[0].signed.second is not None


def test_what_a_round_s_rules_ask_for_is_asked_of_its_own_acts_too() -> None:
    desk = paths.round_in(RoundStage.CALL)
    terms = f.terms(assurance=f.levels(record_outage="signed-by-two"))
    desk.world = desk.world.with_(terms=terms)
    outage = f.outage(desk.now, desk.now + HOUR)
    desk.now += 2 * HOUR
    rules = {"rules": terms.rules_hash}
    bare = envelope(desk, outage, f.OFFICER)
    proof = KEYS["officer-1"].prove(
        bare.intent, draft_proof(issued=desk.now, expires=desk.now + HOUR, **rules)
    )
    alone = decide_message(desk, bare.model_copy(update={"proof": proof}))
    assert alone.refused is not None
    assert (alone.refused.code, alone.leaves) == ("second-missing", [])
