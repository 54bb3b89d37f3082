"""A count of one reads as one, in every sentence that people read."""

import re
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest

import audit
import audit.report.sentences as report
import starter
import workflows
from audit.what_if import sentences as what_if
from selection.kernel.counting import fill
from selection.rules.faults import SENTENCES as FAULTS
from selection.timeline.sentences import SENTENCES as TIMELINE
from selection.wording.refusals import SENTENCES as REFUSALS
from starter.cli.failure_sentences import FAILURES
from starter.demo.sayings import HEADINGS, LINES, WORDS

VERB = re.compile(
    "acts|appoints|as|asks|belongs|comes|contains|corrects|counts|covers|deviates|does|fits|follows|gets|gives|goes|has|holds|is|lists|names|needs|runs|"
    "sends|shows|states|themselves|votes|waits|was"
)
"""What ends in s after a parameter and is no noun; everything else is one of many."""
AFTER_ONE = re.compile(r"(?<![\d.:/-])1 (?:(?:open|ranked|standing|synthetic|time|valid) )?([a-z]+s)\b")

SENTENCES = {
    f"{name}: {code}": pair[0]
    for name, table in {
        "claim": report.CLAIMS,
        "finding": report.FINDINGS,
        "listed": report.LISTED,
        "refusal": REFUSALS,
        "fault": FAULTS,
        "failure": FAILURES,
        "heading": HEADINGS,
        "line": LINES,
        "word": WORDS,
        "what-if": {name: pair for name, pair in vars(what_if).items() if name.isupper() and len(pair) == 2},
    }.items()
    for code, pair in table.items()
} | {f"timeline: {kind} {at}": pair[0] for kind, pairs in TIMELINE.items() for at, pair in enumerate(pairs)}


def plurals_after_one(sentence: str) -> list[str]:
    """The words that stay plural when every parameter is 1. A number of bytes or characters is never one."""
    said = re.sub("1 (bytes|characters)", "", fill(sentence, defaultdict(lambda: "1")))
    return [word for word in AFTER_ONE.findall(said) if not VERB.fullmatch(word)]


def test_one_is_not_many() -> None:
    assert {code: sentence for code, sentence in SENTENCES.items() if "(s)" in sentence} == {}
    found = {
        code: plurals for code, sentence in SENTENCES.items() if (plurals := plurals_after_one(sentence))
    }
    assert found == {}, "say it as {count:item|items}"


@pytest.mark.parametrize("package", [audit, starter, workflows], ids=lambda package: str(package.__name__))
def test_no_length_is_printed_before_a_fixed_plural(package: ModuleType) -> None:
    assert package.__file__ is not None
    found = {
        str(path): plurals
        for path in Path(package.__file__).parent.rglob("*.py")
        if (
            plurals := re.findall(
                r"\{len\([^{}]*\)\} (?:[a-z]+ )?[a-z]+s\b", path.read_text(encoding="utf-8")
            )
        )
    }
    assert found == {}, "say it by number_of(count, singular, plural)"
