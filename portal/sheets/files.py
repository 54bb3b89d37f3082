"""The files of a sheet: stored as they come and kept in its draft, so that nobody types a reference."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from starlette.datastructures import FormData, UploadFile

from ledger.errors import TooMuchStored
from portal.forms.typed import Typed
from portal.sheets.fields import Field
from portal.sheets.unfit import Unfit
from portal.uploads.receiving import receive, store
from portal.visit import Visit
from selection.kernel.model import Ref
from selection.streams import log_of

UPLOAD, KEPT, DROP = "u.", "k.", "drop."
"""Begin the names of what holds a file that is sent, files that are kept (on the server alone), one to be removed."""
MEGABYTES = 20
MOST = 50
"""Files of a field at most [D]."""


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


def has_files(fields: Iterable[Field]) -> bool:
    """Tell whether a sheet takes files."""
    return any(field.kind in ("file", "files", "table") for field in fields)


def files_of(typed: Typed, field: str) -> tuple[StoredFile, ...]:
    """Return the files of a field."""
    return tuple(StoredFile(*json.loads(one)) for one in typed.get(KEPT + field, ()))


def keep_files(fields: Iterable[Field], kept: Typed) -> Typed:
    """Return the files of a sheet as its draft has them."""
    names = [KEPT + field.name for field in fields]
    return {name: kept[name] for name in names if name in kept}


def find_unsent(fields: Iterable[Field], form: FormData) -> dict[str, Unfit]:
    """Return, by field, that a file was sent with a page that was overtaken, and is not kept."""
    return {field.name: Unfit("file-not-kept") for field in fields if any(_list_uploads(form, field.name))}


async def take_files(
    visit: Visit, fields: Sequence[Field], form: FormData, kept: Typed, stream: str
) -> tuple[Typed, dict[str, Unfit]]:
    """Return the files of a sheet after what was sent and removed, and what was not taken, by field.

    `kept` is what the draft had. A file is stored before what was typed is looked at.
    """
    found: dict[str, tuple[str, ...]] = {}
    unfit: dict[str, Unfit] = {}
    for field in fields:
        if field.kind not in ("file", "files"):
            continue
        dropped = {value for value in form.getlist(DROP + field.name) if isinstance(value, str)}
        files = [file for file in files_of(kept, field.name) if file.id not in dropped]
        for upload in _list_uploads(form, field.name):
            try:
                files = await _add(visit, field, files, upload, log_of(stream))
            except Unfit as fault:
                unfit[field.name] = fault
        if files:
            found[KEPT + field.name] = tuple(json.dumps(list(file), ensure_ascii=False) for file in files)
    return found, unfit


async def _add(
    visit: Visit, field: Field, files: list[StoredFile], upload: UploadFile, log: str
) -> list[StoredFile]:
    """Return the files of a field with another, which takes the place of the one that a field of one has."""
    many = field.kind == "files"
    if many and len(files) >= MOST:
        raise Unfit("too-many", limit=MOST)
    file = await _store(visit, upload, log)
    return [*(one for one in files if many and one.id != file.id), file]


def _list_uploads(form: FormData, name: str) -> Iterator[UploadFile]:
    for value in form.getlist(UPLOAD + name):
        if isinstance(value, UploadFile) and value.filename:
            yield value


async def _store(visit: Visit, upload: UploadFile, log: str) -> StoredFile:
    received = await receive(upload)
    if received.size == 0:
        raise Unfit("file-empty")
    if received.size > MEGABYTES * 1024 * 1024:
        raise Unfit("file-too-large", limit=MEGABYTES)
    try:
        ref = await store(visit.portal.backend, visit.subject.person, received, log)
    except TooMuchStored:
        raise Unfit("too-much-stored") from None
    return StoredFile(ref.id, ref.sha256, received.name, received.media_type, received.size)
