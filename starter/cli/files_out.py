"""What commands write into files: for their owner alone, whole or not at all."""

from pathlib import Path

from runtime.private_files import write_private
from starter.cli.failures import CommandFailed


def write_text(path: Path, text: str) -> None:
    """Write a text as it is, in place of what stood there. Raises CommandFailed file-unwritable."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, body: bytes) -> None:
    """Write bytes in place of what stood there. Raises CommandFailed file-unwritable."""
    try:
        write_private(path, body)
    except OSError as fault:
        raise CommandFailed("file-unwritable", text=f"{path.name}: {fault.strerror}") from None
