"""Who puts each type of entry into the record: what the proof compares it with follows from that."""

from enum import StrEnum

from selection.streams import event_types


class Origin(StrEnum):
    """Where an entry comes from.

    An entry of origin `workflow` stands in that workflow's kept history as well, one to one. One of origin
    `client` was written by a command with the application's role, one of `auditor` when histories were kept,
    one of `signer` where the key is: no kept history tells of these.
    """

    WORKFLOW = "workflow"
    CLIENT = "client"
    SIGNER = "signer"
    AUDITOR = "auditor"


INSTALLATION = {
    "installation.founded.v1": Origin.CLIENT,
    "key.enrolled.v1": Origin.CLIENT,
    "key.revoked.v1": Origin.CLIENT,
    "person.registered.v1": Origin.CLIENT,
    "message.refused.v1": Origin.CLIENT,
    "person.erased.v1": Origin.CLIENT,
    "log.restored.v1": Origin.CLIENT,
    "letter.settled.v1": Origin.CLIENT,
}
"""The types of the installation's log, which no aggregate decides."""


ORIGINS = {**INSTALLATION, **{name: Origin(event.ORIGIN) for name, event in event_types().items()}}
"""The origin of every type of entry that this version writes."""
