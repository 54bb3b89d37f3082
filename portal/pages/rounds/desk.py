"""The desk of a round: how far it is, who is late, what can be done, for who oversees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain

from starlette.responses import Response

from portal.faults import Fault
from portal.pages.rounds.offers import list_offers
from portal.pages.rounds.row_acts import KINDS
from portal.pages.rounds.task_names import Calls, call_awaited
from portal.places import tell_beside
from portal.routing import show
from portal.shown.listing import ON_A_PAGE, Columns, Listing, count_pages, cut, read_page
from portal.shown.names import NAMES
from portal.shown.pictures import Bar, Load, Point, draw_funnel, draw_loads, draw_share, draw_time_line
from portal.visit import Visit
from reading.desk.models import Late, RoundDesk, Waiting
from reading.models import RoundNames, RoundTasksAsked, ShownTask
from selection.kernel.actor import Role
from selection.kernel.instants import format_deadline, show_instant, show_time_left
from selection.kernel.zone import Zone
from selection.projections.funnel import Step, count_steps
from selection.rules.sections import Stages
from selection.streams import find_unit
from selection.visibility.viewer import STAFF, Standing
from selection.wording.code_names import DEADLINES, TASKS, name_batch, name_of

LATE = "late"


@dataclass(frozen=True)
class When:
    """A point of a round's time: the opening of its call, then each deadline; `left` is the time until then."""

    name: str
    at: datetime
    passed: bool
    left: timedelta
    opening: bool = False


@dataclass(frozen=True)
class Row:
    """A task that waits in a round, as its staff sees it; `called` is the name of the person or unit that it awaits.

    `on` is the number of its application, or the unit whose list it is about; empty of a task of the round itself.
    `beside` stands beside the name of its application.
    """

    task: ShownTask
    on: str
    beside: str
    link: str
    late: str
    called: str

    @property
    def who(self) -> str:
        """The person or the unit, empty where whoever holds the role is awaited."""
        return self.task.person or self.task.unit or ""

    @property
    def until(self) -> datetime:
        """The deadline, or a day that never comes."""
        return self.task.until or datetime.max.replace(tzinfo=UTC)


WAITING: Columns[Row] = Columns(
    sorts={
        "until": lambda row: row.until,
        "since": lambda row: row.task.since,
        "centre": lambda row: (row.task.name_en or row.task.name_zh, row.task.stream),
    },
    filters={
        "kind": lambda row: row.task.kind,
        "role": lambda row: row.task.role.value,
        "late": lambda row: row.late,
        "who": lambda row: row.who,
    },
    words=lambda row: (
        row.task.name_en,
        row.task.name_zh,
        row.task.host_en,
        row.task.host_zh,
        row.task.stream,
        row.who,
        row.called,
        *(name_of(TASKS, row.task.kind, language) for language in ("en", "zh")),
    ),
)


async def show_desk(visit: Visit) -> Response:
    """Show how far a round is, in pictures with a table beside each."""
    desk = await visit.reads.desks.get(visit.subject, visit.request.path_params["round"])
    zone = desk.names.words.zone
    late = (
        await visit.reads.desks.list_late(visit.subject, desk.row.round) if desk.waiting is not None else ()
    )
    times, steps = list_times(desk, datetime.now(UTC)), count_steps(desk.stages, desk.outcomes, _scheme(desk))
    context = {
        "desk": desk,
        "on_paper": _list_on_paper(visit, desk),
        "round": desk.row.round,
        "names": desk.names,
        "offers": list_offers(desk.acts, desk.row.round),
        "by_table": [table for table, kind in KINDS.items() if desk.total and kind.find_role(desk.standings)],
        "busy": name_batch(desk.row.batch, visit.language) if desk.row.batch else "",
        "funnel": _draw_funnel(visit, steps),
        "times": times,
        "time_left": lambda left: show_time_left(left, visit.language),
        "time_line": _draw_times(visit, times, zone),
        "loads": _draw_loads(visit, desk),
        "share": draw_share,
        "overdue": sum(item.overdue for item in desk.waiting or ()),
        "late": late,
        "call": (await _call_tasks(visit, desk.names, desk.row.round, late)).call,
    }
    return visit.render("rounds/desk.html", context, zone=zone)


async def list_waiting(visit: Visit) -> Response:
    """Show to a round's staff whatever waits in it for anybody, and who is late."""
    round_id = visit.request.path_params["round"]
    standings = await visit.reads.rounds.get_standings(visit.subject, round_id)
    if STAFF.isdisjoint(standings):
        raise Fault("hidden", 404)
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    listing = await _read_page(visit, round_id, names) or await _read_all(visit, round_id, names)
    whos = listing.choices["who"]
    context = {
        "listing": listing,
        "round": round_id,
        "names": names,
        "any": bool(listing.choices["kind"]),
        "calls": (await call_awaited(visit, names, round_id, whos, whos)).call_either,
        "officer": Standing.OFFICER in standings,
    }
    return visit.render("rounds/waiting.html", context, zone=names.words.zone)


