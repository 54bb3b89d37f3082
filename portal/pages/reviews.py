"""The review of an application: the round's form beside what was handed in, kept as a draft until it is signed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from portal.acts.awaited_task import AwaitedTask, find_awaited
from portal.acts.prepared import Line
from portal.acts.preparing import DraftAt, Draftsman
from portal.forms.drafts import CHECK, DISCARD, LEAVE, discard_draft
from portal.forms.drawing import Place, draw_scores, draw_sections
from portal.forms.faults import link_faults
from portal.forms.moving import move_draft
from portal.forms.telling import tell_answers, tell_scores
from portal.forms.typed import Draft, Typed, answers_in, read_draft, read_typed, scores_in, write_draft
from portal.routing import show, take, text_of, version_of
from portal.visit import Visit
from reading.errors import Hidden
from reading.models import RoundForm
from selection.application.review.commands import SubmitReview
from selection.forms.checking import AnswerChecker
from selection.forms.faults import AnswerFault
from selection.forms.json_text import Json
from selection.forms.raw_answers import read_raw
from selection.kernel.actor import Role
from starter.papers.answers import lay_out_answers
from starter.people.handing_in import find_faults, store_form
from starter.people.typed_scores import find_score_faults, read_scores

PATH = "/reviews/{round}/{number}"
TASK = "review"
LARGEST = 900_000
"""Bytes of a review as it is typed [D]."""
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
    kept = await visit.reach.work.read_draft(visit.signed_in, _place(awaited))
    draft = read_draft(kept.body) if kept else Draft("", {})
    return await _show(visit, awaited, draft, PageNotes(kept.version if kept else 0))


async def take_review(visit: Visit, form: FormData) -> Response:
    """Keep what was typed as a draft; then check all of it and show it to be signed, if that is asked for."""
    awaited = await find_awaited(visit, TASK)
    typed, wanted = read_typed(form), text_of(form, "do", 20)
    if wanted == DISCARD and (left := await discard_draft(visit, _place(awaited), form)):
        return left
    draft = Draft(text_of(form, "form_version", 100), typed)
    version = None if wanted == DISCARD else await _save(visit, awaited, draft, version_of(form))
    if wanted == LEAVE:
        return JSONResponse({"version": version}, status_code=200 if version else 409)
    if version is None:
        kept = await visit.reach.work.read_draft(visit.signed_in, _place(awaited))
        notes = PageNotes(kept.version if kept else 0, overtaken=True)
        return await _show(visit, awaited, draft, notes, status=409)
    if wanted != CHECK:
        return visit.lead(f"{visit.here}?saved=1")
    found = await visit.reads.forms.get_form(visit.subject, awaited.round, "review")
    if draft.form not in ("", found.form.version):
        return await _show(visit, awaited, draft, PageNotes(version), status=409)
    answers = read_raw(found.form, answers_in(found.form, typed), lambda path, written: None)
    faults = _find_faults(found, typed, answers)
    if faults:
        return await _show(visit, awaited, draft, PageNotes(version, faults=faults), status=422)
    return await _prepare(visit, awaited, found, draft.typed, answers, version)


def _find_faults(form: RoundForm, typed: Typed, answers: Json) -> list[AnswerFault]:
    of_answers = find_faults(AnswerChecker(form.form, form), answers, {})
    return [*find_score_faults(form, scores_in(typed)), *of_answers]


async def _prepare(
    visit: Visit, awaited: AwaitedTask, form: RoundForm, typed: Typed, answers: Json, version: int
) -> Response:
    assert isinstance(answers, dict)
    draftsman = Draftsman(visit, awaited.stream, Role.EXPERT)
    scores = read_scores(scores_in(typed))
    stored = await store_form(form.form, answers, draftsman.store_text)
    lines: tuple[Line, ...] = (*tell_scores(form, scores), *tell_answers(form, answers))
    return await draftsman.show(
        SubmitReview(scores=scores, form=stored),
        lines,
        about=awaited.view.row,
        back=visit.here,
        draft=DraftAt(_place(awaited), version),
    )


async def _save(visit: Visit, awaited: AwaitedTask, draft: Draft, version: int) -> int | None:
    return await visit.reach.work.save_draft(visit.signed_in, _place(awaited), version, write_draft(draft))


async def _show(
    visit: Visit, awaited: AwaitedTask, draft: Draft, notes: PageNotes, *, status: int = 200
) -> Response:
    form = await visit.reads.forms.get_form(visit.subject, awaited.round, "review")
    typed, dropped = await move_draft(visit, awaited.round, "review", draft, form)
    place = Place(form, typed, notes.faults, visit.language)
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
        "application": await _lay_out(visit, awaited),
    }
    return visit.render("reviews/form.html", context, status=status, zone=awaited.words.zone)


async def _lay_out(visit: Visit, awaited: AwaitedTask) -> tuple[object, ...]:
    try:
        return tuple(lay_out_answers(await visit.reads.forms.get_answers(visit.subject, awaited.stream)))
    except Hidden:
        return ()


def _place(awaited: AwaitedTask) -> str:
    return f"review {awaited.stream}"


ROUTES = (show(PATH, show_review), take(PATH, take_review, largest=LARGEST, fields=FIELDS))
