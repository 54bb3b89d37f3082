"""A filled-in table of applications: what was typed for each, and at which cell each of its answers stands."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from selection.forms.faults import AnswerFault
from selection.forms.fields import (
    Asked,
    ChoiceField,
    FileField,
    PeopleField,
    PersonField,
    TableField,
    UnitField,
)
from selection.forms.form import Form
from selection.kernel.hidden_characters import find_hidden
from starter.imports.form_layouts import KEY, FormSheets
from tables.grid import Grid, TableFault, TableRefused
from tables.layout import FilledRow, Layout, MatchedRows, match_layout
from tables.sentences import FAULTS
from tables.template import HELP

KEY_LENGTH = 40
_PLACE = re.compile(r"([a-z][a-z0-9_]*)(?:\[([0-9]+)\])?(?:\.([a-z0-9_]+))?")
_PARTED = re.compile(r"[\s,;，；、]+")


@dataclass(frozen=True, slots=True)
class TypedApplication:
    """One row of the first sheet with its rows of further ones; `rows` are their numbers by the field's code."""

    key: str
    number: int
    typed: Mapping[str, Any]
    rows: Mapping[str, Sequence[int]]


@dataclass
class FormTable:
    """A file as it was read. `faults` stand beside the sheet, by its place in the file."""

    grids: tuple[Grid, ...]
    form: Form
    lang: int
    main: int = 0
    applications: list[TypedApplication] = field(default_factory=list)
    columns: dict[str, tuple[int, dict[str, int]]] = field(default_factory=dict)
    faults: list[list[TableFault]] = field(default_factory=list)

    @property
    def is_headed(self) -> bool:
        """Whether every sheet is one of the table and has its columns; else no row is judged."""
        return not any(fault.row <= 1 for faults in self.faults for fault in faults)

    @property
    def sheets(self) -> list[tuple[Grid, list[TableFault]]]:
        """Each sheet with its faults, in their order."""
        return [
            (grid, sorted(faults, key=lambda fault: (fault.row, fault.column)))
            for grid, faults in zip(self.grids, self.faults, strict=True)
        ]

    def add(self, item: TypedApplication, fault: AnswerFault) -> None:
        """Add what is wrong with an answer, at its cell."""
        found = _PLACE.match(fault.path)
        code, index, part = found.groups() if found else ("", None, None)
        at = self.columns.get(code)
        rows = item.rows.get(code, ())
        said = self._say(code, part, fault)
        if at is not None and index is not None and int(index) < len(rows):
            self.faults[at[0]].append(
                TableFault(rows[int(index)], at[1].get(part or "", 0), fault.code, {}, said)
            )
            return
        columns = self.columns[""][1]
        place = columns.get(f"{code}.{part}") or columns.get(code) or self._first(code)
        self.faults[self.main].append(TableFault(item.number, place, fault.code, {}, said))

    def refuse(self, item: TypedApplication, code: str, sentence: str) -> None:
        """Add why a row as a whole is not taken."""
        self.faults[self.main].append(TableFault(item.number, self.columns[""][1][KEY], code, {}, sentence))

    def _first(self, code: str) -> int:
        columns = self.columns[""][1]
        return min((place for name, place in columns.items() if name.startswith(f"{code}.")), default=0)

    def _say(self, code: str, part: str | None, fault: AnswerFault) -> str:
        if fault.code in FAULTS:
            # What a table says in its own words.
            return ""
        asked = self.form.by_code.get(code)
        if isinstance(asked, TableField):
            asked = next((column for column in asked.columns if column.code == part), asked)
        if asked is None:
            return fault.sentence("zh") + "。" if self.lang else fault.sentence().capitalize() + "."
        if self.lang:
            return f"“{asked.zh}”{fault.sentence('zh')}。"
        return f"“{asked.en}” {fault.sentence()}."


