"""A person's key in a file: whose it is and its public part to be read, the private part behind a passphrase.

A token's file holds nothing secret: the token signs, and needs the name of its credential for it.
"""

from pathlib import Path
from typing import Self

from pydantic import ValidationError

from selection.kernel.model import Frozen
from selection.kernel.proof import Base64
from selection.signing.key import Key
from selection.signing.software_key import SoftwareKey
from starter.keys import pkcs8
from starter.keys.faults import KeyFault
from starter.keys.private_files import read_private, write_new


class KeyFile(Frozen):
    """What stands in the file: `sealed` is the encrypted PEM, `credential` the name of a token's credential."""

    person: str
    key: Key
    credential: Base64 = ""
    sealed: str = ""

    @classmethod
    def of(cls, person: str, key: SoftwareKey, passphrase: str) -> Self:
        """Return a software key behind a passphrase."""
        return cls(person=person, key=key.key, sealed=pkcs8.seal(key.seed, passphrase))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a key's file. Raises KeyFault `own-key-wrong`, or `key-open` when others may read it."""
        front, begin, rest = read_private(path).partition(pkcs8.BEGIN)
        fields = dict(line.split(": ", 1) for line in front.splitlines() if ": " in line)
        try:
            return cls(
                person=fields["Person"],
                key=Key.model_validate_json(fields["Key"]),
                credential=fields.get("Credential", ""),
                sealed=begin + rest,
            )
        except (KeyError, ValidationError):
            raise KeyFault("own-key-wrong", text=str(path)) from None

    def write(self, path: Path) -> None:
        """Write the key's file, mode 0600. Raises KeyFault `key-exists`: no key is ever overwritten."""
        lines = [f"Person: {self.person}", f"Key: {self.key.model_dump_json()}"]
        if self.credential:
            lines.append(f"Credential: {self.credential}")
        write_new(path, "\n".join((*lines, "", self.sealed)))

    def unseal(self, passphrase: str) -> SoftwareKey:
        """Return the software key. Raises KeyFault `passphrase-wrong`, also where the file was changed."""
        try:
            found = SoftwareKey(seed=pkcs8.unseal(self.sealed, passphrase))
        except ValueError:
            raise KeyFault("passphrase-wrong") from None
        if found.key != self.key:
            raise KeyFault("passphrase-wrong")
        return found
