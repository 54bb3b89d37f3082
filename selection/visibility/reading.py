"""What a person may see of the record: entries, rows, tasks and stored contents, read off one table.

What a table does not name, and a type that it does not know, is not shown.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from selection.application.shown_stages import STAGES_AS_SHOWN
from selection.application.state import ApplicationState, Report
from selection.decision.aggregate import FRAME
from selection.decision.register_views import UnitFact
from selection.decision.stream_state import StreamState
from selection.kernel.leaf import Leaf
from selection.kernel.model import JsonObject
from selection.kernel.references import references_in
from selection.kernel.stages import Outcome
from selection.projections.open_tasks import OpenTask
from selection.projections.rows import (
    DECIDED_BY,
    ApplicationRow,
    ArchiveRow,
    ListRow,
    RegisterRow,
    RoundRow,
    StreamRow,
)
from selection.round.state import Lobbying, RoundState
from selection.visibility.entry_view import EntryView
from selection.visibility.list_rows import (
    APPLICATION_ROW,
    ARCHIVE_ROW,
    LIST_ROW,
    REGISTER_ROW,
    ROUND_ROW,
    UNIT_ROW,
    Audience,
)
from selection.visibility.table import EVENT_ROWS
from selection.visibility.viewer import OVERSEEING, STAFF, Standing, Viewer

REVIEWED = ("review.submitted.v1", "review.corrected.v1")
REPORTS = ("report-lobbying", "report-conflict", "declare-project")
"""Acts of which whom they mean learns nothing."""
RULINGS = ("conflict.ruled.v1", "conflict.reopened.v1", "decision.reversal-entered.v1")
"""Entries about a report, by its id; the last one about other decisions too, of which it names none."""
Cell = dict[str, str]
"""Field -> scope, for one kind of thing and one standing. Without the field `*` it is hidden."""


def _cells(kind: str, row: Mapping[str, Audience]) -> Iterator[tuple[tuple[str, Standing], Cell]]:
    fields = {"role": row["*"], **row}
    for standing in Standing:
        cell: Cell = {}
        for name, audience in fields.items():
            granted = dict(word.partition(":")[::2] for word in audience.split())
            if standing in STAFF:
                cell[name] = ""
            elif standing.value in granted:
                cell[name] = granted[standing.value]
        yield (kind, standing), cell


TABLE: dict[tuple[str, Standing], Cell] = {
    key: cell for kind, row in EVENT_ROWS.items() for key, cell in _cells(kind, row)
}
"""(event type, standing) -> what shows: the whole table, written out."""

_ROWS: dict[type, dict[Standing, Cell]] = {
    kind: {standing: cell for (_, standing), cell in _cells(kind.__name__, row)}
    for kind, row in (
        (ApplicationRow, APPLICATION_ROW),
        (RoundRow, ROUND_ROW),
        (ListRow, LIST_ROW),
        (ArchiveRow, ARCHIVE_ROW),
        (RegisterRow, REGISTER_ROW),
        (UnitFact, UNIT_ROW),
    )
}


def view_entry(leaf: Leaf, viewer: Viewer, state: StreamState) -> EntryView | None:
    """Return what the viewer may see of an entry, as JSON values, or None if not even that it exists.

    `state` is the stream's present state: an earlier one would show versions that no longer count.
    """
    # Whom a report means is not told by their substitute either.
    if not {viewer.person, *viewer.stands_for}.isdisjoint(_list_reported(leaf, state)):
        return None
    # Whom a report meant would else learn from the attempt that was refused who reports them.
    if leaf.type == "act.refused.v1" and leaf.data["kind"] in REPORTS and leaf.actor.person != viewer.person:
        return None
    scopes = _scopes(leaf, viewer, state)
    shown = _grant_fields((TABLE.get((leaf.type, standing), {}) for standing in viewer.standings), scopes)
    if "*" not in shown:
        return None
    body = leaf.model_dump(mode="json")
    actor = {"role": body["actor"]["role"]} if "role" in shown else {}
    data = _pick_fields(body["data"], shown, viewer.person)
    view = EntryView(
        type=leaf.type, stream=leaf.stream, at=body["at"], rules=leaf.rules, actor=actor, data=data
    )
    if viewer.is_staff or leaf.actor.person == viewer.person:
        view["actor"] = body["actor"] if viewer.is_staff else _without_reason(body["actor"])
        view["data"] |= {name: leaf.data[name] for name in FRAME if name in leaf.data}
        view["version"], view["recorded"] = leaf.version, body["recorded"]
        view["register_size"] = leaf.register_size
    return view


def visible_row(row: StreamRow | UnitFact, viewer: Viewer) -> dict[str, object] | None:
    """Return what the viewer may see of a row, or None if the viewer may not know of it.

    Who is anything to a stream sees what everyone who is registered sees as well.
    """
    cells = _ROWS[type(row)]
    issued = isinstance(row, ApplicationRow) and row.outcome == Outcome.LISTED
    noticed = isinstance(row, ApplicationRow) and (row.noticed or issued)
    standings = (
        viewer.standings | {Standing.PARTICIPANT} if noticed and viewer.standings else viewer.standings
    )
    scopes = {"": True, "noticed": noticed, "issued": issued}
    shown = _grant_fields((cells[standing] for standing in standings), scopes)
    if "*" not in shown:
        return None
    fields = row.model_dump(mode="json", exclude=DECIDED_BY if isinstance(row, ApplicationRow) else None)
    values = {name: value for name, value in fields.items() if name in shown}
    oversees = not viewer.standings.isdisjoint(OVERSEEING | {Standing.CHAIR})
    if isinstance(row, ApplicationRow) and "stage" in values and not oversees:
        values["stage"] = STAGES_AS_SHOWN.get(row.stage.value, row.stage.value)
    return values


def visible_tasks(tasks: Iterable[OpenTask], viewer: Viewer) -> tuple[OpenTask, ...]:
    """Return the tasks that the viewer may see: staff all, anyone else what awaits them or their unit."""
    return tuple(
        task
        for task in tasks
        if viewer.is_staff
        or (
            viewer.person == task.person if task.person is not None else viewer.acts_for(task.unit, task.role)
        )
    )


def list_readable(leaves: Iterable[Leaf], viewer: Viewer, state: StreamState) -> frozenset[str]:
    """Return the ids of the stored contents that the entries of a stream show to the viewer."""
    views = (view_entry(leaf, viewer, state) for leaf in leaves)
    return frozenset(found for view in views if view is not None for found in references_in(view))


def may_read_content(
    ref_id: str, viewer: Viewer, state: StreamState, leaves: Iterable[Leaf], *, stored_by: str = ""
) -> bool:
    """Tell whether the viewer may open a stored content: their own, or one that an entry shows to them.

    An expert therefore opens nothing of an application before the pledge, nor after giving up the seat.
    """
    return (stored_by != "" and stored_by == viewer.person) or ref_id in list_readable(leaves, viewer, state)


def _without_reason(actor: JsonObject) -> JsonObject:
    """Return who acted; the reason is no field of the table, so that to cite a text in it shows it to nobody."""
    return {name: value for name, value in actor.items() if name != "reason"}


def _grant_fields(cells: Iterable[Cell], scopes: Mapping[str, bool]) -> dict[str, str]:
    """Return field -> scope of all that shows; of two standings, the one that shows more."""
    found: dict[str, str] = {}
    for cell in cells:
        if not scopes.get(cell.get("*", "hidden"), False):
            continue
        for name, scope in cell.items():
            if scopes.get(scope, False) and found.get(name, "entry") == "entry":
                found[name] = scope
    return found


def _scopes(leaf: Leaf, viewer: Viewer, state: StreamState) -> dict[str, bool]:
    own = viewer.person in _owners(leaf, state)
    return {
        "": True,
        "own": own,
        "entry": own,
        "current": isinstance(state, ApplicationState) and leaf.data.get("revision") == state.revision,
        "ended": bool(state.ended),
        "scored": isinstance(state, ApplicationState) and state.score is not None,
        "told": bool(state.ended) and _counts(leaf, state),
    }


def _counts(leaf: Leaf, state: StreamState) -> bool:
    """Tell whether a review counts in a panel's score, as it was corrected last; no other entry does."""
    if not isinstance(state, ApplicationState) or leaf.type not in REVIEWED:
        return False
    counting = state.find_review_in_score(leaf.data["expert"])
    return counting is not None and counting.corrections == leaf.data.get("number", 0)


