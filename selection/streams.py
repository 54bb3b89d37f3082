"""The kinds of streams, each as an aggregate; and from a stream's name to the aggregate that decides and folds it."""

from selection.application import decide as application, state as application_state
from selection.application.state import ApplicationState
from selection.archive import decide as archive, state as archive_state
from selection.archive.state import ArchiveState
from selection.carry import to_application, to_list
from selection.decision.aggregate import ActRefused, Aggregate, Event
from selection.decision.stream_state import StreamState
from selection.recommendation import decide as recommendation, state as recommendation_state
from selection.recommendation.state import ListState
from selection.register import decide as register, key_decide as register_keys, state as register_state
from selection.register.state import INSTALLATION, RegisterState
from selection.rooms import ROOMS
from selection.round import decide as round_, stage_progress, state as round_state
from selection.round.commands import DRAW_ACTS, RecordOutage
from selection.round.state import RoundState

APPLICATION = Aggregate[ApplicationState](
    kind="application",
    initial=application_state.initial,
    parse=application.parse,
    needs=application.needs,
    decide=application.decide,
    due=application.due,
    settle=application.settle,
    apply=application.apply,
    state_type=ApplicationState,
    command_for=to_application.command_for,
    with_refusal=application.with_refusal,
    related=application.ask_relations_of_seats,
    # Who acts is asked first: whether it has ended is not told to everyone.
    too_late=lambda state, facts: None,
)

ROUND = Aggregate[RoundState](
    kind="round",
    initial=round_state.initial,
    parse=round_.parse,
    needs=round_.needs,
    decide=round_.decide,
    due=round_.due,
    settle=round_.settle,
    apply=round_.apply,
    state_type=RoundState,
    # Settled first, a deadline that nobody could keep would be closed for good by the act that is to move it.
    before_settling=(RecordOutage,),
    after_the_end=DRAW_ACTS,
    in_round=False,
    looks=stage_progress.look_needs,
    advance=stage_progress.advance,
)

RECOMMENDATION_LIST = Aggregate[ListState](
    kind="recommender",
    initial=recommendation_state.initial,
    parse=recommendation.parse,
    needs=recommendation.needs,
    decide=recommendation.decide,
    due=recommendation.due,
    settle=recommendation.settle,
    apply=recommendation.apply,
    state_type=ListState,
    command_for=to_list.command_for,
    with_refusal=recommendation.with_refusal,
    too_late=recommendation.too_late,
    late_refusal=to_list.late_refusal,
)

ARCHIVE = Aggregate[ArchiveState](
    kind="archive",
    initial=archive_state.initial,
    parse=archive.parse,
    needs=archive.needs,
    decide=archive.decide,
    due=archive.due,
    settle=archive.settle,
    apply=archive.apply,
    state_type=ArchiveState,
)

REGISTER = Aggregate[RegisterState](
    kind=INSTALLATION,
    initial=register_state.initial,
    parse=register.parse,
    needs=register.needs,
    decide=register.decide,
    due=register.due,
    settle=register.settle,
    apply=register.apply,
    state_type=RegisterState,
    in_round=False,
    admits_stranger=register.admits_stranger,
    keys_beside=register.keys_beside,
    with_refusal=register_keys.with_refusal,
)

_DECIDING = (
    ROUND.of_any_stream(),
    RECOMMENDATION_LIST.of_any_stream(),
    APPLICATION.of_any_stream(),
    REGISTER.of_any_stream(),
)
_AGGREGATES = {item.kind: item for item in (*_DECIDING, ARCHIVE.of_any_stream())}

KINDS = tuple(item.kind for item in _DECIDING)
"""The kinds of streams that a workflow owns for as long as it runs, and whose history is kept."""


WORKFLOW_OF = {
    "round": "Round",
    "recommender": "Recommender",
    "application": "Application",
    "archive": "Archive",
    INSTALLATION: "Register",
}
"""Kind of stream -> the type of the workflow that owns it; its id is the stream's name."""

REVIEW_REQUEST = "ReviewRequest"
"""The type of the child in which an application's requests for review are decided (docs/decisions/0069)."""
_CHILD = "review"


def aggregate(stream: str) -> Aggregate[StreamState]:
    """Return the aggregate of `round/…`, `recommender/…`, `application/…`, `archive/…` or `installation`.

    Raises KeyError for another.
    """
    return _AGGREGATES[stream.split("/", 1)[0]]


def event_types() -> dict[str, type[Event]]:
    """Return every type of event that an aggregate decides, by its stable name."""
    found: list[type[Event]] = [ActRefused, *(event for room in ROOMS for event in room.folds)]
    return {event.TYPE: event for event in found}


def review_workflow(stream: str) -> str:
    """Return the id of the workflow beside an application's own in which its requests for review are decided."""
    return f"{stream}/{_CHILD}"


def stream_of(workflow_id: str) -> str:
    """Return the stream that a workflow takes to the record: that of its name, or the application's of a child."""
    parts = workflow_id.split("/")
    is_child = len(parts) == 4 and (parts[0], parts[3]) == (APPLICATION.kind, _CHILD)
    return "/".join(parts[:3]) if is_child else workflow_id


def workflow_type_of(workflow_id: str) -> str:
    """Return the type that a workflow of this id has; empty where no workflow of a stream has such an id."""
    if stream_of(workflow_id) != workflow_id:
        return REVIEW_REQUEST
    return WORKFLOW_OF.get(workflow_id.partition("/")[0], "")


def workflow_ids_of(stream: str) -> tuple[str, ...]:
    """Return the ids of all workflows that may take a stream to the record, its own first."""
    is_application = stream.partition("/")[0] == APPLICATION.kind
    return (stream, review_workflow(stream)) if is_application else (stream,)


def application_stream(round_id: str, number: str) -> str:
    """Return the stream, and workflow id, of an application."""
    return f"application/{round_id}/{number}"


def recommender_stream(round_id: str, unit: str) -> str:
    """Return the stream, and workflow id, of a unit's recommendation list."""
    return f"recommender/{round_id}/{unit}"


def round_stream(round_id: str) -> str:
    """Return the stream, and workflow id, of a round."""
    return f"round/{round_id}"


def archive_stream(round_id: str) -> str:
    """Return the stream, and workflow id, of a round's archive."""
    return f"archive/{round_id}"


def find_number(stream: str) -> str:
    """Return the number of an application, by which people know it; empty of another stream."""
    return _find_part(stream, "application")


def find_unit(stream: str) -> str:
    """Return the code of the unit whose recommendation list a stream is; empty of another stream."""
    return _find_part(stream, "recommender")


def _find_part(stream: str, wanted: str) -> str:
    kind, _, place = stream.partition("/")
    return place.partition("/")[2] if kind == wanted else ""


def log_of(stream: str) -> str:
    """Return the log that holds a stream: the round's, or the installation's."""
    return stream.split("/")[1] if "/" in stream else INSTALLATION
