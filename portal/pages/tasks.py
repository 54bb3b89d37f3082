"""What waits for the visitor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from markupsafe import Markup
from starlette.responses import Response

from portal.acts.work import find_draft, find_page
from portal.places import find_names, tell_beside, tell_place
from portal.routing import show
from portal.shown.listing import ON_A_PAGE, Columns, Listing, count_pages, cut, read_page
from portal.shown.names import NAMES
from portal.shown.rendering import pick, write_time
from portal.visit import Visit
from reading.models import RoundNames, ShownTask, TasksAsked
from selection.kernel.instants import format_deadline, show_instant
from selection.kernel.zone import BEIJING
from selection.streams import log_of
from selection.wording.code_names import TASKS, name_of

PATH = "/tasks"
TASKS_AS_SHOWN = NAMES["task"]
NEVER = datetime.max.replace(tzinfo=UTC)
RoundsRead = dict[str, RoundNames | None]
"""What the rules of rounds call things, as far as a page has read them."""


@dataclass(frozen=True)
class Row:
    """A task as the list shows it: `page` leads to where it is done, `link` to its application, empty without one."""

    task: ShownTask
    round: str
    names: RoundNames | None
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


class TaskLine(NamedTuple):
    """A row in words: a template takes many times as long to put one together as to write it down."""

    what: str
    page: str
    called: str
    link: str
    beside: str
    since: Markup
    until: Markup | None
    overdue: bool
    begun: bool


async def list_tasks(visit: Visit) -> Response:
    """Show the tasks of the visitor or their units, most urgent first unless the address says otherwise."""
    names = RoundsRead()
    listing = await _read_page(visit, names) or await _read_all(visit, names)
    places = [find_draft(row.task) for row in listing.rows]
    waiting, begun = await visit.reach.seconds.look_around(visit.subject, filter(None, places))
    await _read_names(visit, names, listing.choices["round"])
    titles = {name: names[name] for name in listing.choices["round"]}
    context = {
        "listing": listing,
        "titles": {name: found.title for name, found in titles.items() if found is not None},
        "shown": [
            _put(row, visit.language, begun=place in begun)
            for row, place in zip(listing.rows, places, strict=True)
        ],
        "any": bool(listing.choices["kind"]),
        "waiting": waiting,
    }
    return visit.render("tasks/list.html", context)


def _put(row: Row, language: str, *, begun: bool) -> TaskLine:
    task, zone = row.task, row.names.words.zone if row.names else BEIJING
    until, called = task.until, pick(language, task.name_en, task.name_zh)
    return TaskLine(
        what=name_of(TASKS_AS_SHOWN, task.kind, language),
        page=row.page,
        called=called or tell_place(task.stream, row.names, language),
        link=row.link,
        beside=tell_beside(task, language) if called else "",
        since=write_time(show_instant, task.since, language, zone),
        until=None if until is None else write_time(format_deadline, until, language, zone),
        overdue=row.overdue,
        begun=begun,
    )


async def _read_page(visit: Visit, names: RoundsRead) -> Listing[Row] | None:
    """Return the page of the list, read alone; None where only all of it can tell what stands there."""
    asked = visit.request.query_params
    sort = asked.get("sort", "")
    if asked.get("q", "").strip() or sort.removeprefix("-") == "centre":
        return None
    page = TasksAsked(
        kind=asked.get("kind", ""),
        round=asked.get("round", ""),
        sort=sort,
        page=read_page(asked),
        limit=ON_A_PAGE,
    )
    found = await visit.reads.tasks.list_page(visit.subject, page)
    if found is None:
        return None
    choices = {"kind": found.kinds, "round": found.rounds}
    words = {name: value for name in choices if (value := asked.get(name, "")) in choices[name]}
    if sort.removeprefix("-") in COLUMNS.sorts:
        words["sort"] = sort
    pages = count_pages(found.total)
    rows = await _rows(visit, names, found.tasks)
    return Listing(PATH, rows, rows, min(page.page, pages), pages, words, choices, counted=found.total)


async def _read_all(visit: Visit, names: RoundsRead) -> Listing[Row]:
    rows = await _rows(visit, names, await visit.reads.tasks.list_open(visit.subject))
    return cut(PATH, visit.request.query_params, rows, COLUMNS)


async def _rows(visit: Visit, names: RoundsRead, tasks: Sequence[ShownTask]) -> list[Row]:
    await _read_names(visit, names, {log_of(task.stream) for task in tasks})
    now = datetime.now(UTC)
    return [_row(task, names[log_of(task.stream)], now) for task in tasks]


async def _read_names(visit: Visit, names: RoundsRead, rounds: Iterable[str]) -> None:
    """Add to the names that were read those of these rounds, each of which a page reads once."""
    for round_id in sorted(set(rounds) - names.keys()):
        names[round_id] = await find_names(visit, round_id)


def _row(task: ShownTask, names: RoundNames | None, now: datetime) -> Row:
    kind, _, place = task.stream.partition("/")
    return Row(
        task=task,
        round=log_of(task.stream),
        names=names,
        link=f"/applications/{place}" if kind == "application" else "",
        page=find_page(task),
        overdue=task.until is not None and task.until < now,
    )


ROUTES = (show(PATH, list_tasks),)
