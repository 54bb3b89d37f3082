"""Files that a draft names: stored as they come, and named by the server alone, so that nobody types a reference."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from starlette.datastructures import FormData, UploadFile

from ledger.errors import TooMuchStored
from portal.shown.downloads import plain_type
from portal.uploads.receiving import receive, store
from portal.visit import Visit
from selection.forms.reading import MEGABYTE
from selection.kernel.model import Ref

UPLOAD, KEPT, DROP = "u.", "k.", "drop."
"""Begin the names of what holds a file that is sent, files that are kept (on the server alone), one to be removed."""


class FileRefused(Exception):
    """A file that was sent is not taken; `code` has its sentence in portal/wording/doing/faults.py."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class StoredFile(NamedTuple):
    """A file that was stored: its reference, what it was called, what it is."""

    id: str
    sha256: str
    name: str
    media_type: str
    size: int

    @property
    def ref(self) -> Ref:
        """How commands refer to it."""
        return Ref(id=self.id, sha256=self.sha256)


class FileLimits(NamedTuple):
    """What a place takes: how many files, of how many megabytes each, of which media types; of none named, of any."""

    most: int
    megabytes: int
    types: tuple[str, ...] = ()


def read_kept(typed: Mapping[str, tuple[str, ...]], name: str) -> tuple[StoredFile, ...]:
    """Return the files that a draft has under a name."""
    return tuple(StoredFile(*json.loads(one)) for one in typed.get(KEPT + name, ()))


def write_kept(files: Iterable[StoredFile]) -> tuple[str, ...]:
    """Return files as a draft has them."""
    return tuple(json.dumps(list(file), ensure_ascii=False) for file in files)


def list_uploads(form: FormData, name: str) -> Iterator[UploadFile]:
    """Yield the files that were sent under a name."""
    for value in form.getlist(UPLOAD + name):
        if isinstance(value, UploadFile) and value.filename:
            yield value


def list_left(form: FormData, name: str, kept: Mapping[str, tuple[str, ...]]) -> list[StoredFile]:
    """Return the files that a draft has under a name, without those that are to be removed."""
    dropped = {value for value in form.getlist(DROP + name) if isinstance(value, str)}
    return [file for file in read_kept(kept, name) if file.id not in dropped]


async def add_file(
    visit: Visit, files: list[StoredFile], upload: UploadFile, limits: FileLimits, log: str
) -> list[StoredFile]:
    """Store a file, and return the files with it, in the place of the one where a place takes one.

    Raises FileRefused; what could refuse it comes before it is stored.
    """
    many = limits.most > 1
    if many and len(files) >= limits.most:
        raise FileRefused("too-many", limit=limits.most)
    file = await _store(visit, upload, limits, log)
    return [*(one for one in files if many and one.id != file.id), file]


async def _store(visit: Visit, upload: UploadFile, limits: FileLimits, log: str) -> StoredFile:
    received = await receive(upload)
    if received.size == 0:
        raise FileRefused("file-empty")
    if received.size > limits.megabytes * MEGABYTE:
        raise FileRefused("file-too-large", limit=limits.megabytes)
    if limits.types and plain_type(received.media_type) not in limits.types:
        raise FileRefused("file-type", types=", ".join(limits.types))
    try:
        ref = await store(visit.portal.backend, visit.subject.person, received, log)
    except TooMuchStored:
        raise FileRefused("too-much-stored") from None
    return StoredFile(ref.id, ref.sha256, received.name, received.media_type, received.size)
