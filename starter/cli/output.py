"""What a command says: tables for people, one JSON document for programs."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel
from rich import box
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from papers.values import Words
from reading.access.kinds import WORDS as READS
from selection.kernel.hidden_characters import mark_hidden
from selection.kernel.instants import name_offset
from selection.kernel.leaf import Receipt
from selection.kernel.zone import BEIJING, Zone
from selection.wording.code_names import (
    ASSURANCES,
    DEADLINES,
    FORMS,
    OUTCOMES,
    POSTS,
    ROLES,
    ROUND_STAGES,
    STAGES,
    TASKS,
    VERDICTS,
    name_batch,
)
from selection.wording.staffing_words import CASES
from starter.cli.column_labels import HEADINGS, VALUES, word
from starter.cli.options import Language
from starter.cli.printable import Printable, printable_json

WIDTH = 100
"""Columns when the output is no terminal."""

CODED: dict[str, dict[str, tuple[str, str]]] = {
    "stage": {**ROUND_STAGES, **STAGES},
    "outcome": OUTCOMES,
    "role": ROLES,
    "deadline": {**VALUES, **DEADLINES},
    "kind": {**VALUES, **TASKS},
    "state": VALUES,
    "change": VALUES,
    "means": VALUES,
    "read": READS,
    "signature": ASSURANCES,
    "form_name": FORMS,
    "post": POSTS,
    "when": CASES,
    "verdict": VERDICTS,
}
"""The columns whose cells are codes of the process, shown to people in words."""

BATCHES = frozenset({"batch", "decision"})
"""The columns that tell what a round carries out on its applications."""

NUMERIC = frozenset(
    {
        "score",
        "agreed",
        "rank",
        "place",
        "count",
        "size",
        "seq",
        "version",
        "quota",
        "least",
        "line",
        "holders",
        "record",
        "workflow",
    }
)

WHOLE = frozenset(
    {"id", "at", "since", "until", "application", "number", "person", "code", "stream", "entry", "key"}
)
"""Columns that are copied from the screen or read at a glance, so never broken into lines."""

LEAST = {"called": 17}
"""Columns that would be broken into too many lines before others are: how wide they stay."""

PEOPLE = frozenset({"agent", "approvers", "chair", "expert", "hands", "person", "reviewers", "who"})
"""Columns that name people: who was erased is marked there."""

ERASED = (" (erased)", "（已清除）")

Row = Mapping[str, Any]


class Local(NamedTuple):
    """An instant of a round, where rows of several rounds stand together: shown in that round's zone."""

    at: datetime
    zone: Zone


