"""The replay of an application: every entry a step with an address of its own."""

from urllib.parse import quote

from starlette.responses import Response

from portal.faults import Fault
from portal.pages.audit.shared import AUDITING, ask, find_copy, show_failed, show_page
from portal.proofs.jobs import NOBODY, Answer, Replay, SeeAs
from portal.proofs.told import Replayed, Seen
from portal.routing import show
from portal.shown.listing import SEARCHED_AT_MOST
from portal.visit import Visit
from selection.streams import application_stream

REPLAY = "/applications/{round}/{number}/replay"


async def show_replay(visit: Visit) -> Response:
    """Show a step: `?at=N` says which, the last one without it, and `?as=PERSON` whose view stands beside it."""
    asked = visit.request.path_params
    stream = application_stream(asked["round"], asked["number"])
    if AUDITING.isdisjoint(await visit.reads.applications.get_standings(visit.subject, stream)):
        # Who is a party to it does not oversee it either.
        raise Fault("hidden", 404)

    async def shown(answer: Answer) -> Response:
        if answer.fault:
            return await show_failed(visit, answer.fault, making=False)
        return await _show_step(visit, Replayed.model_validate(answer.found))

    return await ask(visit, Replay(number=asked["number"]), shown)


async def choose_application(visit: Visit) -> Response:
    """Lead to the replay of the application that was typed."""
    round_id, number = visit.request.path_params["round"], visit.request.query_params.get("number", "")
    return visit.lead(
        f"/applications/{quote(round_id, safe='')}/{quote(number.strip()[:20], safe='')}/replay"
    )


async def _show_step(visit: Visit, story: Replayed) -> Response:
    at = read_step(visit.request.query_params.get("at", ""), len(story.steps))
    person = visit.request.query_params.get("as", "").strip()[:SEARCHED_AT_MOST]
    number = visit.request.path_params["number"]
    context = {"story": story, "step": story.steps[at - 1], "at": at, "number": number, "person": person}
    if not person:
        return await show_page(visit, "audits/replay.html", {**context, "seen": None, "unknown": False})

    async def shown(answer: Answer) -> Response:
        unknown = answer.fault == NOBODY
        if answer.fault and not unknown:
            return await show_failed(visit, answer.fault, making=False)
        seen = None if unknown else Seen.model_validate(answer.found)
        told = {**context, "seen": seen, "unknown": unknown, "copy": find_copy(visit)}
        return await show_page(visit, "audits/replay.html", told)

    return await ask(visit, SeeAs(number=number, version=at, person=person), shown)


def read_step(text: str, last: int) -> int:
    """Return the step that an address names, from 1; what names none is the last."""
    return min(max(1, int(text)), last) if text.isascii() and text.isdigit() and len(text) < 7 else last


ROUTES = (show(REPLAY, show_replay), show("/rounds/{round}/audit/replay", choose_application))
