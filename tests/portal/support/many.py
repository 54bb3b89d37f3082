"""A table of applications with its files, and how an applicant sends both to the page for many."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import httpx

from benchmarks.in_memory.form_book import write_book
from starter.demo.example import load_example
from tests.portal.support.applying import APPLY, PDF, read_hidden
from tests.portal.support.browsing import OWN, Browser
from tests.selection.forms.test_checking import FORM, answers

MANY = f"{APPLY}-many"
Rows = Mapping[str, dict[str, Any]]


def sound_rows(*keys: str, code: str = "a13") -> dict[str, dict[str, Any]]:
    """Rows that fit the form, each under its row id and with a name of its own; of the unit of one of the example's."""
    sound = _name_files(answers(code))
    return {key: {**deepcopy(sound), "name_en": f"Centre {key}"} for key in keys}


def files_of(rows: Rows) -> dict[str, bytes]:
    """The files that rows name, by their names."""
    return {path.rpartition("/")[2]: PDF + path.encode() for path in re.findall(r"files/[^']+", str(rows))}


def table_of(rows: Rows, lang: int = 0) -> bytes:
    """The rows as XLSX."""
    return write_book(FORM, load_example().rules, rows, lang)


async def send_table(page: Browser, body: bytes, files: Mapping[str, bytes] | None = None) -> httpx.Response:
    """Open the page, and send a table and files; no table where it is empty."""
    await page.open(MANY)
    sent: list[tuple[str, tuple[str, bytes]]] = [
        ("files", (name, file)) for name, file in (files or {}).items()
    ]
    if body:
        sent.append(("table", ("many.xlsx", body)))
    answer = await page.client.post(
        MANY, data={**read_hidden(page), "do": "read"}, files=sent, headers=OWN, follow_redirects=True
    )
    page.page = answer.text
    return answer


async def press(page: Browser, button: str, **more: str) -> httpx.Response:
    """Press a button of the page that is open."""
    return await page.send(MANY, {**read_hidden(page), **more, "do": button})


def _name_files(answer: Any) -> Any:
    """Answers as a table names their files, each by a path that is called as its place is."""
    if isinstance(answer, dict) and set(answer) == {"id", "sha256"}:
        return {"file": f"files/{re.sub('[^a-z0-9]+', '-', answer['id'])}.pdf"}
    if isinstance(answer, dict):
        return {code: _name_files(part) for code, part in answer.items()}
    return [_name_files(item) for item in answer] if isinstance(answer, list) else answer