def _owners(leaf: Leaf, state: StreamState) -> frozenset[str]:
    """Return whom an event is about; of a report, who made it and never who was reported."""
    find = _OWNERS.get(leaf.type)
    if find is not None:
        return find(leaf, state)
    if "objection" in leaf.data and isinstance(state, ApplicationState):
        objection = state.objections.get(leaf.data["objection"])
        return frozenset({objection.objector, *objection.examiners}) if objection else frozenset()
    if "ground" in leaf.data and isinstance(state, ApplicationState):
        request = state.requests.get(leaf.data["ground"])
        return frozenset(request.deciders) if request else frozenset()
    named = {leaf.data[name] for name in ("expert", "chair", "agent") if name in leaf.data}
    return frozenset(named | set(leaf.data.get("seats", {}).values()))


def _list_reported(leaf: Leaf, state: StreamState) -> tuple[str, ...]:
    """Return whom a report and its ruling are about: they do not see it, even as staff."""
    if isinstance(state, RoundState):
        found = _find_lobbying(leaf, state)
        return found.named if found is not None else ()
    conflicted = _find_reported(leaf, state)
    return (conflicted,) if conflicted is not None else ()


def _find_lobbying(leaf: Leaf, state: RoundState) -> Lobbying | None:
    if leaf.type == "round.reminded.v1":
        if leaf.data["awaited"] != "rule-on-lobbying":
            return None
        return state.lobbying.get(str(leaf.data["task"]).removeprefix("lobbying/"))
    return state.lobbying.get(leaf.data["report"]) if leaf.type.startswith("lobbying.") else None


