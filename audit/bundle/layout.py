"""Where things stand in a bundle: the names of its files, and its manifest (docs/format.md)."""

from typing import Literal
from urllib.parse import quote, unquote

from selection.kernel.model import Frozen

FORMAT = "center-selection-bundle/1"
MANIFEST = "manifest.json"
RULES = "rules.json"
KEYS = "keys.json"


class FileDigest(Frozen):
    """SHA-256 (hex) and length in bytes of one file of the bundle."""

    sha256: str
    bytes: int


class LogSize(Frozen):
    """How many entries of a log the bundle holds."""

    size: int


class Manifest(Frozen):
    """What the bundle says of itself. It is signed by nobody: only checkpoints prove anything."""

    format: Literal["center-selection-bundle/1"]
    engine: str
    round: str
    redacted: bool
    logs: dict[str, LogSize]
    files: dict[str, FileDigest]


class TimeStamp(Frozen):
    """An RFC 3161 token (base64) that a service gave for a checkpoint's note text."""

    service: str
    token: str


class KeptCheckpoint(Frozen):
    """A checkpoint as it is kept: a signed note with the cosignatures of witnesses, and time stamps."""

    size: int
    note: str
    timestamps: tuple[TimeStamp, ...] = ()


class KeptContent(Frozen):
    """A content with its salt (both base64): SHA-256 over salt and content is the hash that leaves refer to."""

    id: str
    sha256: str
    salt: str
    media_type: str
    content: str


def entries_of(log: str) -> str:
    """Return the file of a log's leaves: one leaf's bytes per line, the line's number is the sequence."""
    return f"logs/{quote(log, safe='')}/entries.jsonl"


def checkpoints_of(log: str) -> str:
    """Return the file of a log's checkpoints, one per line, by size."""
    return f"logs/{quote(log, safe='')}/checkpoints.jsonl"


def history_of(workflow_id: str, run_id: str) -> str:
    """Return the file of one run's history, a serialized temporal.api.history.v1.History."""
    return f"histories/{quote(workflow_id, safe='')}/{quote(run_id, safe='')}.binpb"


def run_of(name: str) -> tuple[str, str] | None:
    """Return workflow id and run id of a history's file name, None for another file."""
    parts = name.split("/")
    if len(parts) != 3 or parts[0] != "histories" or not parts[2].endswith(".binpb"):
        return None
    return unquote(parts[1]), unquote(parts[2].removesuffix(".binpb"))


def content_of(content_id: str) -> str:
    """Return the file of a content."""
    return f"contents/{quote(content_id, safe='')}.json"


def content_in(name: str) -> str | None:
    """Return the id of a content's file name, None for another file."""
    found = unquote(name.removeprefix("contents/").removesuffix(".json"))
    return found if name == content_of(found) else None
