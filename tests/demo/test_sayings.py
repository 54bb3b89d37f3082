import string

import pytest

from starter.demo.sayings import COLUMNS, HEADINGS, LINES, PLAIN_HEADINGS, WORDS

TABLES = {"headings": HEADINGS, "plain": PLAIN_HEADINGS, "lines": LINES, "columns": COLUMNS, "words": WORDS}
SAYINGS = [(name, key) for name, table in TABLES.items() for key in table]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("table", "key"), SAYINGS)
def test_both_languages_say_the_same_facts(table: str, key: str) -> None:
    english, chinese = TABLES[table][key]
    assert english or chinese
    assert placeholders(english) == placeholders(chinese)
