"""What a replay tells, in both languages."""

from typing import Literal

from selection.kernel.model import Frozen, Instant

Language = Literal["en", "zh"]


class Text(Frozen):
    """A text in both languages."""

    en: str = ""
    zh: str = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)


class Fact(Frozen):
    """A field of the state with its value; `quiet` ones are shown to who asks for all."""

    name: Text
    value: Text
    quiet: bool


class FieldChange(Frozen):
    """A field that an entry changed."""

    name: Text
    before: Text
    after: Text


class Step(Frozen):
    """One entry: who did what, why, under which rules, what it changed, and how the application stood after it.

    `cause` is the kind of the act, empty for what a deadline brought or what follows from another entry. `decision`
    is what the engine carried out, `extended` what moved the deadline last.
    """

    version: int
    seq: int
    at: Instant
    who: Text
    what: Text
    why: Text
    cause: str
    authority: str
    deadline: str
    passed: bool
    until: Instant | None
    extended: Text
    decision: Text
    bearing: tuple[tuple[str, str], ...]
    under: Text
    stage: str
    changes: tuple[FieldChange, ...]
    state: tuple[Fact, ...]


class ReplayedStory(Frozen):
    """An application's whole story, as far as the record could be folded; `broken` says where it could not."""

    steps: tuple[Step, ...]
    people: tuple[str, ...]
    size: int
    until: Instant | None
    engine: str
    redacted: bool
    broken: Text


class EntryNotice(Frozen):
    """An entry as it showed to somebody."""

    seq: int
    at: Instant
    who: Text
    what: Text
    why: Text


class Waiting(Frozen):
    """A task as it showed to somebody."""

    kind: str
    role: str
    until: Instant | None


class View(Frozen):
    """What showed to somebody: nothing at all without a row and entries."""

    person: str
    registered: bool
    standings: tuple[Text, ...]
    row: tuple[Fact, ...]
    entries: tuple[EntryNotice, ...]
    contents: tuple[Text, ...]
    tasks: tuple[Waiting, ...]
