"""Every act that has a sheet."""

from portal.sheets.sheet import Sheet
from portal.sheets.tables import on_applications, on_lists, on_register, on_rounds

_EVERY = (*on_applications.SHEETS, *on_lists.SHEETS, *on_rounds.SHEETS, *on_register.SHEETS)
SHEETS: dict[str, Sheet] = {sheet.kind: sheet for sheet in _EVERY}
"""By the kind of the command; in this order pages offer them."""
