"""Which page a task is done on, and what waits next."""

from functools import lru_cache
from urllib.parse import quote

from portal.visit import Visit
from reading.models import ShownTask, TasksAsked
from selection.letters.pages import PAGES
from selection.streams import log_of

DRAFTS = 2_000
"""Tasks of which it is remembered where their draft is kept, those asked for last [D]."""
LOOKED_AT = 25
"""Tasks among which the next one is looked for, the most urgent ones."""


def find_page(task: ShownTask) -> str:
    """Return the page on which a task is done, empty where there is none yet."""
    place = task.stream.partition("/")[2]
    return PAGES.get(task.kind, "").format(place=place, round=log_of(task.stream), unit=task.unit)


@lru_cache(DRAFTS)
def find_draft(task: ShownTask) -> str:
    """Return where a draft of what a task asks for is kept; empty where there is none, or its place tells more."""
    place = task.stream.partition("/")[2]
    room, _, rest = find_page(task).removeprefix("/").partition("/")
    match room:
        case "invitations":
            return f"invitation {task.stream}"
        case "reviews":
            return f"review {task.stream}"
        case "applications":
            return f"apply {place}"
        case "do":
            return f"do {rest.partition('/')[0]} {quote(place)}"
    return f"shortlist {task.stream}" if rest.endswith("/shortlist") else ""


async def find_next(visit: Visit) -> tuple[ShownTask, str] | None:
    """Return the most urgent task of the visitor that has a page, with that."""
    first = await visit.reads.tasks.list_page(visit.subject, TasksAsked(limit=LOOKED_AT))
    tasks = first.tasks if first is not None else await visit.reads.tasks.list_open(visit.subject)
    return next(((task, page) for task in tasks if (page := find_page(task))), None)
