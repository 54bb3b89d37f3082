"""Many acts of staff from one table: uploaded, each tried at the record, then shown to be signed once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from starlette.datastructures import FormData, UploadFile
from starlette.responses import JSONResponse, Response

from portal.acts.bundles import AT_MOST, ChosenAct, Together, path_of_bundle, prepare_bundle
from portal.acts.names import name_lines
from portal.acts.prepared import Line
from portal.acts.preparing import Title
from portal.acts.telling import tell_each_refused
from portal.faults import Fault
from portal.forms.drafts import CHECK, LEAVE, open_draft
from portal.forms.typed import Draft, Typed, read_typed, write_draft
from portal.guard.requests import LARGEST
from portal.pages.rounds.boards import BoardNotes
from portal.pages.rounds.row_acts import KINDS, Kind, RowAct, read_rows, tell_act
from portal.routing import show, take, text_of, version_of
from portal.sheets.importing import ImportedTable
from portal.shown.downloads import XLSX, attach_as
from portal.visit import Visit
from reading.models import RoundTasksAsked, ShownApplication
from reading.rehearsals import Trial
from selection.decision.command import kind_of
from selection.kernel.actor import Role
from selection.kernel.model import Frozen, Ref
from selection.refusals.refused import Refused
from selection.streams import application_stream, round_stream
from starter.client.client import new_command_id
from starter.client.contents import find_texts
from tables.grid import FILE_LIMIT
from tables.template import template_xlsx

PATH = "/rounds/{round}/by-table/{table}"
TEMPLATE = f"{PATH}/template.xlsx"
ROW, MARK = "r.", "m."
TABLE, READ = "table", "read"


@dataclass(frozen=True)
class TableDraft:
    """The rows of the table that was read last, and which of their acts are marked."""

    typed: Typed
    version: int
    role: Role

    def list_acts(self, kind: Kind) -> tuple[RowAct, ...]:
        """Return the acts that the rows ask for, in their order."""
        rows = [(name.removeprefix(ROW), at[0]) for name, at in self.typed.items() if name.startswith(ROW)]
        return tuple(
            act for key, text in rows for act in kind.list_acts(key, kind.model.model_validate_json(text))
        )

    def is_marked(self, act: RowAct) -> bool:
        """Tell whether an act is to be done."""
        return f"{MARK}{act.key}" in self.typed


@dataclass(frozen=True)
class TrialRow:
    """An act with its application, None where that does not show, and in words what would refuse it now."""

    act: RowAct
    row: ShownApplication | None
    marked: bool
    why: str

    @property
    def kind(self) -> str:
        """The kind of the act."""
        return kind_of(self.act.command)

    @property
    def would(self) -> bool:
        """Whether it is marked and nothing would refuse it."""
        return self.marked and not self.why


async def show_table(visit: Visit) -> Response:
    """Show where a table is uploaded, and of the last one what each of its acts would do."""
    kind, begun = await _open(visit)
    return await _show(visit, begun, await _try(visit, kind, begun), BoardNotes(begun.version))


async def take_table(visit: Visit, form: FormData) -> Response:
    """Read a table; or keep what is marked and try it; or show those acts to be signed that would be done."""
    kind, begun = await _open(visit)
    wanted = text_of(form, "do", 20)
    if wanted == READ:
        return await _read(visit, kind, begun, form)
    rows = {name: values for name, values in begun.typed.items() if name.startswith(ROW)}
    typed = {**rows, **read_typed(form, (MARK,))}
    version = await _save(visit, version_of(form), typed)
    if wanted == LEAVE:
        return JSONResponse({"version": version}, status_code=200 if version else 409)
    if version is None:
        notes = BoardNotes(begun.version, overtaken=True)
        return await _show(visit, begun, await _try(visit, kind, begun), notes, status=409)
    begun = TableDraft(typed, version, begun.role)
    tried = await _try(visit, kind, begun)
    if wanted != CHECK:
        return await _show(visit, begun, tried, BoardNotes(version))
    fault = _find_fault(tried, text_of(form, "seen", 4_000))
    if fault:
        faults = [("tried", visit.say(f"by-table.{fault}"))]
        return await _show(visit, begun, tried, BoardNotes(version, faults), status=422)
    return await _prepare(visit, begun, [item for item in tried if item.would])


async def fetch_table(visit: Visit) -> Response:
    """Send the table to fill in, with the applications for which these acts wait."""
    kind, _ = await _open(visit)
    round_id, found = visit.request.path_params["round"], dict[str, None]()
    for task in kind.tasks:
        asked = RoundTasksAsked(kind=task, limit=AT_MOST)
        waiting = await visit.reads.desks.list_waiting(visit.subject, round_id, asked)
        found |= dict.fromkeys(item.stream.rpartition("/")[2] for item in waiting.tasks)
    rows = [{"application": number} for number in sorted(found)]
    body = template_xlsx(kind.layout, int(visit.language == "zh"), rows=rows)
    return attach_as(body, f"{kind.layout.code}.xlsx", XLSX)


async def _read(visit: Visit, kind: Kind, begun: TableDraft, form: FormData) -> Response:
    """Keep the rows of the table that was sent in place of those before, all marked; or tell its faults."""
    upload = form.get(TABLE)
    rows: dict[str, Frozen] | ImportedTable = {}
    if isinstance(upload, UploadFile) and upload.filename:
        async with visit.portal.backend.tables.turn(visit.subject.person):
            rows = await read_rows(kind, await upload.read(FILE_LIMIT + 1), int(visit.language == "zh"))
    if isinstance(rows, ImportedTable):
        faults = [(TABLE, wrong.zh if visit.language == "zh" else wrong.en) for wrong in rows.wrong]
    else:
        typed = {f"{ROW}{key}": (row.model_dump_json(),) for key, row in rows.items()}
        acts = TableDraft(typed, 0, begun.role).list_acts(kind)
        if 0 < len(acts) <= AT_MOST:
            marks = {f"{MARK}{act.key}": ("yes",) for act in acts}
            if await _save(visit, begun.version, {**typed, **marks}) is None:
                raise Fault("form-outdated", 409)
            return visit.lead(visit.request.url.path)
        word = "too-many" if acts else "no-file"
        faults = [(TABLE, visit.say(f"by-table.{word}", limit=AT_MOST, count=len(acts)))]
    return await _show(
        visit, begun, await _try(visit, kind, begun), BoardNotes(begun.version, faults), status=422
    )


def _find_fault(tried: Sequence[TrialRow], seen: str) -> str:
    """Return by a word why nothing can be signed; empty where something can."""
    if not any(item.would for item in tried):
        return "none-would"
    return "" if seen == sum_up(tried) else "changed"


def sum_up(tried: Sequence[TrialRow]) -> str:
    """Return which acts would be done, as the page shows it and sends it back."""
    return " ".join(item.act.key for item in tried if not item.why)


async def _prepare(visit: Visit, begun: TableDraft, chosen: Sequence[TrialRow]) -> Response:
    """Store the texts of the acts, and lead to where they are signed."""
    round_id, path = visit.request.path_params["round"], visit.request.url.path
    together = Together(
        round=round_id,
        role=begun.role,
        lines=(),
        back=path,
        change=path,
        draft=_place(visit),
        draft_version=begun.version,
    )
    try:
        bundle = await prepare_bundle(visit, [await _choose(visit, item) for item in chosen], together)
    except Refused:
        kind = KINDS[visit.request.path_params["table"]]
        notes = BoardNotes(begun.version, [("", visit.say("checks.two"))])
        return await _show(visit, begun, await _try(visit, kind, begun), notes, status=422)
    return visit.lead(path_of_bundle(bundle.id))


async def _choose(visit: Visit, item: TrialRow) -> ChosenAct:
    assert item.row is not None
    act, stored = item.act, dict[str, Ref]()
    if act.text:
        client = await visit.portal.backend.client()
        text = await client.store_text(act.text, person=visit.subject.person, log=item.row.round)
        stored = {act.text: text}
    return ChosenAct(
        stream=application_stream(item.row.round, act.number),
        command=act.find_command(stored),
        title=Title.of(item.row),
        lines=tell_act(act),
    )


async def _try(visit: Visit, kind: Kind, begun: TableDraft) -> tuple[TrialRow, ...]:
    """Return what each act would meet now; of applications that do not show to the visitor, nothing but that."""
    acts = begun.list_acts(kind)
    if not acts:
        return ()
    round_id = visit.request.path_params["round"]
    rows = {row.number: row for row in await visit.reads.applications.list_of_round(visit.subject, round_id)}
    stored = await _find_stored(visit, acts)
    trials: list[Trial] = [
        (application_stream(round_id, act.number), act.find_command(stored), new_command_id())
        for act in acts
        if act.number in rows
    ]
    refused = await visit.reads.rehearsals.find_refusals(visit.subject, round_id, trials, begun.role)
    zone = (await visit.reads.rounds.get_names(visit.subject, round_id)).words.zone
    sentences = iter(await tell_each_refused(visit, round_stream(round_id), refused, zone))

    def tell(act: RowAct) -> str:
        return next(sentences) if act.number in rows else visit.say("by-table.unknown", number=act.number)

    return tuple(TrialRow(act, rows.get(act.number), begun.is_marked(act), tell(act)) for act in acts)


async def _find_stored(visit: Visit, acts: Sequence[RowAct]) -> dict[str, Ref]:
    """Return where the texts of acts are stored, by what they say, of those that the visitor cited before."""
    texts = [act.text for act in acts if act.text]
    if not texts:
        return {}
    client = await visit.portal.backend.client()
    round_id = visit.request.path_params["round"]
    return await find_texts(client, texts, person=visit.subject.person, log=round_id)


async def _open(visit: Visit) -> tuple[Kind, TableDraft]:
    """Return the kind of the address and what was begun. Raises Fault to who may not do such acts in the round."""
    kind = KINDS.get(visit.request.path_params["table"])
    if kind is None:
        raise Fault("no-page", 404)
    standings = await visit.reads.rounds.get_standings(visit.subject, visit.request.path_params["round"])
    role = kind.find_role(standings)
    if role is None:
        raise Fault("hidden", 404)
    typed, version = await open_draft(visit, _place(visit))
    return kind, TableDraft(typed or {}, version, role)


async def _save(visit: Visit, seen: int, typed: Typed) -> int | None:
    return await visit.reach.work.save_draft(
        visit.signed_in, _place(visit), seen, write_draft(Draft("", typed))
    )


async def _show(
    visit: Visit, begun: TableDraft, tried: Sequence[TrialRow], notes: BoardNotes, *, status: int = 200
) -> Response:
    round_id, table = visit.request.path_params["round"], visit.request.path_params["table"]
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    context = {
        "round": round_id,
        "names": names,
        "table": table,
        "officer": begun.role is Role.OFFICER,
        "waiting": bool(KINDS[table].tasks),
        "tried": tried,
        "would": sum(item.would for item in tried),
        "seen": sum_up(tried),
        "told": await _tell_acts(visit, round_id, tried),
        "notes": notes,
        "wrong": dict(reversed(notes.faults)),
    }
    return visit.render("rounds/by_table.html", context, status=status, zone=names.words.zone)


async def _tell_acts(
    visit: Visit, round_id: str, tried: Sequence[TrialRow]
) -> Mapping[str, tuple[Line, ...]]:
    """Return what each act says, by its key, with the names of the people in it."""
    lines = {item.act.key: tell_act(item.act) for item in tried}
    named = iter(await name_lines(visit, round_stream(round_id), chain.from_iterable(lines.values())))
    return {key: tuple(islice(named, len(own))) for key, own in lines.items()}


def _place(visit: Visit) -> str:
    """Return where the rows and marks are kept."""
    asked = visit.request.path_params
    return f"by-table {asked['table']} {round_stream(asked['round'])}"


ROUTES = (
    show(TEMPLATE, fetch_table),
    show(PATH, show_table),
    take(PATH, take_table, largest=LARGEST, files=1),
)
