"""What the record answers an act: its receipt, or the refusal that was recorded."""

from selection.decision.aggregate import ActRefused, event_of
from selection.decision.envelope import Envelope
from selection.kernel.leaf import Leaf, Receipt
from selection.refusals.refused import Refused


def answer_of(found: tuple[Receipt, Leaf], envelope: Envelope) -> Receipt:
    """Return the receipt of the entry that answers an act, or raise what it was refused for."""
    receipt, leaf = found
    if leaf.data.get("command_hash") != envelope.digest:
        raise Refused("command-reused")
    event = event_of(leaf)
    if isinstance(event, ActRefused):
        raise Refused(event.code, **event.params)
    return receipt
