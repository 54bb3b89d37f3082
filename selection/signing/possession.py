"""A key that is to be enrolled: its own signature shows that whoever hands it in has it."""

from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Frozen
from selection.kernel.proof import Signature
from selection.signing.key import Founded, Key
from selection.signing.signing_key import SigningKey
from selection.signing.verify import holds

VERSION = 1


class Enrolment(Frozen):
    """A key with its own signature that it is to be this person's on this installation."""

    person: str
    key: Key
    possession: Signature

    def holds_on(self, founded: Founded) -> bool:
        """Tell whether the key is named well, is of this installation's site, and signed its own enrolment here."""
        message = possession_message(founded.installation, self.person, self.key)
        well = self.key.is_named_well and self.key.is_of(founded)
        return well and holds(self.possession, self.key, message, founded.portals)


def enrol(key: SigningKey, person: str, installation: str) -> Enrolment:
    """Return the key's own statement that it is to be the person's."""
    public = key.key
    possession = key.sign(possession_message(installation, person, public))
    return Enrolment(person=person, key=public, possession=possession)


def possession_message(installation: str, person: str, key: Key) -> bytes:
    """Return what a key signs to show that it is to be a person's on an installation."""
    fields = {"version": VERSION, "enrol": key.model_dump(mode="json"), "person": person}
    return canonical_bytes({**fields, "installation": installation})
