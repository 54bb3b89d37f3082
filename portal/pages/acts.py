"""An act in a page: what it is, signed or confirmed, and what came of it."""

import json
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import Response

from ledger.errors import LedgerError
from portal.acts.comparing import compare_with_last
from portal.acts.keeping import find_kept
from portal.acts.limits import TooMuch, count_acts
from portal.acts.names import with_names
from portal.acts.prepared import PreparedAct
from portal.acts.preparing import path_of
from portal.acts.seconds import find_refusal, offer, put_back, take_away
from portal.acts.signing import sign
from portal.acts.telling import tell_refusal, tell_refused
from portal.acts.texts import show_texts
from portal.acts.work import find_next
from portal.acts.zones import find_zone
from portal.people import call_people
from portal.places import find_names, tell_beside, tell_place
from portal.routing import show, take
from portal.shown.rendering import pick
from portal.visit import Visit
from reading.access.seconds import OpenedAct
from reading.errors import Hidden
from reading.receipts import AnsweredAct
from runtime.errors import StackError
from selection.decision.command import COMMANDS
from selection.decision.envelope import Envelope
from selection.kernel.zone import BEIJING
from selection.refusals.refused import Refused
from selection.signing.base64 import encode
from selection.signing.statement import challenge_of
from selection.streams import log_of
from starter.client.client import SelectionClient
from starter.client.errors import ClientError, Pending

ACT = "/acts/{id}"
DONE = "/acts/{id}/done"
AGAIN = "again"


async def show_act(visit: Visit) -> Response:
    """Show an act as it waits to be signed; once it was sent, that it is on its way, or its receipt.

    An act that was sent is shown to be signed again where the address asks for it: its id stays, so it is done once.
    """
    prepared, sent, expired = await find_kept(visit, PreparedAct)
    if sent:
        if await _find_answer(visit, prepared.act.command_id) is not None:
            return _lead_to_receipt(visit, prepared)
        if prepared.two:
            return visit.lead(f"/seconds/{prepared.act.command_id}")
        if AGAIN in visit.request.query_params:
            return await _ask(visit, prepared)
        return visit.render("acts/pending.html", {"here": path_of(prepared.id)})
    if expired:
        return _tell_expired(visit, prepared)
    if prepared.second and (would_be := await find_refusal(visit, prepared)) is not None:
        return await _tell_refused(visit, prepared, would_be)
    return await _ask(visit, prepared)


async def send_act(visit: Visit, form: FormData) -> Response:
    """Sign an act and send it. Sent twice, from two tabs or by the back button, it is done once, by its id."""
    prepared, sent, expired = await find_kept(visit, PreparedAct)
    if sent and await _find_answer(visit, prepared.act.command_id) is not None:
        return _lead_to_receipt(visit, prepared)
    if expired and not sent:
        return _tell_expired(visit, prepared)
    try:
        signed = await sign(visit, prepared, form)
    except Refused as refused:
        error = tell_refusal(visit.language, refused.code, refused.params, BEIJING)
        return await _ask(visit, prepared, error=error, status=403)
    if prepared.two:
        offered = await offer(visit, prepared, signed)
        return offered or await _ask(visit, prepared, error=visit.say("seconds.full"), status=409)
    waits = prepared.second and not sent
    if waits and (would_be := await find_refusal(visit, prepared)) is not None:
        return await _tell_refused(visit, prepared, would_be)
    try:
        await count_acts(visit.portal, visit.reach, visit.subject, signed.command_id, [signed])
    except TooMuch as much:
        return much.add_to(await _ask(visit, prepared, error=much.tell(visit), status=429))
    # Nothing is taken away from where it waits before there is a way to send it.
    client = await visit.portal.backend.client()
    return await _send(visit, client, prepared, signed, await take_away(visit, prepared) if waits else None)


async def show_done(visit: Visit) -> Response:
    """Show the receipt of an act by its id, or why it was refused."""
    command_id = visit.request.path_params["id"]
    found = await visit.reads.receipts.get(visit.subject, command_id)
    zone = await find_zone(visit, log_of(found.receipt.stream))
    if found.refused is not None:
        sentence = await tell_refused(visit, found.receipt.stream, found.refused, zone)
        context = {"sentence": sentence, "code": found.refused.code, "recorded": True, "back": "/tasks"}
        return visit.render("acts/refused.html", context, zone=zone)
    await _drop_draft(visit, command_id)
    names = await find_names(visit, found.receipt.log)
    context = {
        "receipt": found.receipt,
        "next": await _tell_next(visit),
        "on": tell_place(found.receipt.stream, names, visit.language),
    }
    return visit.render("acts/receipt.html", context, zone=zone)


