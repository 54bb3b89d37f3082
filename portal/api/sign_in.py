"""Sessions of programs: begun by a registered key's answer to a question, known by a token of their own."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.responses import Response

from portal.api.bodies import read_json
from portal.api.call import Call, find_token
from portal.api.operations import Operation, give
from portal.api.problems import Problem
from portal.api.shapes import LinkUsed, QuestionAsked, QuestionToSign, SessionBegun, SessionFacts
from reading.access.sessions import FOR_PROGRAMS, Sessions, SignedIn
from selection.refusals.refused import Refused
from selection.signing.base64 import encode
from selection.signing.reading import ReadProof, read_statement
from selection.signing.statement import challenge_of

AREA = "sessions"


async def ask(call: Call) -> Response:
    """Ask a question of whoever wants in; whether there are such a person and key is not told."""
    asked: QuestionAsked = await read_json(call, QuestionAsked)
    question = await call.reach.entrance.ask()
    statement = read_statement(asked.person, asked.key, question)
    return give(
        QuestionToSign(
            question=question, statement=statement.decode(), to_sign=encode(challenge_of(statement))
        )
    )


async def begin(call: Call) -> Response:
    """Begin a session for who answered a question."""
    claim: ReadProof = await read_json(call, ReadProof)
    return await _begin(call, claim.person, lambda sessions: sessions.begin(claim, call.agent, FOR_PROGRAMS))


async def begin_by_link(call: Call) -> Response:
    """Begin a session for who holds a sign-in link of a local installation, which counts once."""
    used: LinkUsed = await read_json(call, LinkUsed)
    return await _begin(
        call,
        used.person,
        lambda sessions: sessions.begin_by_link(used.link, used.person, call.agent, FOR_PROGRAMS),
    )


async def _begin(call: Call, person: str, let_in: Callable[[Sessions], Awaitable[str]]) -> Response:
    sessions = call.reach.sessions
    try:
        token = await let_in(sessions)
        who = await sessions.resume(token)
    except Refused:
        who = None
    if who is None:
        if not await call.reach.attempts.miss(call.address, person):
            raise Problem(HTTPStatus.TOO_MANY_REQUESTS, "attempts-too-many")
        # Which of the reasons it was would tell who is registered, and with which keys.
        raise Problem(HTTPStatus.FORBIDDEN, "sign-in-failed")
    return give(SessionBegun(token=token, **_tell(who).model_dump()), HTTPStatus.CREATED)


async def show(call: Call) -> Response:
    """Show whose session it is."""
    assert call.who is not None
    return give(_tell(call.who))


async def end(call: Call) -> Response:
    """End the session."""
    await call.reach.sessions.end(find_token(call.request))
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _tell(who: SignedIn) -> SessionFacts:
    subject = who.subject
    roles = tuple(sorted(subject.fact.roles))
    return SessionFacts.model_validate(
        {"person": subject.person, "means": subject.means, "roles": roles, "until": who.session.until}
    )


OPERATIONS = (
    Operation(
        "POST",
        "/questions",
        ask,
        "Ask for a question, to be answered with a key within five minutes",
        AREA,
        {200: QuestionToSign},
        takes=QuestionAsked,
        public=True,
        problems=(415, 422),
    ),
    Operation(
        "POST",
        "/sessions",
        begin,
        "Begin a session with the answer to a question",
        AREA,
        {201: SessionBegun},
        takes=ReadProof,
        public=True,
        problems=(403, 415, 422, 429),
    ),
    Operation(
        "POST",
        "/sessions/by-link",
        begin_by_link,
        "Begin a session with a sign-in link of a local installation",
        AREA,
        {201: SessionBegun},
        takes=LinkUsed,
        public=True,
        problems=(403, 415, 422, 429),
    ),
    Operation("GET", "/session", show, "Whose session it is", AREA, {200: SessionFacts}),
    Operation("DELETE", "/session", end, "End the session", AREA, {204: None}),
)
