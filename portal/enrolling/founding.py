"""The first administrator of an installation: their key enrols itself by the founding's code, and registers them.

Nobody is registered before and no session can begin, so that nothing is kept in between: both acts, and who it is,
travel in the page that shows them, and count by the signature of the very key that they enrol.
"""

from pydantic import ValidationError
from starlette.datastructures import FormData

from portal.acts.bundles import Bundle, Item
from portal.acts.preparing import Title
from portal.faults import Fault
from portal.routing import text_of
from portal.visit import Visit
from portal.wording.entering.keys import WORDS
from reading.access.first_keys import FirstKey
from selection.decision.envelope import Envelope, envelope_of
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.proof import WebAuthnSignature
from selection.refusals.refused import Refused
from selection.register.commands import RegisterPeople
from selection.register.key_commands import EnrolKey
from selection.register.state import INSTALLATION
from selection.signing.verify import holds
from starter.client.client import SelectionClient, new_command_id
from starter.people.founder import Founder, Identity

LONGEST = 30_000
"""Characters of what travels in a page."""
PARTS = ("signature", "authenticator_data", "client_data")
KINDS = (EnrolKey.ACT.kind, RegisterPeople.ACT.kind)


class Founding(Frozen):
    """A first key, its person, and the two acts by which it comes to count and they to be registered."""

    first: FirstKey
    founder: Founder
    bundle: Bundle

    @classmethod
    def of(cls, form: FormData) -> "Founding":
        """Return what a form brings back. Raises Fault for other acts, or another's."""
        try:
            found = cls.model_validate_json(text_of(form, "founding", LONGEST))
        except ValidationError:
            raise Fault("form-unfit") from None
        acts = [item.act for item in found.bundle.items]
        person = found.first.enrolment.person
        if tuple(act.kind for act in acts) != KINDS or {act.actor.person for act in acts} != {person}:
            raise Fault("form-unfit")
        if {act.stream for act in acts} != {INSTALLATION} or found.founder.person.person != person:
            raise Fault("form-unfit")
        if acts[1].command != found.founder.act.model_dump(mode="json"):
            raise Fault("form-unfit")
        return found

    async def store(self, client: SelectionClient) -> None:
        """Store who the first administrator is, which their act names by a hash."""
        await self.founder.store(client, self.bundle.items[1].act.command_id)

    def sign(self, form: FormData, portal: str) -> tuple[Envelope, ...]:
        """Return both acts with the key's one signature. Raises Refused where it is not that of the key."""
        key = self.first.enrolment.key
        try:
            parts = {name: text_of(form, name, LONGEST) for name in PARTS}
            signature = WebAuthnSignature(key=key.key, **parts)
        except ValidationError:
            raise Refused("signature-wrong") from None
        if not holds(signature, key, self.bundle.message, (portal,)):
            raise Refused("signature-wrong")
        return self.bundle.sign(signature)


def read_first(form: FormData) -> FirstKey:
    """Return the first key that a form brings back. Raises Fault."""
    try:
        return FirstKey.model_validate_json(text_of(form, "first", LONGEST))
    except ValidationError:
        raise Fault("form-unfit") from None


async def prepare(visit: Visit, first: FirstKey, identity: Identity) -> Founding:
    """Return the acts to be signed; nothing is stored of who the first administrator is."""
    person, client = first.enrolment.person, await visit.portal.backend.client()
    new_id, actor = new_command_id(), Actor(person=person, role=Role.ADMIN)
    founder = Founder.new(person, identity, visit.language)
    commands = (EnrolKey(keys=(first.enrolment,), token=first.token), founder.act)
    items = [
        await _item(client, envelope_of(INSTALLATION, command, actor, f"{new_id}.{number}"))
        for number, command in enumerate(commands)
    ]
    bundle = Bundle(
        id=new_id,
        round="",
        role=Role.ADMIN,
        items=tuple(items),
        lines=(),
        back="/enrol",
        change="/enrol",
        draft="",
        draft_version=0,
    )
    return Founding(first=first, founder=founder, bundle=bundle)


async def _item(client: SelectionClient, act: Envelope) -> Item:
    title = Title(*WORDS["register"])
    return Item(act=act, terms=await client.signing.state(act), title_en=title.en, title_zh=title.zh)
