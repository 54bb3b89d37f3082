"""People whom the other benchmarks have no use for."""

from collections.abc import Mapping

from benchmarks.rounds import ADMIN
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from selection.decision.envelope import Envelope
from selection.decision.machine import Act
from selection.kernel.actor import Role
from selection.register.commands import split_registrations
from selection.register.state import INSTALLATION


async def register(recorder: Ledger, roles: Mapping[str, tuple[Role, tuple[str, ...]]], name: str) -> None:
    """Register people with a role each and its units, in acts of this name."""
    people = [
        NewPerson(
            person=person,
            roles={role: units},
            employer=f"E-{person}" if role is Role.EXPERT else "",
            identity=Identity(name=person, mail=f"{person}@example.org"),
        )
        for person, (role, units) in roles.items()
    ]
    known = await recorder.people.store_identities(people, ADMIN.person, name)
    for number, command in enumerate(split_registrations(known)):
        body = command.model_dump(mode="json")
        envelope = Envelope(stream=INSTALLATION, command_id=f"{name}.{number}", actor=ADMIN, command=body)
        decided = await recorder.deciding.decide(INSTALLATION, Act(envelope))
        assert decided.refused is None, decided.refused
