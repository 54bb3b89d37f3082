"""The keys by which the embedded Temporal's payloads are encrypted: a file of the data folder, for its owner alone."""

from runtime.private_files import make_private_folder, write_private
from runtime.settings import Settings
from runtime.temporal.codec import new_key_ring


def make_payload_key(settings: Settings) -> None:
    """Make the file where the settings name no keys and there is none."""
    if settings.payload_keys is None and not settings.payload_key_file.exists():
        make_private_folder(settings.payload_key_file.parent)
        write_private(settings.payload_key_file, new_key_ring().encode())


def name_payload_keys(settings: Settings) -> dict[str, str]:
    """Return the variable that names the file to programs, which find Temporal by its address alone."""
    if settings.payload_keys or settings.temporal or not settings.payload_key_file.exists():
        return {}
    return {"SELECTION_PAYLOAD_KEYS": f"@{settings.payload_key_file}"}
