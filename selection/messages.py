"""What reaches a workflow: an envelope with a command id, an actor and one command."""

import hashlib
import json
import re
from typing import Annotated, Any

from pydantic import Field, ValidationError

from selection.actor import Actor
from selection.model import Frozen
from selection.refusals import Refused

# Below the limit of a leaf with room for what an event adds, so that what is taken can be recorded.
ENVELOPE_LIMIT = 48_000
NUL = b"\\u0000"


class Envelope(Frozen):
    """One intended act. The command id is kept through retries: same id, same receipt."""

    command_id: Annotated[str, Field(pattern=r"^[!-~]{1,100}$")]
    actor: Actor
    command: dict[str, Any]

    @property
    def kind(self) -> str:
        """The command's name as sent, shortened: it may be anything a stranger typed."""
        return str(self.command.get("kind", "unknown"))[:40]


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
        raise unreadable(fault) from None
    return envelope


def unreadable(fault: ValidationError) -> Refused:
    """Return the refusal that names the places of a validation fault and echoes no value."""
    places = sorted(
        {".".join(str(part)[:40] for part in error["loc"]) or "(body)" for error in fault.errors()}
    )
    return Refused("unreadable", places=", ".join(places)[:300])


def fallback_command_id(body: bytes) -> str:
    """Return a stable id for a message that carries none that can be read: a hash of its bytes."""
    try:
        found = json.loads(body).get("command_id")
    except (ValueError, AttributeError, RecursionError):
        found = None
    if isinstance(found, str) and re.fullmatch(r"[!-.0-~]{1,100}", found):
        return found
    return "raw-" + hashlib.sha256(body).hexdigest()[:32]
