"""Files within a form of the rules that an act fills in: its draft names them, whatever a page says of them."""

from collections.abc import Iterator

from starlette.datastructures import FormData

from portal.forms.columns import columns_of
from portal.forms.typed import ANSWER, MOST_ROWS, KeptFile, Typed, list_files, read_typed, rows_in
from portal.uploads.draft_files import (
    DROP,
    KEPT,
    UPLOAD,
    FileLimits,
    FileRefused,
    add_file,
    list_left,
    list_uploads,
    read_kept,
    write_kept,
)
from portal.visit import Visit
from selection.forms.faults import AnswerFault
from selection.forms.fields import Asked, FileField
from selection.forms.form import Form
from selection.forms.parts import Answers

MOST_INPUTS = 300
"""Fields for files that a page may send at once, nearly all of them empty [D]."""
ROWS = frozenset(map(str, range(MOST_ROWS)))


def find_file_field(form: Form, name: str) -> FileField | None:
    """Return the field or the column that takes files under a name of the page; None where there is none."""
    if not name.startswith(ANSWER):
        return None
    code, *within = name.removeprefix(ANSWER).split(".")
    field: Asked | None = form.by_code.get(code)
    if field is not None and len(within) == 2 and within[0] in ROWS:
        field = next((column for column in columns_of(field) if column.code == within[1]), None)
    elif within:
        return None
    return field if isinstance(field, FileField) else None


def has_files(form: Form) -> bool:
    """Tell whether a form asks for files anywhere."""
    return bool(list_files(form.fields()))


def with_ids(typed: Typed) -> Typed:
    """Return what was typed with the ids of the files that the draft names where these stand."""
    return {
        **typed,
        **{name: tuple(file.id for file in read_kept(typed, name)) for name in _list_kept(typed)},
    }


def name_files(form: Form, typed: Typed) -> Typed:
    """Return what was typed, where files stand with the ids of those that the draft names, and no others."""
    texts = {name: values for name, values in typed.items() if find_file_field(form, name) is None}
    kept = {name: read_kept(typed, name) for name in _list_kept(typed) if find_file_field(form, name)}
    return {**texts, **{name: tuple(file.id for file in files) for name, files in kept.items()}}


def files_in(typed: Typed) -> dict[str, KeptFile]:
    """Return the files that the draft names, by their ids."""
    return {
        file.id: KeptFile(file.name, file.media_type, file.size, file.sha256)
        for name in _list_kept(typed)
        for file in read_kept(typed, name)
    }


def refer(files: dict[str, KeptFile], written: object) -> Answers:
    """Return the answer that names a file of the draft."""
    return {"id": str(written), "sha256": files[str(written)].sha256}


def keep_files(kept: Typed) -> Typed:
    """Return the files of a form as its draft has them."""
    return {KEPT + name: kept[KEPT + name] for name in _list_kept(kept)}


def move_files(old: Typed, moved: Typed) -> Typed:
    """Return what was moved to the names of another form, with its files under these."""
    known = {file.id: file for name in _list_kept(old) for file in read_kept(old, name)}
    rest = {name: values for name, values in moved.items() if not name.startswith(KEPT + ANSWER)}
    placed = {
        KEPT + name: write_kept(known[value] for value in values if value in known)
        for name, values in moved.items()
        if name.startswith(ANSWER) and any(value in known for value in values)
    }
    return {**rest, **placed}


async def attach_files(
    visit: Visit, form: Form, sent: FormData, kept: Typed, log: str
) -> tuple[Typed, list[AnswerFault]]:
    """Return the files of a form after what was sent and removed, and what was not taken.

    `kept` is what the draft had, under the names of the page. A file is stored before what was typed is looked at.
    """
    rows = with_ids({**read_typed(sent, (ANSWER,)), **kept})
    found: dict[str, tuple[str, ...]] = {}
    faults: list[AnswerFault] = []
    for name in sorted({*_list_kept(kept), *_list_sent(sent)}):
        field = find_file_field(form, name)
        if field is None:
            # Of another version of the form: it goes where the draft is moved to.
            found |= {KEPT + name: kept[KEPT + name]} if KEPT + name in kept else {}
            continue
        files = list_left(sent, name, kept)
        limits = FileLimits(field.most if field.many else 1, field.megabytes, field.types)
        for upload in list_uploads(sent, name):
            try:
                files = await add_file(visit, files, upload, limits, log)
            except FileRefused as refused:
                faults.append(_fault(name, rows, refused.code, refused.params))
        if files:
            found[KEPT + name] = write_kept(files)
    return found, faults


def find_lost(form: Form, sent: FormData, typed: Typed) -> list[AnswerFault]:
    """Return that files were sent with a page that was overtaken, and are not kept."""
    rows = with_ids(typed)
    names = [
        name for name in _list_sent(sent) if find_file_field(form, name) and any(list_uploads(sent, name))
    ]
    return [_fault(name, rows, "file-not-kept", {}) for name in names]


def _fault(name: str, rows: Typed, code: str, params: dict[str, object]) -> AnswerFault:
    return AnswerFault(_path_of(name, rows), code, {key: str(value) for key, value in params.items()})


def _path_of(name: str, typed: Typed) -> str:
    """Return the place of the form that a name of the page stands for."""
    code, *within = name.removeprefix(ANSWER).split(".")
    if not within:
        return code
    rows, row = rows_in(f"{ANSWER}{code}", typed), int(within[0])
    return f"{code}[{rows.index(row) if row in rows else len(rows)}].{within[1]}"


def _list_kept(typed: Typed) -> Iterator[str]:
    yield from (name.removeprefix(KEPT) for name in typed if name.startswith(KEPT + ANSWER))


def _list_sent(sent: FormData) -> Iterator[str]:
    for name in sent:
        for begun in (UPLOAD, DROP):
            if name.startswith(begun + ANSWER):
                yield name.removeprefix(begun)
