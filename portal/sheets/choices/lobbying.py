"""The reports of lobbying that wait for a ruling."""

from portal.sheets.setting import Setting
from portal.sheets.sheet import Option


async def list_lobbying(setting: Setting) -> tuple[Option, ...]:
    """Return the open reports by id; of one that names the visitor its id is all that they see of it."""
    visit, spot = setting.visit, setting.spot
    tasks = await visit.reads.tasks.list_open(visit.subject, round_id=spot.round, everybody=True)
    waiting = {task.key.removeprefix("lobbying/") for task in tasks if task.kind == "rule-on-lobbying"}
    named = sorted(waiting)
    return tuple(Option(name, name, name, len(named) == 1) for name in named)
