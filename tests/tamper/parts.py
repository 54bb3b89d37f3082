"""A bundle as its files, so that a tamperer can change some and make the rest fit again."""

import base64
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from audit.layout import MANIFEST, checkpoints_of, entries_of, run_of
from selection.canonical import canonical_bytes
from selection.leaf import leaf_hash
from selection.transparency.checkpoint import Checkpoint, origin_of, signer_of
from selection.transparency.merkle import Frontier

ARCHIVED = "histories.archived.v1"
INSTALLATION = "installation"


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

    @classmethod
    def of(cls, path: Path) -> "Parts":
        """Read a bundle whole."""
        with zipfile.ZipFile(path) as bundle:
            files = {name: bundle.read(name) for name in bundle.namelist()}
        return cls(json.loads(files[MANIFEST])["round"], files)

    def write(self, path: Path) -> Path:
        """Write the files as they are."""
        with zipfile.ZipFile(path, "w") as bundle:
            for name, content in self.files.items():
                bundle.writestr(name, content)
        return path

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
        """The leaves of a log, the round's by default."""
        return self.files[entries_of(log or self.round)].splitlines()

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

    def changed_entry(self, at: int, change: Callable[[dict[str, Any]], Any]) -> "Parts":
        """Return the parts with one leaf of the round's log changed in place, in canonical form."""
        entries = self.entries()
        leaf = json.loads(entries[at])
        change(leaf)
        return self.with_entries([*entries[:at], canonical_bytes(leaf), *entries[at + 1 :]])

    def fitted(self) -> "Parts":
        """Return the parts with a manifest that fits: anyone can make one."""
        manifest = self.manifest
        manifest["files"] = {
            name: {"sha256": sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in self.files.items()
            if name != MANIFEST
        }
        manifest["logs"] = {log: {"size": len(self.entries(log))} for log in manifest["logs"]}
        return self.with_file(MANIFEST, canonical_bytes(manifest))

    def rehashed(self) -> "Parts":
        """Return the parts with the histories' hashes in the record made to fit the files."""
        digests = {run_of(name): sha256(self.files[name]).hexdigest() for name in self.histories}
        entries = self.entries()
        for at, body in enumerate(entries):
            leaf = json.loads(body)
            if leaf["type"] == ARCHIVED:
                for run in leaf["data"]["runs"]:
                    place = (run["workflow_id"], run["run_id"])
                    run["sha256"] = digests.get(place, run["sha256"])
                entries[at] = canonical_bytes(leaf)
        return self.with_entries(entries)

    def signed(self, keys: Keys) -> "Parts":
        """Return the parts with every checkpoint signed anew by a key, over the log as it now is."""
        found = self
        for log in self.logs:
            found = found.with_checkpoints(signed_anew(keys, log, self), log)
        return found


def signed_anew(keys: Keys, log: str, parts: Parts) -> list[dict[str, Any]]:
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
