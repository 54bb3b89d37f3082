from pathlib import Path

from starter.failures import CommandFailed


def write_text(path: Path, text: str) -> None:
    """Write a text as it is, in place of what stood there. Raises CommandFailed file-unwritable."""
    try:
        path.write_bytes(text.encode())
    except OSError as fault:
        raise CommandFailed("file-unwritable", text=f"{path.name}: {fault.strerror}") from None
