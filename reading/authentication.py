"""The one way to a subject: from a claim to be somebody, and what supports it."""

from ledger.people.register import People
from reading.subject import Means, Subject
from selection.kernel.model import Frozen
from selection.refusals.refused import Refused


class LocalAssertion(Frozen):
    """Somebody on this machine says who they are, as with `--as`."""

    person: str


Claim = LocalAssertion
"""What somebody may come with."""


async def authenticate(people: People, claim: Claim, *, session: str) -> Subject:
    """Return the subject of a claim, with what is registered of them now. Raises Refused unknown-person."""
    found = (await people.facts([claim.person])).get(claim.person)
    if found is None or not found.active:
        raise Refused("unknown-person")
    return Subject(fact=found, session=session, means=Means.LOCAL)
