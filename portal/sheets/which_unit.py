"""For which of their units somebody acts who recommends for several: the address says it, or they are asked."""

from dataclasses import replace

from starlette.responses import Response

from portal.faults import Fault
from portal.sheets.setting import Setting
from portal.visit import Visit
from selection.kernel.actor import Role


def read_unit(visit: Visit) -> str:
    """Return the unit that the address names, empty for none. Raises Fault for one that is not the visitor's."""
    unit = visit.request.query_params.get("unit", "")
    if unit and unit not in visit.subject.get_units(Role.RECOMMENDER):
        raise Fault("hidden", 404)
    return unit


async def ask_unit(setting: Setting) -> Response:
    """Show the visitor's units, each with the way to its own sheet."""
    names = await setting.visit.reads.rounds.get_names(setting.visit.subject, setting.spot.round)
    called = {unit.code: unit for unit in names.recommenders}
    found = [
        (replace(setting, unit=code).path, called[code]) for code in setting.list_units() if code in called
    ]
    return setting.visit.render("do/unit.html", {"setting": setting, "units": found}, zone=setting.spot.zone)
