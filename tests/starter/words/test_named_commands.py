"""The commands that a sentence names are commands that there are; letters name none (tests/portal/test_letters.py)."""

import re
from collections.abc import Iterator, Mapping

from selection.wording.refusals import SENTENCES
from tests.starter.support.commands import every_command

NAMED = re.compile(r"`selection ([a-z]+(?: [a-z][a-z-]*)?)")


def list_unknown(texts: Mapping[str, Iterator[str]]) -> list[tuple[str, str]]:
    """Return the words of each command that is named and that there is not, with the code of the text."""
    known = {" ".join(words[:2]) for words, _ in every_command()}
    named = {
        (code, found) for code, parts in texts.items() for part in parts for found in NAMED.findall(part)
    }
    assert named
    return [(code, words) for code, words in sorted(named) if words not in known]


def test_a_refusal_names_no_command_that_there_is_not() -> None:
    assert list_unknown({code: iter(sentences) for code, sentences in SENTENCES.items()}) == []
