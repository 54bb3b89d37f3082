"""A filled-in file as grids, whichever of the two formats it has, read in a process of its own.

Whoever fills in a table is a stranger, and a workbook of a few kilobytes may unfold to gigabytes or keep its reader
busy for minutes. So what reads it has bounds of its own, is nobody else's, and leaves nothing behind.
"""

import asyncio
import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from runtime.confinement import Bounds, ConfinedFailed, Overdone, run_confined
from tables.grid import FILE_LIMIT, TEXT_LIMIT, Grid, TableRefused

BOUNDS = Bounds(memory=512 * 1024 * 1024, computing=30, until_end=180.0)
"""What reading a table may take [D].

A table that is as large as any may be takes 200 MB and 10 seconds; while much is going on, those seconds last longer.
"""
ANSWER_LIMIT = 6 * TEXT_LIMIT + 40_000_000
"""Bytes of what comes back: each character written as its code, and 4 for each cell that is empty."""


class _Piece(BaseModel):
    """A line of what the process found: some rows of a sheet, or by which code the file is refused."""

    model_config = ConfigDict(extra="forbid")

    number: int = 0
    sheet: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    lossy: frozenset[tuple[int, int]] = frozenset()
    refused: str = ""
    params: dict[str, str] = Field(default_factory=dict)


async def read_table(body: bytes, sheet: str | None = None) -> Grid:
    """Return the rows of one sheet, unless named the first one that people see; CSV is one sheet.

    Raises TableRefused, which also says what of its bounds a file has used up.
    """
    return (await _read(body, "one", sheet))[0]


async def read_sheets(body: bytes) -> tuple[Grid, ...]:
    """Return the rows of every sheet in their order; CSV is one sheet. Raises TableRefused as `read_table`."""
    return await _read(body, "all", None)


async def _read(body: bytes, which: Literal["one", "all"], sheet: str | None) -> tuple[Grid, ...]:
    if len(body) > FILE_LIMIT:
        raise TableRefused("table-file-too-large", megabytes=str(FILE_LIMIT // 1_000_000))
    asked = json.dumps([which, sheet]).encode() + b"\n"
    try:
        answer = await run_confined("tables.child", given=asked + body, bounds=BOUNDS, longest=ANSWER_LIMIT)
    except ConfinedFailed as failed:
        raise _refuse(failed.why) from None
    return await asyncio.to_thread(_join, answer)


def _join(answer: bytes) -> tuple[Grid, ...]:
    """Return the sheets of an answer. Raises TableRefused.

    Runs in a thread: each line is parsed at one go, and between two of them the portal answers others.
    """
    sheets: list[list[_Piece]] = []
    for line in answer.splitlines():
        piece = _Piece.model_validate_json(line)
        if piece.refused:
            raise TableRefused(piece.refused, **piece.params)
        if piece.number == len(sheets):
            sheets.append([])
        sheets[piece.number].append(piece)
    return tuple(
        Grid(
            sheet=pieces[0].sheet,
            rows=tuple(row for piece in pieces for row in piece.rows),
            lossy=frozenset(place for piece in pieces for place in piece.lossy),
        )
        for pieces in sheets
    )


def _refuse(why: Overdone | None) -> TableRefused:
    match why:
        case Overdone.MEMORY:
            return TableRefused("table-too-much-memory", megabytes=str(BOUNDS.memory // 1_048_576))
        case Overdone.TIME:
            return TableRefused("table-too-slow", seconds=str(BOUNDS.computing))
        case Overdone.ANSWER:
            return TableRefused("table-too-much-text", characters=str(TEXT_LIMIT))
    return TableRefused("table-malformed", row="1")
