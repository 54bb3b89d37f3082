"""The table of docs/process.md that goes through the process sentence by sentence: where each is done, or why not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from selection.kernel.model import Frozen

_FILE = Path(__file__).with_name("process_sentences.yaml")
_TITLE = """## Sentence by sentence

The engine was asked for by a text that tells of the scheme, its people, its fifteen stages, and what holds across them.
Here is each of its sentences: the acts and fields of the rules that do it, its code, and a test that shows it; or why
it is not done. Marks are those of [process-sources.md](process-sources.md#marks). A test holds every name.
"""
_HEAD = "| sentence | by | code | test |\n|---|---|---|---|"


class Sentence(Frozen):
    """One sentence: what does it, where in the code and tests as FILE:NAME, and what is left of it or why not."""

    say: str
    by: str = ""
    code: tuple[str, ...] = ()
    test: tuple[str, ...] = ()
    but: str = ""


class Part(Frozen):
    """The sentences under one heading."""

    head: str
    sentences: tuple[Sentence, ...]


def read_parts() -> tuple[Part, ...]:
    """Return all parts in the order of the text."""
    data: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(Part.model_validate(item) for item in data)


def write_sentences() -> str:
    """Return the section as Markdown, ending with a newline."""
    return "\n".join((_TITLE, *(_part(part) for part in read_parts())))


def _part(part: Part) -> str:
    return "\n".join((f"### {part.head}\n", _HEAD, *map(_row, part.sentences))) + "\n"


def _row(sentence: Sentence) -> str:
    said = "; ".join(filter(None, (sentence.by, sentence.but and f"**{sentence.but}**")))
    cells = (sentence.say, said, *(", ".join(_show(names)) for names in (sentence.code, sentence.test)))
    return f"| {' | '.join(cells)} |"


def _show(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        file, _, defined = name.partition(":")
        yield f"`{file}`" + (f" `{defined}`" if defined else "")
