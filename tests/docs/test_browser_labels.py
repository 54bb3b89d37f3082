"""Quickstarts begin in the browser, and name buttons, pages, links and tasks as the portal does in their language."""

import re

import pytest

from portal.wording.catalogue import AREAS
from selection.wording.code_names import TASKS
from tests.docs import references as r

pytestmark = pytest.mark.repo

FOLDER = "docs/quickstart/"
OVERVIEWS = ("browser.md", "browser.zh.md")
OF_NO_ROLE = ("README.md", "operator.md", *OVERVIEWS)
"""The way through the pages, and the page of who starts the stack: that is done where it runs."""
PAGES = sorted(
    name
    for file in r.files()
    if file.startswith(FOLDER) and (name := file.removeprefix(FOLDER)).endswith(".md")
)
ROLES = [page for page in PAGES if page not in OF_NO_ROLE]
BEGINNING = {"en": "## In the browser\n", "zh": "## 浏览器操作\n"}
QUOTED = {"en": r'"([^"]+)"', "zh": r"“([^”]+)”"}
IN_EACH = ("sign-in.title", "acts.check-title", "acts.sign", "acts.receipt-title")
"""Every role signs in, checks, signs and gets a receipt."""


def language_of(page: str) -> str:
    """Return in which language a page is."""
    return "zh" if page.endswith(".zh.md") else "en"


def list_words(language: str) -> set[str]:
    """Return what the portal's pages say in a language, and what tasks are called, without the dots that lead on."""
    place = ("en", "zh").index(language)
    said = [pair[place] for area in AREAS.values() for pair in area.values()]
    return {text.strip().rstrip("…") for text in (*said, *(pair[place] for pair in TASKS.values()))}


def list_in_each(language: str) -> set[str]:
    """Return what every way through the pages comes by."""
    place = ("en", "zh").index(language)
    keys = [key.partition(".") for key in IN_EACH]
    return {AREAS[area][name][place] for area, _, name in keys}


def read_part(page: str) -> str:
    """Return what a page says of the browser: all of it, or its beginning."""
    text = r.text_of(FOLDER + page)
    if page in OVERVIEWS:
        return text
    found = re.search(rf"^{BEGINNING[language_of(page)]}(.*?)^## ", text, re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def list_named(page: str) -> set[str]:
    """Return what is quoted in what a page says of the browser."""
    named = re.findall(QUOTED[language_of(page)], " ".join(read_part(page).split()))
    return {label.rstrip(",.…") for label in named}


@pytest.mark.parametrize("page", ROLES)
def test_the_quickstart_of_a_role_begins_in_the_browser_and_goes_on_to_a_receipt(page: str) -> None:
    language = language_of(page)
    first = re.search(r"^## .*\n", r.text_of(FOLDER + page), re.MULTILINE)
    assert first is not None
    assert first[0] == BEGINNING[language]
    assert list_in_each(language) <= list_named(page)


@pytest.mark.parametrize("page", OVERVIEWS)
def test_the_page_of_all_roles_goes_on_to_a_receipt(page: str) -> None:
    assert list_in_each(language_of(page)) <= list_named(page)


@pytest.mark.parametrize("page", [*OVERVIEWS, *ROLES])
def test_what_is_quoted_is_a_word_of_the_portal(page: str) -> None:
    named = list_named(page)
    assert len(named) >= 10
    assert sorted(named - list_words(language_of(page))) == []


def test_a_word_that_no_page_says_is_found() -> None:
    assert "Check and sign" in list_words("en") - list_words("zh")
    assert "Sign the cheque" not in list_words("en")
