"""An act as it is shown to its person before they sign it, and kept until they do. Nothing of it travels but its id."""

from pydantic import Field

from selection.decision.envelope import Envelope
from selection.kernel.model import Frozen
from selection.kernel.proof import Proof, Second, Signature
from selection.signing.statement import statement_of
from selection.streams import find_number


class Line(Frozen):
    """One thing that is signed, in words: label and value in English and Chinese.

    Of who is registered by it `identity` is the hash of theirs, by which their name is read when it is shown. `salt` is
    that of a text that it says as it is stored, as pages carry it; it is read when it is shown, too. Of `people` one is
    for each line of the value, which is their id or tells of them: their names are read when it is shown as well.
    """

    en: str
    zh: str
    value_en: str
    value_zh: str
    long: bool = False
    identity: str = ""
    salt: str = ""
    people: tuple[str, ...] = ()

    @property
    def names_people(self) -> bool:
        """Tell whether each line of the value has its person: what was altered where it waits may have other counts."""
        lines = {len(value.split("\n")) for value in (self.value_en, self.value_zh)}
        return lines == {len(self.people)}

    @classmethod
    def of_text(cls, en: str, zh: str, text: str) -> "Line":
        """Return a line for what somebody typed, which is the same in both languages."""
        return cls(en=en, zh=zh, value_en=text, value_zh=text, long=len(text) > 120 or "\n" in text)


class PreparedAct(Frozen):
    """An act without its signature, and what its signature says besides.

    `lines` are what the page shows of it; `back` leads to the form that it was made in; `draft` is the place of the
    draft that goes once the act is recorded, and `draft_version` the version of it that the act was made of. `two` says
    that two must sign. Of an act that another person signed, `second` is who signs it too, and `own_id` what this page
    of it goes by.
    """

    act: Envelope
    terms: Proof
    lines: tuple[Line, ...]
    back: str
    draft: str = ""
    draft_version: int = 0
    two: bool = False
    second: str = ""
    own_id: str = ""
    title_en: str = ""
    title_zh: str = ""
    version: int = Field(default=1, ge=1, le=1)

    @property
    def statement(self) -> bytes:
        """What is signed (docs/decisions/0026-signed-acts.md)."""
        intent = self.act.intent
        if self.second:
            intent = intent.with_(person=self.second, second_to=intent.person)
        return statement_of(intent, self.terms)

    @property
    def id(self) -> str:
        """What the page of this act goes by."""
        return self.own_id or self.act.command_id

    def sign(self, signature: Signature) -> Envelope:
        """Return the act with the signature of whoever it was shown to."""
        proof = self.terms.with_(signature=signature)
        if self.second:
            return self.act.with_(second=Second(person=self.second, proof=proof))
        return self.act.with_(proof=proof)

    @property
    def place(self) -> str:
        """The number of the application that it is done on; empty elsewhere."""
        return find_number(self.act.stream)
