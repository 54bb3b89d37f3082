"""One page for every act that has a sheet: the form, kept as a draft until it is checked and shown to be signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from portal.acts.prepared import Line
from portal.acts.preparing import DraftAt, Draftsman
from portal.faults import Fault
from portal.forms.attaching import MOST_INPUTS, files_in, name_files
from portal.forms.drafts import CHECK, DISCARD, LEAVE, discard_draft
from portal.forms.drawing import Place, draw_scores, draw_sections
from portal.forms.faults import link_faults
from portal.forms.moving import move_draft
from portal.forms.typed import Draft, Typed, read_draft, write_draft
from portal.guard.requests import LARGEST
from portal.pages.rounds.offers import READ_FIRST
from portal.routing import show, take, text_of, version_of
from portal.sheets.drawing import link_wrong, show_fields
from portal.sheets.fields import fields_of
from portal.sheets.files import has_files
from portal.sheets.filling import read_fields, tell
from portal.sheets.foreseeing import foresee
from portal.sheets.forms import FormRead, is_scored, lay_out_handed_in, read_form
from portal.sheets.importing import ImportedTable, take_tables
from portal.sheets.inquiry import Inquiry, inquire
from portal.sheets.labels import find_words
from portal.sheets.lines import tell_known, tell_values
from portal.sheets.making import find_unfit, make, pick_reason
from portal.sheets.open_acts import find_role, is_theirs, list_open
from portal.sheets.sent_page import SentFiles, find_all_lost, list_kept, read_sent, sends_files, take_sent
from portal.sheets.setting import Setting, Spot, find_spot
from portal.sheets.sheet import Sheet, Wrong
from portal.sheets.tables.table import SHEETS
from portal.sheets.unfit import Unfit
from portal.sheets.which_unit import ask_unit, read_unit
from portal.visit import Visit
from selection.forms.faults import AnswerFault

PATHS = ("/do/{act}", "/do/{act}/{round}", "/do/{act}/{round}/{part}")
LARGEST_TYPED = 900_000
"""Bytes of a sheet as it is typed [D]."""
FIELDS = 5_000
"""Fields of a sheet at most [D]."""
SEEN = "seen."
"""Begins the name of a field that holds what the engine knew when the page was shown."""


@dataclass(frozen=True)
class PageNotes:
    """What the page says beside the form: faults, what became of the draft, and which version it shows."""

    version: int
    wrong: Sequence[Wrong] = field(default=())
    faults: Sequence[AnswerFault] = field(default=())
    overtaken: bool = False


async def show_sheet(visit: Visit) -> Response:
    """Show the sheet of an act as far as it was filled in; before it, for which unit, to who acts for several."""
    sheet, setting = await _find(visit)
    if not setting.is_of_one_stream:
        return await ask_unit(setting)
    inquiry = await inquire(sheet, setting)
    version, kept = await _read_draft(inquiry.setting)
    draft = kept or Draft("", await _prefill(inquiry))
    return await _show(inquiry, draft, PageNotes(version))


async def take_sheet(visit: Visit, form: FormData) -> Response:
    """Keep what was typed as a draft; then check all of it and show it to be signed, if that is asked for.

    Raises Fault for who acts for several units where the address does not say for which.
    """
    sheet, setting = await _find(visit)
    setting.require_stream()
    wanted, seen, sent = text_of(form, "do", 20), version_of(form), SentFiles()
    if wanted == DISCARD and (left := await discard_draft(setting.visit, _place(setting), form)):
        return left
    if wanted == LEAVE:
        return await _leave(sheet, setting, form)
    inquiry = await inquire(sheet, setting)
    if wanted == DISCARD:
        # Another version stands there than the one that was to be thrown away.
        return await _show_overtaken(inquiry, form)
    if has_files(inquiry.fields):
        there, kept = await _read_draft(setting)
        if there != seen:
            return await _show_overtaken(inquiry, form)
        sent = await take_sent(inquiry, form, kept)
    version, draft = await _keep(setting, form, sent.files)
    if version is None:
        return await _show_overtaken(inquiry, form)
    if wanted != CHECK and not (sent.wrong or sent.faults):
        return visit.lead(f"{setting.path}{'&' if setting.unit else '?'}saved=1")
    tables = await take_tables(sheet, setting, inquiry.fields, form)
    return await _check(inquiry, draft, version, sent.with_wrong(_find_changed(inquiry, form)), tables)


async def _keep(setting: Setting, form: FormData, files: Typed) -> tuple[int | None, Draft]:
    """Keep what was typed, and the files; return the version of the draft, None where another stands there."""
    work, visit = setting.visit.reach.work, setting.visit
    draft = read_sent(form, files)
    return await work.save_draft(
        visit.signed_in, _place(setting), version_of(form), write_draft(draft)
    ), draft


async def _leave(sheet: Sheet, setting: Setting, form: FormData) -> Response:
    """Keep what was typed as somebody pauses: what is ticked then removes no file."""
    kept = (await _read_draft(setting))[1] if has_files(fields_of(sheet)) else None
    version, _ = await _keep(setting, form, await list_kept(sheet, setting, kept, form))
    return JSONResponse({"version": version}, status_code=200 if version else 409)


async def _show_overtaken(inquiry: Inquiry, form: FormData) -> Response:
    """Show what was typed over the version that stands there; of files the draft decides."""
    there, kept = await _read_draft(inquiry.setting)
    draft = read_sent(form, await list_kept(inquiry.sheet, inquiry.setting, kept, form))
    unsent = find_all_lost(inquiry, form, draft.typed)
    return await _show(
        inquiry, draft, PageNotes(there, unsent.wrong, unsent.faults, overtaken=True), status=409
    )


async def _check(
    inquiry: Inquiry, draft: Draft, version: int, sent: SentFiles, tables: Mapping[str, ImportedTable]
) -> Response:
    """Find every fault; where there is none, store what was typed and lead to the page where it is signed."""
    sheet = inquiry.sheet
    if inquiry.form is not None and draft.form not in ("", inquiry.form.form.version):
        return await _show(inquiry, draft, PageNotes(version), status=409)
    filled = read_fields(sheet, inquiry.fields, draft.typed, inquiry.offered)
    form, values = None, filled.values
    if inquiry.form is not None:
        form = read_form(inquiry.form, draft.typed, scored=is_scored(inquiry.fields))
        values = {**values, "scores": form.scores} if form.scores else values
    faults = [*sent.faults, *(form.faults if form is not None else ())]
    wrong = [*sent.wrong, *filled.wrong, *(item for table in tables.values() for item in table.wrong)]
    values = {**values, **{name: table.value for name, table in tables.items()}}
    if not (wrong or faults):
        wrong = find_unfit(inquiry, values, form)
    if not (wrong or faults) and sheet.check is not None:
        wrong = list(sheet.check(values))
    if wrong or faults:
        return await _show(inquiry, draft, PageNotes(version, wrong, faults), status=422)
    lines = [line for table in tables.values() for line in table.lines]
    return await _prepare(inquiry, draft, version, Ready(values, form, lines))


@dataclass(frozen=True)
class Ready:
    """What a sheet says without a fault: values, the form of the rules in it, and the rows of its tables as lines."""

    values: Mapping[str, Any]
    form: FormRead | None
    rows: Sequence[Line]


async def _prepare(inquiry: Inquiry, draft: Draft, version: int, ready: Ready) -> Response:
    setting, values, form = inquiry.setting, ready.values, ready.form
    draftsman = Draftsman(setting.visit, setting.stream, setting.role)
    command = await make(inquiry, values, form, draftsman.store_text)
    wrong = list(await foresee(inquiry.sheet, setting, command))
    if wrong:
        return await _show(inquiry, draft, PageNotes(version, wrong), status=422)
    foretells = inquiry.sheet.foretells
    brought = await foretells(setting, values) if foretells is not None else ()
    return await draftsman.show(
        command,
        (*tell_values(inquiry, values), *ready.rows, *(form.tell() if form else ()), *brought),
        about=setting.spot.title,
        back=setting.path,
        draft=DraftAt(_place(setting), version),
        command_id=setting.new_id,
        because=pick_reason(values),
    )


async def _find(visit: Visit) -> tuple[Sheet, Setting]:
    """Return the act of the address where it is done. Raises Fault or Hidden: another's act is as if it were none."""
    asked = visit.request.path_params
    sheet = SHEETS.get(visit.request.url.path.split("/")[2])
    if sheet is None:
        raise Fault("no-page", 404)
    parts = tuple(str(asked[name]) for name in ("round", "part") if name in asked)
    spot = await find_spot(visit, sheet.where, parts)
    role = find_role(sheet, spot)
    if role is None:
        raise Fault("not-now" if is_theirs(sheet, spot) else "hidden", 404)
    return sheet, Setting(visit, sheet.kind, spot, role, read_unit(visit))