class Output:
    """Collects a command's answer. In JSON it is one object, printed by `finish`; keys never change."""

    def __init__(self, lang: Language, *, as_json: bool = False) -> None:
        self.lang = lang
        self.as_json = as_json
        self.document: dict[str, Any] = {}
        self.erased: frozenset[str] = frozenset()
        self.zone = BEIJING
        width = None if sys.stdout.isatty() else WIDTH
        self.console = Console(width=width, highlight=False, soft_wrap=False)
        self.console.push_render_hook(Printable())

    def rows(
        self,
        name: str,
        columns: Sequence[str],
        rows: Iterable[Row],
        *,
        title: str = "",
        more: Sequence[str] = (),
        people: Sequence[str] = (),
    ) -> None:
        """Show rows under their columns; in JSON a list under `name`, with these and `more` as keys.

        `people` are the columns that people see, where those are others.
        """
        listed = list(rows)
        self._note_erased(listed)
        if self.as_json:
            self.document[name] = [{key: plain(row.get(key)) for key in (*columns, *more)} for row in listed]
            return
        if not listed:
            return
        table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
        seen = people or columns
        for column in seen:
            right = column in NUMERIC
            table.add_column(
                self.name_column(column),
                justify="right" if right else "left",
                overflow="fold",
                no_wrap=column in WHOLE,
                min_width=LEAST.get(column),
            )
        for row in listed:
            table.add_row(*(Text(mark_hidden(self.cell(column, row.get(column)))) for column in seen))
        self.console.print(table)

    def fields(self, name: str, values: Row, *, title: str = "") -> None:
        """Show one thing as heading and value per line; in JSON an object under `name`."""
        self._note_erased([values])
        if self.as_json:
            self.document[name] = {key: plain(value) for key, value in values.items()}
            return
        table = Table(box=None, show_header=False, title=title or None, title_justify="left", pad_edge=False)
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for key, value in values.items():
            table.add_row(self.name_column(key), Text(mark_hidden(self.cell(key, value))))
        self.console.print(table)

    def _note_erased(self, rows: Sequence[Row]) -> None:
        """Name to programs whom of the people in these rows was erased; ids stay as they are."""
        if not (self.as_json and self.erased):
            return
        people = {item for row in rows for key in PEOPLE & row.keys() for item in _each(row[key])}
        found = self.erased & (people | set(self.document.get("erased", ())))
        if found:
            self.document["erased"] = sorted(found)

    def say(self, english: str, chinese: str) -> None:
        """Say a sentence to a person; JSON holds data only."""
        if not self.as_json:
            # Not broken into lines: what it names is copied from the screen.
            self.console.print(Text(mark_hidden(chinese if self.lang == "zh" else english)), soft_wrap=True)

    def text(self, name: str, body: str) -> None:
        """Show a text; what would steer the terminal is marked, in JSON by an escape."""
        if self.as_json:
            self.document[name] = body
        else:
            shown = mark_hidden(body)
            sys.stdout.write(shown if shown.endswith("\n") else shown + "\n")

    def pass_on(self, name: str, body: bytes) -> None:
        """Write a file to standard output as it is; a terminal gets what can be shown of it."""
        if sys.stdout.isatty():
            self.text(name, body.decode("utf-8", "replace"))
        else:
            sys.stdout.buffer.write(body)

    def name_column(self, key: str) -> str:
        """Return a column's heading."""
        return word(HEADINGS, key, self.lang)

    def cell(self, column: str, value: Any) -> str:
        """Return a value as people read it; times by the wall clock of the zone, to the second."""
        # As a pattern, {} would be every mapping.
        if value is None or (isinstance(value, Sized) and not len(value)):
            return "-"
        match value:
            case bool():
                return {True: ("yes", "是"), False: ("no", "否")}[value][self.lang == "zh"]
            case Local():
                return _write_instant(value.at, value.zone)
            case datetime():
                return _write_instant(value, self.zone)
            case Words():
                return value.get(self.lang)
            case Mapping():
                return ", ".join(f"{key} {self.cell('', item)}" for key, item in value.items())
            case list() | tuple() | set() | frozenset():
                return ", ".join(self.cell(column, item) for item in value)
        text = str(value.value if isinstance(value, Enum) else value)
        if column in PEOPLE and text in self.erased:
            return text + ERASED[self.lang == "zh"]
        if column in BATCHES:
            return name_batch(text, self.lang)
        if column == "left_over":
            # As it is typed; programs have the stream.
            return text.removeprefix("application/")
        return word(CODED[column], text, self.lang) if column in CODED else text

    def instant(self, text: str) -> str:
        """Return an instant of a JSON answer as people read it."""
        return self.cell("", datetime.fromisoformat(text))

    @contextmanager
    def show_busy(self, english: str, chinese: str) -> Iterator[None]:
        """Show that long work goes on, to a person at a terminal."""
        if self.as_json or not sys.stderr.isatty():
            yield
            return
        with Console(stderr=True).status(chinese if self.lang == "zh" else english):
            yield

    @contextmanager
    def count_parts(self, total: int, english: str, chinese: str) -> Iterator[Callable[[], None]]:
        """Show how far long work is, to a person at a terminal; what is yielded is called after each part."""
        if self.as_json or not sys.stderr.isatty():
            yield lambda: None
            return
        with Progress(*Progress.get_default_columns(), console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(chinese if self.lang == "zh" else english, total=total)
            yield lambda: bar.advance(task)

    def finish(self) -> None:
        """Print the JSON document, if one was asked for."""
        if self.as_json:
            print(printable_json(self.document, indent=2))


def _each(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else set(value or ())


def _write_instant(instant: datetime, zone: Zone) -> str:
    """Return an instant; the offset tells that it is not Beijing time."""
    local = zone.show_local(instant)
    return f"{local:%Y-%m-%d %H:%M:%S}" + ("" if zone.is_beijing else f" {name_offset(local)}")


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: times in RFC 3339 UTC, decimals as strings."""
    match value:
        case Local():
            return plain(value.at)
        case BaseModel():
            return value.model_dump(mode="json")
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case Decimal() | Path():
            return str(value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
    return value


def show_receipt(out: Output, receipt: Receipt) -> None:
    """Show where an act stands in the record."""
    if out.as_json:
        out.document["receipt"] = receipt.model_dump(mode="json")
        return
    out.say(
        f"Recorded: {receipt.stream} version {receipt.version}, entry {receipt.seq} of log {receipt.log}.",
        f"已记录：{receipt.stream} 第 {receipt.version} 版，日志 {receipt.log} 第 {receipt.seq} 条。",
    )
    out.say(
        f"Receipt {receipt.command_id}, leaf hash {receipt.leaf_hash}.",
        f"回执 {receipt.command_id}，叶哈希 {receipt.leaf_hash}。",
    )
