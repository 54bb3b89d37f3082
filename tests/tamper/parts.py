"""A bundle as its files, so that a tamperer can change some and make the rest fit again."""

import base64
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from audit.bundle.layout import MANIFEST, checkpoints_of, content_in, entries_of, run_of
from audit.bundle.writer import EPOCH
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import leaf_hash
from selection.kernel.merkle import Frontier
from selection.transparency.checkpoint import Checkpoint, origin_of, signer_of

ARCHIVED = "histories.archived.v1"
INSTALLATION = "installation"
_SPOILT = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""What zipfile raises for a file that was spoilt."""


@dataclass(frozen=True)
class Keys:
    """The installation's name and private key."""

    name: str
    seed: bytes


@dataclass(frozen=True)
class Parts:
    """The files of a bundle of one round."""

    round: str
    files: dict[str, bytes]
    packed: bytes = b""
    """The packed file, where it is not what packing the files gives."""
    unread: frozenset[str] = frozenset()
    """What its directory names and cannot be read, by whatever name."""

    @classmethod
    def of(cls, path: Path) -> "Parts":
        """Read a bundle whole."""
        with zipfile.ZipFile(path) as bundle:
            files = {name: bundle.read(name) for name in bundle.namelist()}
        return cls(json.loads(files[MANIFEST])["round"], files)

    @classmethod
    def unpack(cls, round_id: str, packed: bytes) -> "Parts":
        """Read of a spoilt file what can be read, and keep it as it is to be written."""
        files: dict[str, bytes] = {}
        named: list[str] = []
        with suppress(*_SPOILT), zipfile.ZipFile(BytesIO(packed)) as bundle:
            named = bundle.namelist()
            for name in named:
                with suppress(*_SPOILT):
                    files[name] = bundle.read(name)
        return cls(round_id, files, packed, frozenset(named) - files.keys())

    def write(self, path: Path) -> Path:
        """Write the files as they are."""
        if self.packed:
            path.write_bytes(self.packed)
            return path
        with path.open("wb") as file:
            self.pack(file)
        return path

    def pack(self, file: IO[bytes]) -> None:
        """Pack the files as they are."""
        with zipfile.ZipFile(file, "w") as bundle:
            for name, content in self.files.items():
                bundle.writestr(zipfile.ZipInfo(name, EPOCH), content)

    def with_file(self, name: str, content: bytes) -> "Parts":
        """Return the parts with one file replaced."""
        return replace(self, files={**self.files, name: content})

    @property
    def logs(self) -> list[str]:
        """The logs, the round's first."""
        return [self.round, *(log for log in self.manifest["logs"] if log != self.round)]

    @property
    def manifest(self) -> dict[str, Any]:
        """What the manifest says."""
        return dict(json.loads(self.files[MANIFEST]))

    @property
    def histories(self) -> list[str]:
        """The names of the history files."""
        return sorted(name for name in self.files if run_of(name))

    @property
    def contents(self) -> list[str]:
        """The names of the content files."""
        return sorted(name for name in self.files if name.startswith("contents/"))

    def entries(self, log: str = "") -> list[bytes]:
        """The leaves of a log, the round's by default; none where the file was spoilt."""
        return self.files.get(entries_of(log or self.round), b"").splitlines()

    def with_entries(self, entries: list[bytes], log: str = "") -> "Parts":
        """Return the parts with other leaves in a log."""
        return self.with_file(entries_of(log or self.round), b"".join(body + b"\n" for body in entries))

    def checkpoints(self, log: str = "") -> list[dict[str, Any]]:
        """The checkpoints of a log as they are kept."""
        return [json.loads(line) for line in self.files[checkpoints_of(log or self.round)].splitlines()]

    def with_checkpoints(self, kept: list[dict[str, Any]], log: str = "") -> "Parts":
        """Return the parts with other checkpoints of a log."""
        lines = b"".join(canonical_bytes(item) + b"\n" for item in kept)
        return self.with_file(checkpoints_of(log or self.round), lines)

    def change_entry(self, at: int, change: Callable[[dict[str, Any]], Any]) -> "Parts":
        """Return the parts with one leaf of the round's log changed in place, in canonical form."""
        entries = self.entries()
        leaf = json.loads(entries[at])
        change(leaf)
        return self.with_entries([*entries[:at], canonical_bytes(leaf), *entries[at + 1 :]])

    def fit(self) -> "Parts":
        """Return the parts with a manifest that fits: anyone can make one."""
        manifest = self.manifest
        manifest["files"] = {
            name: {"sha256": sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in self.files.items()
            if name != MANIFEST
        }
        manifest["logs"] = {log: {"size": len(self.entries(log))} for log in manifest["logs"]}
        return self.with_file(MANIFEST, canonical_bytes(manifest))

    def rehash(self) -> "Parts":
        """Return the parts as somebody leaves them who tidies up: listed hashes that fit, no content left over."""
        digests = {run_of(name): sha256(self.files[name]).hexdigest() for name in self.histories}
        entries = self.entries()
        for at, body in enumerate(entries):
            if ARCHIVED.encode() not in body:
                continue
            leaf = json.loads(body)
            for run in leaf["data"]["runs"]:
                place = (run["workflow_id"], run["run_id"])
                run["sha256"] = digests.get(place, run["sha256"])
            entries[at] = canonical_bytes(leaf)
        named = b"".join(entries)
        over = {name for name in self.contents if f'"{content_in(name)}"'.encode() not in named}
        files = {name: content for name, content in self.files.items() if name not in over}
        return replace(self, files=files).with_entries(entries)

    def sign(self, keys: Keys) -> "Parts":
        """Return the parts with every checkpoint signed anew by a key, over the log as it now is."""
        found = self
        for log in self.logs:
            found = found.with_checkpoints(sign_anew(keys, log, self), log)
        return found


def sign_anew(keys: Keys, log: str, parts: Parts) -> list[dict[str, Any]]:
    """Return checkpoints of the same sizes as far as the log reaches, and one of its end."""
    entries = parts.entries(log)
    sizes = {item["size"] for item in parts.checkpoints(log)} | {len(entries)}
    signer, frontier, kept = signer_of(keys.name, keys.seed, log), Frontier(), []
    for body in entries:
        frontier.append(leaf_hash(body))
        if frontier.size in sizes:
            head = Checkpoint(origin=origin_of(keys.name, log), size=frontier.size, root=frontier.root())
            kept.append({"size": frontier.size, "note": signer.sign(head.text).encoded, "timestamps": []})
    return kept


def json_of(content: bytes) -> dict[str, Any]:
    """Return a content file's object."""
    return dict(json.loads(content))


def content_bytes(kept: dict[str, Any]) -> bytes:
    """Return the content that a content file holds."""
    return base64.b64decode(kept["content"])