def _find_changed(inquiry: Inquiry, form: FormData) -> list[Wrong]:
    """Return a fault for what the engine knows otherwise than when the page was shown."""
    sheet = inquiry.sheet
    return [
        tell(sheet, name, Unfit("changed"))
        for name, known in inquiry.known.items()
        if name in sheet.asks and sheet.asks[name].seen and text_of(form, SEEN + name) != str(known.value)
    ]


async def _show(inquiry: Inquiry, draft: Draft, notes: PageNotes, *, status: int = 200) -> Response:
    setting, visit = inquiry.setting, inquiry.setting.visit
    sheet = inquiry.sheet
    draft, form = await _draw_form(inquiry, draft, notes)
    context: dict[str, Any] = {
        "setting": setting,
        "read_first": READ_FIRST.get(setting.kind, ""),
        # A draft in which all was unticked holds nothing; what is offered first does not come back.
        "fields": show_fields(
            inquiry, draft.typed if notes.version else draft.typed or None, notes.wrong, visit.language
        ),
        "guidance": find_words(sheet, "guidance"),
        "known": tuple(tell_known(inquiry)),
        "seen": {SEEN + name: known.value for name, known in inquiry.known.items() if sheet.asks[name].seen},
        "notes": notes,
        "others": [other.kind for other in _list_beside(setting.spot) if other is not sheet],
        "material": await lay_out_handed_in(setting) if sheet.material else None,
        "files": sends_files(inquiry),
        "open": inquiry.is_open,
        **form,
    }
    wrong = notes.wrong if inquiry.is_open else ()
    context["linked"] = [*link_wrong(inquiry, wrong, visit.language), *form["linked"]]
    return visit.render("do/form.html", context, status=status, zone=setting.spot.zone)


