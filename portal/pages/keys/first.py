"""A first passkey, by the code of a letter.

The code stays in the browser: it signs there, for the one key that was made there.
"""

from secrets import token_urlsafe

from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import Response

from portal.enrolling.making import NewPasskey, PasskeyRequest
from portal.faults import Fault
from portal.guard.cookies import find_making, keep_making
from portal.pages.keys.founder import ask_for_person
from portal.pages.keys.own import tell_of
from portal.pages.sign_in import count_miss
from portal.routing import show, take, text_of
from portal.visit import Visit
from reading.access.first_keys import FirstKey
from selection.refusals.refused import Refused
from selection.signing.one_time_code import code_message

PATH = "/enrol"
PROVE = "/enrol/prove"


async def ask_for_first(visit: Visit) -> Response:
    """Show the page on which a first passkey is made."""
    return await _ask(visit)


async def take_made(visit: Visit, form: FormData) -> Response:
    """Take the passkey that was made, and ask it and the code to sign that it is to be the person's."""
    account = _read_account(form)
    try:
        return await _show_made(visit, account, _read(visit, form))
    except Refused as refused:
        return await _ask(visit, tell_of(visit, refused))


async def take_proven(visit: Visit, form: FormData) -> Response:
    """Keep the key until it is confirmed; of what does not fit nothing is told but that."""
    account = _read_account(form)
    try:
        made = _read(visit, form)
    except Refused as refused:
        return await _ask(visit, tell_of(visit, refused))
    try:
        enrolment = made.enrol(form, await visit.reach.sessions.read_founding(), account)
        first = FirstKey(enrolment=enrolment, token=text_of(form, "token", 200))
    except (Refused, ValidationError):
        await count_miss(visit, account)
        return await _show_made(visit, account, made, visit.say("keys.first-unproven"))
    if await visit.reach.first_key_desk.founds(first):
        return await ask_for_person(visit, first)
    if not await visit.reach.first_key_desk.ask(first):
        await count_miss(visit, account)
        return await _show_made(visit, account, made, visit.say("keys.first-unfit"))
    return visit.render("keys/first_done.html", {"key": enrolment.key.key, "account": account})


def _read_account(form: FormData) -> str:
    account = text_of(form, "account", 100)
    if not account:
        raise Fault("form-unfit")
    return account


def _read(visit: Visit, form: FormData) -> NewPasskey:
    return PasskeyRequest.of(form, find_making(visit.request), visit.portal.origin).read(form)


async def _ask(visit: Visit, error: str = "") -> Response:
    known = find_making(visit.request)
    secret = known or token_urlsafe(32)
    local = await visit.reach.sessions.is_local()
    context = {
        "asked": PasskeyRequest.now(secret, visit.portal.origin),
        "local": local,
        "founding": await visit.reach.first_key_desk.awaits_founder(),
        "error": error,
    }
    response = visit.render("keys/first.html", context, status=403 if error else 200)
    if not known:
        keep_making(response, secret)
    return response


async def _show_made(visit: Visit, account: str, made: NewPasskey, error: str = "") -> Response:
    installation = (await visit.reach.sessions.read_founding()).installation
    founding = await visit.reach.first_key_desk.awaits_founder()
    context = {
        "made": made,
        "founding": founding,
        # The code of the founding is nobody's yet.
        "code_of": "" if founding else account,
        "shown": made.show(installation, account),
        "by_code": code_message(installation, account, made.passkey.key).decode(),
        "installation": installation,
        "account": account,
        "error": error,
    }
    return visit.render("keys/first_prove.html", context, status=403 if error else 200)


ROUTES = (
    show(PATH, ask_for_first, public=True),
    take(PATH, take_made, public=True),
    take(PROVE, take_proven, public=True),
)
