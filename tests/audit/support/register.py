"""What a verifier says of an installation's log when it decides it again, and acts that were slipped into one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from audit.bundle.register import register_of
from audit.claims import Claim
from audit.decisions.officers import Officers
from audit.decisions.register_again import RegisterAgain
from audit.decisions.serving import Serving
from ledger.record import Ledger
from selection.decision.envelope import envelope_of
from selection.kernel.actor import Actor
from selection.kernel.leaf import Leaf, leaf_bytes
from selection.kernel.model import Frozen
from selection.kernel.proof import Signed
from selection.register.state import INSTALLATION
from tests import factories as f
from tests.signatures import Signatures, terms_at

FAR = timedelta(days=3650)
OFFICERS = {INSTALLATION: (), f.ROUND: f.RULES.staff.officers}


def claim_of(bodies: Iterable[bytes], officers: Mapping[str, tuple[str, ...]] = OFFICERS) -> Claim:
    """The claim about a log."""
    told = list(bodies)
    since = {log: Officers([(f.OPENED - FAR, people)]) for log, people in officers.items()}
    return RegisterAgain(register_of(told), since, Serving(())).claim(told)


def claim_about(leaves: Iterable[Leaf]) -> Claim:
    """The claim about a log of these leaves."""
    return claim_of(map(leaf_bytes, leaves))


async def claim_on(ledger: Ledger, officers: Mapping[str, tuple[str, ...]] = OFFICERS) -> Claim:
    """The claim about the log of a real record."""
    reading = ledger.reading
    size = await reading.head(INSTALLATION)
    return claim_of([body async for body in reading.bodies(INSTALLATION, size)], officers)


def slip_in(
    log: Sequence[Leaf],
    people: Signatures,
    command: Frozen | dict[str, Any],
    by: Actor,
    *events: Frozen,
    second: str = "",
    own: str = "",
    name: str = "slipped-in",
) -> list[Leaf]:
    """The log with an act at its end that nobody decided, signed by its person, or by a key of whom `own` names."""
    at, version = log[-1].recorded, len(log) + 1
    body = command if isinstance(command, dict) else command.model_dump(mode="json")
    envelope = envelope_of(INSTALLATION, f.submit(), by, name).with_(command=body)
    terms, intent = terms_at(at), envelope.intent
    proof = people.own(own or by.person).prove(intent, terms)
    beside = people.own(second).second(second, intent, terms) if second else None
    signed = Signed(proof=proof, second=beside, command=body)
    told = {"command_id": name, "command_hash": envelope.digest}
    made = [
        Leaf(
            type=type(event).TYPE,  # type: ignore[attr-defined]
            stream=INSTALLATION,
            version=version + offset,
            actor=by.with_(authority="key"),
            at=at,
            recorded=at,
            register_size=len(log),
            rules="",
            data={**event.model_dump(mode="json"), **told},
            signed=None if offset else signed,
        )
        for offset, event in enumerate(events)
    ]
    return [*log, *made]
