"""What crosses Temporal: which model each payload of a history is read by, and the fields of all these models."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from temporalio import activity, workflow
from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent

from activities.archive import ArchiveActivities
from activities.courier import CourierActivities
from activities.decide import DecidingActivities
from activities.messages import StreamStart
from activities.rounds import RoundActivities
from activities.signer import SignerActivities
from audit.histories.run import Run
from runtime.temporal.plugin import PLAIN
from selection.decision.envelope import Envelope, open_envelope
from selection.decision.reference import Decision
from selection.kernel.leaf import Receipt
from selection.kernel.model import Compact, Frozen, Value, fields_of
from selection.refusals.refused import Refused
from selection.streams import aggregate, event_types
from tests.golden.replays import ALL
from workflows.inbox import CARRY

ACTIVITIES = (ArchiveActivities, CourierActivities, DecidingActivities, RoundActivities, SignerActivities)
STREAMS = ("round/", "recommender/", "application/", "archive/")
LOCAL = "core_local_activity"
"""The name of the marker that holds a local activity's answer."""
REQUIRED, OPTIONAL, LEFT_OUT = "required", "optional", "optional, left out when empty"


class Signature(NamedTuple):
    """What goes into an activity or a workflow, and what comes out."""

    given: tuple[Any, ...]
    told: Any


class Crossing(NamedTuple):
    """One payload of a history: the event, and the model that reads it today."""

    event: int
    model: Any
    payload: Payload


def activities() -> dict[str, Signature]:
    """Every activity by its name."""
    found = {}
    for kind in ACTIVITIES:
        for item in vars(kind).values():
            defined = activity._Definition.from_callable(item) if callable(item) else None
            if defined is not None and defined.name:
                found[defined.name] = Signature(tuple(defined.arg_types or ()), defined.ret_type)
    return found


def workflows() -> dict[str, Signature]:
    """Every workflow by its name."""
    found = {}
    for kind in ALL:
        defined = workflow._Definition.must_from_class(kind)
        found[str(defined.name)] = Signature(tuple(defined.arg_types or ()), defined.ret_type)
    return found


def list_crossings(run: Run) -> Iterator[Crossing]:
    """Give every payload of a history that a model reads; acts that were garbage are left out."""
    own = workflows()[run.start.workflow_type.name]
    scheduled: dict[int, Signature] = {}
    for event in run.events:
        if event.HasField("activity_task_scheduled_event_attributes"):
            name = event.activity_task_scheduled_event_attributes.activity_type.name
            scheduled[event.event_id] = activities()[name]
        yield from _read_by(event, own, scheduled)


def _read_by(event: HistoryEvent, own: Signature, scheduled: dict[int, Signature]) -> Iterator[Crossing]:
    number, attributes = event.event_id, getattr(event, str(event.WhichOneof("attributes")))
    match event.WhichOneof("attributes"):
        case "workflow_execution_started_event_attributes":
            yield from _pair(number, own.given, attributes.input.payloads)
        case "workflow_execution_continued_as_new_event_attributes":
            yield from _pair(number, own.given, attributes.input.payloads)
        case "workflow_execution_completed_event_attributes":
            yield from _pair(number, (own.told,), attributes.result.payloads)
        case "activity_task_scheduled_event_attributes":
            yield from _pair(number, scheduled[number].given, attributes.input.payloads)
        case "activity_task_completed_event_attributes":
            told = scheduled[attributes.scheduled_event_id].told
            yield from _pair(number, (told,), attributes.result.payloads)
        case "marker_recorded_event_attributes" if attributes.marker_name == LOCAL:
            name = json.loads(attributes.details["data"].payloads[0].data)["activity_type"]
            yield from _pair(number, (activities()[name].told,), attributes.details["result"].payloads)
        case "workflow_execution_update_accepted_event_attributes" if _is_carry(attributes):
            yield from _pair(number, (Decision,), attributes.accepted_request.input.args.payloads)
        case "workflow_execution_update_accepted_event_attributes":
            payloads = attributes.accepted_request.input.args.payloads
            yield from _pair(number, (Envelope,), [part for part in payloads if _is_envelope(part)])
        case "workflow_execution_update_completed_event_attributes":
            yield from _pair(number, (Receipt,), attributes.outcome.success.payloads)
        case "workflow_execution_signaled_event_attributes" if attributes.signal_name == "act":
            yield from _pair(number, (Envelope,), attributes.input.payloads)


