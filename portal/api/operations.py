"""One operation: what it takes and answers, from which both its route and its description are made."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import structlog
from pydantic import BaseModel, TypeAdapter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ledger.errors import RecordUnavailable
from portal.api.call import Call, find_token
from portal.api.problems import Problem, language_of, problem_of
from portal.guard.bodies import trust_sender
from portal.visit import Portal
from runtime.error_places import describe_error
from runtime.errors import StackError

ROOT = "/api/v1"
ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)
log = structlog.get_logger(__name__)

Answer = Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True)
class Operation:
    """An operation of the API.

    `takes` is the model of its body in JSON, or media types of other bodies; `gives` says by status what it answers:
    a model, a media type, or None for nothing. `public` asks for no token, `named` for an Idempotency-Key.
    """

    method: str
    path: str
    answer: Answer
    summary: str
    area: str
    gives: Mapping[int, Any]
    takes: Any = None
    query: type[BaseModel] | None = None
    public: bool = False
    named: bool = False
    problems: tuple[int, ...] = field(default=())


def give(content: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return models as JSON; a field that does not show was never set, and is left out."""
    body = ANYTHING.dump_json(content, exclude_unset=True)
    return Response(body, status, dict(headers or {}), "application/json")


def list_routes(operations: Iterable[Operation]) -> list[Route]:
    """Return a route for each address, which tells the methods that it knows."""
    ordered = sorted(operations, key=lambda operation: operation.path)
    return [_make_route(path, tuple(found)) for path, found in groupby(ordered, lambda item: item.path)]


def _make_route(path: str, operations: tuple[Operation, ...]) -> Route:
    by_method = {operation.method: operation for operation in operations}

    async def answer(request: Request) -> Response:
        return await _answer(request, by_method["GET" if request.method == "HEAD" else request.method])

    return Route(ROOT + path, answer, methods=list(by_method))


async def _answer(request: Request, operation: Operation) -> Response:
    try:
        try:
            return await _open_and_answer(request, operation)
        except RecordUnavailable:
            await request.app.state.portal.backend.look_again()
            # A restart broke the connections; to read twice does no harm.
            if operation.method != "GET":
                raise
            return await _open_and_answer(request, operation)
    except Exception as error:  # noqa: BLE001 # whatever it is, the program is told it by a code
        problem = problem_of(error)
        if problem.code in ("broken", "away"):
            reason = error.code if isinstance(error, StackError) else describe_error(error)
            log.warning("request not served", code=problem.code, operation=operation.path, error=reason)
        return problem.respond(language_of(request))


async def _open_and_answer(request: Request, operation: Operation) -> Response:
    if operation.query is None and request.query_params:
        raise Problem(400, "query-unfit", {"places": "?"})
    portal: Portal = request.app.state.portal
    reach = await portal.backend.reach()
    who = None
    if not operation.public:
        token = find_token(request)
        who = await reach.sessions.resume(token) if token else None
        if who is None:
            raise Problem(401, "token-needed")
        trust_sender(request, who.subject.person)
    return await operation.answer(Call(request, portal, reach, who))
