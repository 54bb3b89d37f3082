"""What can happen to the installation: who may see it, and what it changes.

The database derives from these entries, in the transaction that appends them, who is registered (`people`), what is
erased, which letters go out again and which logs are opened: ledger/sql, `project_register`.
"""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.aggregate import Event
from selection.decision.relations import Tie
from selection.kernel.actor import Role
from selection.kernel.leaf import Leaf
from selection.kernel.model import Instant, Ref
from selection.process.room import Fold
from selection.register import key_events, unit_events
from selection.register.state import RegisterState

ADMIN = "admin"


class PersonRegistered(Event):
    """A person was registered, or registered anew: the latest registration is in force.

    `roles` names for each role the units that it is held for, `employer` the employer's credit code. `identity` is
    the salted hash of name, mail and employer's name, which are stored apart and can be erased. `ties` are what the
    person declared: each lasts until a registration leaves it out.

    `address` is the salted hash of the mail address alone, the same as long as the address is. Where it is another than
    before, `former` is the identity that was in force, and no code for a first key goes there before `keys_from`.
    """

    TYPE = "person.registered.v1"
    ORIGIN = "register"
    person: str
    roles: dict[Role, tuple[str, ...]]
    employer: str
    language: Literal["zh", "en"]
    active: bool
    identity: str
    ties: Annotated[tuple[Tie, ...], Field(exclude_if=lambda ties: not ties)] = ()
    address: Annotated[str, Field(exclude_if=lambda address: not address)] = ""
    former: Annotated[str, Field(exclude_if=lambda former: not former)] = ""
    keys_from: Annotated[Instant | None, Field(exclude_if=lambda at: at is None)] = None
    AUDIENCE = {
        "*": ADMIN,
        "person": ADMIN,
        "roles": ADMIN,
        "employer": ADMIN,
        "language": ADMIN,
        "active": ADMIN,
        "identity": ADMIN,
        "ties": ADMIN,
        "address": ADMIN,
        "former": ADMIN,
        "keys_from": ADMIN,
    }


class TieDeclared(Event):
    """A person declared a tie of their own, or that it no longer holds: beside those that registrations tell of.

    Neither takes the other back: what a registration leaves out still holds if its person declared it.
    """

    TYPE = "person.tie-declared.v1"
    ORIGIN = "register"
    person: str
    tie: Tie
    holds: bool
    AUDIENCE = {"*": ADMIN, "person": ADMIN, "tie": ADMIN, "holds": ADMIN}


class PersonErased(Event):
    """Who was erased, and the ids of the contents that went with the person; `forced` while a duty was open.

    What takes more than one entry is told in several, of one command.
    """

    TYPE = "person.erased.v1"
    ORIGIN = "register"
    person: str
    contents: tuple[str, ...]
    forced: bool
    AUDIENCE = {"*": ADMIN, "person": ADMIN, "contents": ADMIN, "forced": ADMIN}


class LetterSettled(Event):
    """What was done about a refused letter: which one, to whom, what the mail server had said, and how it ends.

    The letter is named by its task, by the entry that caused it and by the Message-ID that it keeps.
    """

    TYPE = "letter.settled.v1"
    ORIGIN = "register"
    task: str
    target: str
    caused_by: int
    letter: str
    message_id: str
    to: str
    found: str
    how: Literal["resend", "drop"]
    AUDIENCE = {
        "*": ADMIN,
        "task": ADMIN,
        "target": ADMIN,
        "caused_by": ADMIN,
        "letter": ADMIN,
        "message_id": ADMIN,
        "to": ADMIN,
        "found": ADMIN,
        "how": ADMIN,
    }


class PapersRecorded(Event):
    """Papers of a round leave, as its officer says: `papers` is a text that lists each with the hash of its bytes."""

    TYPE = "papers.recorded.v1"
    ORIGIN = "register"
    round: str
    papers: Ref
    AUDIENCE = {"*": ADMIN, "round": ADMIN, "papers": ""}


class LogRestored(Event):
    """A choice about the log `target`, when it held `size` entries and `lost` more were known from histories.

    `repair` puts back what can be had again; `go-on` takes what there is for the record from here on. `contents` are
    the texts and files that lost entries refer to and the database no longer has: stored again, each gets another salt.
    """

    TYPE = "log.restored.v1"
    ORIGIN = "register"
    target: str
    choice: Literal["repair", "go-on"]
    size: Annotated[int, Field(ge=0)]
    lost: Annotated[int, Field(ge=0)]
    contents: tuple[str, ...]
    AUDIENCE = {
        "*": ADMIN,
        "target": ADMIN,
        "choice": ADMIN,
        "size": ADMIN,
        "lost": ADMIN,
        "contents": ADMIN,
    }


class MessageRefused(Event):
    """An act that reached no stream: the one that it was meant for, the kind of act, why. Never its content."""

    TYPE = "message.refused.v1"
    ORIGIN = "register"
    target: str
    kind: str
    code: str
    params: dict[str, str]
    AUDIENCE = {"*": ADMIN, "target": ADMIN, "kind": ADMIN, "code": ADMIN, "params": ADMIN}


def _fold_registered(state: RegisterState, event: PersonRegistered, leaf: Leaf) -> dict[str, object]:
    admin = Role.ADMIN in event.roles
    others = tuple(person for person in state.admins if person != event.person)
    agent = Role.RECOMMENDER in event.roles and event.person not in state.agents
    return {
        "administered": state.administered or admin,
        "admins": (*others, event.person) if admin and event.active else others,
        "agents": (*state.agents, event.person) if agent else state.agents,
    }


def _fold_erased(state: RegisterState, event: PersonErased, leaf: Leaf) -> dict[str, object]:
    return {"admins": tuple(person for person in state.admins if person != event.person)}


def _change_nothing(state: RegisterState, event: Event, leaf: Leaf) -> dict[str, object]:
    return {}


FOLDS: dict[type[Event], Fold[RegisterState]] = {
    PersonRegistered: _fold_registered,
    TieDeclared: _change_nothing,
    PersonErased: _fold_erased,
    LetterSettled: _change_nothing,
    PapersRecorded: _change_nothing,
    LogRestored: _change_nothing,
    MessageRefused: _change_nothing,
    **key_events.FOLDS,
    **unit_events.FOLDS,
}
