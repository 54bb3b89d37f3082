"""Every act that has a sheet."""

from portal.sheets.sheet import Sheet
from portal.sheets.tables import on_applications, on_rounds

SHEETS: dict[str, Sheet] = {sheet.kind: sheet for sheet in (*on_applications.SHEETS, *on_rounds.SHEETS)}
"""By the kind of the command; in this order pages offer them."""
