"""The pictures of the portal are of what it shows now: where this fails, run `python -m tools.portal_pictures`."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.docs import references as r
from tools import picture_hashes as h

pytestmark = pytest.mark.repo

SHOWN_IN = {"README.md": "", "README.zh.md": ".zh"}


def read_made() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(h.MADE_OF.read_text(encoding="utf-8"))
    return found


def test_each_picture_is_made_of_what_the_portal_shows_now() -> None:
    made = read_made()
    assert {path.name for path in h.PICTURES.glob("*.png")} == set(made)
    old = [name for name, of in made.items() if h.hash_made(of["templates"], of["words"]) != of["sha256"]]
    assert old == []


def test_each_picture_is_the_one_that_was_made() -> None:
    assert [name for name, of in read_made().items() if h.hash_picture(name) != of["picture"]] == []


def test_another_word_or_template_makes_another_picture() -> None:
    one = h.hash_made(["tasks/list.html"], ["tasks.what"])
    assert one != h.hash_made(["tasks/list.html"], ["tasks.until"])
    assert one != h.hash_made(["seconds/list.html"], ["tasks.what"])


@pytest.mark.parametrize("loaded", ["portal.css", "session.js", "sign_act.js", "bytes.js"])
def test_another_style_or_script_makes_another_picture(
    loaded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = h.hash_made(["acts/check.html"], [])
    shutil.copytree(h.STATIC, tmp_path / "static")
    monkeypatch.setattr(h, "STATIC", tmp_path / "static")
    assert h.hash_made(["acts/check.html"], []) == before
    with (tmp_path / "static" / loaded).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert h.hash_made(["acts/check.html"], []) != before


def test_another_picture_is_told_from_the_one_that_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(h.PICTURES / "officer.zh.png", tmp_path / "officer.png")
    monkeypatch.setattr(h, "PICTURES", tmp_path)
    assert h.hash_picture("officer.png") != read_made()["officer.png"]["picture"]


@pytest.mark.parametrize("page", SHOWN_IN)
def test_the_first_page_of_each_role_is_shown_at_the_front(page: str) -> None:
    made = {name for name in read_made() if (".zh." in name) == bool(SHOWN_IN[page])}
    shown = re.findall(
        r'<a href="docs/images/portal/([^"]+)"><img src="docs/images/portal/\1" width="\d+" alt="[^"]+"></a>',
        r.text_of(page),
    )
    assert sorted(shown) == sorted(made)
