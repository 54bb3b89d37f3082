"""Tables that an administrator uploads: what a table amounts to, or its faults. The table itself is not kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData, UploadFile

from portal.acts.prepared import Line
from portal.sheets.fields import Field
from portal.sheets.filling import tell
from portal.sheets.setting import Setting
from portal.sheets.sheet import Sheet, Wrong
from portal.sheets.unfit import Unfit
from portal.uploads.draft_files import UPLOAD
from portal.wording.doing.every import WORDS
from selection.kernel.counting import fill
from tables.grid import FILE_LIMIT, TableFault, TableRefused
from tables.sentences import describe_fault, describe_refusal

SHOWN = 25
"""Faults of a table that a page shows [D]."""


@dataclass(frozen=True)
class ImportedTable:
    """What a table amounts to: the command's value and the rows to show; or what is wrong with it."""

    value: Any = None
    lines: tuple[Line, ...] = ()
    wrong: list[Wrong] = field(default_factory=list)


async def take_tables(
    sheet: Sheet, setting: Setting, fields: Sequence[Field], form: FormData
) -> dict[str, ImportedTable]:
    """Return what the tables amount to that were sent for a sheet's fields."""
    found = {}
    for asked in fields:
        if asked.ask.imports is None:
            continue
        upload = form.get(UPLOAD + asked.name)
        if not isinstance(upload, UploadFile) or not upload.filename:
            found[asked.name] = ImportedTable(wrong=[tell(sheet, asked.name, Unfit("missing-file"))])
            continue
        body = await upload.read(FILE_LIMIT + 1)
        found[asked.name] = await asked.ask.imports(setting, body)
    return found


def refuse_table(name: str, refused: TableRefused) -> ImportedTable:
    """Return why a file is no table."""
    en, zh = (describe_refusal(refused.code, refused.params, lang) for lang in (0, 1))
    return ImportedTable(wrong=[Wrong(name, en, zh)])


def refuse_rows(name: str, faults: Sequence[TableFault]) -> ImportedTable:
    """Return the first faults of a table by their cells, and how many there are besides."""
    wrong = [
        Wrong(name, f"{fault.cell}: {describe_fault(fault, 0)}", f"{fault.cell}：{describe_fault(fault, 1)}")
        for fault in faults[:SHOWN]
    ]
    left = len(faults) - len(wrong)
    return ImportedTable(wrong=[*wrong, _say(name, "more-faults", count=left)] if left > 0 else wrong)


def refuse_size(name: str, commands: int) -> ImportedTable:
    """Return that a table changes nothing, or more than one act may."""
    return ImportedTable(wrong=[_say(name, "too-many-rows" if commands else "nothing-to-register")])


def _say(name: str, key: str, **params: Any) -> Wrong:
    en, zh = WORDS[key]
    return Wrong(name, fill(en, params), fill(zh, params))