async def _read_page(visit: Visit, round_id: str, names: RoundNames) -> Listing[Row] | None:
    """Return the page of the list, read alone; None where only all of it can tell what stands there."""
    asked = visit.request.query_params
    words = {name: asked.get(name, "") for name in WAITING.filters}
    sort = asked.get("sort", "")
    if asked.get("q", "").strip() or sort.removeprefix("-") == "centre":
        return None
    page = RoundTasksAsked(
        kind=words["kind"],
        role=words["role"],
        who=words["who"],
        late=words["late"] == LATE,
        sort=sort,
        page=read_page(asked),
        limit=ON_A_PAGE,
    )
    found = await visit.reads.desks.list_waiting(visit.subject, round_id, page)
    choices = {
        "kind": found.kinds,
        "role": found.roles,
        "late": (LATE,) if found.late else (),
        "who": found.whos,
    }
    words = {name: value for name, value in words.items() if value in choices[name]}
    if sort.removeprefix("-") in WAITING.sorts:
        words["sort"] = sort
    rows, pages = await _list_rows(visit, names, round_id, found.tasks), count_pages(found.total)
    path = visit.request.url.path
    return Listing(path, rows, rows, min(page.page, pages), pages, words, choices, counted=found.total)


async def _read_all(visit: Visit, round_id: str, names: RoundNames) -> Listing[Row]:
    tasks = await visit.reads.tasks.list_open(visit.subject, round_id=round_id, everybody=True)
    rows = await _list_rows(visit, names, round_id, tasks)
    return cut(visit.request.url.path, visit.request.query_params, rows, WAITING)


async def _list_rows(visit: Visit, names: RoundNames, round_id: str, tasks: Sequence[ShownTask]) -> list[Row]:
    now = datetime.now(UTC)
    calls = await _call_tasks(visit, names, round_id, tasks)
    return [_row(task, now, calls, visit.language) for task in tasks]


def list_times(desk: RoundDesk, now: datetime) -> tuple[When, ...]:
    """Return the opening of the call and the deadlines in force, in order."""
    opened = When("", desk.opens, desk.opens <= now, desk.opens - now, opening=True)
    due = (When(item.deadline, item.until, item.until <= now, item.until - now) for item in desk.deadlines)
    return (opened, *due)


def find_now(times: Sequence[When], now: datetime) -> float:
    """Return where an instant is among points: 0 before the first, 1 at it, 1.5 half way to the second."""
    before = sum(1 for item in times if item.at <= now)
    if before == 0 or before == len(times):
        return before + 0.4 if before else 0.0
    first, second = times[before - 1].at, times[before].at
    return before + (now - first) / (second - first)


def _scheme(desk: RoundDesk) -> Stages:
    return Stages(recommendation=bool(desk.names.recommenders))


def _draw_funnel(visit: Visit, steps: Sequence[Step]) -> str:
    def label(step: Step) -> str:
        return visit.say("desk.step-count", step=visit.say(f"desk.step-{step.name}"), count=step.count)

    bars = [Bar(label(step), step.count) for step in steps]
    description = _join(visit, [label(step) for step in steps])
    return draw_funnel(bars, visit.say("desk.funnel"), description)


def _draw_loads(visit: Visit, desk: RoundDesk) -> str:
    def load(item: Waiting) -> Load:
        counts = visit.say(
            "desk.load-late" if item.overdue else "desk.load", open=item.open, overdue=item.overdue
        )
        return Load(name_of(NAMES["task"], item.kind, visit.language), counts, item.open, item.overdue)

    between = "：" if visit.language == "zh" else ": "
    loads = [load(item) for item in desk.waiting or ()]
    told = [f"{item.label}{between}{item.counts}" for item in loads]
    return draw_loads(loads, visit.say("desk.waiting"), _join(visit, told))


def _draw_times(visit: Visit, times: Sequence[When], zone: Zone) -> str:
    def tell(item: When) -> str:
        written = show_instant if item.opening else format_deadline
        name = visit.say("start.opens") if item.opening else name_of(DEADLINES, item.name, visit.language)
        between = "：" if visit.language == "zh" else ": "
        return f"{name}{between}{written(item.at, visit.language, zone)}"

    points = [Point(str(number), item.passed) for number, item in enumerate(times, start=1)]
    description = _join(visit, [tell(item) for item in times])
    now = find_now(times, datetime.now(UTC))
    return draw_time_line(points, now, visit.say("desk.today"), visit.say("desk.times"), description)


def _join(visit: Visit, parts: Sequence[str]) -> str:
    return ("；" if visit.language == "zh" else "; ").join(parts)


def _list_on_paper(visit: Visit, desk: RoundDesk) -> frozenset[str]:
    """Return the units whose paper the visitor may enter, as the page of that act asks: the register gives the role."""
    if not (desk.names.paper and desk.officer and visit.holds(Role.OFFICER)):
        return frozenset()
    return frozenset(unit.code for unit in desk.names.recommenders)


async def _call_tasks(
    visit: Visit, names: RoundNames, round_id: str, tasks: Sequence[ShownTask | Late]
) -> Calls:
    """Return what the people and units are called whom tasks await, and the units whose lists they are about."""
    lists = (find_unit(task.stream) for task in tasks if isinstance(task, ShownTask))
    units = chain((task.unit for task in tasks), lists)
    return await call_awaited(visit, names, round_id, (task.person for task in tasks), units)


def _row(task: ShownTask, now: datetime, calls: Calls, language: str) -> Row:
    kind, _, place = task.stream.partition("/")
    part = place.partition("/")[2]
    late = task.until is not None and task.until < now
    link = f"/applications/{place}" if kind == "application" else ""
    on = calls.units(part) if find_unit(task.stream) else part
    return Row(task, on, tell_beside(task, language), link, LATE if late else "", calls.call(task))


ROUTES = (show("/rounds/{round}/desk", show_desk), show("/rounds/{round}/waiting", list_waiting))
