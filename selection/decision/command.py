"""What all commands share: a kind that is stable, a row that says who may ask for it and when, and how it is read."""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError

from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance
from selection.kernel.stages import (
    AnyStage,
    ListStage,
    RegisterStage,
    RoundStage,
    Stage,
    read_names,
    read_stages,
)
from selection.kernel.unfinished import Unfinished, file_asking, file_of
from selection.refusals.refused import Refused
from selection.refusals.unreadable import FieldNames, refuse_unreadable

Name = Annotated[str, Field(min_length=1, max_length=100)]
RowDeadline = Literal["", "submission", "recommendation", "confirm", "respond", "review", "mend", "notice"]
"""The deadlines until which acts are open; `selection/wording/code_names.py` has their names."""


@dataclass(frozen=True)
class Row:
    """A command's row of the stage table: the stages that allow it, who may ask for it, and until which deadline.

    `assurance` is the least that a round's rules may ask for [D]. `sealed` tells that they name the act: all but what
    opens the round, and what is about the installation, where the row itself counts.
    """

    stages: frozenset[AnyStage]
    roles: frozenset[Role]
    deadline: RowDeadline = ""
    assurance: Assurance = Assurance.SIGNED
    sealed: bool = True

    @property
    def of_people(self) -> bool:
        """Tell whether people do it, and not the engine alone."""
        return bool(self.roles - {Role.SYSTEM})


@dataclass(frozen=True)
class Act:
    """One act: the stages that allow it, the roles that may do it, the deadline that governs it, how it is signed."""

    kind: str
    stages: frozenset[AnyStage]
    roles: frozenset[Role]
    deadline: RowDeadline = ""
    assurance: Assurance = Assurance.SIGNED


def row(
    stages: str | Iterable[AnyStage],
    roles: str,
    deadline: RowDeadline = "",
    *,
    assurance: Assurance = Assurance.SIGNED,
    sealed: bool = True,
    of: type[AnyStage] = Stage,
) -> Row:
    """Return a row from words: stages, those of an application if nothing else is said, and roles with spaces between.

    Raises Unfinished, with the file of the room, for a word that is no stage, no role or no deadline.
    """
    if deadline not in get_args(RowDeadline):
        raise Unfinished(f"{deadline} is no deadline of a row: {file_asking()}")
    may = frozenset(read_names(roles, Role))
    return Row(frozenset(read_stages(stages, of)), may, deadline, assurance, sealed)


round_row = partial(row, of=RoundStage)
list_row = partial(row, (ListStage.OPEN,), of=ListStage)
register_row = partial(row, (RegisterStage.OPEN,), of=RegisterStage)
"""The same for the other kinds of streams; a list and the register take acts while they are open alone."""


COMMANDS: dict[str, "type[Command]"] = {}
"""Every command of a room, by its kind, as each is defined: what `selection/rooms.py` holds its tables against."""


class Command(Frozen):
    """Something that is asked for, in the imperative. Its `kind` is stable for good; `ROW` is its row."""

    ROW: ClassVar[Row]
    ACT: ClassVar[Act]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """Take the command into COMMANDS; raise Unfinished for one without a row, or of a kind that is taken."""
        super().__pydantic_init_subclass__(**kwargs)
        if "ROW" not in vars(cls):
            raise Unfinished(f"{cls.__name__} has no ROW: say its stages and roles in {file_of(cls)}")
        kind = str(cls.model_fields["kind"].default)
        known = COMMANDS.setdefault(kind, cls)
        if (known.__module__, known.__name__) != (cls.__module__, cls.__name__):
            raise Unfinished(f"{kind} in {file_of(cls)} is a command of {file_of(known)} already")
        COMMANDS[kind] = cls
        cls.ACT = Act(kind, cls.ROW.stages, cls.ROW.roles, cls.ROW.deadline, cls.ROW.assurance)


def kind_of(command: Frozen) -> str:
    """Return a command's name. Raises TypeError for what is no command."""
    kind = getattr(command, "kind", None)
    if not isinstance(kind, str):
        raise TypeError(f"{type(command).__name__} is no command")
    return kind


def assurance_of(kind: str, sealed: Mapping[str, Assurance] | None) -> Assurance:
    """Return how a kind of act must be signed: as the sealed rules say, and by its row where none are in force.

    What they do not name is refused in any case, and needs no more than a session.
    """
    if sealed is not None:
        return sealed.get(kind, Assurance.SESSION)
    command = COMMANDS.get(kind)
    return command.ROW.assurance if command is not None else Assurance.SESSION


def least_assurance() -> dict[str, Assurance]:
    """Return what the rows of all acts that people do in a round ask for, by kind; every room has to be imported."""
    rows = {kind: COMMANDS[kind].ROW for kind in sorted(COMMANDS)}
    return {kind: found.assurance for kind, found in rows.items() if found.sealed and found.of_people}


def refuse_unnamed(command: Frozen, sealed: Mapping[str, Assurance] | None) -> None:
    """Raise Refused `act-unnamed` for an act of people that the sealed rules in force do not name."""
    asked = command.ROW if isinstance(command, Command) else None
    if sealed is None or asked is None or not (asked.sealed and asked.of_people):
        return
    if kind_of(command) not in sealed:
        raise Refused("act-unnamed")


def acts_of(commands: Iterable[type[Command]]) -> dict[str, Act]:
    """Return the rows of commands by kind, in their order."""
    return {command.ACT.kind: command.ACT for command in commands}


def reader_of(commands: Iterable[type[Command]]) -> Callable[[Mapping[str, object]], Frozen]:
    """Return what reads one of these commands from its JSON values.

    It raises Refused `unknown-command` or `unreadable`, and echoes no value.
    """
    known = tuple(commands)
    kinds = frozenset(command.ACT.kind for command in known)
    tagged: Any = Annotated
    either = tagged[reduce(operator.or_, known), Field(discriminator="kind")]
    adapter: TypeAdapter[Any] = TypeAdapter(either)
    names = FieldNames(either)

    def read(command: Mapping[str, object]) -> Frozen:
        if str(command.get("kind")) not in kinds:
            raise Refused("unknown-command")
        try:
            return adapter.validate_python(command)  # type: ignore[no-any-return]
        except ValidationError as fault:
            raise refuse_unreadable(fault, names) from None

    return read
