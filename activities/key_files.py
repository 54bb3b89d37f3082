"""Files of keys: the private one for its owner only, the public one beside it. Keys are never in the database."""

from pathlib import Path

from runtime.private_files import create_file, make_private_folder
from selection.transparency.note import NoteInvalid, Verifier
from selection.transparency.private_key import PrivateKey

PUBLIC_SUFFIX = ".vkey"
PUBLIC = 0o644


class KeyFileFault(Exception):
    """A key file that is missing, open to others, or not a key; the text names the file, never its contents."""

    def __init__(self, code: str, path: Path, text: str) -> None:
        super().__init__(f"{path}: {text}")
        self.code = code
        self.path = path


def public_file(path: Path) -> Path:
    """Return where the public key of a private key file stands."""
    return path.with_suffix(PUBLIC_SUFFIX)


def write_key(path: Path, key: PrivateKey) -> Path:
    """Write a private key (mode 0600) and its public key beside it, and return the public file.

    Raises KeyFileFault `key-exists` when either is there already: no key is ever overwritten.
    """
    public = public_file(path)
    try:
        make_private_folder(path.parent)
        if public.exists():
            raise KeyFileFault("key-exists", public, "stands there already; no key is overwritten")
        create_file(path, key.encoded.encode() + b"\n")
        create_file(public, key.verifier.vkey.encode() + b"\n", PUBLIC)
    except FileExistsError:
        raise KeyFileFault("key-exists", path, "stands there already; no key is overwritten") from None
    except OSError as fault:
        raise KeyFileFault("key-file-wrong", path, f"cannot be written ({fault.strerror})") from None
    return public


def read_key(path: Path) -> PrivateKey:
    """Read a private key. Raises KeyFileFault `key-file-wrong`, or `key-open` when others may read the file."""
    try:
        if path.stat().st_mode & 0o077:
            raise KeyFileFault("key-open", path, "others may read it; run chmod 600 on it")
        return PrivateKey.parse(path.read_text(encoding="ascii"))
    except OSError as fault:
        raise KeyFileFault("key-file-wrong", path, f"cannot be read ({fault.strerror})") from None
    except (NoteInvalid, UnicodeDecodeError):
        raise KeyFileFault("key-file-wrong", path, "is not a private key of this program") from None


def read_verifier(path: Path) -> Verifier:
    """Read a public key. Raises KeyFileFault `key-file-wrong`."""
    try:
        return Verifier.parse(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise KeyFileFault("key-file-wrong", path, f"cannot be read ({fault.strerror})") from None
    except (NoteInvalid, UnicodeDecodeError):
        raise KeyFileFault("key-file-wrong", path, "is not a public key (one line: name+id+key)") from None
