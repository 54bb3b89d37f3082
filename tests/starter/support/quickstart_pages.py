"""The quickstarts as they are written: the commands of each step, and what they are said to answer.

A step is a heading `## NUMBER. ...`; the steps of all pages in their order are one round. Commands stand in blocks
marked `sh`, whose output is not shown, and in blocks marked `console`, each after `$ ` and with its output below it.
In an output a line `…` stands for any lines, `…` within a line for anything; times, ids, hashes, numbers of mails
and places in the record may differ from those on the page, and columns may be wider.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STEP = re.compile(r"## (\d+)\. ")
REFUSED = re.compile(r"[a-z]+(-[a-z]+)*: ")
NOT_PROVABLE = "? not provable: "
GAP = "…"
VARYING = (
    (r"^\d+(?= +\d{4}-\d\d-\d\d )", r"\d+"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"),
    (r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d-\d\d"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{27}", r"[0-9a-f-]{36}"),
    (r"\b[0-9a-f]{64}\b", r"[0-9a-f]{64}"),
    (r"\b[0-9a-f][0-9a-f-]{3,}…", r"[0-9a-f-]+"),
    (r"\b(?:text|file)-[0-9a-f]+", r"(?:text|file)-[0-9a-f]+"),
    (r"(?<=#)\d+", r"\d+"),
    (r"(?<=version )\d+", r"\d+"),
    (r"(?<=entry )\d+", r"\d+"),
    (r"(?<=entries: )\d+", r"\d+"),
    (r"(?<=第 )\d+(?= [版条])", r"\d+"),
    (r"(?<=条目: )\d+", r"\d+"),
    (GAP, r".*"),
    (r"\s+", r"\s+"),
)
"""What differs from run to run: how it looks on a page, and what an answer may have in its place."""
TOKENS = re.compile("|".join(f"({seen})" for seen, _ in VARYING))


@dataclass(frozen=True)
class Line:
    """A line of a page's block."""

    number: int
    text: str

    def matches(self, answered: str) -> bool:
        """Say whether a line of an answer is this one, but for what differs from run to run."""
        return re.fullmatch(_pattern(self.text.strip()), answered.strip()) is not None


@dataclass(frozen=True)
class Command:
    """One command of a page; `output` is None where none is shown."""

    page: str
    line: int
    text: str
    output: tuple[Line, ...] | None

    @property
    def code(self) -> int:
        """The exit code: 2 where the page shows a refusal, 1 where it shows that not all can be proven."""
        output = self.output or ()
        if any(line.text.startswith(NOT_PROVABLE) for line in output):
            return 1
        return 2 if output and REFUSED.match(output[0].text) else 0

    def difference(self, answer: str) -> str:
        """Say where an answer is not what the page shows; empty if it is."""
        lines = [line for line in answer.splitlines() if line.strip()]
        output = self.output or ()
        if " task list" in self.text:
            # What came up at the same moment stands in no order.
            lines, output = (
                sorted(lines, key=_timeless),
                tuple(sorted(output, key=lambda line: _timeless(line.text))),
            )
        at, gap = 0, False
        for shown in output:
            if shown.text.strip() == GAP:
                gap = True
                continue
            rest = range(at, len(lines)) if gap else range(at, min(at + 1, len(lines)))
            found = next((place for place in rest if shown.matches(lines[place])), None)
            if found is None:
                return (
                    f"{self.page}:{shown.number}: `{self.text}` does not answer\n{shown.text}\nbut\n{answer}"
                )
            at, gap = found + 1, False
        if self.output and not gap and at < len(lines):
            return f"{self.page}:{self.line}: `{self.text}` answers more than is shown:\n{answer}"
        return ""


def steps_of(page: Path, root: Path) -> dict[int, list[Command]]:
    """Return the commands of a page by step."""
    name = page.relative_to(root).as_posix()
    found: dict[int, list[Command]] = {}
    step, kind = 0, ""
    block: list[Line] = []
    for number, text in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        if kind and text.startswith("```"):
            found.setdefault(step, []).extend(_commands(name, kind, block))
            kind, block = "", []
        elif kind:
            block.append(Line(number, text))
        elif text.startswith("```"):
            kind = text.removeprefix("```").strip() or "text"
        elif heading := STEP.match(text):
            step = int(heading[1])
    return {step: commands for step, commands in found.items() if commands}


def _commands(page: str, kind: str, block: list[Line]) -> Iterator[Command]:
    if kind == "sh":
        for line in _join(block):
            yield Command(page, line.number, line.text, None)
    elif kind == "console":
        yield from _read_commands(page, block)


def _join(block: list[Line]) -> Iterator[Line]:
    """Yield each command of a script as one line: a loop is one command."""
    held: list[Line] = []
    for line in block:
        held.append(line)
        looped = held[0].text.startswith("for ") and line.text != "done"
        if not looped and not line.text.endswith("\\"):
            yield Line(held[0].number, "\n".join(part.text for part in held).replace("\\\n", " "))
            held = []
    assert not held, held


def _read_commands(page: str, block: list[Line]) -> Iterator[Command]:
    starts = [place for place, line in enumerate(block) if line.text.startswith("$ ") or line.text == "^C"]
    for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
        first, *rest = block[start:end]
        text = first.text.removeprefix("$ ")
        while text.endswith("\\"):
            text = text.removesuffix("\\") + rest.pop(0).text.removeprefix("> ")
        output = tuple(line for line in rest if line.text.strip())
        yield Command(page, first.number, text, output or None)


def _timeless(line: str) -> tuple[str, str]:
    head, time, _ = line.partition(" 20")
    return ("", head) if time else ("~", line)


def _pattern(shown: str) -> str:
    pattern, at = "", 0
    for token in TOKENS.finditer(shown):
        pattern += re.escape(shown[at : token.start()]) + VARYING[(token.lastindex or 1) - 1][1]
        at = token.end()
    return pattern + re.escape(shown[at:])
