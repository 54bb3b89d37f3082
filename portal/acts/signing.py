"""The signature that a browser hands over, put into the act as the command line does with one of a token."""

from pydantic import ValidationError
from starlette.datastructures import FormData

from portal.acts.prepared import PreparedAct
from portal.routing import text_of
from portal.visit import Visit
from selection.decision.envelope import Envelope
from selection.kernel.proof import WebAuthnSignature
from selection.refusals.refused import Refused
from selection.signing.verify import holds

PARTS = ("signature", "authenticator_data", "client_data")
LONGEST = 4_000


async def sign(visit: Visit, prepared: PreparedAct, form: FormData) -> Envelope:
    """Return the act with the visitor's signature; on a local installation as it is, as `--as` sends it.

    Raises Refused where none of their keys signed it: that is nobody's act, and is not sent.
    """
    if await visit.reach.sessions.is_local():
        return prepared.act
    return prepared.sign(await find_signature(visit, prepared.statement, form))


async def find_signature(visit: Visit, message: bytes, form: FormData) -> WebAuthnSignature:
    """Return the visitor's signature of a message as their browser sent it.

    Which of their keys signed is found by trying those in force. Raises Refused where none did.
    """
    parts = {name: text_of(form, name, LONGEST) for name in PARTS}
    if not all(parts.values()):
        raise Refused("unsigned")
    for key in await visit.reach.sessions.list_keys(visit.subject):
        try:
            signature = WebAuthnSignature(key=key.key, **parts)
        except ValidationError:
            break
        if holds(signature, key, message, (visit.portal.origin,)):
            return signature
    raise Refused("signature-wrong")
