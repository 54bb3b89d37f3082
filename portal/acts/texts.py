"""The texts that acts cite, with their salts: by them the page itself sees that what it shows is what is signed."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import structlog

from portal.acts.prepared import Line, PreparedAct
from portal.acts.rules_in_words import tell_rules
from portal.faults import Fault
from portal.visit import Visit
from reading.access.seconds import ContentCard
from reading.errors import Hidden, SignatureEnded
from selection.application.submission import Submission
from selection.decision.command import COMMANDS
from selection.decision.envelope import Envelope
from selection.forms.handed_in import AnsweredForm
from selection.kernel.canonical import sha256_hex
from selection.kernel.model import Frozen
from selection.kernel.references import citations_in, references_in
from selection.round.commands import OpenRound
from selection.rules.loading import RoundRules
from selection.signing.base64 import decode, encode

log = structlog.get_logger(__name__)


class CitedText(Frozen):
    """A text as it is stored: its salted hash (hex), its salt as pages carry it, and what it says."""

    sha256: str
    salt: str
    body: str


class ShownTexts(NamedTuple):
    """The texts of an act on the page on which it is signed.

    `lines` are the act's, with salts; `others` the texts that none of them says. The page signs nothing unless it shows
    each that is `cited`. `files` are those that another person handed in with it.
    """

    lines: tuple[Line, ...]
    others: tuple[CitedText, ...]
    cited: tuple[CitedText, ...]
    files: tuple[ContentCard, ...] = ()


async def show_texts(visit: Visit, prepared: PreparedAct) -> ShownTexts:
    """Return the texts of an act for the page on which the visitor signs it. Raises Fault as `show_signed` does."""
    if prepared.second:
        return await show_signed(visit, prepared.with_(lines=await find_lines(visit, prepared)))
    cited = await read_cited(visit, [prepared.act])
    return ShownTexts(with_salts(prepared.lines, cited), list_others(prepared.lines, cited), cited)


async def show_signed(visit: Visit, prepared: PreparedAct) -> ShownTexts:
    """Return the texts of an act that another person signed first, as they are where that person stored them.

    What is kept with an act that waits is believed for none of them: a text that the act cites and that no line says is
    not shown beside the lines, unless it is the answers of a form, which lines say one by one. Raises Fault where a
    text is missing, or the first signature is not of this act, which is logged as an error; and where it was, and its
    key counts no more, which is an end like others.
    """
    try:
        signed = await visit.reach.seconds.list_texts(visit.subject, prepared.act)
    except SignatureEnded:
        raise Fault("second-ended", 410) from None
    except Hidden:
        raise _refuse(prepared) from None
    cited = tuple(
        CitedText(
            sha256=sha256_hex(text.salt + text.body),
            salt=encode(text.salt),
            body=text.body.decode("utf-8", "replace"),
        )
        for text in signed.stored
    )
    lines, answers = with_salts(prepared.lines, cited), _list_answers(prepared.act)
    others = tuple(text for text in cited if text.sha256 in answers)
    shown = {sha256_hex(decode(line.salt) + line.value_en.encode()) for line in lines if line.salt}
    if shown | {text.sha256 for text in others} != signed.cited:
        raise _refuse(prepared)
    return ShownTexts(lines, others, cited, signed.files)


async def find_lines(visit: Visit, prepared: PreparedAct) -> tuple[Line, ...]:
    """Return the lines of an act that waits: of rules those that they give, as no text shows whether a summary fits."""
    if prepared.act.kind != OpenRound.ACT.kind:
        return prepared.lines
    return await tell_rules(visit, RoundRules.model_validate(prepared.act.command["rules"]))


async def read_cited(visit: Visit, acts: Sequence[Envelope]) -> tuple[CitedText, ...]:
    """Return the texts that acts cite and that the visitor stored, each once."""
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


def _list_answers(act: Envelope) -> frozenset[str]:
    """Return the hashes of the texts of an act that are the answers of a form."""
    command = COMMANDS[act.kind].model_validate(act.command)
    parts = (getattr(command, name) for name in type(command).model_fields)
    forms = [part for part in parts if isinstance(part, AnsweredForm | Submission)]
    return frozenset(item.ref.sha256 for form in forms for item in citations_in(form))


def _refuse(prepared: PreparedAct) -> Fault:
    log.error("an act that waited is not as it was signed", command_id=prepared.act.command_id)
    return Fault("second-altered", 409)


def _is_typed(line: Line) -> bool:
    """Tell whether a line says the same in both languages, as what somebody typed does."""
    return line.value_en == line.value_zh
