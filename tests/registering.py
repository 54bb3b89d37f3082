"""Acts on the installation's stream without Temporal: decided where they are recorded, as a worker has them decided."""

from collections.abc import Sequence

from ledger.database.store import RECORDER_ROLE
from ledger.people.register import NewPerson
from ledger.record import Ledger
from selection.decision.envelope import Envelope
from selection.decision.machine import Act, Report
from selection.kernel.actor import Actor
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen
from selection.register.commands import split_registrations
from selection.register.key_commands import FoundInstallation
from selection.register.state import INSTALLATION
from tests import factories as f

ADMIN = f.actor("admin-1")


async def act_on_register(
    ledger: Ledger, command: Frozen, actor: Actor = ADMIN, command_id: str = "act-1"
) -> tuple[Receipt, ...]:
    """Do one act, on the recorder's rights, and return the receipts of its entries, none if it was done before.

    Raises Refused.
    """
    body = command.model_dump(mode="json")
    envelope = Envelope(stream=INSTALLATION, command_id=command_id, actor=actor, command=body)
    decided = await ledger.deciding.decide(INSTALLATION, Act(envelope))
    if decided.refused is not None:
        raise decided.refused
    return decided.receipts


async def register(
    ledger: Ledger, people: Sequence[NewPerson], actor: Actor = ADMIN, command_id: str = "people"
) -> list[Receipt]:
    """Register people as the client does, on a ledger with the recorder's rights. Raises Refused."""
    known = await ledger.people.store_identities(people, actor.person, command_id)
    return [
        receipt
        for number, command in enumerate(split_registrations(known), start=1)
        for receipt in await act_on_register(ledger, command, actor, f"{command_id}.{number}"[:100])
    ]


async def register_at(
    url: str, people: Sequence[NewPerson], actor: Actor = ADMIN, command_id: str = "people"
) -> None:
    """Register people in a database where the test itself holds no recorder's ledger."""
    ledger = await Ledger.connect(url, role=RECORDER_ROLE, size=1)
    try:
        await register(ledger, people, actor, command_id)
    finally:
        await ledger.close()


async def found_locally(ledger: Ledger) -> None:
    """Found a local installation, for tests that migrate a database of their own."""
    command = FoundInstallation(installation="here", local=True, code="")
    decided = await ledger.deciding.decide(INSTALLATION, Report(command, "founding"))
    assert decided.refused is None
