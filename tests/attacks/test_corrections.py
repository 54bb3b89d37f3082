"""A signed correction is good for one review, once: it can't be brought to another or brought again."""

from collections.abc import Callable

import pytest

from selection.decision.envelope import Envelope
from selection.decision.facts import Facts, FactsRequest
from selection.decision.machine import Act, answer_from, decide
from selection.forms.handed_in import Fitting
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import Stage
from selection.signing.key import Founded
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.signing.keys import HOUR, INSTALLATION, draft_proof, software

CLOSED = Founded(installation=INSTALLATION, local=False)
Change = Callable[[Envelope], Envelope]


def start_reviews(number: str) -> Desk:
    """An application of which expert-1 reviewed, and others have still to."""
    desk = paths.lead_to(paths.application(number=number), Stage.REVIEW)
    for person in ("expert-1", "expert-2"):
        desk.act(f.accept(), f.actor(person))
        desk.act(f.review("20"), f.actor(person))
    return desk


def sign_correction(desk: Desk, level: str = "act") -> Envelope:
    """A correction of expert-1, signed with their key."""
    bare = Envelope(
        stream=desk.state.stream,
        command_id="correction-1",
        actor=f.actor("expert-1"),
        command=f.correct("21").model_dump(mode="json"),
    )
    proof = KEYS[level].prove(bare.intent, draft_proof(issued=desk.now, expires=desk.now + HOUR))
    return bare.model_copy(update={"proof": proof})


def send(desk: Desk, envelope: Envelope) -> str:
    """How the machine that decides at the record answers it: the refusal's code, or nothing."""

    def answer(asked: FactsRequest) -> Facts:
        keys = {"expert-1": tuple(key.key for key in KEYS.values())}
        told = desk.world.with_(founded=CLOSED, keys=keys, contents=desk.find_contents(asked))
        return told.with_(fitting=Fitting() if asked.filled else None)

    task = Act(envelope)
    outcome = answer_from(decide(desk.aggregate, desk.state, task, desk.now, desk.frame()), answer)
    desk.keep(outcome.leaves)
    return outcome.refused.code if outcome.refused is not None else ""


KEYS = {"act": software(4), "session": software(5, level="session", expires=f.deadline("review"))}

FORGED: dict[str, Change] = {
    "signature-wrong for another command": lambda act: act.model_copy(
        update={"command": {**act.command, "scores": dict.fromkeys(f.CRITERIA, "25")}}
    ),
    "signature-wrong as another act": lambda act: act.model_copy(update={"command_id": "correction-2"}),
    "signature-key of another": lambda act: act.model_copy(update={"actor": f.actor("expert-2")}),
    "signature-wrong in another role": lambda act: act.model_copy(
        update={"actor": Actor(person="expert-1", role=Role.CHAIR)}
    ),
    "unsigned": lambda act: act.model_copy(update={"proof": None}),
}


def test_a_signed_correction_is_taken_once() -> None:
    desk = start_reviews("0001")
    act = sign_correction(desk)
    assert send(desk, act) == ""
    assert send(desk, act.model_copy(update={"command_id": "again"})) == "signature-wrong"
    # Even the very act, were it not found to be recorded: its number is no longer the next.
    assert send(desk, act) == "other-correction"
    assert desk.state.review_of("expert-1").corrections == 1


def test_it_is_not_good_for_another_application_of_the_same_reviewer() -> None:
    one, other = start_reviews("0001"), start_reviews("0002")
    act = sign_correction(one).model_copy(update={"stream": other.state.stream})
    assert send(other, act) == "signature-wrong"
    assert other.state.review_of("expert-1").corrections == 0


@pytest.mark.parametrize("how", FORGED)
def test_nor_changed_in_anything(how: str) -> None:
    desk = start_reviews("0001")
    assert send(desk, FORGED[how](sign_correction(desk))) == how.split()[0]
    assert [item.corrections for item in desk.state.valid_reviews] == [0, 0]


def test_a_session_is_not_enough() -> None:
    desk = start_reviews("0001")
    assert send(desk, sign_correction(desk, "session")) == "signature-weak"
