"""What waits for the visitor."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup
from starlette.responses import Response

from portal.acts.work import find_draft, find_page
from portal.places import find_names, tell_beside, tell_place
from portal.routing import show
from portal.shown.listing import ON_A_PAGE, Columns, Listing, count_pages, cut, read_page
from portal.shown.rendering import draw, pick
from portal.visit import Visit
from reading.models import RoundNames, ShownTask, TasksAsked
from selection.kernel.zone import BEIJING, Zone
from selection.streams import log_of
from selection.wording.code_names import TASKS, name_of

PATH = "/tasks"
NEVER = datetime.max.replace(tzinfo=UTC)
DRAWN = 2_000
"""Rows that are remembered as they are drawn, those asked for last [D]: by all that one follows from."""
RoundsRead = dict[str, RoundNames | None]
"""What the rules of rounds call things, as far as a page has read them."""


class Row(NamedTuple):
    """A task with what the rules of its round call things, as far as that shows."""

    task: ShownTask
    names: RoundNames | None


COLUMNS: Columns[Row] = Columns(
    sorts={
        "until": lambda row: row.task.until or NEVER,
        "since": lambda row: row.task.since,
        "centre": lambda row: (row.task.name_en or row.task.name_zh, row.task.stream),
    },
    filters={"kind": lambda row: row.task.kind, "round": lambda row: log_of(row.task.stream)},
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
    names = RoundsRead()
    listing = await _read_page(visit, names) or await _read_all(visit, names)
    drafts = [find_draft(row.task) for row in listing.rows]
    waiting, begun = await visit.reach.seconds.look_around(visit.subject, filter(None, drafts))
    await _read_names(visit, names, listing.choices["round"])
    titles = {name: names[name] for name in listing.choices["round"]}
    now = datetime.now(UTC)
    shown = (
        _write(row, visit.language, begun=draft in begun, overdue=(row.task.until or NEVER) < now)
        for row, draft in zip(listing.rows, drafts, strict=True)
    )
    context = {
        "listing": listing,
        "titles": {name: found.title for name, found in titles.items() if found is not None},
        "shown": Markup("\n").join(shown),
        "any": bool(listing.choices["kind"]),
        "waiting": waiting,
    }
    return visit.render("tasks/list.html", context)


def _write(row: Row, language: str, *, begun: bool, overdue: bool) -> Markup:
    task, names = row
    place = "" if task.name_en or task.name_zh else tell_place(task.stream, names, language)
    return draw_row(task, place, language, names.words.zone if names else BEIJING, begun, overdue)


@lru_cache(DRAWN)
def draw_row(task: ShownTask, place: str, language: str, zone: Zone, begun: bool, overdue: bool) -> Markup:
    """Return a row as the page has it; `place` is what a task without a name is called."""
    kind, _, on = task.stream.partition("/")
    context = {
        "task": task,
        "page": find_page(task),
        "called": place or pick(language, task.name_en, task.name_zh),
        "link": f"/applications/{on}" if kind == "application" else "",
        "beside": "" if place else tell_beside(task, language),
        "begun": begun,
        "overdue": overdue,
    }
    return draw("tasks/row.html", context, language, zone)


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
    return [Row(task, names[log_of(task.stream)]) for task in tasks]


async def _read_names(visit: Visit, names: RoundsRead, rounds: Iterable[str]) -> None:
    """Add to the names that were read those of these rounds, each of which a page reads once."""
    for round_id in sorted(set(rounds) - names.keys()):
        names[round_id] = await find_names(visit, round_id)


ROUTES = (show(PATH, list_tasks),)
