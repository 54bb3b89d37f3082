"""Acts that are signed once: shown together, signed over the list of them, and what became of each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.responses import Response

from portal.acts.bundles import Bundle, Item, path_of_bundle
from portal.acts.keeping import find_kept
from portal.acts.limits import TooMuch, count_acts
from portal.acts.names import name_lines
from portal.acts.seconds import offer_each
from portal.acts.sending import send_once
from portal.acts.signing import PARTS, find_signature
from portal.acts.telling import tell_each_refused, tell_refusal
from portal.acts.texts import list_others, read_cited, with_salts
from portal.acts.zones import find_zone
from portal.faults import Fault
from portal.routing import show, take
from portal.shown.pictures import draw_share
from portal.visit import Visit
from reading.receipts import AnsweredAct
from selection.kernel.proof import WebAuthnSignature
from selection.kernel.zone import BEIJING, Zone
from selection.refusals.refused import Refused
from selection.signing.base64 import encode
from selection.signing.statement import challenge_of
from selection.streams import round_stream

PATH = "/together/{id}"
UNSIGNED = "null"
"""What is kept in place of a signature where none is asked for."""


@dataclass(frozen=True)
class Answer:
    """One of the acts with what answers it; `why` it was refused, empty for one that was not."""

    item: Item
    state: str
    why: str = ""


async def show_together(visit: Visit) -> Response:
    """Show acts as they wait to be signed; once they were sent, what became of each."""
    bundle, sent, expired = await find_kept(visit, Bundle)
    if sent:
        return await _tell(visit, bundle)
    if expired:
        return visit.render("acts/expired.html", {"back": bundle.change}, status=410)
    return await _ask(visit, bundle)


async def send_together(visit: Visit, form: FormData) -> Response:
    """Sign the acts and send them; once they are signed, send those again that are not answered.

    Those that two must sign are not sent: each waits for a second person.
    The first signature is kept and counts, so that the acts are the same from whichever page they are sent. While they
    are being sent, nothing is sent again.
    """
    bundle, sent, expired = await find_kept(visit, Bundle)
    if expired and not sent:
        return visit.render("acts/expired.html", {"back": bundle.change}, status=410)
    client = await visit.portal.backend.client()
    if not sent and (stopped := await _keep_signed(visit, bundle, form)) is not None:
        return stopped
    response = visit.lead(path_of_bundle(bundle.id))
    ids = {item.act.command_id for item in bundle.alone}
    ids -= set(await visit.reads.receipts.list_answers(visit.subject, _ids(bundle)))
    if ids:
        signed = bundle.sign(await _read_signature(visit, bundle))
        rest = [act for act in signed if act.command_id in ids]
        response.background = BackgroundTask(send_once, visit.portal.backend.sending, bundle.id, client, rest)
    return response


async def _keep_signed(visit: Visit, bundle: Bundle, form: FormData) -> Response | None:
    """Keep the signature, and what waits for a second one; or nothing, and return the page that says why."""
    try:
        kept = await _sign(visit, bundle, form)
        acts = [item.act for item in bundle.items]
        await count_acts(visit.portal, visit.reach, visit.subject, bundle.id, acts)
    except TooMuch as much:
        return much.add_to(await _ask(visit, bundle, error=much.tell(visit), status=429))
    except Refused as refused:
        error = tell_refusal(visit.language, refused.code, refused.params, BEIJING)
        return await _ask(visit, bundle, error=error, status=403)
    if len(bundle.alone) < len(bundle.items) and not await offer_each(
        visit, bundle, bundle.sign(_load(kept))
    ):
        return await _ask(visit, bundle, error=visit.say("seconds.full"), status=409)
    await visit.reach.work.save_draft(visit.signed_in, _place(bundle), 0, kept)
    await visit.reach.work.note_act(visit.signed_in, bundle.id, sent=True)
    return None


async def _sign(visit: Visit, bundle: Bundle, form: FormData) -> str:
    """Return the visitor's signature as it is kept. Raises Refused where none of their keys signed this list."""
    if await visit.reach.sessions.is_local():
        return UNSIGNED
    return (await find_signature(visit, bundle.message, form)).model_dump_json()


