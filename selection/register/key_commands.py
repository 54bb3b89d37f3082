"""What can be asked about the installation itself, and about who may sign with what."""

from typing import Annotated, Literal

from pydantic import Field

from selection.decision.command import Command, Name, register_row
from selection.kernel.actor import Role
from selection.kernel.proof import Assurance, Hash, KeyId
from selection.signing.key import ADDRESS_DAYS, AddressDays, Portals
from selection.signing.one_time_code import Token
from selection.signing.possession import Enrolment

ANYONE = " ".join(role for role in Role if role is not Role.SYSTEM)
KEYS_AT_ONCE = 40
"""So many enrolments fit into a message, which holds what each key signed."""


class FoundInstallation(Command):
    """Say once what the installation is called, whether it is local, and how the first code is known.

    And how many days a changed mail address waits until a code for a first key goes there.
    """

    kind: Literal["found-installation"] = "found-installation"
    ROW = register_row(Role.SYSTEM, sealed=False)
    installation: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$")]
    local: Annotated[bool, Field(strict=True)]
    code: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    address_days: AddressDays = ADDRESS_DAYS
    portals: Portals = ()


class RenewCode(Command):
    """Say how a new code for the very first key is known, where the former one ran out unused.

    With `portals` it says too where people reach the installation, where the founding said otherwise.
    """

    kind: Literal["renew-code"] = "renew-code"
    ROW = register_row(Role.SYSTEM, sealed=False)
    code: Hash
    portals: Portals = ()


class NamePortals(Command):
    """Say at which addresses people reach the installation, in place of those before: first the one to use now."""

    kind: Literal["name-portals"] = "name-portals"
    ROW = register_row("admin", assurance=Assurance.SIGNED_BY_TWO, sealed=False)
    portals: Annotated[Portals, Field(min_length=1)]


class InviteSigner(Command):
    """Send people a letter, each with a one-time code for their first key."""

    kind: Literal["invite-signer"] = "invite-signer"
    ROW = register_row("admin officer", sealed=False)
    people: Annotated[tuple[Name, ...], Field(min_length=1, max_length=100)]


class EnrolKey(Command):
    """Enrol keys, each of which signed its own enrolment. `token` is what the code of a first key signed of it."""

    kind: Literal["enrol-key"] = "enrol-key"
    ROW = register_row(ANYONE, sealed=False)
    keys: Annotated[tuple[Enrolment, ...], Field(min_length=1, max_length=KEYS_AT_ONCE)]
    token: Token = ""


class RevokeKey(Command):
    """Revoke a key of one's own."""

    kind: Literal["revoke-key"] = "revoke-key"
    ROW = register_row(ANYONE, sealed=False)
    key: KeyId


class EndSession(Command):
    """Log out: end a session of one's own, by its own key or another."""

    kind: Literal["end-session"] = "end-session"
    ROW = register_row(ANYONE, assurance=Assurance.SESSION, sealed=False)
    key: KeyId


class RevokeLostKey(Command):
    """Revoke the key of somebody who has lost it, or on whom it was stolen."""

    kind: Literal["revoke-lost-key"] = "revoke-lost-key"
    ROW = register_row("admin officer", assurance=Assurance.SIGNED_BY_TWO, sealed=False)
    person: Name
    key: KeyId


COMMANDS: tuple[type[Command], ...] = (
    FoundInstallation,
    RenewCode,
    NamePortals,
    InviteSigner,
    EnrolKey,
    RevokeKey,
    EndSession,
    RevokeLostKey,
)
