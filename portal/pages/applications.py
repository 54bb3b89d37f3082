"""Applications: those of a round that show, and one with its form and what happened to it."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import filterfalse
from typing import Literal, NamedTuple

from starlette.responses import Response

from papers.intake import Section
from portal.acts.moments import find_units, tell_moments
from portal.applying.filling import find_change
from portal.faults import Fault
from portal.pages.audit.shared import AUDITING
from portal.pages.papers import list_offered
from portal.people import call_all
from portal.places import find_names
from portal.routing import show
from portal.sheets.open_acts import list_open
from portal.sheets.setting import spot_of, with_happened
from portal.shown.answers import LaidOut, lay_out, list_people
from portal.shown.downloads import XLSX, attach_as, name_file
from portal.shown.listing import Columns, cut
from portal.shown.names import name_listed
from portal.visit import Visit
from reading.desk.models import Near, Similar
from reading.errors import Hidden
from reading.models import ApplicationView, FilledForm, ShownApplication, ShownContent, ShownEntry
from selection.application.events import ObjectionRaised
from selection.kernel.stages import Stage
from selection.process.task import OpenTask
from selection.projections.similar import Overlap
from selection.streams import application_stream
from selection.visibility.viewer import OVERSEEING, STAFF, Standing
from starter.imports.application_table import collect_table
from starter.papers.makers import OF_ROUND
from tables.writing import export_table

COLUMNS: Columns[ShownApplication] = Columns(
    sorts={
        "number": lambda row: row.number,
        "centre": lambda row: row.name_en or row.name_zh,
        "stage": lambda row: row.stage,
    },
    filters={
        "stage": lambda row: row.stage,
        "field": lambda row: row.field,
        "outcome": lambda row: row.outcome or "",
    },
    words=lambda row: (row.number, row.name_en, row.name_zh, row.host, row.host_en, row.host_zh),
)

TABLES = {"xlsx": XLSX, "csv": "text/csv", "json": "application/json"}
"""The kinds of files that a list is taken away as."""


ANSWERS = frozenset({"form", "public", "content"})
"""What of a version is laid out as its form."""
IN_CHECK = frozenset({Stage.CHECKING.value, Stage.MENDING.value})


async def list_applications(visit: Visit) -> Response:
    """Show the applications of a round, each as far as it shows."""
    round_id = visit.request.path_params["round"]
    found = await visit.reads.applications.list_of_round(visit.subject, round_id)
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    listing = cut(visit.request.url.path, visit.request.query_params, found, COLUMNS)
    standings = await visit.reads.rounds.get_standings(visit.subject, round_id)
    staff = not STAFF.isdisjoint(standings)
    papers = tuple(OF_ROUND) if staff else ()
    context = {
        "listing": listing,
        "names": names,
        "round": round_id,
        "named": name_listed(names, visit.language),
        "papers": papers,
        "staff": staff,
        "oversees": not OVERSEEING.isdisjoint(standings),
        "officer": Standing.OFFICER in standings,
        "tables": tuple(TABLES) if found else (),
    }
    return visit.render("applications/list.html", context, zone=names.words.zone)


async def show_application(visit: Visit) -> Response:
    """Show one application: summary, form, panel and timeline, as far as they show to the visitor."""
    round_id, number = visit.request.path_params["round"], visit.request.path_params["number"]
    stream = application_stream(round_id, number)
    view = await visit.reads.applications.get(visit.subject, stream)
    words = await visit.reads.rounds.get_words(visit.subject, round_id)
    happened = await visit.reads.applications.list_timeline(visit.subject, stream)
    names = await find_names(visit, round_id)
    filled = await _find_answers(visit, stream)
    standings = await visit.reads.applications.get_standings(visit.subject, stream)
    asked = set() if filled is None else list_people(filled)
    awaited = _list_awaited(view)
    experts = (seat.expert for seat in view.seats or () if seat.expert)
    called = await call_all(visit, stream, happened, *experts, *asked, *awaited)
    form = LaidOut() if filled is None else lay_out(filled, {item.id for item in view.contents}, called)
    spot = await with_happened(visit, spot_of(visit, view, standings, words.zone), happened)
    context = {
        "view": view,
        "tasks": group_tasks(view.tasks, {person: called[person] for person in awaited}),
        "files": tuple(_list_files(_list_unattached(view, form))),
        "stored": tuple(_list_files(filterfalse(is_file, view.contents))),
        "change": await _find_change(visit, view.row, standings),
        "published": await _find_published(visit, stream) if filled is None else (),
        "round": round_id,
        "names": names,
        "named": name_listed(names, visit.language),
        "form": form,
        "papers": list_offered(visit.subject.person, standings, view.row, happened),
        "compared": filled is not None and filled.revision > 1,
        "objections": list_objections(happened),
        "audits": not AUDITING.isdisjoint(standings),
        "acts": [sheet.kind for sheet in list_open(spot)],
        "called": called,
        "moments": tell_moments(happened, visit.language, names, called, await find_units(visit, happened)),
        "tell_shared": lambda shared: tell_shared(visit, shared),
        "similar": await _find_similar(visit, view.row, standings),
        "near": await _find_near(visit, view.row, standings),
    }
    return visit.render("applications/one.html", context, zone=words.zone)


def _list_awaited(view: ApplicationView) -> set[str]:
    """Return whom tasks await by name, for staff alone: others see how many wait."""
    return {task.person for task in view.tasks if task.person} if view.seats is not None else set()


def _list_unattached(view: ApplicationView, form: LaidOut) -> Iterator[ShownContent]:
    """Return the files that stand at no answer of the form."""
    attached = {file.id for file in form.files}
    return (item for item in view.contents if is_file(item) and item.id not in attached)


async def fetch_table(visit: Visit) -> Response:
    """Send the applications of a round as a table, rows and columns as far as they show."""
    round_id, kind = visit.request.path_params["round"], visit.request.path_params["kind"]
    if kind not in TABLES:
        raise Fault("no-page", 404)
    # A program gets the answers as they were given, people in words.
    lang: Literal["en", "zh"] | None = None if kind == "json" else "zh" if visit.language == "zh" else "en"
    async with visit.portal.backend.print_as(visit.subject.person):
        await visit.reach.recheck(visit.subject)
        columns, rows = await collect_table(visit.reads, visit.subject, round_id, lang)
        chinese = int(visit.language == "zh")
        body = await asyncio.to_thread(export_table, f".{kind}", round_id, columns, rows, chinese)
    return attach_as(body, name_file(round_id, kind), TABLES[kind])


class TaskLine(NamedTuple):
    """A task, whom it awaits, empty where that is not told, and how many are like it."""

    task: OpenTask
    who: str
    alike: int


def group_tasks(tasks: Iterable[OpenTask], called: Mapping[str, str]) -> list[TaskLine]:
    """Return tasks with whom they await, each of these by itself; of the others those that look alike together."""
    groups: dict[tuple[object, ...], list[OpenTask]] = {}
    for task in tasks:
        who = called.get(task.person or "", "")
        groups.setdefault((task.kind, task.role, task.until, who), []).append(task)
    return [TaskLine(alike[0], str(who), len(alike)) for (_, _, _, who), alike in groups.items()]


def is_file(item: ShownContent) -> bool:
    """Tell whether a content is a file; texts and answers are laid out where they can be read."""
    within, _, kind = item.content.rpartition(".")
    return item.id.startswith("file") or (within.startswith("submission") and kind not in ANSWERS)


def _list_files(shown: Iterable[ShownContent]) -> Iterator[tuple[str, int, str]]:
    """Yield what each content is, its number among those of the kind, 0 for the only one, and its id."""
    contents = tuple(shown)
    kinds = [item.content.rpartition(".")[2] for item in contents]
    counts = Counter(kinds)
    seen: Counter[str] = Counter()
    for kind, item in zip(kinds, contents, strict=True):
        seen[kind] += 1
        yield kind, seen[kind] if counts[kind] > 1 else 0, item.id


def list_objections(entries: Sequence[ShownEntry]) -> list[str]:
    """Return the objections whose text shows, by their ids: of each there is a paper."""
    views = [entry.view["data"] for entry in entries if entry.view["type"] == ObjectionRaised.TYPE]
    return [data["objection"] for data in views if "text" in data]


async def _find_change(visit: Visit, row: ShownApplication, standings: frozenset[Standing]) -> str:
    """Return how an applicant may change the application now, empty for who is none."""
    return await find_change(visit, row.round, row.stage) if Standing.APPLICANT in standings else ""


async def _find_similar(
    visit: Visit, row: ShownApplication, standings: frozenset[Standing]
) -> tuple[Similar, ...] | None:
    """Return the applications that are like one that an officer checks; None for others, and after the check."""
    if Standing.OFFICER not in standings or row.stage not in IN_CHECK:
        return None
    return await visit.reads.checks.list_similar(visit.subject, row.round, row.number)


async def _find_near(visit: Visit, row: ShownApplication, standings: frozenset[Standing]) -> Near:
    """Return what the answers come near to, for an officer who checks them."""
    if Standing.OFFICER not in standings or row.stage != Stage.CHECKING:
        return Near()
    return await visit.reads.checks.find_near(visit.subject, application_stream(row.round, row.number))


def tell_shared(visit: Visit, shared: Overlap) -> str:
    """Return what two applications share, in words."""
    stop = "、" if visit.language == "zh" else ", "
    parts = (
        visit.say("checks.same-name") if shared.name else "",
        visit.say("checks.same-host") if shared.host else "",
        visit.say("checks.same-units", count=len(shared.units)) if shared.units else "",
        visit.say("checks.same-agent") if shared.agent else "",
        visit.say("checks.same-words", words=stop.join(shared.words)) if shared.words else "",
        visit.say("checks.same-field") if shared.field else "",
    )
    return ("；" if visit.language == "zh" else "; ").join(part for part in parts if part)


async def _find_answers(visit: Visit, stream: str) -> FilledForm | None:
    try:
        return await visit.reads.forms.get_answers(visit.subject, stream)
    except Hidden:
        return None


async def _find_published(visit: Visit, stream: str) -> Sequence[Section]:
    """Return what everyone may read of the form, where it was published."""
    try:
        found = await visit.reads.public.get_published(stream)
    except Hidden:
        return ()
    return () if found.answers is None else lay_out(found.answers, ()).sections


ROUTES = (
    show("/applications/{round}", list_applications),
    show("/applications/{round}/{number}", show_application),
    show("/tables/{round}/{kind}", fetch_table),
)
