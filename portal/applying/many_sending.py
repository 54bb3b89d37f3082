"""What is sent for many applications: files, stored by the names that cells call them by; a table, read and checked."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile

from portal.applying.many import Many, keep_rows
from portal.applying.many_rows import UNSENT, FilesOfTable, RowAnswers, SentFile, name_of, ref_in
from portal.uploads.receiving import ReceivedFile, receive, store
from portal.visit import Visit
from selection.forms.checking import AnswerChecker
from selection.forms.faults import AnswerFault
from selection.forms.raw_answers import list_files
from selection.kernel.model import Ref
from selection.refusals.refused import Refused
from starter.imports.form_layouts import FormSheets, sheets_of
from starter.imports.form_rows import FormTable, match_form_table
from starter.people.importing import ROWS_LIMIT, check_rows, keep_registered
from tables.grid import COLUMN_LIMIT, FILE_LIMIT, TableRefused
from tables.reading import read_sheets
from tables.sentences import describe_fault, describe_refusal

FILES_AT_MOST = 1_500
"""Files of one draft [D]: whatever they are called, it holds them all."""
NAMED = 10
"""Missing files that the page names [D]."""
SHOWN = 25
"""Faults of a table that the page shows [D]."""


@dataclass
class SentFiles:
    """The files of a draft with those that were just sent, and in words why one was not taken."""

    files: dict[str, SentFile]
    faults: list[str] = field(default_factory=list)


async def take_files(visit: Visit, many: Many, sent: Iterable[UploadFile]) -> SentFiles:
    """Store files, each in the place of one of the same name before, and return them with those before.

    Each waits on disk and is stored in pieces. Raises TooMuchStored.
    """
    found = SentFiles(dict(many.draft.files))
    for upload in sent:
        name = name_of(upload.filename or "")
        received = await receive(upload)
        if not name or received.size == 0:
            found.faults.append(visit.say("many.file-empty", name=name))
        elif len({*found.files, name}) > FILES_AT_MOST:
            found.faults.append(visit.say("many.files-many", most=FILES_AT_MOST))
            break
        elif (kept := await _store(visit, many, received)) is None:
            found.faults.append(visit.say("many.file-too-large", name=name))
        else:
            found.files[name] = kept
    return found


async def _store(visit: Visit, many: Many, received: ReceivedFile) -> SentFile | None:
    """Return a file as it is stored; None for one that is larger than any may be."""
    try:
        ref = await store(visit.portal.backend, visit.subject.person, received, many.round)
    except Refused:
        return None
    return SentFile(
        id=ref.id,
        sha256=ref.sha256,
        digest=received.digest,
        media_type=received.media_type,
        size=received.size,
    )


def lay_out(many: Many) -> FormSheets | None:
    """Return the sheets of the round's form; None where it has more columns than a table."""
    sheets = sheets_of(many.form.form, many.form)
    return sheets if len(sheets.main.columns) < COLUMN_LIMIT else None


async def take_table(visit: Visit, many: Many, upload: UploadFile) -> str | list[str]:
    """Return by what the rows of a table are found again, or in words every fault, and nothing of it is kept.

    The files that its cells name are looked for among those of the draft.
    """
    sheets, lang = lay_out(many), int(visit.language == "zh")
    if sheets is None:
        return [visit.say("many.form-too-wide", limit=COLUMN_LIMIT - 1)]
    async with visit.portal.backend.tables.turn(visit.subject.person):
        try:
            grids = await read_sheets(await upload.read(FILE_LIMIT + 1))
            table = await asyncio.to_thread(match_form_table, grids, many.form.form, sheets, lang)
        except TableRefused as refused:
            return [describe_refusal(refused.code, refused.params, lang)]
        if len(table.applications) > ROWS_LIMIT:
            return [visit.say("many.rows-many", limit=ROWS_LIMIT, count=len(table.applications))]
        missing = await _check(visit, many, table) if table.is_headed else []
    faults = [*_tell_missing(visit, missing), *_tell_faults(visit, table)]
    return faults or await keep_rows(visit, many, table.applications)


async def _check(visit: Visit, many: Many, table: FormTable) -> list[str]:
    """Add to a table every fault of its rows, and return the names of files that it names and were not sent."""
    rows = [item.typed for item in table.applications]
    files = FilesOfTable(many.form.form, many.draft.files, rows)
    checker = AnswerChecker(many.form.form, many.form)
    fitting = await check_rows(table, lambda typed: RowAnswers(checker, typed, files))
    await keep_registered(visit.reads, visit.subject, table, fitting)
    lost = files.refs - (await find_stored(visit, files.refs)).keys()
    for item in table.applications if lost else ():
        # Others have their turn between two rows.
        await asyncio.sleep(0)
        for path, written in list_files(table.form, item.typed):
            if isinstance(written, dict) and ref_in(written) in lost:
                table.add(item, AnswerFault(path, UNSENT))
    return sorted(files.named - many.draft.files.keys())


async def find_stored(visit: Visit, ids: Iterable[str]) -> dict[str, Ref]:
    """Return the references of what the visitor stored before, by id; of what is not theirs there is none.

    Looked up are so many as a draft holds files: of a table that names more, the others are as if not there.
    """
    cards = await visit.reads.contents.list_own_cards(visit.subject, sorted(ids)[:FILES_AT_MOST])
    return {content: card.ref for content, card in cards.items()}


def _tell_missing(visit: Visit, names: Sequence[str]) -> list[str]:
    """Return which files are missing, the first of them by name; nothing where none is."""
    if not names:
        return []
    between, more = ("、", "等") if visit.language == "zh" else (", ", ", …")
    shown = between.join(names[:NAMED])
    told = {"count": len(names), "names": shown, "more": more if len(names) > NAMED else ""}
    return [visit.say("many.files-missing", **told)]


def _tell_faults(visit: Visit, table: FormTable) -> list[str]:
    """Return the first faults by sheet and cell, and how many there are besides."""
    several = len(table.sheets) > 1
    colon = "：" if table.lang else ": "
    told = [
        f"{f'{grid.sheet} ' if several else ''}{fault.cell}{colon}{describe_fault(fault, table.lang)}"
        for grid, faults in table.sheets
        for fault in faults
    ]
    left = len(told) - SHOWN
    return [*told[:SHOWN], visit.say("many.more-faults", count=left)] if left > 0 else told