def _pair(event: int, models: Any, payloads: Any) -> Iterator[Crossing]:
    for model, payload in zip(models, payloads, strict=False):
        yield Crossing(event, model, payload)


def _is_carry(accepted: Any) -> bool:
    return str(accepted.accepted_request.input.name) == CARRY


def _is_envelope(payload: Payload) -> bool:
    try:
        return "command" in json.loads(payload.data)
    except ValueError:
        return False


def again(payload: Payload, model: Any) -> bytes:
    """Read a payload by today's model and write it again, by the converter that workers use.

    Raises what the converter raises for one that today's model does not take.
    """
    [value] = PLAIN.payload_converter.from_payloads([payload], [model])
    _read_deeper(value)
    [written] = PLAIN.payload_converter.to_payloads([value])
    return written.data


def _read_deeper(value: object) -> None:
    """Read what lies in a payload as plain data, the commands of acts. Raises ValueError."""
    for envelope in _envelopes_in(value):
        _read_command(envelope)


def _envelopes_in(value: object) -> Iterator[Envelope]:
    """Give the envelopes of a payload: itself, or those that wait in the start of a run; garbage is left out."""
    if isinstance(value, Envelope):
        yield value
    for waiting in value.waiting if isinstance(value, StreamStart) else ():
        with suppress(Refused):
            yield open_envelope(waiting.body)


def _read_command(envelope: Envelope) -> None:
    for stream in STREAMS[:3]:
        try:
            command = aggregate(stream).parse(envelope.command)
        except Refused:
            continue
        _same(command.model_dump(mode="json"), envelope.command, envelope.kind)
        return


def _same(written: object, read: object, what: str) -> None:
    if written != read:
        raise ValueError(f"{what} is written as {written}")


def fields() -> list[str]:
    """Return every field of every model that crosses Temporal, with whether it must be there.

    Models are known by their names, which are all different: where one is defined may change.
    """
    found: dict[str, str] = {}
    for model in sorted(models(), key=lambda item: (item.__module__, item.__qualname__)):
        assert not any(name.startswith(f"{model.__qualname__}.") for name in found), model
        for name, field in fields_of(model).items():
            told = REQUIRED if field.is_required() else LEFT_OUT if field.exclude_if else OPTIONAL
            found[f"{model.__qualname__}.{name}"] = told
    return [f"{name}: {told}" for name, told in found.items()]


def models() -> set[type[Value]]:
    """Return every model that crosses Temporal, with those inside."""
    roots: list[Any] = [Envelope, Receipt, *event_types().values(), *_commands(Frozen)]
    roots += [aggregate(stream).state_type for stream in STREAMS]
    for signature in (*activities().values(), *workflows().values()):
        roots += [*signature.given, signature.told]
    return find_reached(roots)


def find_reached(given: list[Any]) -> set[type[Value]]:
    """Return these models with those inside."""
    roots, reached = list(given), set[type[Value]]()
    while roots:
        found = roots.pop()
        if not isinstance(found, type) or get_origin(found):
            roots += get_args(found)
        elif issubclass(found, BaseModel | Compact) and found not in reached:
            reached.add(found)
            roots += [field.annotation for field in fields_of(found).values()]
    return reached


def _commands(model: type[Frozen]) -> Iterator[type[Frozen]]:
    for kind in model.__subclasses__():
        field = kind.model_fields.get("kind")
        if (
            field is not None
            and get_origin(field.annotation) is Literal
            and kind.__module__.startswith("selection.")
        ):
            yield kind
        yield from _commands(kind)
