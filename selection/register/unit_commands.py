"""What can be asked about units: to register them, or to register them anew, many at once."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, model_validator

from selection.decision.command import Command, register_row
from selection.forms.credit_codes import find_code_fault
from selection.forms.texts import is_formula
from selection.kernel.hidden_characters import find_hidden
from selection.kernel.model import Frozen
from selection.kernel.unit_codes import canonical_code
from selection.register.one_message import split_to_fit

PARENTS_AT_MOST = 10
SCHEMES = ("uscc", "lei", "foreign", "synthetic")


def _hold_spelling(text: str) -> str:
    if find_code_fault(text, SCHEMES) is not None or canonical_code(text) != text:
        raise ValueError("no code of a unit in its one spelling")
    return text


def _hold_name(text: str) -> str:
    if text != text.strip() or find_hidden(text, lines=False) is not None or is_formula(text):
        raise ValueError("no name of a unit")
    return text


UnitCode = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_hold_spelling)]
UnitName = Annotated[str, Field(max_length=200), AfterValidator(_hold_name)]
Kind = Annotated[str, Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,39})?$")]


class UnitEntry(Frozen):
    """A unit as registered: its code in the one spelling, its names, its kind, the units that it belongs to.

    `replaces` is the version of the register's entry that this one takes the place of, as whoever registers the unit
    saw it: 0 for a unit that was not registered. One that is not `active` is taken nowhere any more.
    """

    code: UnitCode
    name_zh: UnitName = ""
    name_en: UnitName = ""
    kind: Kind = ""
    parents: Annotated[tuple[UnitCode, ...], Field(max_length=PARENTS_AT_MOST)] = ()
    active: StrictBool = True
    replaces: Annotated[int, Field(strict=True, ge=0, lt=2**53)] = 0

    @model_validator(mode="after")
    def _hold_together(self) -> Self:
        if not (self.name_zh or self.name_en):
            raise ValueError("a unit has a name")
        if self.code in self.parents or len(set(self.parents)) < len(self.parents):
            raise ValueError("a unit belongs to others, to each once")
        return self


class RegisterUnits(Command):
    """Register units, or register them anew, all or none."""

    kind: Literal["register-units"] = "register-units"
    ROW = register_row("admin", sealed=False)
    units: Annotated[tuple[UnitEntry, ...], Field(min_length=1, max_length=200)]


COMMANDS: tuple[type[Command], ...] = (RegisterUnits,)


def split_units(units: Iterable[UnitEntry]) -> Iterator[RegisterUnits]:
    """Yield commands that register all of these units, in their order, each within one message."""
    yield from (RegisterUnits(units=part) for part in split_to_fit(units))
