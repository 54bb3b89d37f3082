"""Acts that two must sign: offered by the first, shown to whom the core would take as the second, prepared for them."""

import json
from collections.abc import Sequence

from pydantic import ValidationError
from starlette.responses import Response

from portal.acts.bundles import Bundle
from portal.acts.prepared import PreparedAct
from portal.acts.preparing import path_of
from portal.acts.texts import find_lines, show_signed
from portal.faults import Fault
from portal.visit import Visit
from reading.access.seconds import AwaitedAct, ContentCard, OpenedAct, head_of, offer_of
from reading.errors import Hidden
from selection.decision.envelope import Envelope
from selection.kernel.model import Frozen
from selection.refusals.refused import Refused
from starter.client.client import new_command_id


class Waiting(Frozen):
    """An act that waits for a second signature, with all that its first signer was shown, and the files for another."""

    awaited: AwaitedAct
    prepared: PreparedAct
    files: tuple[ContentCard, ...] = ()


async def offer(visit: Visit, prepared: PreparedAct, signed: Envelope) -> Response | None:
    """Keep an act with its first signature for whoever signs second, and lead to where it waits.

    None, and it is not kept, where as many of its signer's wait as may.
    """
    assert signed.proof is not None
    head = head_of(signed, (prepared.title_en, prepared.title_zh))
    shown = prepared.model_dump_json(exclude={"act"})
    if not await visit.reach.work.offer_seconds([offer_of(head, shown, signed.proof.expires)]):
        return None
    await visit.reach.work.note_act(visit.signed_in, prepared.id, sent=True)
    return visit.lead(f"/seconds/{signed.command_id}")


async def offer_each(visit: Visit, bundle: Bundle, signed: Sequence[Envelope]) -> bool:
    """Keep those acts of a bundle that two must sign, each by itself, for whoever signs second.

    False, and none of them is kept, where more of their signer's would wait than may.
    """
    offers: list[OpenedAct] = []
    for item, act in zip(bundle.items, signed, strict=True):
        if not item.two:
            continue
        assert act.proof is not None
        shown = PreparedAct(
            act=act,
            terms=item.terms,
            lines=(*bundle.lines, *item.lines),
            back=bundle.change,
            two=True,
            title_en=item.title_en,
            title_zh=item.title_zh,
        )
        head = head_of(act, (item.title_en, item.title_zh))
        body = shown.model_dump_json(exclude={"act"})
        offers.append(offer_of(head, body, act.proof.expires))
    return await visit.reach.work.offer_seconds(offers)


async def find_waiting(visit: Visit, command_id: str) -> Waiting:
    """Return one of them. Raises Fault: one that waits for others is as if it were none.

    To nobody but who signed it first it is shown, unless it shows the texts that were signed.
    """
    try:
        found = await visit.reach.seconds.get(visit.subject, command_id)
        shown = {**json.loads(found.body), "act": found.awaited.head.act}
        prepared = PreparedAct.model_validate(shown)
    except (Hidden, ValidationError):
        raise Fault("hidden", 404) from None
    lines = await find_lines(visit, prepared)
    waiting = Waiting(awaited=found.awaited, prepared=prepared.with_(lines=lines))
    if waiting.awaited.own:
        return waiting
    return waiting.with_(files=(await show_signed(visit, waiting.prepared)).files)


async def prepare_second(visit: Visit, waiting: Waiting) -> Response:
    """Show an act that another person signed to be signed by the visitor too. Raises Fault for one's own."""
    if waiting.awaited.own:
        raise Fault("hidden", 404)
    client = await visit.portal.backend.client()
    prepared = waiting.prepared.with_(
        second=visit.subject.person,
        own_id=new_command_id(),
        terms=await client.signing.state(waiting.prepared.act),
        back=f"/seconds/{waiting.awaited.id}",
        draft="",
        two=False,
    )
    await visit.reach.work.keep_act(visit.signed_in, prepared.id, prepared.model_dump_json())
    return visit.lead(path_of(prepared.id))


async def find_refusal(visit: Visit, prepared: PreparedAct) -> Refused | None:
    """Return what would refuse an act with the visitor as its second, which is not sent then: it waits for another.

    Raises Fault for one that was taken back, was sent with somebody else's signature, or ran out.
    """
    try:
        return await visit.reach.seconds.find_refusal(visit.subject, prepared.act.command_id)
    except Hidden:
        raise Fault("second-gone", 410) from None


async def take_away(visit: Visit, prepared: PreparedAct) -> OpenedAct:
    """Take an act away from where it waits, and note it as handed on: its first signer can't take it back from now on.

    Raises Fault for one that is not there any more.
    """
    act = await visit.reach.work.take_second(visit.signed_in, prepared.act.command_id, prepared.id)
    if act is None:
        raise Fault("second-gone", 410)
    return act


async def put_back(visit: Visit, prepared: PreparedAct, act: OpenedAct) -> None:
    """Let an act wait again that was taken away and came to nothing."""
    await visit.reach.work.put_back_second(visit.signed_in, act, prepared.id)
