"""What an organisation sets once for all its papers: its name, how papers are numbered, and its own wording."""

import re
from collections.abc import Container
from string import Formatter
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from papers.kinds import PaperKind
from papers.words import LABELS, SENTENCES, Pair
from selection.kernel.model import Frozen

PLACES = frozenset({"round", "application", "year", "kind"})
"""What the number of a paper may be made of."""
COUNTED = re.compile(r"[^|{}]+\|[^|{}]+")
"""The word that goes with a count, for one and for more: `{count:centre|centres}`."""

Line = Annotated[str, Field(max_length=200)]
LongLine = Annotated[str, Field(max_length=2000)]


class Phrase(Frozen):
    """A line in both languages."""

    en: Line
    zh: Line


class Wording(Frozen):
    """A sentence of a paper in both languages, in place of ours."""

    en: LongLine
    zh: LongLine


class Letterhead(Frozen):
    """The letterhead, as a file of its own or part of the rules gives it.

    `numbers` gives the pattern of a paper's number by its kind, with {round}, {application}, {year}, {kind};
    `wording` replaces sentences of papers/words.py by their key, `labels` the words of its tables and headings.
    `receipt_url` is the address that the code on a paper leads to; without one it holds the place in the record.
    """

    issuer: Phrase = Phrase(en="The organiser of the round", zh="遴选组织单位")
    department: Phrase = Phrase(en="", zh="")
    address: Phrase = Phrase(en="", zh="")
    contact: Phrase = Phrase(en="", zh="")
    numbers: dict[PaperKind, Line] = Field(default_factory=dict)
    wording: dict[str, Wording] = Field(default_factory=dict)
    labels: dict[str, Phrase] = Field(default_factory=dict)
    receipt_url: Annotated[str, Field(pattern=r"^(https://[^\s?#]+)?$", max_length=500)] = ""

    @model_validator(mode="after")
    def _names_what_there_is(self) -> Self:
        for key, wording in self.wording.items():
            _check_pair(SENTENCES.get(key), (wording.en, wording.zh))
        for key, label in self.labels.items():
            _check_pair(LABELS.get(key), (label.en, label.zh))
        for pattern in self.numbers.values():
            _check_places(pattern, PLACES)
        return self

    def get_number(self, kind: PaperKind, **values: str) -> str:
        """Return the number of a paper, by the pattern of its kind."""
        pattern = self.numbers.get(kind, "{round}-{kind}-{application}")
        filled = pattern.format_map({name: values.get(name, "") for name in PLACES} | {"kind": kind.value})
        return filled.strip("-")


def _check_pair(ours: Pair | None, theirs: Pair) -> None:
    if ours is None:
        raise PydanticCustomError("unknown_wording", "wording of no such name")
    for our, their in zip(ours, theirs, strict=True):
        _check_places(their, _names_in(our), counted=True)


def _check_places(text: str, known: Container[str], *, counted: bool = False) -> None:
    try:
        found = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        raise PydanticCustomError("bad_braces", "braces that do not hold together") from None
    for _, name, form, turn in found:
        if name not in known or turn or (form and not (counted and COUNTED.fullmatch(form))):
            raise PydanticCustomError("unknown_place", "braces around what there is not")


def _names_in(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
