"""What reaches a workflow: an envelope with a command id, an actor and one command."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated

from pydantic import Field, ValidationError

from selection.decision.command import COMMANDS
from selection.kernel.actor import Actor
from selection.kernel.model import Frozen, JsonObject
from selection.kernel.proof import Proof, Second
from selection.refusals.refused import Refused
from selection.refusals.unreadable import FieldNames, refuse_unreadable
from selection.signing.statement import Intent

# A leaf holds what was asked and what came of it, which is about as much: what is taken can be recorded.
ENVELOPE_LIMIT = 32_000
NUL = b"\\u0000"


class Envelope(Frozen):
    """One intended act on one stream. The command id is kept through retries: same id, same receipt.

    Ids belong to a person: what others call their acts does not matter. Ids with a slash are the engine's own.
    The authority that a sender claims is not believed. `proof` is the actor's signature of the act, `second` that
    of the other person where two must sign.
    """

    stream: Annotated[str, Field(min_length=1, max_length=300)]
    command_id: Annotated[str, Field(pattern=r"^[!-.0-~]{1,100}$")]
    actor: Actor
    command: JsonObject
    proof: Proof | None = None
    second: Second | None = None

    @property
    def intent(self) -> Intent:
        """What its person signs."""
        return Intent(
            stream=self.stream,
            command_id=self.command_id,
            person=self.actor.person,
            role=self.actor.role.value,
            digest=self.digest,
            reason=self.actor.reason,
        )

    @property
    def kind(self) -> str:
        """The command's name if it is one; what a stranger typed instead may be personal and goes nowhere."""
        kind = self.command.get("kind")
        return kind if isinstance(kind, str) and kind in COMMANDS else "unknown"

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of what is asked: stream, role, reason and command. Under one id it must stay the same."""
        return digest_of(self.stream, self.actor, self.command)


def envelope_of(stream: str, command: Frozen, actor: Actor, command_id: str) -> Envelope:
    """Return an act as it is sent, without signatures."""
    fields = command.model_dump(mode="json")
    return Envelope(stream=stream, command_id=command_id, actor=actor, command=fields)


ENVELOPE_NAMES = FieldNames(Envelope)


def digest_of(stream: str, actor: Actor, command: Mapping[str, object]) -> str:
    """Return the SHA-256 (hex) over stream, the actor's role and reason, and the command.

    Of all that can be a command the bytes are those of RFC 8785; of what can't, any bytes will do.
    """
    fields = {
        "stream": stream,
        "role": actor.role.value,
        "reason": None if actor.reason is None else asdict(actor.reason),
        "command": command,
    }
    body = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def open_envelope(body: bytes) -> Envelope:
    """Parse the bytes of a message.

    Raises Refused `unreadable` with the faulty places, never with the values, which may be personal.
    """
    if len(body) > ENVELOPE_LIMIT:
        raise Refused("message-too-large", limit=str(ENVELOPE_LIMIT))
    if NUL in body:
        raise Refused("unreadable", places="a NUL character")
    try:
        envelope = Envelope.model_validate_json(body)
    except ValidationError as fault:
        raise refuse_unreadable(fault, ENVELOPE_NAMES) from None
    return envelope
