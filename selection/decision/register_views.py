"""What a decision on the installation's stream may ask to see: one model for each view, and the answer."""

from typing import Annotated, Literal

from pydantic import Field

from selection.kernel.model import Frozen


class PeopleToRegister(Frozen):
    """Which of these people were erased, and whether the identities of this hash (hex) are stored."""

    view: Literal["people-to-register"] = "people-to-register"
    people: dict[str, str]


class PersonToErase(Frozen):
    """In which streams something still rests on a person, and what goes with them."""

    view: Literal["person-to-erase"] = "person-to-erase"
    person: str


class LettersToSettle(Frozen):
    """Where these letters stand, by their ids."""

    view: Literal["letters-to-settle"] = "letters-to-settle"
    letters: tuple[int, ...]


RegisterView = Annotated[PeopleToRegister | PersonToErase | LettersToSettle, Field(discriminator="view")]


class LetterFact(Frozen):
    """A letter: the entry that caused it, its key there, to whom, what the mail server said, whose task it is.

    `waits` tells that it was refused and nobody has settled it; `settled` is the version of the entry that did so
    last, 0 if none did. `officers` are those of its round by the sealed rules. `gone` tells that the addressee was
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


class RegisterFacts(Frozen):
    """The answer to a RegisterView.

    `erased` holds people and the version of the entry that erased each, `stored` the people whose identity is stored,
    `duties` streams, `contents` ids.
    """

    erased: dict[str, int] = Field(default_factory=dict)
    stored: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    letters: dict[int, LetterFact] = Field(default_factory=dict)