def match_form_table(
    grids: tuple[Grid, ...], form: Form, sheets: FormSheets, lang: int, sheet: str | None = None
) -> FormTable:
    """Return what the rows of a file's sheets say. Raises TableRefused where the named one is not among them.

    `sheet` names that of the applications, by default the first; `lang` is 0 for English and 1 for Chinese.
    """
    main = next((place for place, grid in enumerate(grids) if sheet in (None, grid.sheet)), None)
    if main is None:
        raise TableRefused("table-no-sheet", sheets=", ".join(grid.sheet for grid in grids)[:200])
    table = FormTable(grids, form, lang, main, faults=[[] for _ in grids])
    rows = _match(table, main, "", sheets.main)
    keys = {row.values[KEY] for row in rows}
    below: dict[str, dict[str, list[FilledRow]]] = defaultdict(lambda: defaultdict(list))
    for place, grid in enumerate(grids):
        if place == main or grid.sheet.startswith("#") or grid.sheet in HELP:
            continue
        code = sheets.field_of(grid.sheet)
        if code is None or code in table.columns:
            table.faults[place].append(TableFault(0, 0, "sheet-unknown"))
            continue
        for row in _match(table, place, code, sheets.further[code]):
            if row.values[KEY] in keys:
                below[row.values[KEY]][code].append(row)
            elif row.values[KEY] and rows:
                table.faults[place].append(TableFault(row.number, table.columns[code][1][KEY], "row-unknown"))
    table.applications = [_type_row(form, row, below[row.values[KEY]]) for row in rows]
    table.faults[main] += _judge_keys(rows, table.columns[""][1].get(KEY, 0))
    if not (rows or any(table.faults)):
        table.faults[main].append(TableFault(0, 0, "table-empty"))
    return table


def _match(table: FormTable, place: int, code: str, layout: Layout) -> Sequence[FilledRow]:
    """Match one sheet with its layout. That an answer is missing or no choice is left for the form to say."""
    free = tuple(replace(column, choices=()) for column in layout.columns)
    found: MatchedRows = match_layout(table.grids[place], replace(layout, columns=free), table.lang)
    table.columns[code] = (place, found.columns)
    key = found.columns.get(KEY)
    table.faults[place] += [
        fault for fault in found.faults if fault.code != "cell-missing" or fault.column == key
    ]
    return found.rows


def _judge_keys(rows: Sequence[FilledRow], column: int) -> list[TableFault]:
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        key = row.values[KEY]
        if len(key) > KEY_LENGTH or find_hidden(key, lines=False) is not None:
            faults.append(TableFault(row.number, column, "row-id-unfit"))
        elif key and first.setdefault(key, row.number) != row.number:
            faults.append(TableFault(row.number, column, "cell-repeated", {"row": str(first[key])}))
    return faults


def _type_row(form: Form, row: FilledRow, below: Mapping[str, Sequence[FilledRow]]) -> TypedApplication:
    typed: dict[str, Any] = {}
    numbers: dict[str, Sequence[int]] = {}
    for asked in form.fields():
        match asked:
            case TableField() | UnitField(many=True):
                filled = [(item.number, _type_cells(asked, item)) for item in below.get(asked.code, ())]
                kept = [(number, cells) for number, cells in filled if cells]
                typed[asked.code] = [cells for _, cells in kept]
                numbers[asked.code] = [number for number, _ in kept]
            case UnitField() | PersonField():
                begin = f"{asked.code}."
                typed[asked.code] = {
                    name.removeprefix(begin): text
                    for name, text in row.values.items()
                    if name.startswith(begin) and text
                }
            case _:
                typed[asked.code] = _type_cell(asked, row.values.get(asked.code, ""))
    return TypedApplication(row.values[KEY], row.number, typed, numbers)


def _type_cells(asked: Asked, row: FilledRow) -> dict[str, Any]:
    columns = {column.code: column for column in asked.columns} if isinstance(asked, TableField) else {}
    cells = {
        code: _type_cell(columns[code], text) if code in columns else text
        for code, text in row.values.items()
        if code != KEY
    }
    return {code: cell for code, cell in cells.items() if cell}


def _type_cell(asked: Asked, text: str) -> Any:
    """Return what a cell's text says: several values in a list, a file by its path or id."""
    match asked:
        case ChoiceField(many=True) | PeopleField():
            return [part for part in _PARTED.split(text) if part]
        case FileField(many=True):
            return [_type_file(line.strip()) for line in text.splitlines() if line.strip()]
        case FileField():
            return _type_file(text) if text else ""
    return text


def _type_file(text: str) -> dict[str, str]:
    # Whoever fills in a table under Windows writes paths as they are written there.
    return {"ref": text[4:]} if text.startswith("ref:") else {"file": text.replace("\\", "/")}
