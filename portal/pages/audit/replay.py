"""The replay of an application, a round or a list: every entry a step with an address of its own."""

from urllib.parse import quote

from starlette.responses import Response

from portal.faults import Fault
from portal.pages.audit.shared import AUDITING, ask, find_copy, show_failed, show_page
from portal.people import call_people
from portal.proofs.jobs import NOBODY, Answer, Replay, ReplayStream, SeeAs
from portal.proofs.shapes import ReplayedStory, View
from portal.routing import show
from portal.shown.listing import SEARCHED_AT_MOST
from portal.visit import Visit
from selection.streams import application_stream, round_stream

REPLAY = "/applications/{round}/{number}/replay"
OF_ROUND = "/rounds/{round}/replay"
OF_LIST = "/rounds/{round}/list/{unit}/replay"


async def show_replay(visit: Visit) -> Response:
    """Show a step: `?at=N` says which, the last one without it, and `?as=PERSON` whose view stands beside it."""
    asked = visit.request.path_params
    stream = application_stream(asked["round"], asked["number"])
    if AUDITING.isdisjoint(await visit.reads.applications.get_standings(visit.subject, stream)):
        # Who is a party to it does not oversee it either.
        raise Fault("hidden", 404)

    async def show_answer(answer: Answer) -> Response:
        if answer.fault:
            return await show_failed(visit, answer.fault, making=False)
        return await _show_step(visit, ReplayedStory.model_validate(answer.found))

    return await ask(visit, Replay(number=asked["number"]), show_answer)


async def show_round(visit: Visit) -> Response:
    """Show a step of the round's own story, as `?at=N` says."""
    round_id = visit.request.path_params["round"]
    return await _show_stream(visit, quote(f"/rounds/{round_id}/timeline"), "")


async def show_list(visit: Visit) -> Response:
    """Show a step of the story of a unit's recommendation list, as `?at=N` says."""
    round_id, unit = visit.request.path_params["round"], visit.request.path_params["unit"]
    return await _show_stream(visit, quote(f"/rounds/{round_id}/audit"), unit)


async def _show_stream(visit: Visit, above: str, unit: str) -> Response:
    async def show_answer(answer: Answer) -> Response:
        if answer.fault:
            return await show_failed(visit, answer.fault, making=False)
        story = ReplayedStory.model_validate(answer.found)
        at = read_step(visit.request.query_params.get("at", ""), len(story.steps))
        rest = {"person": "", "seen": None, "unknown": False, "of": "list" if unit else "round", "unit": unit}
        context = {"story": story, "step": story.steps[at - 1], "at": at, "number": "", "above": above}
        return await show_page(visit, "audits/replay.html", {**context, **rest, **_here(visit)})

    return await ask(visit, ReplayStream(unit=unit), show_answer)


def _here(visit: Visit) -> dict[str, str]:
    return {"own": quote(visit.request.url.path)}


async def choose(visit: Visit) -> Response:
    """Lead to the replay of the application that was typed, or of the list of the unit that was chosen."""
    round_id, asked = visit.request.path_params["round"], visit.request.query_params
    if unit := asked.get("unit", "").strip()[:100]:
        return visit.lead(f"/rounds/{quote(round_id, safe='')}/list/{quote(unit, safe='')}/replay")
    number = asked.get("number", "")
    return visit.lead(
        f"/applications/{quote(round_id, safe='')}/{quote(number.strip()[:20], safe='')}/replay"
    )


async def _show_step(visit: Visit, story: ReplayedStory) -> Response:
    at = read_step(visit.request.query_params.get("at", ""), len(story.steps))
    person = visit.request.query_params.get("as", "").strip()[:SEARCHED_AT_MOST]
    number = visit.request.path_params["number"]
    context = {"story": story, "step": story.steps[at - 1], "at": at, "number": number, "person": person}
    above = quote(visit.request.url.path.removesuffix("/replay"))
    called = await call_people(visit, round_stream(visit.request.path_params["round"]), story.people)
    context |= {"of": "application", "unit": "", "above": above, "people": called, **_here(visit)}
    if not person:
        return await show_page(visit, "audits/replay.html", {**context, "seen": None, "unknown": False})

    async def show_answer(answer: Answer) -> Response:
        unknown = answer.fault == NOBODY
        if answer.fault and not unknown:
            return await show_failed(visit, answer.fault, making=False)
        seen = None if unknown else View.model_validate(answer.found)
        whole = {**context, "seen": seen, "unknown": unknown, "copy": find_copy(visit)}
        return await show_page(visit, "audits/replay.html", whole)

    return await ask(visit, SeeAs(number=number, version=at, person=person), show_answer)


def read_step(text: str, last: int) -> int:
    """Return the step that an address names, from 1; what names none is the last."""
    return min(max(1, int(text)), last) if text.isascii() and text.isdigit() and len(text) < 7 else last


ROUTES = (
    show(REPLAY, show_replay),
    show(OF_ROUND, show_round),
    show(OF_LIST, show_list),
    show("/rounds/{round}/audit/replay", choose),
)
