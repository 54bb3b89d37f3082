"""An application that is filled in: the list of its sections, a page for each, and the way to sign all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from portal.applying.checking import CheckedAnswers, check, list_changed, state_of
from portal.applying.filling import Filling, PageSeen, begin_anew, keep_on, open_filling, save
from portal.applying.handed_in import NAME
from portal.applying.handing_in import prepare
from portal.applying.sent_back import find_faulted
from portal.faults import Fault
from portal.forms.attaching import find_file_field
from portal.forms.drawing import Place, draw_section
from portal.forms.faults import find_anchor, link_faults
from portal.forms.moving import move_draft
from portal.forms.typed import ANSWER, Draft, read_typed
from portal.routing import show, take, text_of, version_of
from portal.visit import Visit
from selection.decision.register_views import UnitFact
from selection.forms.faults import AnswerFault
from selection.forms.fields import UnitField
from selection.forms.form import Section

BASES = ("/rounds/{round}/apply", "/applications/{round}/{number}/mend")
LARGEST = 2_000_000
"""Bytes of a section as it is sent [D]: three for each Chinese character, spelt out three times as long."""
FIELDS = 5_000
CHECK, LEAVE, FILE, ROWS = "check", "leave", "file:", "rows:"
KEEP, ANEW = "keep", "anew"
"""What becomes of a draft that was begun before another version was handed in."""
SUGGESTED = 500
"""Units of the register that are offered at most [D]."""


@dataclass(frozen=True)
class PageNotes:
    """What the page of a section says beside the form."""

    faults: Sequence[AnswerFault] = ()
    wrong: Sequence[tuple[str, str]] = field(default=())
    saved: bool = False
    overtaken: bool = False
    moved: bool = False


async def show_list(visit: Visit) -> Response:
    """Show the sections, each with how far it is filled in."""
    return await _show_list(visit, await open_filling(visit), checks=False)


async def hand_in(visit: Visit, form: FormData) -> Response:
    """Check all of the draft and show it to be signed; every fault at once.

    A draft that was begun before another version was handed in is kept or thrown away first, as is chosen.
    """
    filling = await open_filling(visit)
    if filling.closed:
        return await _show_list(visit, filling, checks=False)
    wanted, seen = text_of(form, "do", 20), text_of(form, "base", 100)
    if filling.behind and seen == filling.base and wanted in (KEEP, ANEW):
        await (keep_on if wanted == KEEP else begin_anew)(visit, filling)
        return visit.lead(filling.address)
    given = text_of(form, "form_version", 100)
    if filling.behind or seen != filling.base or given != filling.form.form.version:
        return await _show_list(visit, filling, checks=False, late=True)
    checked = await check(visit, filling)
    if checked.faults:
        return await _show_list(visit, filling, checks=True)
    return await prepare(visit, filling, checked)


async def show_section(visit: Visit) -> Response:
    """Show one section as far as it was filled in; with `check` in the address also what is wrong."""
    filling = await open_filling(visit)
    part = filling.section(visit.request.path_params["section"])
    asked = visit.request.query_params
    faults = (await check(visit, filling)).of_section(part) if CHECK in asked else []
    return await _show_section(visit, filling, part, PageNotes(faults=faults, saved="saved" in asked))


async def take_section(visit: Visit, form: FormData) -> Response:
    """Keep what was typed into a section; then check it and go on, if that is asked for."""
    filling = await open_filling(visit)
    part = filling.section(visit.request.path_params["section"])
    wanted, seen = text_of(form, "do", 200), read_seen(form)
    given = Draft(text_of(form, "form_version", 100), read_typed(form))
    typed, _ = await move_draft(visit, filling.round, NAME, given, filling.form)
    changed = filling.put(part, typed)
    try:
        mark = await save(visit, filling, part.code, seen, changed)
    except Fault as fault:
        wrong = [("", visit.say(f"fault.{fault.code}"))]
        return await _show_section(
            visit, filling.with_draft(changed), part, PageNotes(wrong=wrong), status=413
        )
    if wanted == LEAVE:
        answer = {"version": mark, "closed": filling.closed}
        return JSONResponse(answer, status_code=200 if mark else 409)
    if mark is None:
        return await _tell_overtaken(visit, part, typed=changed.typed)
    if given.form != filling.form.form.version:
        return await _show_section(
            visit, filling.with_draft(changed), part, PageNotes(moved=True), status=409
        )
    return await _go_on(visit, filling.with_draft(changed), part, wanted)


async def _go_on(visit: Visit, filling: Filling, part: Section, wanted: str) -> Response:
    here = f"{filling.address}/{part.code}"
    name = wanted.partition(":")[2]
    if wanted.startswith(FILE) and find_file_field(filling.form.form, name) is not None:
        return visit.lead(f"{here}/{name}")
    if wanted.startswith(ROWS) and name.removeprefix(ANSWER) in filling.form.form.by_code:
        return visit.lead(f"{here}?saved=1#{name}")
    if wanted != CHECK:
        return visit.lead(f"{filling.address}?saved=1")
    faults = (await check(visit, filling)).of_section(part)
    if faults:
        return await _show_section(visit, filling, part, PageNotes(faults=faults), status=422)
    return visit.lead(filling.follow(part))


async def _tell_overtaken(visit: Visit, part: Section, typed: dict[str, tuple[str, ...]]) -> Response:
    """Show what was typed over a section that another window saved since; saved again it takes its place."""
    now = await open_filling(visit)
    shown = now.put(part, typed).with_(saved=now.draft.saved)
    return await _show_section(visit, now.with_draft(shown), part, PageNotes(overtaken=True), status=409)


def read_seen(form: FormData) -> PageSeen:
    """Return what stood on the page that a form was sent from. Raises Fault."""
    return PageSeen(text_of(form, "base", 100), version_of(form))


async def _show_list(visit: Visit, filling: Filling, *, checks: bool, late: bool = False) -> Response:
    """Show the list; `late` tells that it is no more as the page was that the visitor had before them."""
    checked = await check(visit, filling)
    sections = filling.form.form.sections
    pages = {item.code: f"{filling.address}/{part.code}?check=1" for part in sections for item in part.fields}
    linked = link_faults(filling.form, checked.faults, visit.language, pages) if checks else []
    faulted = await find_faulted(visit, filling)
    changed = list_changed(filling) if faulted else ()
    asked = faulted.list_open(filling.form.form, filling.kept, changed) if faulted else frozenset()
    context = {
        "filling": filling,
        "faulted": faulted,
        "sections": [(part, _find_state(visit, filling, part, checked, asked)) for part in sections],
        "linked": linked,
        "saved": "saved" in visit.request.query_params,
        "late": late,
    }
    status = 409 if late or (filling.closed and visit.request.method == "POST") else 422 if linked else 200
    return visit.render("applying/list.html", context, status=status, zone=filling.words.zone)


def _find_state(
    visit: Visit, filling: Filling, part: Section, checked: CheckedAnswers, asked: frozenset[str]
) -> str:
    """Return how far a section is filled in, or that all of it stays; what is wrong with it comes first.

    `asked` are the fields that are still to be corrected, as the check found fault with them.
    """
    state = state_of(part, filling.draft, checked)
    if state != "faulty" and any(item.code in asked for item in part.fields):
        return "to-correct"
    stays = bool(filling.kept) and draw_section(_place(visit, filling), part).stays
    return "stays" if stays and state != "faulty" else state


def _place(
    visit: Visit,
    filling: Filling,
    faults: Sequence[AnswerFault] = (),
    noted: Mapping[str, tuple[str, ...]] | None = None,
) -> Place:
    """Return what sections are drawn with."""
    draft, language = filling.draft, visit.language
    kept = {code: said.zh if language == "zh" else said.en for code, said in filling.kept.items()}
    return Place(filling.form, draft.typed, faults, language, draft.files, noted or {}, kept)


async def _show_section(
    visit: Visit, filling: Filling, part: Section, notes: PageNotes, *, status: int = 200
) -> Response:
    form, draft = filling.form, filling.draft
    faulted = await find_faulted(visit, filling)
    noted = faulted.note(form.form, visit.language) if faulted else {}
    place = _place(visit, filling, notes.faults, noted)
    sections = form.form.sections
    context = {
        "filling": filling,
        "faulted": faulted,
        "section": draw_section(place, part),
        "following": filling.follow(part),
        "number": sections.index(part) + 1,
        "count": len(sections),
        "mark": draft.mark_of(part.code),
        "linked": [*notes.wrong, *link_faults(form, notes.faults, visit.language, titled=False)],
        "notes": notes,
        "units": await _suggest_units(visit, part),
    }
    return visit.render("applying/section.html", context, status=status, zone=filling.words.zone)


async def _suggest_units(visit: Visit, part: Section) -> Sequence[UnitFact]:
    """Return the units in force, where a field of the section takes those of the register alone."""
    if not any(isinstance(item, UnitField) and item.registered for item in part.fields):
        return ()
    return [unit for unit in await visit.reads.units.list_units(visit.subject) if unit.active][:SUGGESTED]


def anchor_of(filling: Filling, name: str) -> str:
    """Return where on its page a field is that has a name of the page."""
    return find_anchor(filling.form, name.removeprefix(ANSWER))


ROUTES = tuple(
    route
    for base in BASES
    for route in (
        show(base, show_list),
        take(base, hand_in),
        show(base + "/{section}", show_section),
        take(base + "/{section}", take_section, largest=LARGEST, fields=FIELDS, draft=True),
    )
)
