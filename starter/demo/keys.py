"""The keys of the demo's people: made for one run, enrolled by its administrator, kept nowhere."""

import secrets
from collections.abc import Sequence

from ledger.people.register import NewPerson
from selection.kernel.actor import Actor
from selection.kernel.proof import Assurance
from selection.register.key_commands import KEYS_AT_ONCE, EnrolKey
from selection.register.state import INSTALLATION
from selection.signing.possession import enrol
from selection.signing.software_key import SoftwareKey
from starter.client.client import SelectionClient
from starter.client.registering import register_people


class DemoKeys:
    """A software key for everyone; whoever runs the demo has them all."""

    def __init__(self) -> None:
        self._keys: dict[str, SoftwareKey] = {}

    def find_key(self, person: str, level: Assurance = Assurance.SIGNED) -> SoftwareKey:
        """Return a person's key, made when it is first asked for."""
        if person not in self._keys:
            self._keys[person] = SoftwareKey(seed=secrets.token_bytes(32))
        return self._keys[person]


async def register_with_keys(
    client: SelectionClient, people: Sequence[NewPerson], keys: DemoKeys, admin: Actor
) -> None:
    """Enrol the administrator's key, register everyone, and enrol theirs: in a handful of acts, each of them signed."""
    founded = await client.signing.get_founding()

    async def enrol_all(names: Sequence[str], command_id: str) -> None:
        enrolments = tuple(enrol(keys.find_key(name), name, founded.installation) for name in names)
        await client.act(INSTALLATION, EnrolKey(keys=enrolments), actor=admin, command_id=command_id)

    await enrol_all([admin.person], "demo:first-key")
    await register_people(client, people, actor=admin, command_id="demo:people")
    others = [item.person for item in people if item.person != admin.person]
    for start in range(0, len(others), KEYS_AT_ONCE):
        await enrol_all(others[start : start + KEYS_AT_ONCE], f"demo:keys:{start}")
