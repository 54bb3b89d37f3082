"""The first administrator: who they are, and both acts signed by the key that they enrol."""

import json

from starlette.datastructures import FormData
from starlette.responses import Response

from ledger.errors import LedgerError
from portal.acts.telling import tell_refusal
from portal.enrolling.founding import PARTS, Founding, prepare, read_first
from portal.faults import Fault
from portal.pages.sign_in import count_miss
from portal.routing import take, text_of
from portal.visit import Visit
from reading.access.first_keys import FirstKey
from runtime.errors import StackError
from selection.decision.command import COMMANDS
from selection.kernel.zone import BEIJING
from selection.refusals.refused import Refused
from selection.signing.base64 import encode
from selection.signing.statement import challenge_of
from starter.client.errors import ClientError
from starter.people.founder import read_identity

PATH = "/enrol/founder"
SIGN = "/enrol/founder/sign"


async def take_person(visit: Visit, form: FormData) -> Response:
    """Take who the first administrator is from whom the founding's code shows, and show what is signed."""
    first = read_first(form)
    if not await visit.reach.first_key_desk.founds(first):
        await count_miss(visit, first.enrolment.person)
        raise Fault("founder-late", 409)
    name = text_of(form, "name", 200)
    if not name:
        return await ask_for_person(visit, first, {"name": visit.say("keys.founder-name-missing")}, form)
    identity = read_identity(name, text_of(form, "mail", 320))
    if identity is None:
        return await ask_for_person(visit, first, {"mail": visit.say("keys.founder-mail-unfit")}, form)
    return _show(visit, await prepare(visit, first, identity))


async def take_signed(visit: Visit, form: FormData) -> Response:
    """Send both acts, the second once the first is recorded; sent again, each is the same act by its id.

    Of whom the code does not show nothing is sent: what the record answers would tell who is registered.
    """
    founding, desk = Founding.of(form), visit.reach.first_key_desk
    if not (await desk.founds(founding.first) or await desk.has_founded(founding.first)):
        await count_miss(visit, founding.first.enrolment.person)
        raise Fault("founder-late", 409)
    client = await visit.portal.backend.client()
    try:
        acts = founding.sign(form, visit.portal.origin)
        await founding.store(client)
        for act in acts:
            await client.send(act, COMMANDS[act.kind].model_validate(act.command))
    except Refused as refused:
        error = tell_refusal(visit.language, refused.code, refused.params, BEIJING)
        return _show(visit, founding, error, 403)
    except (ClientError, LedgerError, StackError):
        return _show(visit, founding, visit.say("keys.founder-again"), 503)
    enrolment = founding.first.enrolment
    return visit.render("keys/founder_done.html", {"key": enrolment.key.key, "account": enrolment.person})


async def ask_for_person(
    visit: Visit, first: FirstKey, wrong: dict[str, str] | None = None, form: FormData | None = None
) -> Response:
    """Show the form that asks who the first administrator is."""
    given = {name: text_of(form, name) if form else "" for name in ("name", "mail")}
    context = {
        "first": first.model_dump_json(),
        "account": first.enrolment.person,
        "key": first.enrolment.key.key,
        "wrong": wrong or {},
        "given": given,
    }
    return visit.render("keys/founder.html", context, status=422 if wrong else 200)


def _show(visit: Visit, founding: Founding, error: str = "", status: int = 200) -> Response:
    bundle = founding.bundle
    context = {
        "founding": founding.model_dump_json(),
        "bundle": bundle,
        "identity": founding.founder.person.identity,
        "account": founding.first.enrolment.person,
        "key": founding.first.enrolment.key.key,
        "statements": [statement.decode() for statement in bundle.statements],
        "commands": [json.dumps(item.act.command, indent=1, ensure_ascii=False) for item in bundle.items],
        "to_sign": encode(challenge_of(bundle.message)),
        "site": visit.portal.site,
        "parts": PARTS,
        "error": error,
    }
    return visit.render("keys/founder_sign.html", context, status=status)


ROUTES = (take(PATH, take_person, public=True), take(SIGN, take_signed, public=True))
