"""The acts on a round."""

from portal.sheets.sheet import Sheet

SHEETS: tuple[Sheet, ...] = ()
