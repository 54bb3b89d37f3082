"""Acts of programs: as every act, by an envelope that the client sends, signed by the person's own key."""

import operator
from collections.abc import Awaitable, Callable, Iterable
from functools import partial, reduce
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import Field, create_model
from starlette.responses import Response

from portal.acts.limits import TooMuch, count_acts
from portal.api.bodies import read_json
from portal.api.call import Call
from portal.api.operations import ROOT, Operation, give
from portal.api.problems import AGAIN_AFTER, Problem, tell
from portal.api.shapes import ActAsked, ActPending, SignatureWanted
from portal.api.signing import list_wanted
from portal.applying.numbers import are_left
from reading.errors import Hidden
from selection.application.commands import Submit
from selection.decision.command import COMMANDS
from selection.decision.envelope import ENVELOPE_LIMIT, Envelope, envelope_of
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Receipt
from selection.kernel.proof import Assurance, Second
from selection.refusals.refused import Refused
from selection.register.state import INSTALLATION
from selection.rooms import APPLICATION_ACTS, LIST_ACTS, REGISTER_ACTS, ROUND_ACTS
from selection.round.commands import OpenRound
from selection.streams import application_stream, log_of, recommender_stream, round_stream
from selection.visibility.viewer import Standing
from starter.client.client import SelectionClient
from starter.client.errors import Pending

AREA = "acts"
WANTED = ("unsigned", "second-missing")
"""Refusals of an act that a further signature mends."""
UNUSED_AT_MOST = 20
"""Numbers of new applications of a round that a person may have while nothing came to them [D]."""
NOT_FOR_PROGRAMS = ("record-papers", "record-restoration", "report-unreached")
"""What pages or a command of ours record of what they did or looked at themselves, which the core cannot see.

A paper's file is hashed, and the record is asked whether it bears such a paper out, where the file is handed over.
"""
Find = Callable[[Call, ActAsked], Awaitable[str]]


async def act(call: Call, model: type[ActAsked], find_stream: Find) -> Response:
    """Do one act. The same under the same id is answered as it was; nothing is decided before it is signed."""
    command_id = call.command_id
    asked: ActAsked = await read_json(call, model)
    if not isinstance(asked.command, OpenRound):
        await _require_round(call)
    stream = await find_stream(call, asked)
    envelope = _make_envelope(call, asked, stream, command_id)
    client = await call.portal.backend.client()
    try:
        receipt = await client.find_answer(envelope)
        if receipt is None:
            await _require_signatures(call, client, asked, envelope)
            await count_acts(call.portal, call.reach, call.subject, command_id, [envelope])
            receipt = await client.send(envelope, asked.command)
    except Pending:
        return _tell_pending(call, envelope)
    except TooMuch as much:
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, much.code, much.params, headers=much.headers) from None
    except Refused as refused:
        zone = await call.find_zone(log_of(stream))
        raise Problem(HTTPStatus.CONFLICT, refused.code, refused.params, zone=zone) from None
    return give(receipt, HTTPStatus.CREATED, {"Location": _place_of(command_id)})


async def _require_round(call: Call) -> None:
    """Raise Hidden for a round that does not show: an act would begin a stream that nothing is decided in."""
    if "round" in call.request.path_params:
        await call.reads.rounds.get_standings(call.subject, call.get_part("round"))


def _make_envelope(call: Call, asked: ActAsked, stream: str, command_id: str) -> Envelope:
    """Return the act as its workflow takes it. Raises Refused for what no workflow would read."""
    second = None
    if asked.second is not None and asked.second.proof is not None:
        second = Second(person=asked.second.person, proof=asked.second.proof)
    actor = Actor(person=call.subject.person, role=asked.role, reason=asked.reason)
    envelope = envelope_of(stream, asked.command, actor, command_id)
    envelope = envelope.model_copy(update={"proof": asked.proof, "second": second})
    body = envelope.model_dump_json()
    if len(body.encode()) > ENVELOPE_LIMIT:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "message-too-large", {"limit": str(ENVELOPE_LIMIT)}
        )
    if "\\u0000" in body:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "body-unfit", {"places": "NUL"})
    return envelope


async def _require_signatures(
    call: Call, client: SelectionClient, asked: ActAsked, envelope: Envelope
) -> None:
    """Raise Problem for an act that is not signed as the rules ask for, with what is to be signed.

    On a local installation an act without a proof counts as its person's own.
    """
    level = await client.signing.level(envelope)
    rules = await client.signing.rules(envelope)
    try:
        await call.reach.sessions.check_signed(envelope, level, rules)
    except Refused as refused:
        if refused.code not in WANTED:
            raise await _tell_unsigned(call, envelope, level, rules, refused) from None
        terms = (await client.signing.state(envelope)).with_(looked_at=asked.looked_at)
        second = asked.second.person if asked.second is not None else ""
        wanted = list_wanted(envelope, terms, level, second)
        more = {
            "act": envelope.model_dump(mode="json"),
            "to_sign": [item.model_dump(mode="json") for item in wanted],
        }
        raise Problem(HTTPStatus.PRECONDITION_REQUIRED, refused.code, more=more) from None


