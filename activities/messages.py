"""What goes into and comes out of activities, and their names: the only part that workflows import."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from selection.archive.events import Cause
from selection.decision.reference import Decision
from selection.kernel.actor import SYSTEM, Actor
from selection.kernel.leaf import Instant, Receipt
from selection.kernel.model import Frozen
from selection.projections.standing import Standing

DECIDE = "decide"
TELL = "tell"
CARRY_OUT = "carry_out"
DRAW = "draw"
DELIVER = "deliver"
SIGN = "sign"
COUNT_OPEN = "count_open"
KEEP_HISTORIES = "keep_histories"
ROUNDS_TO_ARCHIVE = "rounds_to_archive"

ERASER_AWAY = "eraser-away"
"""How an erasure is refused that no worker may record."""
NO_ANSWER, HALTED = "no-answer", "record-behind"
"""How a workflow answers that does not answer in time, and one whose log is halted: it is to be asked again."""
UNTOLD = "untold"
"""How a list answers whoever recommended an application that has yet to take it."""

# A task that a killed worker had is given to another after this time: 10 s by default, 5 s measured as safe.
TASK_TIMEOUT = timedelta(seconds=5)


def _empty(value: Any) -> bool:
    return not value


def _is_unset(value: int) -> bool:
    return value < 0


class Counted(Frozen):
    """Messages that left no entry: dropped beyond the bound, and garbage that names nobody who is registered."""

    dropped: int = 0
    garbage: int = 0


class Waiting(Frozen):
    """A message that nobody waits for, on its way into the next run; `cancels` is the run that was to be cancelled."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    body: bytes = b""
    refuse_as: str = ""
    carry: Decision | None = None
    cancels: Annotated[str, Field(exclude_if=_empty)] = ""


class StreamStart(Frozen):
    """What a run starts with: no state, only what waited when it was continued, and counts."""

    waiting: tuple[Waiting, ...] = ()
    counted: Counted = Counted()


class DecideRequest(Frozen):
    """A task for the record: a message as it came, a decision to carry out, or nothing but what is due.

    `at` is when the workflow took it, `knows` the version that the record told it last. `refuse_as` is a code if it
    is refused whatever it holds. `cancelled` tells that a cancel request came for the run, or for the one before,
    `run`, which could not take it any more.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    stream: str
    at: Instant
    knows: int = 0
    body: Annotated[bytes, Field(exclude_if=_empty)] = b""
    refuse_as: Annotated[str, Field(exclude_if=_empty)] = ""
    carry: Annotated[Decision | None, Field(exclude_if=_empty)] = None
    cancelled: Annotated[bool, Field(exclude_if=_empty)] = False
    run: Annotated[str, Field(exclude_if=_empty)] = ""


class Answer(Frozen):
    """How the record answered, as it stands in the workflow's history.

    What was recorded now: the first entry's version and sequence, every leaf's hash (hex), and the frame that they
    were recorded in. `receipt` is that of an act that was done, or refused, before. `code` is that of a refusal,
    `counted` tells that it was not recorded. `tells` names the versions that applications are to carry out.
    `away`: the record did not answer in time; the same request goes on as an activity that waits. `erases`: it is an
    erasure, which this worker may not record; the same request goes on to one that may.
    """

    command_id: Annotated[str, Field(exclude_if=_empty)] = ""
    at: Annotated[Instant | None, Field(exclude_if=_empty)] = None
    first: Annotated[int, Field(exclude_if=_empty)] = 0
    seq: Annotated[int, Field(exclude_if=_is_unset)] = -1
    hashes: Annotated[tuple[str, ...], Field(exclude_if=_empty)] = ()
    recorded: Annotated[Instant | None, Field(exclude_if=_empty)] = None
    register_size: Annotated[int, Field(exclude_if=_empty)] = 0
    receipt: Annotated[Receipt | None, Field(exclude_if=_empty)] = None
    code: Annotated[str, Field(exclude_if=_empty)] = ""
    params: dict[str, str] = Field(default_factory=dict, exclude_if=_empty)
    counted: Annotated[bool, Field(exclude_if=_empty)] = False
    tells: dict[str, int] = Field(default_factory=dict, exclude_if=_empty)
    standing: Annotated[Standing | None, Field(exclude_if=_empty)] = None
    away: Annotated[bool, Field(exclude_if=_empty)] = False
    erases: Annotated[bool, Field(exclude_if=_empty)] = False
    halted: Annotated[bool, Field(exclude_if=_empty)] = False


class Told(Frozen):
    """How another stream answered a decision: an empty code means done.

    Of a refusal that it recorded, `version` is that entry's.
    """

    code: str = ""
    params: dict[str, str] = Field(default_factory=dict)
    version: int = 0


class TellRequest(Frozen):
    """A decision for another stream to carry out; its name makes it one act however often it is told."""

    workflow_id: str
    decision: Decision


class BatchRequest(Frozen):
    """A decision of a round, to be carried out on its applications: its name, and the version of its entry."""

    stream: str
    batch: str
    begun: int


class Delivered(Frozen):
    """What one turn of the courier sent."""

    letters: int = 0
    messages: int = 0
    refused: int = 0


class SignTurn(Frozen):
    """A turn of the signer; `refused` is what the last turn found: log -> code."""

    refused: dict[str, str] = Field(default_factory=dict)


class SignedTurn(Frozen):
    """How many checkpoints a turn made, and which logs it does not sign, each with the code of why."""

    signed: int = 0
    refused: dict[str, str] = Field(default_factory=dict)


class ArchiveTurn(Frozen):
    """One turn of an act of archiving: who wants it and why, and how far the act has come.

    Those that follow are the workflows whose id is greater than `after`; `told` tells that the act recorded something.
    """

    stream: str
    actor: Actor = SYSTEM
    command_id: str
    cause: Cause
    at: Instant
    after: str = ""
    told: bool = False
    open: int = 0


class Archived(Frozen):
    """What one turn kept and recorded, and how the act goes on.

    `after` is the last workflow of the turn, `last` tells that none follows. `open` counts the runs of the turn
    that are open, `looked` all its runs, `missing` the streams of which Temporal has no history any more. `code` is
    that of a refusal.
    """

    after: str = ""
    last: bool = True
    looked: int = 0
    open: int = 0
    missing: int = 0
    told: bool = False
    code: str = ""
    params: dict[str, str] = Field(default_factory=dict)


class RoundsToArchive(Frozen):
    """The rounds that have, or may still get, histories that are not kept."""

    rounds: tuple[str, ...]