async def _tell_next(visit: Visit) -> dict[str, Any] | None:
    """Return the task that waits next, in words, and the page where it is done; None where none does."""
    found = await find_next(visit)
    if found is None:
        return None
    task, page = found
    called = pick(visit.language, task.name_en, task.name_zh)
    names = None if called else await find_names(visit, log_of(task.stream))
    return {
        "task": task,
        "page": page,
        "called": called or tell_place(task.stream, names, visit.language),
        "beside": tell_beside(task, visit.language) if called else "",
    }


async def _send(
    visit: Visit,
    client: SelectionClient,
    prepared: PreparedAct,
    signed: Envelope,
    second_act: OpenedAct | None = None,
) -> Response:
    """Hand an act on; what is known to have come to nothing can be signed again on the same page.

    A `second_act`, taken from where it waited for its second, waits there again then.

    Whatever else came of it, its own page finds out: the record may have gone away since.
    """
    command_id = signed.command_id
    command = COMMANDS[signed.kind].model_validate(signed.command)
    if second_act is None:
        await _note(visit, prepared.id, sent=True)
    try:
        await client.send(signed, command)
    except (Pending, LedgerError):
        return visit.lead(path_of(prepared.id))
    except Refused as refused:
        if await _find_answer(visit, command_id) is not None:
            return visit.lead(f"/acts/{command_id}/done")
        await _undo(visit, prepared, second_act)
        # That is nobody's act, which leaves no entry: the one who is not registered is who acts.
        sentence = visit.say("acts.not-registered") if refused.code == "unknown-person" else ""
        return await _tell_refused(visit, prepared, refused, sentence)
    except (ClientError, StackError):
        await _undo(visit, prepared, second_act)
        return await _ask(visit, prepared, error=visit.say("acts.not-taken"), status=503)
    return visit.lead(path_of(prepared.id))


async def _ask(visit: Visit, prepared: PreparedAct, *, error: str = "", status: int = 200) -> Response:
    statement, texts = prepared.statement, await show_texts(visit, prepared)
    context = {
        "prepared": await with_names(visit, prepared.with_(lines=texts.lines)),
        "texts": texts,
        "called": await call_people(visit, prepared.act.stream, [prepared.act.actor.person]),
        "compared": await compare_with_last(visit, prepared.act),
        "statement": statement.decode(),
        "command": json.dumps(prepared.act.command, indent=1, ensure_ascii=False),
        "to_sign": encode(challenge_of(statement)),
        "site": visit.portal.site,
        "credentials": await visit.reach.sessions.list_credentials(visit.subject),
        "local": await visit.reach.sessions.is_local(),
        "error": error,
    }
    return visit.render("acts/check.html", context, status=status)


async def _undo(visit: Visit, prepared: PreparedAct, second_act: OpenedAct | None) -> None:
    if second_act is None:
        await _note(visit, prepared.id, sent=False)
    else:
        await put_back(visit, prepared, second_act)


async def _tell_refused(
    visit: Visit, prepared: PreparedAct, refused: Refused, sentence: str = ""
) -> Response:
    """Tell why an act is not taken, of which nothing was recorded: as the core says it, or by the sentence given."""
    zone = await find_zone(visit, log_of(prepared.act.stream))
    sentence = sentence or await tell_refused(visit, prepared.act.stream, refused, zone)
    context = {"sentence": sentence, "code": refused.code, "recorded": False, "back": prepared.back}
    return visit.render("acts/refused.html", context, status=409)


def _tell_expired(visit: Visit, prepared: PreparedAct) -> Response:
    return visit.render("acts/expired.html", {"back": prepared.back}, status=410)


def _lead_to_receipt(visit: Visit, prepared: PreparedAct) -> Response:
    return visit.lead(f"/acts/{prepared.act.command_id}/done")


async def _drop_draft(visit: Visit, command_id: str) -> None:
    """Remove the draft that a recorded act was made of; what was typed over it since stays."""
    kept = await visit.reach.work.read_act(visit.signed_in, command_id)
    if kept is not None:
        prepared = PreparedAct.model_validate_json(kept.body)
        await visit.reach.work.drop_draft(visit.signed_in, prepared.draft, prepared.draft_version)


async def _find_answer(visit: Visit, command_id: str) -> AnsweredAct | None:
    try:
        return await visit.reads.receipts.get(visit.subject, command_id)
    except Hidden:
        return None


async def _note(visit: Visit, command_id: str, *, sent: bool) -> None:
    await visit.reach.work.note_act(visit.signed_in, command_id, sent=sent)


ROUTES = (show(ACT, show_act), take(ACT, send_act), show(DONE, show_done))
