"""Every act that has a sheet: what is said of some, and a plain one for each other."""

from collections.abc import Iterable, Iterator

from portal.sheets.fields import fields_of
from portal.sheets.labels import EMPTY, find_words
from portal.sheets.sheet import Sheet
from portal.sheets.tables import on_applications, on_lists, on_register, on_rounds
from portal.sheets.tables.not_in_pages import NOT_IN_PAGES, WITH_A_PAGE_OF_ITS_OWN
from selection.kernel.unfinished import Unfinished, file_of
from selection.rooms import ROOMS

_SAID = (*on_applications.SHEETS, *on_lists.SHEETS, *on_rounds.SHEETS, *on_register.SHEETS)
_SETTLED = {*(sheet.kind for sheet in _SAID), *WITH_A_PAGE_OF_ITS_OWN, *NOT_IN_PAGES}
_PLAIN = (
    Sheet(command)
    for room in ROOMS
    for command in room.commands
    if command.ROW.of_people and command.ACT.kind not in _SETTLED
)
SHEETS: dict[str, Sheet] = {sheet.kind: sheet for sheet in (*_SAID, *_PLAIN)}
"""By the kind of the command; in this order pages offer them."""


def find_missing(sheets: Iterable[Sheet]) -> Iterator[str]:
    """Yield, for each part of a sheet that nothing names, which it is and the file in which its words belong."""
    for sheet in sheets:
        room = file_of(sheet.command).rpartition("/")[0]
        for part in _list_parts(sheet):
            if find_words(sheet, part) == EMPTY:
                yield f"{sheet.kind}.{part} has no words: LABELS in {room}/labels.py"


def _list_parts(sheet: Sheet) -> Iterator[str]:
    yield "guidance"
    for field in fields_of(sheet):
        yield field.name
        codes = ("yes", "no") if field.kind == "yes-no" else field.values
        yield from (f"{field.name}.{code}" for code in codes)


_missing = [*find_missing(SHEETS.values())]
if _missing:
    raise Unfinished("; ".join(_missing))
