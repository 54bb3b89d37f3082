"""An act sheet: what a page has to know of one act beside its command, whose row and fields say the rest.

Roles and stages are the command's row of the stage table, fields its types. A sheet says only what neither tells:
where options come from, what the engine knows, whom a role alone would let in who may not.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from portal.acts.prepared import Line
from portal.forms.typed import Typed
from portal.sheets.setting import PlaceKind, Setting
from reading.models import RoundForm
from selection.decision.command import Command
from selection.forms.form import FormName
from selection.refusals.refused import Refused
from selection.rooms import APPLICATION_ACTS, LIST_ACTS, REGISTER_ACTS, ROUND_ACTS
from selection.visibility.viewer import Standing

Kind = Literal[
    "text",
    "order",
    "table",
    "texts",
    "line",
    "lines",
    "choice",
    "choices",
    "yes-no",
    "date",
    "moment",
    "number",
    "file",
    "files",
    "form",
    "scores",
]
"""How a field is drawn and read; portal/sheets/fields.py derives it from the field's type."""


class PeopleIn(NamedTuple):
    """People of whom an option tells: what of them, in both languages, and their ids."""

    en: str
    zh: str
    people: tuple[str, ...]


class Option(NamedTuple):
    """One thing that can be chosen; `chosen` before anybody chose. One `about` a person is shown with their name.

    Of one that tells `of` people beside what it says, these are shown by their names, too.
    """

    code: str
    en: str
    zh: str
    chosen: bool = False
    about: str = ""
    of: tuple[PeopleIn, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody whom it is about or of whom it tells."""
        return (self.about, *(person for part in self.of for person in part.people))


class KnownValue(NamedTuple):
    """What the engine knows, as the command has it and in words; without words nobody is shown it."""

    value: Any
    en: str = ""
    zh: str = ""


class Wrong(NamedTuple):
    """A fault that a sheet finds: of which field, empty for the act as a whole, and its sentence in both languages."""

    field: str
    en: str
    zh: str


Options = Callable[[Setting], Awaitable[Sequence[Option]]]
Knows = Callable[[Setting], Awaitable[KnownValue]]
Check = Callable[[Mapping[str, Any]], Sequence[Wrong]]
Imports = Callable[[Setting, bytes], Awaitable[Any]]
Foretells = Callable[[Setting, Mapping[str, Any]], Awaitable[Sequence[Line]]]
Build = Callable[[Any], Any]
Prefill = Callable[[Setting, RoundForm | None], Awaitable[Typed]]
Explain = Callable[[Refused], Sequence[Wrong]]


@dataclass(frozen=True)
class Ask:
    """How a field is asked for, where its type does not say it all.

    `options` are what can be chosen, `known` what is not asked at all. Of a `form` of the rules its name is said.
    `required` overrules the type, `build` makes the command's value of what was chosen. `seen` holds that what was
    known when the form was shown is so still. A table that `imports` reads is uploaded, and not kept itself.
    """

    kind: Kind | None = None
    options: Options | None = None
    known: Knows | None = None
    form: FormName | None = None
    required: bool | None = None
    build: Build | None = None
    imports: Imports | None = None
    seen: bool = False


@dataclass(frozen=True)
class Sheet:
    """One act as a page. `standings`, where any are named, narrow the row's roles to who can do it in this place.

    `place` is said where the address names something else than the stream. With `material` the application stands
    beside the form. `check` finds what types do not tell; `explain` tells a refusal by its field; `prefill` says what
    stands in the form before anything was typed; `foretells` what the act would bring, to be read before it is signed.
    `stages` are those of an application in which an act on another stream is offered. An act with `because` says why
    for the record, beside its command, always or where there is something to say. One for `anyone` is done in any role
    of the register. An act is not offered without a task whose key begins with `waits`, nor, where what happened is
    known, without an entry of type `after`.
    """

    command: type[Command]
    asks: Mapping[str, Ask] = field(default_factory=dict)
    place: PlaceKind | None = None
    standings: frozenset[Standing] = frozenset()
    material: bool = False
    check: Check | None = None
    explain: Explain | None = None
    prefill: Prefill | None = None
    foretells: Foretells | None = None
    stages: frozenset[str] = frozenset()
    because: Literal["", "always", "maybe"] = ""
    anyone: bool = False
    waits: str = ""
    after: str = ""

    @property
    def kind(self) -> str:
        """The command's kind, which is the sheet's name in addresses."""
        return self.command.ACT.kind

    @property
    def where(self) -> PlaceKind:
        """What its address names."""
        return self.place or place_of(self.kind)


def place_of(kind: str) -> PlaceKind:
    """Return on which kind of stream an act is done. Raises KeyError for one of another, which is the engine's."""
    acts: tuple[tuple[PlaceKind, Mapping[str, Any]], ...] = (
        ("application", APPLICATION_ACTS),
        ("list", LIST_ACTS),
        ("round", ROUND_ACTS),
        ("register", REGISTER_ACTS),
    )
    return {name: place for place, table in acts for name in table}[kind]
