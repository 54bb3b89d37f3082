"""From anything that can go wrong to one line: a stable code, a sentence, and an exit code.

0 done, 1 broken, 2 refused, 3 pending, 4 not taken, 5 a bundle lacks contents.
No stack trace reaches a person.
"""

import asyncio
import traceback
from pathlib import Path
from typing import Any, NamedTuple

from selection.kernel.counting import fill
from starter.cli.failure_sentences import CHINESE, FAILURES
from starter.cli.usage_errors import render_usage_error

BROKEN = 1
REFUSED = 2
PENDING = 3
MISSING = 4
INCOMPLETE = 5
"""A bundle of which nothing is refuted lacks contents; only `audit verify` ends so."""

# Errors of the record that are the person's to mend, not the operator's.
REFUSED_CODES = frozenset(
    {
        "unknown-person",
        "person-erased",
        "unknown-content",
        "content-erased",
        "content-too-large",
        "too-much-stored",
        "command-reused",
    }
)
READ_FAILURES = {"not-yet-signed": PENDING, "record-changed": BROKEN}
_PACKAGE = Path(__file__).parents[2]


class Failure(NamedTuple):
    """What is said at the end of a command that did not do what was asked."""

    code: str
    sentence: str
    exit: int


class CommandFailed(Exception):
    """The command itself refuses or fails, with a code of starter/cli/failure_sentences.py; nothing was sent."""

    def __init__(self, code: str, *, exits: int = REFUSED, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.exits = exits
        self.params = params

    def sentence(self, lang: str) -> str:
        """Return the sentence in `en` or `zh`."""
        return fill(FAILURES[self.code][lang == "zh"], self.params)


def failure_of(error: BaseException, lang: str) -> Failure:
    """Return what to say of any error, in a language. The only place that turns errors into exit codes."""
    if isinstance(error, CommandFailed):
        return Failure(error.code, error.sentence(lang), error.exits)
    if isinstance(error, KeyboardInterrupt | asyncio.CancelledError) or type(error).__name__ == "Abort":
        return _own("interrupted", lang, BROKEN)
    if hasattr(error, "format_message"):
        # Typer keeps its own copy of click, whose exceptions have no public name; this is what they share.
        return _bad_usage(error, lang)
    if isinstance(error, BaseExceptionGroup):
        return failure_of(error.exceptions[0], lang)
    return _find_failure(error, lang) or _report_unexpected(error, lang)


def _bad_usage(error: Any, lang: str) -> Failure:
    said = error.format_message()
    if not said.strip():
        # A group that was called alone has shown its help.
        return _own("command-missing", lang, REFUSED)._replace(code="bad-usage")
    return _own("bad-usage", lang, REFUSED, text=render_usage_error(said, lang))


def _find_failure(error: BaseException, lang: str) -> Failure | None:
    from ledger.errors import LedgerError, RecordUnavailable
    from reading.errors import Hidden, ReadFailed
    from runtime.errors import StackError
    from selection.kernel.zone import BEIJING
    from selection.refusals.refused import Refused
    from selection.rules.loading import RulesFaults
    from selection.wording.refusals import InZone, render_refusal
    from starter.client.errors import ActMissing, ClientError, Pending
    from starter.keys.faults import KeyFault

    match error:
        case Refused():
            zone = error.zone if isinstance(error, InZone) else BEIJING
            return Failure(error.code, render_refusal(error.code, error.params, lang, zone), REFUSED)
        case Hidden():
            return _own(Hidden.code, lang, REFUSED)
        case KeyFault():
            return _own(error.code, lang, BROKEN if error.broken else REFUSED, **error.params)
        case ReadFailed():
            return _own(error.code, lang, READ_FAILURES.get(error.code, REFUSED), **error.params)
        case Pending():
            return _own("pending", lang, PENDING, command_id=error.command_id, stream=error.stream)
        case ActMissing():
            return _own("not-taken", lang, MISSING, command_id=error.command_id)
        case ClientError():
            return _own("broken", lang, BROKEN, text=one_line(str(error)))
        case RulesFaults():
            return _own("rules-faulty", lang, REFUSED, count=str(len(error.faults)))
        case RecordUnavailable():
            return _own("record-unavailable", lang, BROKEN, cause=one_line(str(error)))
        case LedgerError():
            exits = REFUSED if error.code in REFUSED_CODES else BROKEN
            return Failure(error.code, _in_language(error.code, str(error), lang), exits)
        case StackError():
            chinese = error.chinese if lang == "zh" else ""
            return Failure(error.code, chinese or _in_language(error.code, error.sentence, lang), BROKEN)
    return None


def _in_language(code: str, english: str, lang: str) -> str:
    return CHINESE.get(code, english) if lang == "zh" else english


def _own(code: str, lang: str, exits: int, **params: str) -> Failure:
    return Failure(code, fill(FAILURES[code][lang == "zh"], params), exits)


def _report_unexpected(error: BaseException, lang: str) -> Failure:
    # The message of an unforeseen error may hold what people wrote, so only its kind and place are told.
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename)]
    place = ""
    if frames:
        last = frames[-1]
        place = f" at {Path(last.filename).relative_to(_PACKAGE)}:{last.lineno}"
    return _own("unexpected", lang, BROKEN, text=f"{type(error).__name__}{place}")


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(_PACKAGE) and "site-packages" not in path.relative_to(_PACKAGE).parts


def one_line(text: str) -> str:
    """Return a text in one line of at most 500 characters."""
    return " ".join(text.split())[:500]