async def _read_signature(visit: Visit, bundle: Bundle) -> WebAuthnSignature | None:
    kept = await visit.reach.work.read_draft(visit.signed_in, _place(bundle))
    if kept is None:
        raise Fault("hidden", 404)
    return _load(kept.body)


def _load(kept: str) -> WebAuthnSignature | None:
    return None if kept == UNSIGNED else WebAuthnSignature.model_validate_json(kept)


async def _ask(visit: Visit, bundle: Bundle, *, error: str = "", status: int = 200) -> Response:
    statements, cited = bundle.statements, await read_cited(visit, [item.act for item in bundle.items])
    lines = [line for item in bundle.items for line in item.lines]
    named = iter(await name_lines(visit, round_stream(bundle.round), with_salts(lines, cited)))
    items = tuple(item.with_(lines=tuple(islice(named, len(item.lines)))) for item in bundle.items)
    context = {
        "bundle": bundle.with_(items=items, lines=with_salts(bundle.lines, cited)),
        "cited": cited,
        "others": list_others([*bundle.lines, *lines], cited),
        "statements": [statement.decode() for statement in statements],
        "commands": [json.dumps(item.act.command, indent=1, ensure_ascii=False) for item in bundle.items],
        "to_sign": encode(challenge_of(bundle.message)),
        "site": visit.portal.site,
        "credentials": await visit.reach.sessions.list_credentials(visit.subject),
        "local": await visit.reach.sessions.is_local(),
        "two": any(item.two for item in bundle.items),
        "parts": PARTS,
        "error": error,
    }
    return visit.render("rounds/together.html", context, status=status)


async def _tell(visit: Visit, bundle: Bundle) -> Response:
    """Show what became of each; once all are answered, what was typed for them and the signature go."""
    found = await visit.reads.receipts.list_answers(visit.subject, _ids(bundle))
    zone = await find_zone(visit, bundle.round)
    answers = await _list_answers(visit, bundle, found, zone)
    counts = {
        word: sum(item.state == word for item in answers)
        for word in ("recorded", "refused", "waiting", "second")
    }
    done = len(answers) - counts["waiting"] - counts["second"]
    if not counts["waiting"]:
        await _drop(visit, bundle)
    context = {
        "bundle": bundle,
        "answers": answers,
        "counts": counts,
        "done": done,
        "share": draw_share(done, len(answers)),
        "here": path_of_bundle(bundle.id),
    }
    return visit.render("rounds/together_sent.html", context, zone=zone)


async def _list_answers(
    visit: Visit, bundle: Bundle, found: Mapping[str, AnsweredAct], zone: Zone
) -> Sequence[Answer]:
    answers = [found.get(item.act.command_id) for item in bundle.items]
    refused = [answer.refused if answer else None for answer in answers]
    sentences = await tell_each_refused(visit, round_stream(bundle.round), refused, zone)
    return [
        Answer(item, "refused" if why else "recorded" if answer else "second" if item.two else "waiting", why)
        for item, answer, why in zip(bundle.items, answers, sentences, strict=True)
    ]


async def _drop(visit: Visit, bundle: Bundle) -> None:
    work = visit.reach.work
    kept = await work.read_draft(visit.signed_in, _place(bundle))
    if kept is not None:
        await work.drop_draft(visit.signed_in, _place(bundle), kept.version)
        await work.drop_draft(visit.signed_in, bundle.draft, bundle.draft_version)


def _ids(bundle: Bundle) -> list[str]:
    return [item.act.command_id for item in bundle.items]


def _place(bundle: Bundle) -> str:
    """Return where the signature is kept until all acts are answered."""
    return f"signature-together {bundle.id}"


ROUTES = (show(PATH, show_together), take(PATH, send_together))
