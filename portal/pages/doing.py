"""One page for every act that has a sheet: the form, kept as a draft until it is checked and shown to be signed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from portal.acts.preparing import Draftsman
from portal.faults import Fault
from portal.forms.typed import ANSWER, SCORE, Draft, read_draft, read_typed, write_draft
from portal.routing import show, take, text_of
from portal.sheets.filling import FIELD, Unfit, read_fields, tell
from portal.sheets.foreseeing import foresee
from portal.sheets.inquiry import Inquiry, inquire
from portal.sheets.labels import find_words
from portal.sheets.making import find_unfit, make
from portal.sheets.open_acts import find_role, is_theirs, list_open
from portal.sheets.setting import Setting, find_spot
from portal.sheets.sheet import Sheet, Wrong
from portal.sheets.shown import link_wrong, show_fields
from portal.sheets.table import SHEETS
from portal.sheets.told import tell_values
from portal.visit import Visit
from reading.errors import Hidden
from starter.papers.answers import lay_out_answers

PATHS = ("/do/{act}", "/do/{act}/{round}", "/do/{act}/{round}/{part}")
LARGEST = 900_000
"""Bytes of a sheet as it is typed [D]."""
FIELDS = 5_000
"""Fields of a sheet at most [D]."""
CHECK, LEAVE = "check", "leave"
SEEN = "seen."
"""Begins the name of a field that holds what the engine knew when the page was shown."""


@dataclass(frozen=True)
class Told:
    """What the page says beside the form: faults, what became of the draft, and which version it shows."""

    version: int
    wrong: Sequence[Wrong] = field(default=())
    saved: bool = False
    overtaken: bool = False


async def show_sheet(visit: Visit) -> Response:
    """Show the sheet of an act as far as it was filled in."""
    inquiry = await inquire(*await _find(visit))
    kept = await visit.reach.work.read_draft(visit.signed_in, _place(inquiry.setting))
    draft = read_draft(kept.body) if kept else Draft("", {})
    saved = "saved" in visit.request.query_params and kept is not None
    return await _show(inquiry, draft, Told(kept.version if kept else 0, saved=saved))


async def take_sheet(visit: Visit, form: FormData) -> Response:
    """Keep what was typed as a draft; then check all of it and show it to be signed, if that is asked for."""
    sheet, setting = await _find(visit)
    draft = Draft(text_of(form, "form_version", 100), read_typed(form, (FIELD, ANSWER, SCORE)))
    place, wanted = _place(setting), text_of(form, "do", 20)
    version = await visit.reach.work.save_draft(
        visit.signed_in, place, _read_version(form), write_draft(draft)
    )
    if wanted == LEAVE:
        return JSONResponse({"version": version}, status_code=200 if version else 409)
    inquiry = await inquire(sheet, setting)
    if version is None:
        kept = await visit.reach.work.read_draft(visit.signed_in, place)
        return await _show(inquiry, draft, Told(kept.version if kept else 0, overtaken=True), status=409)
    if wanted != CHECK:
        return visit.lead(f"{setting.path}?saved=1")
    return await _check(inquiry, draft, version, _find_changed(inquiry, form))


async def _check(inquiry: Inquiry, draft: Draft, version: int, changed: list[Wrong]) -> Response:
    """Find every fault; where there is none, store what was typed and lead to the page where it is signed."""
    sheet, setting = inquiry.sheet, inquiry.setting
    filled = read_fields(sheet, inquiry.fields, draft.typed, inquiry.offered)
    wrong = [*changed, *filled.wrong]
    wrong = wrong or find_unfit(inquiry, filled.values)
    if not wrong and sheet.check is not None:
        wrong = list(await sheet.check(setting, filled.values))
    if wrong:
        return await _show(inquiry, draft, Told(version, wrong), status=422)
    draftsman = Draftsman(setting.visit, setting.stream, setting.role)
    command = await make(inquiry, filled.values, draftsman.store_text)
    wrong = list(await foresee(sheet, setting, command))
    if wrong:
        return await _show(inquiry, draft, Told(version, wrong), status=422)
    return await draftsman.show(
        command,
        tuple(tell_values(inquiry, filled.values)),
        about=setting.spot.title,
        back=setting.path,
        draft=_place(setting),
        command_id=setting.new_id,
    )


async def _find(visit: Visit) -> tuple[Sheet, Setting]:
    """Return the act of the address where it is done. Raises Fault or Hidden: another's act is as if it were none."""
    asked = visit.request.path_params
    sheet = SHEETS.get(asked["act"])
    if sheet is None:
        raise Fault("no-page", 404)
    parts = tuple(str(asked[name]) for name in ("round", "part") if name in asked)
    spot = await find_spot(visit, sheet.where, parts)
    role = find_role(sheet, spot)
    if role is None:
        raise Fault("not-now" if is_theirs(sheet, spot) else "hidden", 404)
    return sheet, Setting(visit, sheet.kind, spot, role)


def _find_changed(inquiry: Inquiry, form: FormData) -> list[Wrong]:
    """Return a fault for what the engine knows otherwise than when the page was shown."""
    sheet = inquiry.sheet
    return [
        tell(sheet, name, Unfit("changed"))
        for name, known in inquiry.known.items()
        if name in sheet.asks and sheet.asks[name].seen and text_of(form, SEEN + name) != str(known.value)
    ]


async def _show(inquiry: Inquiry, draft: Draft, told: Told, *, status: int = 200) -> Response:
    sheet, setting, visit = inquiry.sheet, inquiry.setting, inquiry.setting.visit
    seen = {SEEN + name: known.value for name, known in inquiry.known.items() if sheet.asks[name].seen}
    context: dict[str, Any] = {
        "setting": setting,
        "fields": show_fields(inquiry, draft.typed, told.wrong, visit.language),
        "linked": link_wrong(inquiry, told.wrong, visit.language),
        "guidance": find_words(sheet, "guidance"),
        "seen": seen,
        "told": told,
        "others": [other.kind for other in list_open(setting.spot) if other is not sheet],
        "material": await _lay_out(setting) if sheet.material else None,
    }
    return visit.render("do/form.html", context, status=status, zone=setting.spot.zone)


async def _lay_out(setting: Setting) -> tuple[object, ...]:
    """Return what was handed in, as far as it shows."""
    reads = setting.visit.reads.forms
    try:
        return tuple(lay_out_answers(await reads.get_answers(setting.visit.subject, setting.spot.stream)))
    except Hidden:
        return ()


def _place(setting: Setting) -> str:
    return f"do {setting.kind} {setting.spot.path}"


def _read_version(form: FormData) -> int:
    given = text_of(form, "version", 18)
    if not (given.isascii() and given.isdigit()):
        raise Fault("form-unfit")
    return int(given)


ROUTES = (
    *(show(path, show_sheet) for path in PATHS),
    *(take(path, take_sheet, largest=LARGEST, fields=FIELDS) for path in PATHS),
)
