"""What can be asked of the installation, of whom, and where it leads: nowhere, as it has no stages."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from selection.decision.command import Command, Name, register_row
from selection.decision.relations import Tie, TieKind
from selection.kernel.actor import SYSTEM, Role
from selection.kernel.model import Frozen
from selection.kernel.named import PersonId
from selection.kernel.proof import Assurance, Hash
from selection.kernel.references import TextRef
from selection.kernel.unit_codes import spell_employer
from selection.process.transitions import STAYS, Step, register_step
from selection.register import key_commands, unit_commands
from selection.register.one_message import split_to_fit

CONTENTS_AT_MOST = 800
"""So many ids fit into a leaf."""

STAFF = frozenset({Role.ADMIN, Role.OFFICER, Role.SUPERVISOR, Role.APPROVER, Role.AUDITOR})
"""The roles in which people decide about others, or look over them."""

_ANYONE = " ".join(role for role in Role if role is not Role.SYSTEM)


def _hold_spelling(text: str) -> str:
    if spell_employer(text) != text:
        raise ValueError("a code in another spelling")
    return text


def _hold_spellings(ties: object) -> object:
    """Hold the codes in ties as they come: a tie would spell its own, and what was signed would be another."""
    for tie in ties if isinstance(ties, list | tuple) else ():
        if isinstance(tie, Mapping) and isinstance(unit := tie.get("unit"), str):
            _hold_spelling(unit)
    return ties


class Registration(Frozen):
    """A person as registered: opaque id, roles with their units, the code of the employer in its one spelling.

    `ties` are the relatives, advisers and shared projects that they declared, by codes and ids alone.
    """

    person: PersonId
    roles: dict[Role, tuple[Annotated[str, Field(max_length=100)], ...]]
    employer: Annotated[str, Field(max_length=100), AfterValidator(spell_employer)] = ""
    language: Literal["zh", "en"] = "zh"
    active: bool = True
    ties: Annotated[tuple[Tie, ...], Field(max_length=50, exclude_if=lambda ties: not ties)] = ()

    @model_validator(mode="after")
    def _refuse_engine(self) -> Self:
        if self.person == SYSTEM.person or Role.SYSTEM in self.roles:
            raise ValueError("nobody is the engine")
        if any(tie.other == self.person for tie in self.ties):
            raise ValueError("nobody is tied to themselves")
        return self


class Registered(Registration):
    """A registration as the log holds it; `identity` is the salted hash of name, mail and employer's name.

    `address` is the salted hash of the mail address alone: the same as long as a person's address is, which the
    database sees to. One that is not told counts as another.
    """

    employer: Annotated[str, Field(max_length=100), AfterValidator(_hold_spelling)] = ""
    ties: Annotated[
        tuple[Tie, ...],
        Field(max_length=50, exclude_if=lambda ties: not ties),
        BeforeValidator(_hold_spellings),
    ] = ()
    identity: Hash
    address: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$", exclude_if=lambda address: not address)] = ""


class RegisterPeople(Command):
    """Register people, or register them anew, all or none. Their identities were stored before."""

    kind: Literal["register-people"] = "register-people"
    ROW = register_row("admin", sealed=False)
    people: Annotated[tuple[Registered, ...], Field(min_length=1, max_length=200)]


class RegisterStaff(Command):
    """Register people who get, have or lose one of STAFF: all or none."""

    kind: Literal["register-staff"] = "register-staff"
    ROW = register_row("admin", assurance=Assurance.SIGNED_BY_TWO, sealed=False)
    people: Annotated[tuple[Registered, ...], Field(min_length=1, max_length=200)]


class RegisterAgents(Command):
    """Register people who get, have or lose a recommending unit to act for: all or none, for a reason; two sign."""

    kind: Literal["register-agents"] = "register-agents"
    ROW = register_row("admin", assurance=Assurance.SIGNED_BY_TWO, sealed=False)
    people: Annotated[tuple[Registered, ...], Field(min_length=1, max_length=200)]


class ErasePerson(Command):
    """Erase a person's identity and what goes with it; with `force` also while they have open duties."""

    kind: Literal["erase-person"] = "erase-person"
    ROW = register_row("admin", assurance=Assurance.SIGNED_BY_TWO, sealed=False)
    person: Name
    force: Annotated[bool, Field(strict=True)] = False


class SettleLetters(Command):
    """End the tasks of letters that a mail server refused: send them again, or give them up."""

    kind: Literal["settle-letters"] = "settle-letters"
    ROW = register_row("officer", sealed=False)
    letters: Annotated[tuple[Annotated[int, Field(gt=0, lt=2**53)], ...], Field(min_length=1, max_length=100)]
    how: Literal["resend", "drop"]


class RecordPapers(Command):
    """Say which papers of a round leave, by a text that lists the hash of each."""

    kind: Literal["record-papers"] = "record-papers"
    ROW = register_row("officer", sealed=False)
    round: Name
    papers: TextRef


class RecordRestoration(Command):
    """Say what is to become of a log that lost entries."""

    kind: Literal["record-restoration"] = "record-restoration"
    ROW = register_row("admin", sealed=False)
    target: Name
    choice: Literal["repair", "go-on"]
    size: Annotated[int, Field(ge=0, lt=2**53)]
    lost: Annotated[int, Field(ge=0, lt=2**53)]
    contents: Annotated[tuple[Name, ...], Field(max_length=CONTENTS_AT_MOST)] = ()


class ReportUnreached(Command):
    """Say that an act of one's own reached no stream, and with which refusal."""

    kind: Literal["report-unreached"] = "report-unreached"
    ROW = register_row(_ANYONE, assurance=Assurance.SESSION, sealed=False)
    target: Annotated[str, Field(max_length=200)]
    act: Annotated[str, Field(max_length=100)]
    code: Annotated[str, Field(max_length=100)]
    params: Annotated[
        dict[Annotated[str, Field(max_length=100)], Annotated[str, Field(max_length=1000)]],
        Field(max_length=20),
    ] = {}


class DeclareTie(Command):
    """Declare a relative, an adviser or a shared project of one's own, or that it holds no more; by unit or person."""

    kind: Literal["declare-tie"] = "declare-tie"
    ROW = register_row(_ANYONE, sealed=False)
    tie: TieKind
    unit: Annotated[str, Field(max_length=100), AfterValidator(_hold_spelling)] = ""
    other: Annotated[str, Field(max_length=64)] = ""
    holds: Annotated[bool, Field(strict=True)] = True


COMMANDS: tuple[type[Command], ...] = (
    RegisterPeople,
    RegisterStaff,
    RegisterAgents,
    ErasePerson,
    SettleLetters,
    RecordPapers,
    RecordRestoration,
    ReportUnreached,
    DeclareTie,
    *key_commands.COMMANDS,
    *unit_commands.COMMANDS,
)

WAYS: tuple[Step, ...] = tuple(register_step(command.ACT.kind, "open", STAYS) for command in COMMANDS)
"""Where each act leads."""


def split_registrations(people: Iterable[Registered]) -> Iterator[RegisterPeople]:
    """Yield commands that register all of these people, in their order, each within one message."""
    yield from (RegisterPeople(people=part) for part in split_to_fit(people))
