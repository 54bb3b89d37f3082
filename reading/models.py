"""What reads return. A field of a partial model that the subject may not see was never set."""

from decimal import Decimal
from typing import Any

from ledger.log.tasks import RoundTasksAsked as RoundTasksAsked, TasksAsked as TasksAsked
from selection.forms.form import Form
from selection.kernel.actor import Role
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.kernel.named import Named
from selection.process.task import OpenTask
from selection.rules.languages import EVERY, Spoken
from selection.rules.model import RoundRules
from selection.rules.sections import Batch, Criterion
from selection.wording.round_words import RoundWords


class Partial(Frozen):
    """A thing as far as it shows."""

    def dump(self) -> dict[str, Any]:
        """Return what shows and nothing else, as JSON values."""
        return self.model_dump(mode="json", exclude_unset=True)


class ShownRound(Partial):
    """A round as far as it shows; `stage` as a code."""

    round: str
    stage: str = ""
    rehearsal: bool = False
    proposal: int = 0
    batch: str = ""
    held: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()


class RoundForm(Frozen):
    """A form of a round, the lists of its rules that fields take their options from, and how reviews are scored."""

    form: Form
    fields: tuple[Named, ...]
    regions: tuple[Named, ...]
    priorities: tuple[Named, ...]
    languages: tuple[Spoken, ...] = EVERY
    criteria: tuple[Criterion, ...] = ()
    score_step: Decimal = Decimal(1)


class FilledForm(Frozen):
    """What was answered in a form, by its fields; `missing` was erased since. `revision` is that of an application."""

    round_form: RoundForm
    revision: int = 0
    answers: dict[str, Any]
    missing: tuple[str, ...] = ()


class Deadline(Frozen):
    """A deadline in force, the exclusive end of its window."""

    deadline: str
    until: Instant


class ApprovalLevel(Frozen):
    """How far a level has approved: `open`, `approved`, or `-` before its turn; who did, where that shows.

    `own` tells that the reader is one of those who may agree at it.
    """

    level: str
    given: int
    needed: int
    approvers: tuple[str, ...]
    state: str
    own: bool = False


class RoundView(Frozen):
    """A round with the deadlines that it published, and its approval for those who oversee it."""

    row: ShownRound
    deadlines: tuple[Deadline, ...]
    approval: tuple[ApprovalLevel, ...]


class ShownDraw(Frozen):
    """A draw that was committed to public numbers, whether it was opened, and whether it was voided instead.

    `public` is when the numbers are, and `until` when the time to open it is over. `clashing` is shown to staff: the
    limits and applications for which no panels exist, where it filled no seat.
    """

    draw: str
    source: str
    issue: str
    public: Instant
    until: Instant
    opened: bool
    voided: bool = False
    clashing: tuple[str, ...] = ()

    @property
    def waiting(self) -> bool:
        """Tell whether it is still to be opened."""
        return not (self.opened or self.voided)


class RoundWork(Frozen):
    """How far a round's work is: applications by stage, in the order of the stages; entries; open tasks."""

    stages: dict[str, int]
    entries: int
    tasks: int


class RoundProgress(Frozen):
    """A round with its deadlines, and its work for those who oversee it."""

    row: ShownRound
    deadlines: tuple[Deadline, ...]
    work: RoundWork | None


class LastRules(Frozen):
    """The rules of the round before, as they are in force there."""

    round: str
    rules: RoundRules


class RoundNames(Frozen):
    """What a round's rules call things, as the call publishes it, with the places and their limits.

    `paper` is for how many days after its deadline a recommendation that was sent on paper is waited for.
    """

    title: Batch
    rehearsal: bool
    fields: tuple[Named, ...]
    regions: tuple[Named, ...]
    priorities: tuple[Named, ...]
    criteria: tuple[Criterion, ...]
    recommenders: tuple[Named, ...]
    levels: tuple[Named, ...]
    words: RoundWords
    places: int
    per_field_max: int | None
    per_region_max: int | None
    paper: int = 0


class ShownApplication(Partial):
    """An application of a list as far as it shows; `stage`, `outcome` and `host` as codes, scores as text."""

    round: str
    number: str
    name_en: str = ""
    name_zh: str = ""
    stage: str = ""
    field: str = ""
    region: str = ""
    unit: str | None = None
    host: str = ""
    host_en: str = ""
    host_zh: str = ""
    co_builders: tuple[str, ...] = ()
    outcome: str | None = None
    score: str | None = None
    agreed: str | None = None
    votes: str = ""
    verdict: str = ""
    rank: int | None = None
    place: int | None = None
    priority: str | None = None
    agent: str = ""
    reviewers: tuple[str, ...] = ()
    hands: tuple[str, ...] = ()
    revision: int = 0
    noticed: bool = False


class NamedUnit(Frozen):
    """A unit with its names as an application gives them, as far as it does."""

    code: str
    name_en: str = ""
    name_zh: str = ""


class PublishedApplication(Frozen):
    """What everyone may read of an application that is published; its public answers, where the form asks for any.

    `co_builders` are those of the row, by name.
    """

    stream: str
    row: ShownApplication
    co_builders: tuple[NamedUnit, ...] = ()
    answers: FilledForm | None


class ShownContent(Frozen):
    """A reference that entries show, named by the place where it stands."""

    content: str
    id: str
    sha256: str


class Seat(Frozen):
    """A seat of the panel, with the day by which its expert answers or reviews."""

    seat: int
    expert: str
    state: str
    until: Instant | None


class ApplicationView(Frozen):
    """An application as far as it shows: contents, and what is awaited; its seats for staff, None for others.

    `fresh_panel` tells its applicants that one reviews after the end: its tasks do not show to them.
    """

    stream: str
    row: ShownApplication
    contents: tuple[ShownContent, ...]
    seats: tuple[Seat, ...] | None
    tasks: tuple[OpenTask, ...]
    fresh_panel: bool = False


class CheckedForm(Frozen):
    """An application's form as text, and the directions that are held or excluded."""

    text: str
    directions: tuple[Named, ...]


class Opening(Frozen):
    """The beginning of a text; `fault` is the record's code if there is none to be had."""

    text: str = ""
    fault: str = ""


class ShownEntry(Frozen):
    """An entry as far as it shows: its place in the log, its view as selection/visibility gives it, its texts.

    `leaf_hash` is empty unless the view shows the whole entry: of the rest it would tell more than was shown.
    """

    seq: int
    view: dict[str, Any]
    texts: tuple[Opening, ...] = ()
    leaf_hash: str = ""


class ShownTask(Frozen):
    """A task that waits, with the stream that it belongs to; of an application with its names, where they show."""

    stream: str
    name_en: str = ""
    name_zh: str = ""
    host: str = ""
    host_en: str = ""
    host_zh: str = ""
    key: str
    kind: str
    role: Role
    person: str | None
    unit: str | None
    since: Instant
    until: Instant | None


class TaskList(Frozen):
    """A page of what waits for somebody; how much there is on all pages, and of which kinds and rounds it is."""

    total: int
    kinds: tuple[str, ...]
    rounds: tuple[str, ...]
    tasks: tuple[ShownTask, ...]
