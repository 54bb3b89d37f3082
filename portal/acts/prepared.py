"""An act as it is shown to its person before they sign it, and kept until they do. Nothing of it travels but its id."""

from pydantic import Field

from selection.decision.envelope import Envelope
from selection.kernel.model import Frozen
from selection.kernel.proof import Proof
from selection.signing.statement import statement_of


class Line(Frozen):
    """One thing that is signed, in words: label and value in English and Chinese."""

    en: str
    zh: str
    value_en: str
    value_zh: str
    long: bool = False

    @classmethod
    def typed(cls, en: str, zh: str, text: str) -> "Line":
        """Return a line for what somebody typed, which is the same in both languages."""
        return cls(en=en, zh=zh, value_en=text, value_zh=text, long=len(text) > 120 or "\n" in text)


class Prepared(Frozen):
    """An act without its signature, and what its signature says besides.

    `lines` are what the page shows of it; `back` leads to the form that it was made in; `draft` is the place of the
    draft that goes once the act is taken.
    """

    act: Envelope
    terms: Proof
    lines: tuple[Line, ...]
    back: str
    draft: str = ""
    title_en: str = ""
    title_zh: str = ""
    version: int = Field(default=1, ge=1, le=1)

    @property
    def statement(self) -> bytes:
        """What is signed (docs/decisions/0026-signed-acts.md)."""
        return statement_of(self.act.intent, self.terms)

    @property
    def place(self) -> str:
        """The stream without its kind, such as ROUND/NUMBER."""
        return self.act.stream.partition("/")[2]
