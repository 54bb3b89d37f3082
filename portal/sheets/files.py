"""The files of a sheet: stored as they come and kept in its draft, so that nobody types a reference."""

from collections.abc import Iterable, Sequence

from starlette.datastructures import FormData

from portal.forms.typed import Typed
from portal.sheets.fields import Field
from portal.sheets.unfit import Unfit
from portal.uploads.draft_files import (
    KEPT,
    FileLimits,
    FileRefused,
    add_file,
    list_left,
    list_uploads,
    write_kept,
)
from portal.visit import Visit
from selection.streams import log_of

MEGABYTES = 20
MOST = 50
"""Files of a field at most [D]."""


def has_files(fields: Iterable[Field]) -> bool:
    """Tell whether a sheet takes files, or may: the rules say what their form asks for."""
    return any(field.kind in ("file", "files", "table", "form") for field in fields)


def keep_files(fields: Iterable[Field], kept: Typed) -> Typed:
    """Return the files of a sheet as its draft has them."""
    names = [KEPT + field.name for field in fields]
    return {name: kept[name] for name in names if name in kept}


def find_unsent(fields: Iterable[Field], form: FormData) -> dict[str, Unfit]:
    """Return, by field, that a file was sent with a page that was overtaken, and is not kept."""
    return {field.name: Unfit("file-not-kept") for field in fields if any(list_uploads(form, field.name))}


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
        files = list_left(form, field.name, kept)
        limits = FileLimits(MOST if field.kind == "files" else 1, MEGABYTES)
        for upload in list_uploads(form, field.name):
            try:
                files = await add_file(visit, files, upload, limits, log_of(stream))
            except FileRefused as refused:
                unfit[field.name] = Unfit(refused.code, **refused.params)
        if files:
            found[KEPT + field.name] = write_kept(files)
    return found, unfit
