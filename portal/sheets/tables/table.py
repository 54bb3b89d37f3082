"""Every act that has a sheet: what is said of some, and a plain one for each other."""

from portal.sheets.sheet import Sheet
from portal.sheets.tables import on_applications, on_lists, on_register, on_rounds
from portal.sheets.tables.not_in_pages import NOT_IN_PAGES, WITH_A_PAGE_OF_ITS_OWN
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