async def _tell_unsigned(
    call: Call, envelope: Envelope, level: Assurance, rules: str, refused: Refused
) -> Problem:
    """Return what is told of a signature that does not count; of the second's never why, which tells of their keys."""
    if envelope.second is not None and refused.code != "second-same":
        alone = envelope.model_copy(update={"second": None})
        try:
            await call.reach.sessions.check_signed(alone, level, rules)
        except Refused as first:
            if first.code not in WANTED:
                return Problem(HTTPStatus.FORBIDDEN, first.code, first.params)
        return Problem(HTTPStatus.FORBIDDEN, "second-wrong")
    return Problem(HTTPStatus.FORBIDDEN, refused.code, refused.params)


def _tell_pending(call: Call, envelope: Envelope) -> Response:
    pending = ActPending(
        code=Pending.code,
        detail=tell(Pending.code, {}, call.language),
        stream=envelope.stream,
        command_id=envelope.command_id,
    )
    headers = {
        "Location": _place_of(envelope.command_id),
        "Retry-After": AGAIN_AFTER,
        "Content-Language": call.language,
    }
    return give(pending, HTTPStatus.ACCEPTED, headers)


def _place_of(command_id: str) -> str:
    return f"{ROOT}/receipts/{quote(command_id, safe='')}"


async def _find_new(call: Call, _: ActAsked) -> str:
    """Return the stream of a new application, the same for the same id of an applicant.

    Raises Problem for who is none, and for one to whose earlier numbers nothing came: each is taken before anything
    is signed.
    """
    round_id, person = call.get_part("round"), call.subject.person
    if not call.subject.holds(Role.APPLICANT):
        raise Problem(HTTPStatus.CONFLICT, "not-entitled", {"roles": Role.APPLICANT.value})
    numbered = await call.reads.applications.list_numbered(call.subject, round_id, "")
    if not are_left(numbered, [call.command_id], UNUSED_AT_MOST):
        raise Problem(HTTPStatus.CONFLICT, "numbers-unused", {"limit": str(UNUSED_AT_MOST)})
    client = await call.portal.backend.client()
    return await client.new_application(round_id, person, call.command_id)


async def _find_application(call: Call, asked: ActAsked) -> str:
    """Return the stream of an application. Raises Hidden for a version of one that is nothing to the person.

    A first version under a number of the sender's choice would take that from whoever it was given to.
    """
    stream = application_stream(call.get_part("round"), call.get_part("number"))
    if isinstance(asked.command, Submit):
        standings = await call.reads.applications.get_standings(call.subject, stream)
        if not standings - {Standing.PARTICIPANT}:
            raise Hidden
    return stream


async def _find_list(call: Call, _: ActAsked) -> str:
    return recommender_stream(call.get_part("round"), call.get_part("unit"))


async def _find_round(call: Call, _: ActAsked) -> str:
    return round_stream(call.get_part("round"))


async def _find_installation(_: Call, __: ActAsked) -> str:
    return INSTALLATION


def _model_of(name: str, kinds: Iterable[str]) -> type[ActAsked]:
    """Return the model of what asks for one of these acts, of those that people do."""
    offered = (kind for kind in kinds if kind not in NOT_FOR_PROGRAMS)
    models = tuple(COMMANDS[kind] for kind in offered if COMMANDS[kind].ROW.of_people)
    either: Any = models[0]
    if len(models) > 1:
        tagged: Any = Annotated
        either = tagged[reduce(operator.or_, models), Field(discriminator="kind")]
    made: type[ActAsked] = create_model(
        name, __base__=ActAsked, __doc__=ActAsked.__doc__, command=(either, ...)
    )
    return made


def _operation(path: str, summary: str, model: type[ActAsked], find_stream: Find) -> Operation:
    return Operation(
        "POST",
        f"/acts/{path}",
        partial(act, model=model, find_stream=find_stream),
        summary,
        AREA,
        {201: Receipt, 202: ActPending, 428: SignatureWanted},
        takes=model,
        named=True,
        problems=(400, 403, 404, 409, 413, 415, 422, 429),
    )


OPERATIONS = (
    _operation(
        "application/{round}",
        "Submit a new application; the round gives it a number",
        _model_of("NewApplicationAct", ("submit",)),
        _find_new,
    ),
    _operation(
        "application/{round}/{number}",
        "Do something in an application",
        _model_of("ApplicationAct", APPLICATION_ACTS),
        _find_application,
    ),
    _operation(
        "recommender/{round}/{unit}",
        "Do something on a unit's recommendation list",
        _model_of("ListAct", LIST_ACTS),
        _find_list,
    ),
    _operation("round/{round}", "Do something with a round", _model_of("RoundAct", ROUND_ACTS), _find_round),
    _operation(
        "installation",
        "Do something about people, keys or units",
        _model_of("InstallationAct", REGISTER_ACTS),
        _find_installation,
    ),
)
