"""The Chinese of everything that the help says in English, by sentence: what has none is shown in English.

The English stands where it belongs, in docstrings, options and epilogues; its paragraphs are the keys. A test walks
every command and names the paragraphs without Chinese, and the Chinese that no command needs any more.
"""

from starter.chinese import (
    before_a_round,
    everywhere,
    for_officers,
    for_operators,
    for_people,
    for_readers,
    for_signers,
)
from starter.chinese.help_texts import paragraphs

PARTS = (everywhere, for_operators, before_a_round, for_officers, for_people, for_readers, for_signers)
SENTENCES: dict[str, str] = {
    english: chinese for part in PARTS for english, chinese in part.SENTENCES.items()
}


def in_chinese(text: str) -> str:
    """Return a text with its paragraphs in Chinese; the commands among them stay."""
    return "\n\n".join(SENTENCES.get(paragraph, paragraph) for paragraph in paragraphs(text))
