"""The acts on an application."""

from portal.sheets.options import list_failing, list_mendable, list_ruled, see_revision
from portal.sheets.sheet import Ask, Sheet
from portal.sheets.warnings import explain_check
from selection.application.check.commands import FailCheck, PassCheck, SendBack

REVISION = {"revision": Ask(known=see_revision, seen=True)}

CHECK = (
    Sheet(
        PassCheck,
        {**REVISION, "rulings": Ask(options=list_ruled)},
        material=True,
        explain=explain_check,
    ),
    Sheet(SendBack, {"faults": Ask(options=list_mendable)}, material=True, explain=explain_check),
    Sheet(
        FailCheck, {**REVISION, "grounds": Ask(options=list_failing)}, material=True, explain=explain_check
    ),
)

SHEETS: tuple[Sheet, ...] = (*CHECK,)
