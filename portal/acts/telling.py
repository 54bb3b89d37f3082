"""Why an act was not taken, in the core's own sentence, or in another for who reads it elsewhere than at a terminal."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from portal.people import call_refused
from portal.visit import Visit
from portal.wording.refusals import IN_A_PAGE
from selection.kernel.counting import fill
from selection.kernel.zone import Zone
from selection.wording.refusals import SENTENCES, render_refusal

OTHERWISE = "page-refused"
Sentences = Mapping[str, tuple[str, str]]


class Refusal(Protocol):
    """Why an act was refused, or would be."""

    @property
    def code(self) -> str:
        """The stable code."""
        ...

    @property
    def params(self) -> Mapping[str, str]:
        """What its sentence is filled with."""
        ...


class _Dashes(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


async def tell_refused(visit: Visit, stream: str, refused: Refusal, zone: Zone) -> str:
    """Return the sentence of a refusal for the visitor, with people by name as they may know them in a stream."""
    (sentence,) = await tell_each_refused(visit, stream, [refused], zone)
    return sentence


async def tell_each_refused(
    visit: Visit, stream: str, refusals: Sequence[Refusal | None], zone: Zone
) -> list[str]:
    """Return the sentences of refusals for the visitor, empty for none."""
    called = await call_refused(visit, stream, [item.params if item else {} for item in refusals])
    return [
        tell_refusal(visit.language, item.code, params, zone) if item else ""
        for item, params in zip(refusals, called, strict=True)
    ]


def tell_refusal(language: str, code: str, params: Mapping[str, str], zone: Zone) -> str:
    """Return the sentence of a refusal for a page; no command of a terminal stands in it."""
    return tell_code(IN_A_PAGE, IN_A_PAGE[OTHERWISE], language, code, params, zone)


def tell_code(
    own: Sentences,
    otherwise: tuple[str, str],
    language: str,
    code: str,
    params: Mapping[str, str],
    zone: Zone,
) -> str:
    """Return an audience's own sentence of a code, else the core's, or `otherwise` where that is for terminals.

    Parameters that are missing read as a dash.
    """
    found = own.get(code)
    if found is None and is_for_terminals(code):
        found = otherwise
    if found is not None:
        return fill(found[language == "zh"], _Dashes(params))
    return render_refusal(code, dict(params), language, zone)


def is_for_terminals(code: str) -> bool:
    """Tell whether the core's sentence names a command or an option, or there is none."""
    return any(mark in text for text in SENTENCES.get(code, ("`", "`")) for mark in ("`", " --"))
