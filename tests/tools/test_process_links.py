"""What the lines of docs/process.md lead to: each to rules, to code and to a test, and all of it is there."""

import re
from pathlib import Path

import pytest

from tests.tools.test_process_sentences import SENTENCES, names_in
from tools.links import link_code, link_test
from tools.process_acts import find_code, keys_of_steps, read_rows

pytestmark = pytest.mark.repo
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/process.md").read_text(encoding="utf-8")
LINK = re.compile(r"\[([^\]]+)\]\(([^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"\[([^\]]+)\]\(\.\./([^)#\s]+)\)")


def lacks(words: str, file: str) -> bool:
    """Whether there is no such file, or it does not define what a link to it is called by."""
    if not (ROOT / file).is_file():
        return True
    if words.startswith("`"):
        name = words.strip("`")
        return name != file.rpartition("/")[2] and name not in names_in(file)
    return f"test_{words.replace(' ', '_')}" not in names_in(file)


def rows_with_links() -> list[list[str]]:
    """The cells of every line of the tables that have rules, code and tests, from the column of the rules on."""
    found, start = [], 0
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if cells[-3:] == ["rule", "code", "test"]:
            start = len(cells) - 3
        elif not line.startswith("|"):
            start = 0
        elif start and not line.startswith("|---"):
            found.append(re.split(r" ?\| ?", line)[1:-1])
            assert len(found[-1]) == start + 3, line
    return found


def test_every_link_to_code_and_tests_leads_to_what_it_names() -> None:
    links = CODE.findall(PAGE)
    assert len(links) > 1000
    assert [(words, file) for words, file in links if lacks(words, file)] == []


def test_every_line_of_an_act_and_of_a_sentence_that_is_done_links_rule_code_and_test() -> None:
    rows = rows_with_links()
    assert len(rows) > 600
    bare = {cells[0] for cells in rows if not all(map(LINK.search, cells[-3:]))}
    assert bare == {item.say for item in SENTENCES if not item.code}


def test_what_is_known_of_steps_is_of_each_and_of_no_other() -> None:
    acts = {*find_code()} - {"application deadline invitation"}
    assert {*read_rows()} == acts >= {*keys_of_steps().values()}


def test_a_link_that_leads_nowhere_is_found() -> None:
    good = "selection/application/notice/decide.py"
    assert not lacks("`raise_objection`", good)
    assert not lacks("`decide.py`", good)
    assert lacks("`gone`", good)
    assert lacks("`raise_objection`", "docs/rules.md")
    assert lacks("who is gone", "tests/selection/application/test_noticing.py")
    assert not lacks("who may not examine", "tests/selection/application/test_noticing.py")


def test_links_are_called_by_name_or_file_and_tests_by_their_sentence() -> None:
    assert link_code("a/b.py:do") == "[`do`](../a/b.py)"
    assert link_code("a/b.sql") == "[`b.sql`](../a/b.sql)"
    assert link_test("a/test_b.py:test_it_is_so") == "[it is so](../a/test_b.py)"