async def _draw_form(inquiry: Inquiry, draft: Draft, notes: PageNotes) -> tuple[Draft, dict[str, Any]]:
    """Return the draft under the names of the form in force, and the form of the rules as it is drawn."""
    form, setting = inquiry.form, inquiry.setting
    nothing: dict[str, Any] = {
        "form": None,
        "sections": (),
        "scores": (),
        "linked": [],
        "moved": False,
        "dropped": (),
    }
    if form is None:
        return draft, nothing
    name = next(field.ask.form for field in inquiry.fields if field.ask.form is not None)
    typed, dropped = await move_draft(setting.visit, setting.spot.round, name, draft, form)
    named, language = name_files(form.form, typed), setting.visit.language
    place = Place(form, named, notes.faults, language, files_in(typed))
    return Draft(draft.form, typed), {
        "form": form.form,
        "sections": draw_sections(place),
        "scores": draw_scores(place) if is_scored(inquiry.fields) else (),
        "linked": link_faults(form, notes.faults, setting.visit.language),
        "moved": draft.form not in ("", form.form.version),
        "dropped": dropped,
    }


async def _prefill(inquiry: Inquiry) -> Typed:
    """Return what stands in a form before anything was typed."""
    prefill = inquiry.sheet.prefill
    return await prefill(inquiry.setting, inquiry.form) if prefill is not None else {}


async def _read_draft(setting: Setting) -> tuple[int, Draft | None]:
    """Return the version of the draft that is kept, 0 where there is none, and what it holds."""
    kept = await setting.visit.reach.work.read_draft(setting.visit.signed_in, _place(setting))
    return (kept.version, read_draft(kept.body)) if kept else (0, None)


def _list_beside(spot: Spot) -> tuple[Sheet, ...]:
    """Return what else is open in a place; of a round its desk says that, which knows what was decided so far."""
    return () if spot.kind == "round" else list_open(spot)


def _place(setting: Setting) -> str:
    return f"do {setting.kind} {setting.spot.path}" + (f" {setting.unit}" if setting.unit else "")


def _with_files() -> list[str]:
    """Return the addresses of the acts that take files, whose bodies are large."""
    kinds = [kind for kind, sheet in SHEETS.items() if has_files(fields_of(sheet))]
    return [path.replace("{act}", kind) for kind in kinds for path in PATHS]


ROUTES = (
    *(show(path, show_sheet) for path in PATHS),
    *(
        take(path, take_sheet, largest=LARGEST, fields=FIELDS, files=MOST_INPUTS, draft=True)
        for path in _with_files()
    ),
    *(take(path, take_sheet, largest=LARGEST_TYPED, fields=FIELDS, draft=True) for path in PATHS),
)