def _find_reported(leaf: Leaf, state: StreamState) -> str | None:
    if leaf.type in ("conflict.reported.v1", "conflict.found.v1"):
        return str(leaf.data["expert"])
    if leaf.type == "application.reminded.v1":
        assert isinstance(state, ApplicationState)
        if leaf.data["awaited"] != "rule-on-conflict":
            return None
        found = state.reports.get(str(leaf.data["task"]).removeprefix("report/"))
        return found.expert if found else None
    report = _report_of(leaf, state) if leaf.type in RULINGS else None
    return report.expert if report else None


def _report_of(leaf: Leaf, state: StreamState) -> Report | None:
    assert isinstance(state, ApplicationState)
    return state.reports.get(leaf.data.get("report", ""))


def _reporter(leaf: Leaf, state: StreamState) -> frozenset[str]:
    report = _report_of(leaf, state)
    return frozenset({report.reporter}) if report else frozenset()


def _find_lobbying_reporter(leaf: Leaf, state: StreamState) -> frozenset[str]:
    assert isinstance(state, RoundState)
    found = _find_lobbying(leaf, state)
    return frozenset({found.reporter}) if found else frozenset()


_OWNERS: dict[str, Callable[[Leaf, StreamState], frozenset[str]]] = {
    "act.refused.v1": lambda leaf, _: frozenset({leaf.actor.person}),
    "conflict.reported.v1": lambda leaf, _: frozenset({leaf.actor.person}),
    "conflict.found.v1": lambda leaf, _: frozenset({leaf.actor.person}),
    "conflict.ruled.v1": _reporter,
    "conflict.reopened.v1": _reporter,
    "lobbying.reported.v1": lambda leaf, _: frozenset({leaf.actor.person}),
    "lobbying.ruled.v1": _find_lobbying_reporter,
    "appraisal.opened.v1": lambda leaf, _: frozenset(leaf.data["present"]) - frozenset(leaf.data["aside"]),
}


def _pick_fields(data: JsonObject, shown: Mapping[str, str], person: str) -> JsonObject:
    """Return the shown fields of an event's data; `submission.form` is a field within a field."""
    picked: JsonObject = {}
    for path, scope in shown.items():
        outer, _, inner = path.partition(".")
        if outer not in data:
            continue
        if inner and data[outer] is None:
            picked[outer] = None
        elif inner:
            shown_in = picked.setdefault(outer, {})
            if inner in data[outer]:
                shown_in[inner] = data[outer][inner]
        elif scope == "entry":
            picked[outer] = {key: value for key, value in data[outer].items() if value == person}
        else:
            picked[outer] = data[outer]
    return picked
