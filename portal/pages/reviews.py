"""The review of an application: the round's form beside what was handed in, kept as a draft until it is signed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from portal.acts.awaited_task import AwaitedTask, find_awaited
from portal.acts.preparing import DraftAt, Draftsman
from portal.forms.attaching import (
    MOST_INPUTS,
    attach_files,
    files_in,
    find_lost,
    has_files,
    name_files,
)
from portal.forms.drafts import CHECK, DISCARD, LEAVE, discard_draft
from portal.forms.drawing import Place, draw_scores, draw_sections
from portal.forms.faults import link_faults
from portal.forms.moving import keep_moved, move_draft
from portal.forms.typed import Draft, Typed, read_draft, read_typed, write_draft
from portal.guard.requests import LARGEST
from portal.routing import show, take, text_of, version_of
from portal.sheets.forms import FormRead, read_form
from portal.shown.answers import LaidOut, lay_out
from portal.visit import Visit
from reading.errors import Hidden
from reading.models import RoundForm
from selection.application.review.commands import SubmitReview
from selection.forms.faults import AnswerFault
from selection.kernel.actor import Role

PATH = "/reviews/{round}/{number}"
TASK = "review"
FIELDS = 5_000
"""Fields of a review at most [D]: of a table, each cell of each row is one."""


@dataclass(frozen=True)
class PageNotes:
    """What the page says beside the form: faults, what became of the draft, and which version it shows."""

    version: int
    faults: Sequence[AnswerFault] = field(default=())
    overtaken: bool = False


async def show_review(visit: Visit) -> Response:
    """Show the review as far as it was typed."""
    awaited = await find_awaited(visit, TASK)
    version, draft = await read_kept(visit, awaited)
    return await _show(visit, awaited, draft, PageNotes(version))


async def take_review(visit: Visit, form: FormData) -> Response:
    """Keep what was typed as a draft; then check all of it and show it to be signed, if that is asked for."""
    awaited = await find_awaited(visit, TASK)
    wanted = text_of(form, "do", 20)
    if wanted == DISCARD and (left := await discard_draft(visit, place_of(awaited), form)):
        return left
    there, kept = await read_kept(visit, awaited)
    had = await _keep_files(visit, awaited, kept, form)
    if wanted == LEAVE:
        version = await _save(visit, awaited, _read_sent(form, had), version_of(form))
        return JSONResponse({"version": version}, status_code=200 if version else 409)
    found = await visit.reads.forms.get_form(visit.subject, awaited.round, "review")
    if wanted == DISCARD or there != version_of(form):
        return await _show_overtaken(visit, awaited, found, form)
    files, unsent = await attach_files(visit, found.form, form, had, awaited.round)
    draft = _read_sent(form, files)
    version = await _save(visit, awaited, draft, there)
    if version is None:
        return await _show_overtaken(visit, awaited, found, form)
    if wanted != CHECK and not unsent:
        return visit.lead(f"{visit.here}?saved=1")
    if draft.form not in ("", found.form.version):
        return await _show(visit, awaited, draft, PageNotes(version), status=409)
    read = read_form(found, draft.typed, scored=True)
    if faults := [*unsent, *read.faults]:
        return await _show(visit, awaited, draft, PageNotes(version, faults=faults), status=422)
    return await _prepare(visit, awaited, read, version)


async def read_kept(visit: Visit, awaited: AwaitedTask) -> tuple[int, Draft]:
    """Return the version of the draft that is kept, 0 where there is none, and what it holds."""
    kept = await visit.reach.work.read_draft(visit.signed_in, place_of(awaited))
    return (kept.version, read_draft(kept.body)) if kept else (0, Draft("", {}))


async def _keep_files(visit: Visit, awaited: AwaitedTask, kept: Draft, form: FormData) -> Typed:
    """Return the files of a draft as the page names them."""
    return await keep_moved(visit, awaited.round, "review", kept, text_of(form, "form_version", 100))


def _read_sent(form: FormData, files: Typed) -> Draft:
    return Draft(text_of(form, "form_version", 100), {**read_typed(form), **files})


async def _show_overtaken(visit: Visit, awaited: AwaitedTask, found: RoundForm, form: FormData) -> Response:
    """Show what was typed over the version that stands there; of files the draft decides."""
    there, kept = await read_kept(visit, awaited)
    draft = _read_sent(form, await _keep_files(visit, awaited, kept, form))
    unsent = find_lost(found.form, form, draft.typed)
    return await _show(visit, awaited, draft, PageNotes(there, unsent, overtaken=True), status=409)


async def _prepare(visit: Visit, awaited: AwaitedTask, read: FormRead, version: int) -> Response:
    draftsman = Draftsman(visit, awaited.stream, Role.EXPERT)
    stored = await read.store(draftsman.store_text)
    return await draftsman.show(
        SubmitReview(scores=read.scores, form=stored),
        tuple(read.tell()),
        about=awaited.view.row,
        back=visit.here,
        draft=DraftAt(place_of(awaited), version),
    )


async def _save(visit: Visit, awaited: AwaitedTask, draft: Draft, version: int) -> int | None:
    return await visit.reach.work.save_draft(visit.signed_in, place_of(awaited), version, write_draft(draft))


async def _show(
    visit: Visit, awaited: AwaitedTask, draft: Draft, notes: PageNotes, *, status: int = 200
) -> Response:
    form = await visit.reads.forms.get_form(visit.subject, awaited.round, "review")
    typed, dropped = await move_draft(visit, awaited.round, "review", draft, form)
    place = Place(form, name_files(form.form, typed), notes.faults, visit.language, files_in(typed))
    context = {
        "awaited": awaited,
        "row": awaited.view.row,
        "form": form.form,
        "scores": draw_scores(place),
        "top": sum(item.top for item in form.criteria),
        "sections": draw_sections(place),
        "linked": link_faults(form, notes.faults, visit.language),
        "notes": notes,
        "moved": draft.form not in ("", form.form.version),
        "dropped": dropped,
        "files": has_files(form.form),
        "application": await _lay_out(visit, awaited),
    }
    return visit.render("reviews/form.html", context, status=status, zone=awaited.words.zone)


async def _lay_out(visit: Visit, awaited: AwaitedTask) -> LaidOut:
    try:
        filled = await visit.reads.forms.get_answers(visit.subject, awaited.stream)
    except Hidden:
        return LaidOut()
    return lay_out(filled, {item.id for item in awaited.view.contents})


def place_of(awaited: AwaitedTask) -> str:
    """Return where the draft of a review is kept."""
    return f"review {awaited.stream}"


ROUTES = (
    show(PATH, show_review),
    take(PATH, take_review, largest=LARGEST, fields=FIELDS, files=MOST_INPUTS, draft=True),
)
