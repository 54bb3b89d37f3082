"""What waits for the visitor."""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.responses import Response

from portal.acts.work import find_page
from portal.routing import show
from portal.shown.listing import Columns, cut
from portal.visit import Visit
from reading.models import ShownTask
from selection.kernel.zone import Zone
from selection.streams import log_of
from selection.wording.code_names import TASKS, name_of

PATH = "/tasks"
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """A task as the list shows it: `page` leads to where it is done, `link` to its application, empty without one."""

    task: ShownTask
    round: str
    zone: Zone
    link: str
    page: str
    overdue: bool

    @property
    def until(self) -> datetime:
        """The deadline, or a day that never comes."""
        return self.task.until or NEVER


COLUMNS: Columns[Row] = Columns(
    sorts={
        "until": lambda row: row.until,
        "since": lambda row: row.task.since,
        "centre": lambda row: (row.task.name_en or row.task.name_zh, row.task.stream),
    },
    filters={"kind": lambda row: row.task.kind, "round": lambda row: row.round},
    words=lambda row: (
        row.task.name_en,
        row.task.name_zh,
        row.task.host_en,
        row.task.host_zh,
        row.task.stream,
        *(name_of(TASKS, row.task.kind, language) for language in ("en", "zh")),
    ),
)


async def list_tasks(visit: Visit) -> Response:
    """Show the tasks of the visitor or their units, most urgent first unless the address says otherwise."""
    tasks = await visit.reads.tasks.list_open(visit.subject)
    names = sorted({log_of(task.stream) for task in tasks})
    zones = {name: (await visit.reads.rounds.get_words(visit.subject, name)).zone for name in names}
    now = datetime.now(UTC)
    rows = [_row(task, zones[log_of(task.stream)], now) for task in tasks]
    listing = cut(PATH, visit.request.query_params, rows, COLUMNS)
    waiting = await visit.reach.seconds.is_awaited(visit.subject)
    return visit.render("tasks/list.html", {"listing": listing, "any": bool(rows), "waiting": waiting})


def _row(task: ShownTask, zone: Zone, now: datetime) -> Row:
    kind, _, place = task.stream.partition("/")
    return Row(
        task=task,
        round=log_of(task.stream),
        zone=zone,
        link=f"/applications/{place}" if kind == "application" else "",
        page=find_page(task),
        overdue=task.until is not None and task.until < now,
    )


ROUTES = (show(PATH, list_tasks),)
