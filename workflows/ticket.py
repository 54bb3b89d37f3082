"""A message in the inbox and its answer; what is raised when there is none yet."""

from dataclasses import dataclass
from datetime import datetime

from selection.actor import Actor, Role
from selection.leaf import Receipt
from selection.messages import Envelope
from selection.refusals import Refused

# Who sent a message that names nobody who could be read.
NOBODY = Actor(person="unknown", role=Role.SYSTEM, authority="unreadable")


@dataclass
class Ticket:
    """One message as bytes; `refuse_as` is a code if it is refused whatever it holds.

    `internal` marks what the workflow itself put in, such as the report of its own batch.
    """

    body: bytes
    internal: bool = False
    refuse_as: str = ""
    answered: bool = False
    receipt: Receipt | None = None
    refused: Refused | None = None


class DeadlinesMoved(Exception):
    """Nothing was recorded: it rested on deadlines that are no longer in force."""

    def __init__(self, deadlines: dict[str, datetime]) -> None:
        super().__init__()
        self.deadlines = deadlines


def cancel_request(run_id: str) -> Ticket:
    """Return the refusal of a run's cancel request; Temporal takes one for each run and names nobody."""
    envelope = Envelope(
        command_id=f"cancel/{run_id}",
        actor=NOBODY.model_copy(update={"authority": "cancel-request"}),
        command={},
    )
    return Ticket(envelope.model_dump_json().encode(), refuse_as="cancel-by-act")


def refuse_impostor(ticket: Ticket, envelope: Envelope, *, others_speak: bool) -> None:
    """Raise Refused for a message that claims the engine's role where no other workflow may speak."""
    claims = envelope.actor.role is Role.SYSTEM
    if claims and not (ticket.internal or others_speak):
        raise Refused("not-entitled", roles="the engine itself")
    if not claims and "/" in envelope.command_id:
        raise Refused("unreadable", places="command_id")
