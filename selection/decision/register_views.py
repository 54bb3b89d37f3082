"""What a decision on the installation's stream may ask to see: one model for each view, and the answer."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from selection.decision.relations import Tie
from selection.kernel.model import Frozen, Instant, Ref
from selection.kernel.proof import Assurance
from selection.signing.key import Key


class PeopleToRegister(Frozen):
    """Which of these people were erased, and whether the identities of this hash (hex) are stored.

    `addresses` are the hashes of the addresses in them. Of `admins`, who are and who would be, it asks who ever had a
    key; and who of the people has a part in a round in which `signer`, who signs, serves. With `changes`, where one of
    the people is an administrator or would be, it asks whether others could sign that.
    """

    view: Literal["people-to-register"] = "people-to-register"
    people: dict[str, str]
    addresses: dict[str, str] = Field(default_factory=dict)
    admins: tuple[str, ...] = ()
    signer: str = ""
    changes: bool = False


class PersonToErase(Frozen):
    """In which streams something still rests on a person, and what goes with them."""

    view: Literal["person-to-erase"] = "person-to-erase"
    person: str


class LettersToSettle(Frozen):
    """Where these letters stand, by their ids."""

    view: Literal["letters-to-settle"] = "letters-to-settle"
    letters: tuple[int, ...]


class RoundInOffice(Frozen):
    """Who are the officers of a round now."""

    view: Literal["round-in-office"] = "round-in-office"
    round: str


class SignersToChange(Frozen):
    """What keys and invitations these people have, and which of `keys` (by name) were ever enrolled.

    With `codes`, a number of the stream's next version, a new one-time code is made for each of the people. With
    `hands` it asks by whose hands their addresses are registered, and who could confirm a key.
    """

    view: Literal["signers-to-change"] = "signers-to-change"
    people: tuple[str, ...]
    keys: tuple[str, ...] = ()
    codes: int = 0
    hands: bool = False


class UnitsToRegister(Frozen):
    """What the register says of these units, by their codes, and of all that they belong to, however far up."""

    view: Literal["units-to-register"] = "units-to-register"
    units: tuple[str, ...]


class OwnTies(Frozen):
    """Which ties a person declared themselves that still hold, and how often they ever declared one."""

    view: Literal["own-ties"] = "own-ties"
    person: str


RegisterView = Annotated[
    PeopleToRegister
    | PersonToErase
    | LettersToSettle
    | RoundInOffice
    | SignersToChange
    | UnitsToRegister
    | OwnTies,
    Field(discriminator="view"),
]


class SignerFact(Frozen):
    """A person's keys that were not revoked, and their invitation.

    `known` knows its code, which counts until `until`; `misses` is how often another one was shown, `invited_by` who
    sent it.
    """

    keys: tuple[Key, ...] = ()
    known: str = ""
    until: Instant | None = None
    misses: int = 0
    invited_by: str = ""

    def own_keys(self, at: datetime) -> tuple[Key, ...]:
        """Return the keys that ask the person each time and hold at an instant."""
        return tuple(item for item in self.keys if item.level is not Assurance.SESSION and item.holds_at(at))


class AddressFact(Frozen):
    """The address that a person is registered with: its salted hash, and that of the identity in force.

    `since` when that address is registered, by whose `hands`; `changed` tells that another one was before it.
    """

    address: str
    identity: str
    since: Instant
    changed: bool = False
    hands: tuple[str, ...] = ()


class CodeFact(Frozen):
    """A new one-time code: what knows it, and where it is stored for the letter."""

    known: str
    ref: Ref


class LetterFact(Frozen):
    """A letter: the entry that caused it, its key there, to whom, what the mail server said, whose task it is.

    `waits` tells that it was refused and nobody has settled it; `settled` is the version of the entry that did so
    last, 0 if none did. `officers` are those of its round now. `gone` tells that the addressee was
    erased.
    """

    stream: str
    version: int
    key: str
    message_id: str
    to: str
    found: str
    waits: bool
    settled: int
    officers: tuple[str, ...]
    gone: bool


class UnitFact(Frozen):
    """A unit as the register has it: its names, its kind, what it belongs to, and the version of its latest entry."""

    code: str
    name_zh: str = ""
    name_en: str = ""
    kind: str = ""
    parents: tuple[str, ...] = ()
    active: bool = True
    version: int


class RegisterFacts(Frozen):
    """The answer to a RegisterView.

    `erased` holds people and the version of the entry that erased each, `stored` the people whose identity is stored,
    `with_key` the administrators who ever had a key, in force or not; `duties` streams, `contents` ids, `officers`
    people; `taken` are names of keys that somebody enrolled before, `units` units by their codes, `ties` one's own,
    `declared` how often one ever declared any. `beside` are people who have a part in a round in which the signer
    serves; `apart` tells that they serve in a round that runs, in which two administrators who could sign do not.
    `addresses` are those that people are registered with, `vouchers` who could send codes and confirm keys now.
    """

    erased: dict[str, int] = Field(default_factory=dict)
    stored: tuple[str, ...] = ()
    with_key: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    letters: dict[int, LetterFact] = Field(default_factory=dict)
    signers: dict[str, SignerFact] = Field(default_factory=dict)
    codes: dict[str, CodeFact] = Field(default_factory=dict)
    taken: tuple[str, ...] = ()
    units: dict[str, UnitFact] = Field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    declared: int = 0
    beside: tuple[str, ...] = ()
    apart: bool = False
    addresses: dict[str, AddressFact] = Field(default_factory=dict)
    vouchers: tuple[str, ...] = ()
