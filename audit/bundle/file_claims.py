"""The files of a bundle: all that the manifest lists are there as listed, and no others."""

from collections.abc import Iterator

from pydantic import ValidationError

from audit.bundle.layout import KEYS, MANIFEST, checkpoints_of, entries_of
from audit.bundle.reader import Bundle
from audit.claims import Claim, Difference, prove, refute
from selection.kernel.canonical import canonical_bytes
from selection.kernel.model import Frozen
from selection.transparency.note import Verifier

WHOLE = "files-whole"
NAMED = "key-named"


class NamedKey(Frozen):
    """The key that a bundle names, for information."""

    name: str
    vkey: str


def file_claims(bundle: Bundle, key: Verifier | None) -> Iterator[Claim]:
    """Claim that the files are as listed, and that the bundle names the key that came from outside."""
    try:
        _compare_files(bundle)
    except Difference as difference:
        yield refute(WHOLE, bundle.round, difference)
    else:
        yield prove(WHOLE, bundle.round, len(bundle.manifest.files))
    if key is not None and KEYS in bundle.names:
        yield _check_named_key(bundle, key)


def _compare_files(bundle: Bundle) -> None:
    manifest = bundle.manifest
    if bundle.read(MANIFEST) != canonical_bytes(manifest):
        raise Difference(MANIFEST, "file-not-canonical")
    for log in (bundle.round, *manifest.logs):
        for name in (entries_of(log), checkpoints_of(log)):
            if name not in manifest.files or log not in manifest.logs:
                raise Difference(name, "file-missing")
    for name in sorted(bundle.names - {MANIFEST} - manifest.files.keys()):
        raise Difference(name, "file-not-listed")
    for name, stated in manifest.files.items():
        if bundle.digest(name) != (stated.sha256, stated.bytes):
            raise Difference(name, "file-differs")


def _check_named_key(bundle: Bundle, key: Verifier) -> Claim:
    try:
        named = NamedKey.model_validate_json(bundle.read(KEYS))
        if named.vkey != key.vkey or named.name != key.name:
            raise Difference(KEYS, "other-key-named", found=named.name[:100])
    except ValidationError:
        return refute(NAMED, bundle.round, Difference(KEYS, "file-unreadable"))
    except Difference as difference:
        return refute(NAMED, bundle.round, difference)
    return prove(NAMED, bundle.round, 1)
