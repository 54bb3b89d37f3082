"""Acts that two must sign: offered by the first, shown to whoever could do them too, prepared for the second."""

from starlette.responses import Response

from portal.acts.prepared import Prepared
from portal.acts.preparing import path_of
from portal.acts.roles import find_roles
from portal.faults import Fault
from portal.visit import Visit
from reading.access.subject import Subject
from selection.decision.envelope import Envelope
from selection.kernel.actor import Role
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from starter.client.client import new_command_id


class Waiting(Frozen):
    """An act that waits for a second signature; `own` tells that the visitor signed it first."""

    id: str
    prepared: Prepared
    until: Instant
    own: bool

    @property
    def first(self) -> str:
        """Who signed first."""
        return self.prepared.act.actor.person


async def offer(visit: Visit, prepared: Prepared, signed: Envelope) -> Response:
    """Keep an act with its first signature for whoever signs second, and lead to where it waits."""
    assert signed.proof is not None
    kept = prepared.with_(act=signed)
    await visit.reach.work.offer_second(
        visit.signed_in, signed.command_id, kept.model_dump_json(), signed.proof.expires
    )
    await visit.reach.work.note_act(visit.signed_in, prepared.id, sent=True)
    if prepared.draft:
        await visit.reach.work.drop_draft(visit.signed_in, prepared.draft)
    return visit.lead(f"/seconds/{signed.command_id}")


async def list_waiting(visit: Visit) -> tuple[Waiting, ...]:
    """Return what waits for the visitor's signature, and what they signed that waits for another's."""
    roles: dict[str, frozenset[Role]] = {}

    async def may(_: Subject, body: str) -> bool:
        first = Prepared.model_validate_json(body).act
        if first.stream not in roles:
            roles[first.stream] = await find_roles(visit, first.stream)
        return first.actor.role in roles[first.stream]

    found = await visit.reach.work.list_seconds(visit.signed_in, may)
    return tuple(
        Waiting(
            id=act.id,
            prepared=Prepared.model_validate_json(act.body),
            until=act.until,
            own=act.person == visit.subject.person,
        )
        for act in found
    )


async def find_waiting(visit: Visit, command_id: str) -> Waiting:
    """Return one of them. Raises Fault: one that waits for others is as if it were none."""
    found = next((act for act in await list_waiting(visit) if act.id == command_id), None)
    if found is None:
        raise Fault("hidden", 404)
    return found


async def prepare_second(visit: Visit, waiting: Waiting) -> Response:
    """Show an act that another person signed to be signed by the visitor too. Raises Fault for one's own."""
    if waiting.own:
        raise Fault("hidden", 404)
    client = await visit.portal.backend.client()
    prepared = waiting.prepared.with_(
        second=visit.subject.person,
        own_id=new_command_id(),
        terms=await client.signing.state(waiting.prepared.act),
        back=f"/seconds/{waiting.id}",
        draft="",
        two=False,
    )
    await visit.reach.work.keep_act(visit.signed_in, prepared.id, prepared.model_dump_json())
    return visit.lead(path_of(prepared.id))
