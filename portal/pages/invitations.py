"""An expert's invitation to a panel: accepted with the pledge, declined, or answered with a conflict of interest."""

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from portal.acts.awaited_task import AwaitedTask, find_awaited
from portal.acts.prepared import Line
from portal.acts.preparing import DraftAt, Draftsman
from portal.forms.drafts import DISCARD, LEAVE, SAVE, DraftNotes, discard_draft, open_draft, save_draft
from portal.forms.typed import Typed, read_typed
from portal.places import find_names
from portal.routing import show, take, text_of
from portal.visit import Visit
from portal.wording.invitations import WORDS
from selection.application.review.commands import AcceptInvitation, DeclareConflict, DeclineInvitation
from selection.kernel.actor import Role
from selection.kernel.counting import fill

PATH = "/invitations/{round}/{number}"
TASK = "answer-invitation"
ANSWERS = ("accept", "decline", "conflict")
LONGEST = 5_000
LARGEST = 200_000
"""Bytes of an answer as it is typed [D]."""
FIELDS = ("answer", "pledge", "text")


async def show_invitation(visit: Visit) -> Response:
    """Show what the expert is asked for, and the three answers, as far as one was typed."""
    awaited = await find_awaited(visit, TASK)
    typed, version = await open_draft(visit, _place(awaited))
    return await _show(visit, awaited, _each_of(typed or {}), DraftNotes(version))


async def answer_invitation(visit: Visit, form: FormData) -> Response:
    """Keep the answer as a draft; then check it, every fault at once, and show it to be signed."""
    awaited, wanted = await find_awaited(visit, TASK), text_of(form, "do", 20)
    place, typed = _place(awaited), read_typed(form, FIELDS)
    if wanted == DISCARD and (left := await discard_draft(visit, place, form)):
        return left
    version = None if wanted == DISCARD else await save_draft(visit, place, form, typed)
    if wanted == LEAVE:
        return JSONResponse({"version": version}, status_code=200 if version else 409)
    if version is None:
        _, there = await open_draft(visit, place)
        return await _show(visit, awaited, _each_of(typed), DraftNotes(there, overtaken=True), status=409)
    if wanted == SAVE:
        return visit.lead(f"{visit.here}?saved=1")
    faults = _find_faults(visit, _each_of(typed))
    if faults:
        return await _show(visit, awaited, _each_of(typed), DraftNotes(version, faults), status=422)
    return await _prepare(visit, awaited, _each_of(typed), version)


def _each_of(typed: Typed) -> dict[str, str]:
    """Return what stands in each field, empty where nothing does."""
    return {name: typed.get(name, ("",))[0].strip() for name in FIELDS}


def _find_faults(visit: Visit, typed: Mapping[str, str]) -> list[tuple[str, str]]:
    found = []
    if typed["answer"] not in ANSWERS:
        found.append(("answer-1", "no-answer"))
    if typed["answer"] == "accept" and not typed["pledge"]:
        found.append(("pledge", "no-pledge"))
    if typed["answer"] == "conflict" and not typed["text"]:
        found.append(("text", "no-text"))
    if len(typed["text"]) > LONGEST:
        found.append(("text", "too-long"))
    return [(field, visit.say(f"invitations.{name}", limit=LONGEST)) for field, name in found]


async def _prepare(visit: Visit, awaited: AwaitedTask, typed: Mapping[str, str], version: int) -> Response:
    draftsman = Draftsman(visit, awaited.stream, Role.EXPERT)
    text = typed["text"]
    lines: tuple[Line, ...] = ()
    command: AcceptInvitation | DeclineInvitation | DeclareConflict
    if typed["answer"] == "accept":
        pledge = fill(WORDS["pledge"][visit.language == "zh"], _name_application(awaited))
        command = AcceptInvitation(pledge=await draftsman.store_text(pledge))
        lines = (Line.of_text(*WORDS["pledge-label"], pledge),)
    elif typed["answer"] == "decline":
        command = DeclineInvitation(reason=await draftsman.store_text(text) if text else None)
        lines = (Line.of_text(*WORDS["reason-label"], text),) if text else ()
    else:
        command = DeclareConflict(text=await draftsman.store_text(text))
        lines = (Line.of_text(*WORDS["conflict-label"], text),)
    draft = DraftAt(_place(awaited), version)
    return await draftsman.show(command, lines, about=awaited.view.row, back=visit.here, draft=draft)


async def _show(
    visit: Visit, awaited: AwaitedTask, typed: Mapping[str, str], notes: DraftNotes, *, status: int = 200
) -> Response:
    names = await find_names(visit, awaited.round)
    context = {
        "awaited": awaited,
        "title": names and names.title,
        "row": awaited.view.row,
        "typed": typed,
        "notes": notes,
        "wrong": dict(notes.faults),
        "pledge": visit.say("invitations.pledge", **_name_application(awaited)),
    }
    return visit.render("invitations/one.html", context, status=status, zone=awaited.words.zone)


def _place(awaited: AwaitedTask) -> str:
    return f"invitation {awaited.stream}"


def _name_application(awaited: AwaitedTask) -> dict[str, str]:
    return {"application": f"{awaited.round}/{awaited.number}"}


ROUTES = (show(PATH, show_invitation), take(PATH, answer_invitation, largest=LARGEST))
