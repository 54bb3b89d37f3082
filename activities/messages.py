"""What goes into and comes out of activities, and their names: the only part that workflows import."""

from typing import Annotated

from pydantic import Field

from selection.archive.events import ArchivedRun
from selection.facts import FactsRequest
from selection.leaf import Instant, Leaf
from selection.model import Frozen

RECORD = "record"
READ_FACTS = "read_facts"
READ_RECEIPT = "read_receipt"
TELL = "tell"
CARRY_OUT = "carry_out"
DRAW = "draw"
DELIVER = "deliver"
SIGN = "sign"
READ_ARCHIVE = "read_archive"
COUNT_OPEN = "count_open"
FETCH_HISTORIES = "fetch_histories"
ROUNDS_TO_ARCHIVE = "rounds_to_archive"


class RecordRequest(Frozen):
    """Consecutive leaves of one stream, to be recorded all or none.

    `deadlines` are those that the leaves rest on, where an extension may have moved them; then nothing is recorded.
    """

    log: str
    stream: str
    leaves: tuple[Leaf, ...]
    deadlines: Annotated[dict[str, Instant] | None, Field(exclude_if=lambda value: value is None)] = None


class Recorded(Frozen):
    """Where the last of the leaves stands.

    Of what is not recorded, `refused` is the code, with `params`, or `moved` are the deadlines in force in place of
    those that it rested on.
    """

    seq: int = -1
    leaf_hash: str = ""
    refused: str = ""
    params: dict[str, str] = {}
    moved: dict[str, Instant] = {}

    @property
    def done(self) -> bool:
        """Tell whether the leaves are recorded."""
        return not (self.refused or self.moved)


class FactsQuery(Frozen):
    """Facts of a round, for a stream."""

    round: str
    stream: str
    request: FactsRequest


class ReceiptQuery(Frozen):
    """The receipt of a version of a stream."""

    stream: str
    version: int


class Told(Frozen):
    """How another stream answered an act: an empty code means done."""

    code: str = ""
    params: dict[str, str] = {}


class TellRequest(Frozen):
    """An act for another stream; the envelope's command id makes it one act however often it is sent."""

    workflow_id: str
    envelope: dict[str, object]


class BatchRequest(Frozen):
    """A recorded decision of a round, to be carried out on its applications; `version` is the round's."""

    round: str
    batch: str
    version: int


class Delivered(Frozen):
    """What one turn of the courier sent."""

    letters: int = 0
    messages: int = 0
    refused: int = 0


class SignTurn(Frozen):
    """A turn of the signer; `refused` is what the last turn found: log -> code."""

    refused: dict[str, str] = {}


class SignedTurn(Frozen):
    """How many checkpoints a turn made, and which logs it does not sign, each with the code of why."""

    signed: int = 0
    refused: dict[str, str] = {}


class ArchiveQuery(Frozen):
    """Which histories of a round to fetch next: those of workflows whose id follows `after`."""

    round: str
    after: str = ""


class Fetched(Frozen):
    """What one turn kept that the record does not name yet, and how it goes on.

    `after` is the last workflow of the turn, `last` tells that none follows. `open` counts the runs of the turn
    that are open, `looked` all its runs, `missing` the streams of which Temporal has no history any more.
    """

    runs: tuple[ArchivedRun, ...]
    after: str
    last: bool
    looked: int
    open: int
    missing: tuple[str, ...] = ()


class RoundsToArchive(Frozen):
    """The rounds that have, or may still get, histories that are not kept."""

    rounds: tuple[str, ...]
