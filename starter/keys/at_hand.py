"""The keys that one command has at hand: the person's own in a file or on a token, and that of a session."""

from dataclasses import dataclass, field
from pathlib import Path

from selection.kernel.proof import Assurance
from selection.signing.signing_key import SigningKey
from starter.keys.faults import KeyFault
from starter.keys.key_file import KeyFile
from starter.keys.passphrase import ask_passphrase
from starter.keys.session_file import SessionFile


@dataclass
class KeysAtHand:
    """One person's keys. Their own is asked for once: by its passphrase, or at the token for each signature."""

    person: str
    lang: str
    file: KeyFile | None = None
    session: SessionFile | None = None
    passphrase_file: Path | None = None
    portals: tuple[str, ...] = ()
    """Where people reach the installation, as a token says of a page."""
    _opened: dict[str, SigningKey] = field(default_factory=dict)

    def find_key(self, person: str, level: Assurance) -> SigningKey:
        """Return the key with which the person signs what needs a level.

        Raises KeyFault `key-of-another`, `key-needed` where a session is not enough, and what opening raises.
        """
        if person != self.person:
            raise KeyFault("key-of-another", person=self.person)
        if level is Assurance.SESSION and self.session is not None:
            return self.session.key
        return self.own_key()

    def own_key(self) -> SigningKey:
        """Return the person's own key. Raises KeyFault `key-needed`, and what opening raises."""
        if self.file is None:
            raise KeyFault("key-needed")
        name = self.file.key.key
        if name not in self._opened:
            self._opened[name] = open_key(self.file, self.passphrase_file, self.portals, self.lang)
        return self._opened[name]


def open_key(file: KeyFile, passphrase_file: Path | None, portals: tuple[str, ...], lang: str) -> SigningKey:
    """Return the key of a file: asks for its passphrase, or for its token. Raises KeyFault."""
    if file.key.scheme == "ed25519":
        return file.unseal(ask_passphrase(passphrase_file, lang))
    # Of all commands but these few, reading what speaks with tokens would be an eighth of the time to start.
    from starter.keys.token import TokenKey, find_token, open_token

    client = open_token(find_token(), file.key.site, portals, lang)
    return TokenKey(public=file.key, credential=file.credential, client=client)
