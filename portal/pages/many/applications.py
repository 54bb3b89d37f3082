"""Many applications of one's own from one table: sent with its files, each row tried, then signed together."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from portal.acts.bundles import AT_MOST, ChosenAct, Together, path_of_bundle, prepare_bundle
from portal.acts.prepared import Line
from portal.acts.preparing import Title
from portal.applying.many import Many, ManyDraft, discard, open_many, save_many
from portal.applying.many_rows import FilesOfTable
from portal.applying.many_sending import find_stored, lay_out, take_files, take_table
from portal.applying.many_trying import TriedRow, sum_up, try_many
from portal.applying.numbers import require_numbers
from portal.faults import Fault
from portal.forms.drafts import CHECK, DISCARD
from portal.forms.telling import tell_application
from portal.guard.requests import LARGEST
from portal.routing import show, take, text_of, version_of
from portal.shown.downloads import XLSX, attach_as
from portal.visit import Visit
from portal.wording.many import WORDS
from reading.models import ShownApplication
from selection.application.commands import Submit
from selection.application.submission import Submission
from selection.kernel.actor import Role
from selection.kernel.model import Ref
from starter.people.handing_in import store_answers
from tables.grid import COLUMN_LIMIT
from tables.template import template_xlsx

PATH = "/rounds/{round}/apply-many"
TEMPLATE = f"{PATH}/template.xlsx"
ROW = f"{PATH}/{{row}}"
FILES = 200
"""Files that are sent at once besides the table, at most [D]."""
SHOWN = 200
"""Rows that the page shows [D]; of the others it says how many they are."""
STORED_AT_ONCE = 4
"""Rows whose answers are stored side by side [D]."""
TABLE, FILE, READ, TRY, NEW_VERSIONS = "table", "files", "read", "try", "new-versions"


@dataclass(frozen=True)
class ManyNotes:
    """What the page says beside the rows: faults by field, whether another window was faster, whether files came."""

    faults: Sequence[tuple[str, str]] = field(default=())
    overtaken: bool = False


async def show_many(visit: Visit) -> Response:
    """Show where table and files are sent, and what each row of the table that was read last would do."""
    many = await open_many(visit)
    return await _show(visit, many, await try_many(visit, many), ManyNotes())


async def take_many(visit: Visit, form: FormData) -> Response:
    """Take files and a table; or try the rows anew; or show those to be signed that come next; or begin anew."""
    many, seen, wanted = await open_many(visit), version_of(form), text_of(form, "do", 20)
    if seen != many.version:
        return await _tell_overtaken(visit, many)
    if wanted == READ:
        return await _read(visit, many, form)
    if wanted == DISCARD:
        await discard(visit, many)
        return visit.lead(many.address)
    asked = many.draft.with_(new_versions=text_of(form, NEW_VERSIONS, 10) == "yes")
    saved = await save_many(visit, many, many.version, asked)
    if saved is None:
        return await _tell_overtaken(visit, many)
    tried = await try_many(visit, saved)
    if wanted != CHECK:
        return await _show(visit, saved, tried, ManyNotes())
    fault = _find_fault(tried, text_of(form, "seen", 100))
    if fault:
        return await _show(
            visit, saved, tried, ManyNotes([("tried", visit.say(f"many.{fault}"))]), status=422
        )
    return await _prepare(visit, saved, tried)


async def fetch_template(visit: Visit) -> Response:
    """Send the empty table of the round's form. Raises Fault for a form that no table can hold."""
    many = await open_many(visit)
    sheets = lay_out(many)
    if sheets is None:
        raise Fault("form-too-wide", 409)
    body = template_xlsx(sheets.main, int(visit.language == "zh"), tuple(sheets.further.values()))
    return attach_as(body, f"{sheets.main.code}.xlsx", XLSX)


async def show_row(visit: Visit) -> Response:
    """Show all answers of a row as they would be handed in."""
    many, asked = await open_many(visit), visit.request.path_params["row"]
    if asked not in map(str, range(1, len(many.rows) + 1)):
        raise Fault("hidden", 404)
    kept = many.rows[int(asked) - 1]
    answers, files = next(many.fill([kept])).refer({})
    assert isinstance(answers, dict)
    lines = tuple(tell_application(many.form, answers, files))
    context = {"many": many, "key": kept.key, "lines": lines}
    return visit.render("applying/many_row.html", context, zone=many.words.zone)


async def _read(visit: Visit, many: Many, form: FormData) -> Response:
    """Keep the files that were sent and, if a table was sent and has no fault, its rows in place of those before."""
    sent = [item for item in form.getlist(FILE) if isinstance(item, UploadFile) and item.filename]
    table = form.get(TABLE)
    has_table = isinstance(table, UploadFile) and bool(table.filename)
    if not (sent or has_table):
        faults = [(TABLE, visit.say("many.nothing-sent"))]
        return await _show(visit, many, await try_many(visit, many), ManyNotes(faults), status=422)
    found = await take_files(visit, many, sent)
    # Rows that were read before are to be read again with the files that came: they may be others of the same name.
    begun = ManyDraft(files=found.files, new_versions=many.draft.new_versions) if sent else many.draft
    saved = await save_many(visit, many, many.version, begun)
    if saved is None:
        return await _tell_overtaken(visit, await open_many(visit))
    faults = [(FILE, fault) for fault in found.faults]
    if isinstance(table, UploadFile) and has_table:
        rows = await take_table(visit, saved, table)
        if isinstance(rows, list):
            faults += [(TABLE, fault) for fault in rows]
        else:
            read = saved.draft.with_(form=many.form.form.version, rows=rows)
            saved = await save_many(visit, saved, saved.version, read)
            if saved is None:
                return await _tell_overtaken(visit, await open_many(visit))
    if faults:
        many = await open_many(visit)
        return await _show(visit, many, await try_many(visit, many), ManyNotes(faults), status=422)
    return visit.lead(many.address)


