"""The commands that a sentence names are commands that there are."""

import re

from selection.wording.refusals import SENTENCES
from tests.starter.support.commands import every_command

NAMED = re.compile(r"`selection ([a-z]+(?: [a-z][a-z-]*)?)")


def test_a_refusal_names_no_command_that_there_is_not() -> None:
    known = {" ".join(words[:2]) for words, _ in every_command()}
    named = {
        (code, found)
        for code, sentences in SENTENCES.items()
        for sentence in sentences
        for found in NAMED.findall(sentence)
    }
    assert named
    assert [(code, words) for code, words in sorted(named) if words not in known] == []
