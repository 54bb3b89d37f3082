"""The table of docs/process.md that goes through the process sentence by sentence: where each is done, or why not."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from selection.kernel.model import Frozen
from tools.links import link_code, link_rule, link_source, link_test

_FILE = Path(__file__).with_name("process_sentences.yaml")
_TITLE = """## Sentence by sentence

The engine was asked for by a text that tells of the scheme, its people, its fifteen stages, and what holds across them.
Here is each of its sentences: the acts and fields of the rules that do it; where it is from, and by their numbers the
rules of [rules.md](rules.md) and the decisions that say how; its code, and tests that show it; or why it is not done.
Marks are those of [process-sources.md](process-sources.md#marks). A test holds every name and every link.
That the record shows where a rule was not kept is tried claim by claim: `tests/rounds` breaks one rule or more for
each claim of the audit, not one for each refusal, which the tests of the acts show.
"""
_HEAD = "| sentence | by | rule | code | test |\n|---|---|---|---|---|"


class Sentence(Frozen):
    """One sentence: what does it, by which rules, where in code and tests as FILE:NAME; what is left of it or why not.

    A rule is a letter and a number of docs/rules.md, or the four digits of a decision.
    """

    say: str
    by: str = ""
    rule: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    test: tuple[str, ...] = ()
    but: str = ""


class Part(Frozen):
    """The sentences under one heading, and the heading of docs/process-sources.md that has their rules."""

    head: str
    source: str = ""
    sentences: tuple[Sentence, ...]

    def link_rules(self, sentence: Sentence) -> tuple[str, ...]:
        """Return links to where a sentence of this part is from and to its rules."""
        source = (link_source(self.source),) if self.source else ()
        return (*source, *map(link_rule, sentence.rule))


@cache
def read_parts() -> tuple[Part, ...]:
    """Return all parts in the order of the text."""
    data: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(Part.model_validate(item) for item in data)


@cache
def link_rules_of_acts() -> Mapping[str, tuple[str, ...]]:
    """Return links to the rules of all sentences that name an act or a field of the rules, by that name."""
    found: dict[str, dict[str, None]] = {}
    for part in read_parts():
        for sentence in part.sentences:
            for name in re.findall(r"`([^`]+)`", sentence.by):
                found.setdefault(name, {}).update(dict.fromkeys(part.link_rules(sentence)))
    return {name: tuple(links) for name, links in found.items()}


def write_sentences() -> str:
    """Return the section as Markdown, ending with a newline."""
    return "\n".join((_TITLE, *(_part(part) for part in read_parts())))


def _part(part: Part) -> str:
    return "\n".join((f"### {part.head}\n", _HEAD, *(_row(part, item) for item in part.sentences))) + "\n"


def _row(part: Part, sentence: Sentence) -> str:
    said = "; ".join(filter(None, (sentence.by, sentence.but and f"**{sentence.but}**")))
    links = (part.link_rules(sentence), map(link_code, sentence.code), map(link_test, sentence.test))
    return f"| {' | '.join((sentence.say, said, *map(', '.join, links)))} |"