def _find_fault(tried: Sequence[TriedRow], seen: str) -> str:
    """Return by a word why nothing can be signed; empty where something can."""
    if not any(item.next for item in tried):
        return "none-would"
    return "" if seen == sum_up(tried) else "changed"


async def _prepare(visit: Visit, many: Many, tried: Sequence[TriedRow]) -> Response:
    """Store what the rows that come next answer, and lead to where they are signed; the draft stays until the last."""
    chosen = [item for item in tried if item.next]
    last = len(chosen) == sum(item.change != "as-before" for item in tried)
    form = many.form.form
    refs = FilesOfTable(form, {}, [many.rows[item.place - 1].typed for item in chosen]).refs
    before = await find_stored(visit, refs)
    slots = asyncio.Semaphore(STORED_AT_ONCE)

    async def store(item: TriedRow) -> Submission:
        async with slots:
            return await _store(visit, many, item, before)

    versions = await asyncio.gather(*(store(item) for item in chosen))
    together = Together(
        round=many.round,
        role=Role.APPLICANT,
        lines=(),
        back=many.address,
        change=many.address,
        draft=many.place if last else "",
        draft_version=many.version if last else 0,
    )
    await require_numbers(
        visit, many.round, [item.row.act.command_id for item in chosen if item.row.act.number is None]
    )
    # One after the other: numbers follow the order of the table.
    acts = [await _choose(visit, many, item, version) for item, version in zip(chosen, versions, strict=True)]
    bundle = await prepare_bundle(visit, acts, together)
    return visit.lead(path_of_bundle(bundle.id))


async def _store(visit: Visit, many: Many, item: TriedRow, before: dict[str, Ref]) -> Submission:
    """Store the answers of a row, and return the version that they are."""
    client = await visit.portal.backend.client()

    async def put_text(text: str) -> Ref:
        return await client.store_text(text, person=visit.subject.person, log=many.round)

    answers, _ = item.row.filled.refer(before)
    assert isinstance(answers, dict)
    return await store_answers(many.form.form, answers, put_text)


async def _choose(visit: Visit, many: Many, item: TriedRow, version: Submission) -> ChosenAct:
    """Return the act that hands in a row; an application that is new gets its number."""
    row = item.row
    stream = row.stream(many.round)
    if row.act.number is None:
        client = await visit.portal.backend.client()
        stream = await client.new_application(many.round, visit.subject.person, row.act.command_id)
    shown = ShownApplication(
        round=many.round,
        number=stream.rpartition("/")[2],
        name_en=version.name_en,
        name_zh=version.name_zh,
    )
    return ChosenAct(
        stream=stream,
        command=Submit(submission=version),
        title=Title.of(shown),
        lines=tuple(_tell_row(item)),
        command_id=row.act.command_id,
    )


def _tell_row(item: TriedRow) -> list[Line]:
    """Return what the page on which rows are signed says of one."""
    host = item.row.version.host
    (row_en, row_zh), (host_en, host_zh), (change_en, change_zh) = (
        WORDS[word] for word in ("row", "host", item.change)
    )
    return [
        Line(en=row_en, zh=row_zh, value_en=item.row.item.key, value_zh=item.row.item.key),
        Line(
            en=host_en,
            zh=host_zh,
            value_en=host.name_en or host.name_zh or host.code,
            value_zh=host.name_zh or host.name_en or host.code,
        ),
        Line(en=WORDS["what"][0], zh=WORDS["what"][1], value_en=change_en, value_zh=change_zh),
    ]


async def _tell_overtaken(visit: Visit, many: Many) -> Response:
    return await _show(visit, many, await try_many(visit, many), ManyNotes(overtaken=True), status=409)


async def _show(
    visit: Visit, many: Many, tried: Sequence[TriedRow], notes: ManyNotes, *, status: int = 200
) -> Response:
    shown = [item for item in tried if item.change != "as-before"]
    counts = Counter(item.change for item in tried)
    files = FilesOfTable(many.form.form, {}, [row.typed for row in many.rows]) if many.rows else None
    context: dict[str, Any] = {
        "many": many,
        "tried": shown[:SHOWN],
        "more": max(len(shown) - SHOWN, 0),
        "total": len(tried),
        "counts": {change: counts[change] for change in ("new", "new-version", "as-before")},
        "next": sum(item.next for item in tried),
        "would": sum(item.would for item in tried),
        "seen": sum_up(tried),
        "unused": len(many.draft.files.keys() - files.named) if files else 0,
        "limits": {"files": FILES, "megabytes": LARGEST // 1_048_576, "acts": AT_MOST},
        "too_wide": "" if lay_out(many) else visit.say("many.form-too-wide", limit=COLUMN_LIMIT - 1),
        "notes": notes,
        "wrong": dict(reversed(notes.faults)),
    }
    return visit.render("applying/many.html", context, status=status, zone=many.words.zone)


ROUTES = (
    show(TEMPLATE, fetch_template),
    show(PATH, show_many),
    take(PATH, take_many, largest=LARGEST, files=FILES + 1),
    show(ROW, show_row),
)
