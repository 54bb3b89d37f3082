"""Signing in by passkey, on a local installation by a link that counts once; and signing out."""

from collections.abc import Sequence

from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import Response

from portal.faults import Fault
from portal.guard.cookies import drop_session, drop_wanted, find_wanted, keep_session, keep_wanted
from portal.leaving import LEFT
from portal.routing import refuse_parts_of_pages, show, take, text_of
from portal.shown.names import NAMES
from portal.visit import Visit, own_path
from reading.access.sessions import Choice
from reading.access.subject import Means
from selection.refusals.refused import Refused
from selection.signing.base64 import encode
from selection.signing.reading import Assertion, sign_in_statement
from selection.signing.statement import challenge_of
from selection.wording.code_names import name_of

HOME = "/tasks"
LINK = "/sign-in/link/{link}"


async def ask_to_sign_in(visit: Visit) -> Response:
    """Show the page that asks for a passkey."""
    if visit.who is not None:
        return visit.lead(own_path(visit.request.query_params.get("next", HOME)))
    refuse_parts_of_pages(visit)
    return await ask_again(visit, visit.request.query_params.get("next", HOME))


async def sign_in(visit: Visit, form: FormData) -> Response:
    """Let in whose passkey signed the question, and lead to where they were going."""
    back, person = text_of(form, "next"), text_of(form, "person", 100) or text_of(form, "account", 100)
    try:
        claim = Assertion(
            person=person,
            challenge=text_of(form, "challenge"),
            portal=visit.portal.origin,
            signature=text_of(form, "signature", 4_000),
            authenticator_data=text_of(form, "authenticator_data", 4_000),
            client_data=text_of(form, "client_data", 4_000),
        )
        token = await visit.reach.sessions.begin(claim, visit.agent)
    except (Refused, ValidationError):
        # Which of the reasons it was would tell who is registered, and with which keys.
        await count_miss(visit, person)
        return await ask_again(visit, back, error="sign-in.failed", status=403)
    return await let_in(visit, token, back)


async def offer_people(visit: Visit) -> Response:
    """Show whom the holder of a sign-in link may be; the link still counts afterwards."""
    link = visit.request.path_params["link"]
    people = await visit.reach.sessions.list_choices(link)
    return _choose(visit, f"/sign-in/link/{link}", people)


async def sign_in_by_link(visit: Visit, form: FormData) -> Response:
    """Use a sign-in link up, as the person who was chosen."""
    link, person = visit.request.path_params["link"], text_of(form, "person", 100)
    try:
        token = await visit.reach.sessions.begin_by_link(link, person, visit.agent)
    except Refused:
        await count_miss(visit, person)
        return _choose(visit, visit.here, None, status=403)
    response = await let_in(visit, token, find_wanted(visit.request) or HOME)
    drop_wanted(response)
    return response


async def offer_others(visit: Visit) -> Response:
    """Show whom else the visitor may be, on a local installation."""
    return _choose(visit, visit.here, await visit.reach.sessions.list_others(visit.subject))


async def become_another(visit: Visit, form: FormData) -> Response:
    """Go on as another person in a session of their own; only where whoever is there may be anybody."""
    if visit.subject.means is not Means.LOCAL:
        raise Fault("hidden", 404)
    try:
        token = await visit.reach.sessions.begin_as_another(
            visit.subject, text_of(form, "person", 100), visit.agent
        )
    except Refused:
        raise Fault("form-unfit") from None
    return await let_in(visit, token, HOME)


async def sign_out(visit: Visit, _: FormData) -> Response:
    """End the session."""
    await visit.reach.sessions.end(visit.token)
    response = visit.lead("/sign-in?ended=1")
    drop_session(response)
    return response


async def sign_out_late(visit: Visit) -> Response:
    """End a session for good that had ended by time: from then on it leaves no form for its person either."""
    return await sign_out(visit, FormData())


async def ask_again(visit: Visit, back: str, *, error: str = "", status: int = 200) -> Response:
    """Show the page that asks to sign in, with what went wrong."""
    founded = await visit.reach.sessions.read_founding()
    local, portals = founded.local, founded.portals
    elsewhere = portals[0] if portals and visit.portal.origin not in portals else ""
    question = None if local or elsewhere else await visit.reach.entrance.ask()
    context = {
        "elsewhere": elsewhere,
        "challenge": question.challenge if question else "",
        "to_sign": encode(challenge_of(sign_in_statement(question))) if question else "",
        "site": visit.portal.site,
        "next": own_path(back),
        "local": local,
        "provider": visit.portal.provider,
        "left": LEFT in visit.request.query_params and not error,
        "ended": "ended" in visit.request.query_params and not error,
        "error": error,
    }
    response = visit.render("sign_in/passkey.html", context, status=status)
    if local and back != HOME:
        # Whoever came by a letter opens the sign-in link next, and goes on from there.
        keep_wanted(response, own_path(back))
    return response


def _choose(visit: Visit, path: str, people: Sequence[Choice] | None, *, status: int = 200) -> Response:
    called = None if people is None else _call(people, visit.language)
    context = {"path": path, "people": called}
    return visit.render("sign_in/person.html", context, status=status if people is not None else 403)


def _call(people: Sequence[Choice], language: str) -> list[tuple[str, str]]:
    """Return each person with what they are called; a register holds a thousand, of few sets of roles."""
    between = "、" if language == "zh" else ", "
    held = {
        roles: between.join(name_of(NAMES["role"], role, language) for role in roles)
        for roles in {one.roles for one in people}
    }
    return [(one.person, f"{one.name or one.person} – {held[one.roles]} ({one.person})") for one in people]


async def let_in(visit: Visit, token: str, back: str) -> Response:
    """Give the browser its session, and lead to where the visitor was going."""
    if visit.token:
        # The browser forgets the session that was open in it, or has ended: nobody could end it by signing out.
        await visit.reach.sessions.end(visit.token)
    response = visit.lead(back)
    # Another name than before: what was planted in the browser beforehand opens nothing.
    keep_session(response, token)
    return response


async def count_miss(visit: Visit, person: str) -> None:
    """Count an attempt to sign in, or to enrol a key, that came to nothing. Raises Fault too-many.

    It is asked after the signature was looked at: whoever signs rightly is let in, however many did not.
    """
    if not await visit.reach.attempts.miss(visit.address, person):
        raise Fault("too-many", 429)


ROUTES = (
    show("/sign-in", ask_to_sign_in, public=True),
    take("/sign-in", sign_in, public=True),
    show(LINK, offer_people, public=True),
    take(LINK, sign_in_by_link, public=True),
    show("/person", offer_others),
    take("/person", become_another),
    take("/sign-out", sign_out, ended=sign_out_late),
)
