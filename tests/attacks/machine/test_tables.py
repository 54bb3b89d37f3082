"""A table is sent by anyone: what would fill memory or the day when it is read is refused, in a process of its own."""

import io
import json
import sys
import zipfile
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import Workbook

from tables.reading import BOUNDS
from tables.sentences import REFUSALS

pytestmark = pytest.mark.long

MEGABYTE = 1024 * 1024
OWN_LIMIT = 160 * MEGABYTE
"""What the process that asks may take at the most, with Python, the file and the answer."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHARED = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
ASK = """
import asyncio, json, resource, sys
from tables.reading import read_sheets
from tables.grid import TableRefused
async def ask():
    try:
        return [len(grid.rows) for grid in await read_sheets(open(sys.argv[1], "rb").read())]
    except TableRefused as refused:
        return refused.code
found = asyncio.run(ask())
unit = 1 if sys.platform == "darwin" else 1024
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
if sys.platform == "linux":
    # What the system calls the most of a process is at first that of the one that started it.
    [own] = (int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([found, own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit]))
"""


class Measurement(NamedTuple):
    """What reading a table came to, and the bytes that it took of the asking process and of the reading one."""

    found: str | list[int]
    own: int
    reader: int


async def measure(tmp_path: Path, body: bytes) -> Measurement:
    path = tmp_path / "table"
    path.write_bytes(body)
    process = await create_subprocess_exec(sys.executable, "-c", ASK, str(path), stdout=PIPE)
    answer, _ = await process.communicate()
    return Measurement(*json.loads(answer))


def pack(**parts: bytes) -> bytes:
    """Return a workbook of one cell, in which some parts are others."""
    book, honest, target = Workbook(), io.BytesIO(), io.BytesIO()
    book.worksheets[0].cell(1, 1).value = "a"
    book.save(honest)
    with zipfile.ZipFile(honest) as of, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        bodies = {name: of.read(name) for name in of.namelist()}
        types = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED}"/></Types>'.encode()
        if SHARED.encode() not in bodies["[Content_Types].xml"]:
            bodies["[Content_Types].xml"] = bodies["[Content_Types].xml"].replace(b"</Types>", types)
        bodies["xl/sharedStrings.xml"] = b"<sst/>"
        where = {
            "sheet": "xl/worksheets/sheet1.xml",
            "strings": "xl/sharedStrings.xml",
            "styles": "xl/styles.xml",
        }
        for name, body in (bodies | {where[name]: body for name, body in parts.items()}).items():
            out.writestr(name, body)
    return target.getvalue()


def sheet(rows: str, before: str = "") -> bytes:
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def strings(body: str) -> bytes:
    return f'<sst xmlns="{MAIN}">{body}</sst>'.encode()


def styles(formats: str) -> bytes:
    return f'<styleSheet xmlns="{MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>'.encode()


def cell(text: str) -> str:
    return f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'


# An entity that names no other, used so often that expat's own bound, 100 times what was read, is just not reached.
ENTITY = f'<!DOCTYPE x [<!ENTITY e "{"A" * 290}">]>'
UTF_16 = '<?xml version="1.0" encoding="UTF-16"?>'
ATTACKS: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "a padded entity": (lambda: pack(sheet=sheet(cell("&e;" * 3_000_000), ENTITY)), {"table-doctype"}),
    "a doctype in another encoding": (
        lambda: pack(sheet=sheet(cell("x"), f"{UTF_16}{ENTITY}").decode().encode("utf-16")),
        {"table-doctype"},
    ),
    "a doctype in a part of another name": (
        lambda: pack(styles=b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"),
        {"table-doctype"},
    ),
    "empty cells": (lambda: pack(sheet=sheet(f"<row>{'<c/>' * 4_900_000}</row>")), {"table-too-many-cells"}),
    "empty cells of a format, far to the right": (
        lambda: pack(sheet=sheet('<row><c r="XFD1"/></row>' * 20_000)),
        {"table-too-many-cells"},
    ),
    "shared strings": (lambda: pack(strings=strings("<si/>" * 10_000_000)), {"table-too-many-cells"}),
    "a string of many runs": (
        lambda: pack(strings=strings(f"<si>{'<r/>' * 10_000_000}</si>")),
        {"table-too-many-cells"},
    ),
    "deep XML": (lambda: pack(strings=b"<a>" * 18_000_000), {"table-too-deep"}),
    "deep XML that openpyxl reads whole": (lambda: pack(styles=b"<a>" * 18_000_000), {"table-too-deep"}),
    "a tag without end": (lambda: pack(strings=b'<sst x="' + b"x" * 59_000_000), {"table-malformed"}),
    "a tag of many attributes": (
        lambda: pack(strings=b"<a " + b" ".join(b"a%d=''" % number for number in range(4_000_000)) + b"/>"),
        {"table-malformed"},
    ),
    "a long text": (lambda: pack(sheet=sheet(cell("x" * 59_000_000))), {"table-cell-too-long"}),
    "as many styles as the count lets through": (
        lambda: pack(styles=styles("<xf/>" * 2_400_000)),
        {"table-too-much-memory", "table-too-slow"},
    ),
    "CSV of nothing but commas": (lambda: b"," * 20_000_000, {"table-too-many-columns"}),
    "CSV of empty cells": (lambda: (b"," * 199 + b"\n") * 20_000, {"table-too-many-cells"}),
    "CSV of small cells": (lambda: b"a," * 199 * 4_000 + b"\n", {"table-too-many-columns"}),
    "CSV of long cells": (lambda: (b"x" * 30_000 + b",\n") * 600, {"table-too-much-text"}),
    "a file that is too large": (lambda: b"a" * 20_000_001, {"table-file-too-large"}),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
async def test_a_table_takes_no_more_than_its_own_process_may(tmp_path: Path, name: str) -> None:
    make, codes = ATTACKS[name]
    measured = await measure(tmp_path, make())
    assert measured.found in codes
    assert codes <= REFUSALS.keys()
    assert measured.own < OWN_LIMIT
    # What is bounded is what a process may write to; beside that stands the program itself.
    assert measured.reader < BOUNDS.memory + 64 * MEGABYTE


async def test_a_table_as_large_as_any_may_be_is_read(tmp_path: Path) -> None:
    book, target = Workbook(write_only=True), io.BytesIO()
    page = book.create_sheet("people")
    for row in range(20_000):
        page.append([f"第 {row} 行第 {column} 列" for column in range(8)])
    book.save(target)
    measured = await measure(tmp_path, target.getvalue())
    assert measured.found == [20_000]
    assert measured.own < OWN_LIMIT
