"""The pictures of the README show what the demo's seed leads to, in the words that the demo uses now."""

import html
import json
import re

import pytest

from starter.demo.sayings import LINES
from tests.docs import references as r

pytestmark = pytest.mark.repo


def read_lines() -> list[str]:
    """Return the lines of text in the picture of the demo's end."""
    texts = re.findall(r"<text[^>]*>(.*?)</text>", r.text_of("docs/images/demo.svg"), re.DOTALL)
    return [html.unescape(text).replace("\xa0", " ") for text in texts]


def test_the_places_in_the_picture_are_those_of_the_demos_seed() -> None:
    places = json.loads(r.text_of("tests/demo/outcomes_of_seed_2024.json"))["places"]
    pictured = {
        found[2]: int(found[1]) for line in read_lines() if (found := re.match(r" +(\d+) +(\d{4}) ", line))
    }
    assert pictured
    assert {number: places.get(number) for number in pictured} == pictured
    assert f"The list of {len(places)} centres is issued" in " ".join(read_lines())


@pytest.mark.parametrize("code", ["issued", "counts"])
def test_the_picture_speaks_as_the_demo_does_now(code: str) -> None:
    said = " ".join(" ".join(read_lines()).split())
    parts = [" ".join(part.split()) for part in re.split(r"\{[^}]*\}", LINES[code][0])]
    missing = [part for part in parts if part not in said]
    assert missing == [], "`python -m tools.pictures` makes it anew"
