"""Who puts each type of entry into the record: what the proof compares it with follows from that."""

from enum import StrEnum

from selection.streams import event_types


class Origin(StrEnum):
    """Where an entry comes from.

    An entry of origin `workflow` stands in that workflow's kept history as well, one to one. One of origin
    `register` was decided on the installation's stream, which belongs to no round: its entries tell all that was
    asked, so they are decided again without a history. One of `auditor` was written when histories were kept, one of
    `signer` where the key is: no kept history tells of these.
    """

    WORKFLOW = "workflow"
    REGISTER = "register"
    SIGNER = "signer"
    AUDITOR = "auditor"


ORIGINS = {name: Origin(event.ORIGIN) for name, event in event_types().items()}
"""The origin of every type of entry that this version writes."""
