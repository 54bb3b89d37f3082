"""What the installation's log says of itself and of people's keys: the data of its entries, by their types."""

from selection.kernel.model import Frozen
from selection.signing.key import Founded, Key

FOUNDED = "installation.founded.v1"
ENROLLED = "key.enrolled.v1"
REVOKED = "key.revoked.v1"


class InstallationFounded(Founded):
    """What the installation is called for good, and whether acts count on it without a signature.

    `code` is the SHA-256 (hex) of the one-time code by which the very first key is enrolled.
    """

    code: str


class KeyEnrolled(Frozen):
    """A key was enrolled for a person, by whom it says."""

    person: str
    key: Key
    by: str


class KeyRevoked(Frozen):
    """A person's key, by its name, counts no more from here on."""

    person: str
    key: str
