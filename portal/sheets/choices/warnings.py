"""The warnings of the legality check: what the engine finds wrong with an application, as the core's own check says."""

from collections.abc import Sequence

from portal.sheets.setting import Setting
from portal.sheets.sheet import Wrong
from portal.wording.doing.every import WORDS
from reading.rehearsals import Trial
from selection.application.check.commands import PassCheck
from selection.kernel.actor import Role
from selection.refusals.refused import Refused

UNRULED = "rulings: "


async def find_warnings(setting: Setting) -> tuple[str, ...]:
    """Return the codes of the grounds that the engine finds and that an officer has to rule on."""
    view = setting.spot.view
    assert view is not None
    trial: Trial = (setting.spot.stream, PassCheck(revision=view.row.revision), setting.new_id)
    reads, who = setting.visit.reads.rehearsals, setting.visit.subject
    (refused,) = await reads.find_refusals(who, setting.spot.round, [trial], Role.OFFICER)
    return () if refused is None else list_unruled(refused)


def explain_check(refused: Refused) -> Sequence[Wrong]:
    """Tell of warnings that were not ruled on by their field."""
    if list_unruled(refused):
        return (Wrong("rulings", *WORDS["pass-check.unruled"]),)
    return ()


def list_unruled(refused: Refused) -> tuple[str, ...]:
    """Return the codes of the warnings that have to be ruled on yet, none where another thing refuses a check."""
    place = refused.params.get("place", "")
    if refused.code != "missing" or not place.startswith(UNRULED):
        return ()
    return tuple(place.removeprefix(UNRULED).split(", "))
