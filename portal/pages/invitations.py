"""An expert's invitation to a panel: accepted with the pledge, declined, or answered with a conflict of interest."""

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.acts.awaited import Awaited, find_awaited
from portal.acts.prepared import Line
from portal.acts.preparing import Draftsman
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
NOT_TYPED: Mapping[str, str] = {"answer": "", "pledge": "", "text": ""}


async def show_invitation(visit: Visit) -> Response:
    """Show what the expert is asked for, and the three answers."""
    return _show(visit, await find_awaited(visit, TASK), NOT_TYPED, [])


async def answer_invitation(visit: Visit, form: FormData) -> Response:
    """Check the answer and show it to be signed; every fault at once."""
    awaited = await find_awaited(visit, TASK)
    typed = {
        "answer": text_of(form, "answer"),
        "pledge": text_of(form, "pledge"),
        "text": text_of(form, "text", LONGEST * 2),
    }
    faults = _find_faults(visit, typed)
    if faults:
        return _show(visit, awaited, typed, faults)
    return await _prepare(visit, awaited, typed)


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


async def _prepare(visit: Visit, awaited: Awaited, typed: Mapping[str, str]) -> Response:
    draftsman = Draftsman(visit, awaited.stream, Role.EXPERT)
    text = typed["text"]
    lines: tuple[Line, ...] = ()
    command: AcceptInvitation | DeclineInvitation | DeclareConflict
    if typed["answer"] == "accept":
        pledge = fill(WORDS["pledge"][visit.language == "zh"], _named(awaited))
        command = AcceptInvitation(pledge=await draftsman.store_text(pledge))
        lines = (Line.typed(*WORDS["pledge-label"], pledge),)
    elif typed["answer"] == "decline":
        command = DeclineInvitation(reason=await draftsman.store_text(text) if text else None)
        lines = (Line.typed(*WORDS["reason-label"], text),) if text else ()
    else:
        command = DeclareConflict(text=await draftsman.store_text(text))
        lines = (Line.typed(*WORDS["conflict-label"], text),)
    return await draftsman.show(command, lines, about=awaited.view.row, back=visit.here)


def _show(
    visit: Visit, awaited: Awaited, typed: Mapping[str, str], faults: list[tuple[str, str]]
) -> Response:
    context = {
        "awaited": awaited,
        "row": awaited.view.row,
        "typed": typed,
        "faults": faults,
        "wrong": dict(faults),
        "pledge": visit.say("invitations.pledge", **_named(awaited)),
    }
    return visit.render(
        "invitations/one.html", context, status=422 if faults else 200, zone=awaited.words.zone
    )


def _named(awaited: Awaited) -> dict[str, str]:
    return {"application": f"{awaited.round}/{awaited.number}"}


ROUTES = (show(PATH, show_invitation), take(PATH, answer_invitation))
