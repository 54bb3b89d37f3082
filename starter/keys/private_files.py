"""A person's own files: read where no other may read them, never overwritten unless that is meant."""

from pathlib import Path

from runtime.private_files import create_file, write_private
from starter.keys.faults import KeyFault


def read_private(path: Path) -> str:
    """Return a file's text. Raises KeyFault `file-missing`, or `key-open` when others may read it."""
    try:
        if path.stat().st_mode & 0o077:
            raise KeyFault("key-open", text=f"{path}: others may read it; run chmod 600 on it")
        return path.read_text(encoding="utf-8")
    except OSError as fault:
        raise KeyFault("file-missing", text=f"{path}: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise KeyFault("file-missing", text=f"{path}: not a text") from None


def write_new(path: Path, text: str) -> None:
    """Write a file that was not there, mode 0600. Raises KeyFault `key-exists`: nothing is ever overwritten."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        create_file(path, text.encode())
    except FileExistsError:
        raise KeyFault("key-exists", text=f"{path}: stands there already; nothing is overwritten") from None
    except OSError as fault:
        raise KeyFault("file-unwritable", text=f"{path}: {fault.strerror}") from None


def write_over(path: Path, text: str) -> None:
    """Write a file, mode 0600, in place of what stood there. Raises KeyFault `file-unwritable`."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, text.encode())
    except OSError as fault:
        raise KeyFault("file-unwritable", text=f"{path}: {fault.strerror}") from None
