"""An expert about to hand in a review, and the machine that decides on it as the record would."""

from typing import Any

from selection.application import commands as c
from selection.decision.envelope import Envelope
from selection.decision.machine import Act, answer_from, decide
from selection.decision.making import Outcome
from selection.kernel.model import Ref
from selection.kernel.proof import Proof
from selection.kernel.stages import Stage
from selection.signing.key import Founded, Key
from selection.signing.registration import Passkey
from tests import factories as f, paths
from tests.browser.support.chromium import Tab
from tests.browser.support.signing import make_passkey
from tests.browser.support.site import Site
from tests.desk import Desk
from tests.selection.signing.keys import HOUR, INSTALLATION, draft_proof

EXPERT = "expert-1"
CLOSED = Founded(installation=INSTALLATION, local=False)


class Review:
    """An application whose expert is to submit a review; an installation on which each act must be signed."""

    def __init__(self, number: str = "0001") -> None:
        self.desk: Desk = paths.lead_to(paths.application(number=number), Stage.REVIEW)
        self.desk.act(f.accept(), f.actor(EXPERT))
        self.keys: dict[str, tuple[Key, ...]] = {}

    @property
    def terms(self) -> Proof:
        """What a proof says beside the act, before it is signed."""
        version = self.desk.state.version
        return draft_proof(looked_at=version, issued=self.desk.now, expires=self.desk.now + HOUR)

    def submit(self, text: Ref, proof: Proof | None = None) -> Envelope:
        """Return the message that submits a review with this text."""
        command = c.SubmitReview(scores=f.scores(), form=f.review_form(answers=text, told=text))
        return Envelope(
            stream=self.desk.state.stream,
            command_id="id-1",
            actor=f.actor(EXPERT),
            command=command.model_dump(mode="json"),
            proof=proof,
        )

    def decide(self, message: Envelope) -> Outcome[Any]:
        """Decide on a message; nothing is kept of it."""
        desk = self.desk
        desk.world = desk.world.with_(founded=CLOSED, keys=self.keys)
        return answer_from(
            decide(desk.aggregate, desk.state, Act(message), desk.now, desk.frame()), desk.learn
        )

    def refuse(self, message: Envelope) -> str:
        """Return the code by which a message is refused that leaves no entry."""
        outcome = self.decide(message)
        assert outcome.leaves == []
        assert outcome.refused is not None
        return outcome.refused.code


async def prepare(tab: Tab, site: Site) -> tuple[Review, Passkey]:
    """Return a review that is to be submitted, and its expert's passkey, made in the browser and enrolled."""
    review, passkey = Review(), await make_passkey(tab, site)
    review.keys[EXPERT] = (passkey.key,)
    return review, passkey
