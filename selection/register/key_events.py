"""What can happen to the installation itself and to people's keys.

The database derives from these entries, in the transaction that appends them, who may sign with what.
"""

from typing import Annotated

from pydantic import Field

from selection.decision.aggregate import Event
from selection.kernel.leaf import Leaf
from selection.kernel.model import Instant, Ref
from selection.kernel.proof import Hash, KeyId
from selection.process.room import Fold
from selection.register.state import RegisterState
from selection.signing.key import ADDRESS_DAYS, AddressDays, Founded, Key, Portals

ADMIN = "admin"
FOUNDED = "installation.founded.v1"
ENROLLED = "key.enrolled.v1"
REVOKED = "key.revoked.v1"
ENDED = "key.ended.v1"
Until = Annotated[Instant | None, Field(exclude_if=lambda until: until is None)]
"""The end of a code. One of which the record does not say when it ends counts for nothing."""


class InstallationFounded(Event):
    """What the installation is called for good, and whether it takes acts without a signature: the log's first entry.

    `portals` are where people reach it: what is signed on other pages counts for nothing. `code` knows the one-time
    code by which the first administrator enrols a key before `until`; empty where none is asked for. `address_days` a
    changed mail address waits until a code for a first key goes there.
    """

    TYPE = FOUNDED
    ORIGIN = "register"
    installation: str
    local: bool
    code: str
    until: Until = None
    address_days: AddressDays = ADDRESS_DAYS
    portals: Portals = ()
    AUDIENCE = {
        "*": ADMIN,
        "installation": ADMIN,
        "local": ADMIN,
        "code": ADMIN,
        "until": ADMIN,
        "address_days": ADMIN,
        "portals": ADMIN,
    }


class CodeRenewed(Event):
    """The first code ran out unused, and another one counts until `until`; `code` knows it.

    `portals` are where people reach the installation, where the founding said otherwise.
    """

    TYPE = "code.renewed.v1"
    ORIGIN = "register"
    code: Hash
    until: Instant
    portals: Portals = ()
    AUDIENCE = {"*": ADMIN, "code": ADMIN, "until": ADMIN, "portals": ADMIN}


class PortalsNamed(Event):
    """From here on people reach the installation at these addresses, and nothing counts that a browser signs elsewhere.

    The first is the one to use; the keys of another site's pages go on counting there while it is among them.
    """

    TYPE = "portals.named.v1"
    ORIGIN = "register"
    portals: Portals
    AUDIENCE = {"*": ADMIN, "portals": ADMIN}


class SignerInvited(Event):
    """A person was sent a one-time code for their first key, which counts until `until`.

    `known` knows the code, and `code` is the text in their letter.
    """

    TYPE = "signer.invited.v1"
    ORIGIN = "register"
    person: str
    known: Hash
    code: Ref
    until: Until = None
    AUDIENCE = {"*": ADMIN, "person": ADMIN, "known": ADMIN, "code": ADMIN, "until": ADMIN}


class CodeMissed(Event):
    """Another code was shown than the person was sent; after five the person is sent a new one."""

    TYPE = "code.missed.v1"
    ORIGIN = "register"
    person: str
    AUDIENCE = {"*": ADMIN, "person": ADMIN}


class KeyEnrolled(Event):
    """From here on the person may sign with the key; `by` is who vouched for it."""

    TYPE = ENROLLED
    ORIGIN = "register"
    person: str
    key: Key
    by: str
    AUDIENCE = {"*": ADMIN, "person": ADMIN, "key": ADMIN, "by": ADMIN}


class KeyRevoked(Event):
    """From here on nothing counts that is signed with the key; who revoked it is the entry's actor."""

    TYPE = REVOKED
    ORIGIN = "register"
    person: str
    key: KeyId
    AUDIENCE = {"*": ADMIN, "person": ADMIN, "key": ADMIN}


class KeyEnded(Event):
    """The person logged out: from here on nothing counts that is signed with the session's key."""

    TYPE = ENDED
    ORIGIN = "register"
    person: str
    key: KeyId
    AUDIENCE = {"*": ADMIN, "person": ADMIN, "key": ADMIN}


def _fold_founded(state: RegisterState, event: InstallationFounded, leaf: Leaf) -> dict[str, object]:
    named = ("installation", "local", "address_days", "portals")
    founded = Founded.model_validate({name: getattr(event, name) for name in named})
    return {"founded": founded, "code": event.code, "until": event.until}


def _fold_renewed(state: RegisterState, event: CodeRenewed, leaf: Leaf) -> dict[str, object]:
    founded = state.founded
    if founded is not None and event.portals:
        founded = founded.with_(portals=event.portals)
    return {"code": event.code, "until": event.until, "founded": founded}


def _fold_named(state: RegisterState, event: PortalsNamed, leaf: Leaf) -> dict[str, object]:
    assert state.founded is not None
    return {"founded": state.founded.with_(portals=event.portals)}


def _fold_enrolled(state: RegisterState, event: KeyEnrolled, leaf: Leaf) -> dict[str, object]:
    return {"first": state.first or event.key.key}


def _change_nothing(state: RegisterState, event: Event, leaf: Leaf) -> dict[str, object]:
    return {}


FOLDS: dict[type[Event], Fold[RegisterState]] = {
    InstallationFounded: _fold_founded,
    CodeRenewed: _fold_renewed,
    PortalsNamed: _fold_named,
    SignerInvited: _change_nothing,
    CodeMissed: _change_nothing,
    KeyEnrolled: _fold_enrolled,
    KeyRevoked: _change_nothing,
    KeyEnded: _change_nothing,
}
