"""Keeping the histories of a round's workflows now: begun with a button, and come back to."""

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.acts.telling import tell_refusal
from portal.pages.audit.shared import check_right, show_page, show_working
from portal.people import call_people
from portal.proofs.archiving import Archiving
from portal.proofs.work import PATIENCE
from portal.routing import show, take
from portal.visit import Visit
from portal.wording.catalogue import knows
from selection.kernel.actor import Actor
from selection.kernel.zone import BEIJING
from selection.streams import round_stream
from starter.archive.archive import keep_histories
from starter.client.client import new_command_id

PATH = "/rounds/{round}/audit/archive"


async def show_archiving(visit: Visit) -> Response:
    """Show how far it is, what was found, or how to begin."""
    await check_right(visit)
    last = visit.portal.backend.archivings.find(visit.request.path_params["round"])
    if last is not None and not await last.work.wait(PATIENCE):
        return await show_working(visit, last.work)
    code, sentence = _tell_failure(visit, last)
    mine = last is not None and last.person == visit.subject.person
    stream = round_stream(visit.request.path_params["round"])
    context = {
        "last": last,
        "called": await call_people(visit, stream, [last.person]) if last is not None else {},
        "found": last and last.found,
        "code": code,
        "sentence": sentence,
        "mine": mine,
    }
    return await show_page(visit, "audits/archive.html", context)


async def begin_archiving(visit: Visit, _: FormData) -> Response:
    """Begin it, and go to where its progress is shown. Raises what the record and Temporal raise while away."""
    await check_right(visit)
    round_id, backend = visit.request.path_params["round"], visit.portal.backend
    archiving = await visit.reads.exports.prepare_archiving(visit.subject, round_id)
    actor = Actor(person=visit.subject.person, role=archiving.role)
    client, command_id = await backend.client(), new_command_id()
    backend.archivings.begin(
        round_id,
        Archiving(actor.person, command_id),
        archiving.streams,
        lambda tell: keep_histories(client, round_id, actor, command_id, tell),
    )
    return visit.lead(visit.here)


def _tell_failure(visit: Visit, last: Archiving | None) -> tuple[str, str]:
    """Return the code of why nothing came of it, and a sentence; nothing of either where something did."""
    if last is not None and last.refused is not None:
        refused = last.refused
        return refused.code, tell_refusal(visit.language, refused.code, refused.params, BEIJING)
    if last is None or not last.work.fault:
        return "", ""
    code = last.work.fault
    return code, visit.say(f"audit.failed-{code if knows(f'audit.failed-{code}') else 'broken'}")


ROUTES = (show(PATH, show_archiving), take(PATH, begin_archiving))
