"""The texts that acts cite, with their salts: by them the page itself sees that what it shows is what is signed."""

from collections.abc import Iterable, Sequence

from portal.acts.prepared import Line
from portal.visit import Visit
from selection.decision.envelope import Envelope
from selection.kernel.model import Frozen
from selection.kernel.references import references_in
from selection.signing.base64 import encode


class CitedText(Frozen):
    """A text as it is stored: its salted hash (hex), its salt as pages carry it, and what it says."""

    sha256: str
    salt: str
    body: str


async def read_cited(visit: Visit, acts: Sequence[Envelope]) -> tuple[CitedText, ...]:
    """Return the texts that acts cite and that the visitor stored, each once.

    Whoever signs second is shown what the first stored, without its salts: those are for whoever stored it.
    """
    parts = [part for act in acts for part in (act.command, act.actor.model_dump(mode="json"))]
    ids = {found for part in parts for found in references_in(part)}
    if not ids:
        return ()
    return tuple(
        CitedText(sha256=text.sha256, salt=encode(text.salt), body=text.body.decode())
        for text in await visit.reads.contents.list_own_texts(visit.subject, ids)
    )


def with_salts(lines: Iterable[Line], cited: Sequence[CitedText]) -> tuple[Line, ...]:
    """Return the lines, with their salts those that say what a text does."""
    salts = {text.body: text.salt for text in cited}
    return tuple(line.with_(salt=salts.get(line.value_en, "")) if _is_typed(line) else line for line in lines)


def list_others(lines: Iterable[Line], cited: Sequence[CitedText]) -> tuple[CitedText, ...]:
    """Return the texts that no line says as they are, such as the answers of a form."""
    said = {line.value_en for line in lines if _is_typed(line)}
    return tuple(text for text in cited if text.body not in said)


def _is_typed(line: Line) -> bool:
    """Tell whether a line says the same in both languages, as what somebody typed does."""
    return line.value_en == line.value_zh
