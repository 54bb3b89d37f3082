"""The pictures of the portal are of what it shows now: where this fails, run `python -m tools.portal_pictures`."""

import json

import pytest

from tools.picture_hashes import MADE_OF, PICTURES, hash_made

pytestmark = pytest.mark.repo


def test_each_picture_is_made_of_what_the_portal_shows_now() -> None:
    made = json.loads(MADE_OF.read_text(encoding="utf-8"))
    assert {path.name for path in PICTURES.glob("*.png")} == set(made)
    old = [name for name, of in made.items() if hash_made(of["templates"], of["words"]) != of["sha256"]]
    assert old == []


def test_another_word_or_template_makes_another_picture() -> None:
    one = hash_made(["tasks/list.html"], ["tasks.what"])
    assert one != hash_made(["tasks/list.html"], ["tasks.until"])
    assert one != hash_made(["seconds/list.html"], ["tasks.what"])
