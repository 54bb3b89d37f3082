"""The quickstart of the browser names buttons, pages and links as the portal does."""

import ast
import re

import pytest

from tests.docs import references as r

pytestmark = pytest.mark.repo

WORDS = ("portal/wording/", "selection/")
"""Where the words of pages stand: the portal's own, and those of each act with its room."""


def list_words() -> set[str]:
    """Return every text that stands in these modules, without the dots of one that leads on."""
    files = [file for file in r.files() if file.endswith(".py") and file.startswith(WORDS)]
    nodes = (node for file in files for node in ast.walk(ast.parse(r.text_of(file))))
    return {
        node.value.strip().rstrip("…")
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize(
    ("page", "quoted"),
    [("docs/quickstart/browser.md", r'"([^"]+)"'), ("docs/quickstart/browser.zh.md", r"“([^”]+)”")],
    ids=["en", "zh"],
)
def test_what_is_quoted_is_a_word_of_the_portal(page: str, quoted: str) -> None:
    named = {label.rstrip(",.") for label in re.findall(quoted, " ".join(r.text_of(page).split()))}
    assert len(named) >= 10
    assert sorted(named - list_words()) == []
