"""The table of the process, sentence by sentence: every act, field, piece of code and test that it names is there."""

import re
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from selection.kernel.model import Frozen
from selection.kernel.stages import Stage
from selection.rooms import APPLICATION_ACTS, LIST_ACTS, REGISTER_ACTS, ROUND_ACTS
from selection.rules.grounds import BUILT_IN
from selection.rules.model import RoundRules
from tools.links import link_rule, link_source
from tools.process_acts import read_rows
from tools.process_sentences import Part, Sentence, read_parts

ROOT = Path(__file__).parents[2]
PARTS = read_parts()
SENTENCES = [sentence for part in PARTS for sentence in part.sentences]
ACTS = {*APPLICATION_ACTS, *LIST_ACTS, *REGISTER_ACTS, *ROUND_ACTS}
KNOWN = {*ACTS, *(ground.code for ground in BUILT_IN), *(stage.value for stage in Stage)}
LISTS = {"criteria": "weight", "routes": "quota"}
"""Sections that are lists, and the field of their members that the table names."""


@cache
def names_in(file: str) -> frozenset[str]:
    text = (ROOT / file).read_text(encoding="utf-8")
    return frozenset(re.findall(r"^(?:async )?(?:def|class) (\w+)", text, re.M))


def unknown(sentence: Sentence) -> list[str]:
    """Return what the sentence names and is not there."""
    wrong = []
    for place in (*sentence.code, *sentence.test):
        file, _, name = place.partition(":")
        if not (ROOT / file).is_file() or (name and name not in names_in(file)):
            wrong.append(place)
    told = [word for word in re.findall(r"`([^`]+)`", sentence.by) if " " not in word and "/" not in word]
    return [*wrong, *(word for word in told if word not in KNOWN and not is_field(word))]


def is_field(path: str) -> bool:
    section, _, rest = path.partition(".")
    if section not in RoundRules.model_fields:
        return False
    if rest.startswith("*."):
        return LISTS.get(section) == rest[2:]
    told = RoundRules.model_fields[section].annotation
    kinds = [kind for kind in (told, *get_args(told)) if isinstance(kind, type) and issubclass(kind, Frozen)]
    return not rest or any(rest in kind.model_fields for kind in kinds)


@pytest.mark.repo
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.head)
def test_what_the_table_names_is_there(part: Part) -> None:
    assert {sentence.say: found for sentence in part.sentences if (found := unknown(sentence))} == {}


def test_every_sentence_is_done_and_tested_or_says_why_not() -> None:
    open_ = [item.say for item in SENTENCES if not (item.code and item.test) and not item.but]
    assert open_ == []


def test_every_sentence_that_is_done_names_rules_and_together_they_name_all_of_the_process() -> None:
    assert [
        item.say for part in PARTS for item in part.sentences if item.code and not part.link_rules(item)
    ] == []
    letters = re.findall(r"^### ([TAS]\d+) ", (ROOT / "docs/rules.md").read_text(encoding="utf-8"), re.M)
    named = {rule for item in SENTENCES for rule in item.rule}
    named |= {rule for row in read_rows().values() for rule in row.rule}
    assert sorted({*letters} - named) == []


def test_a_rule_a_decision_and_a_heading_that_are_not_there_are_found() -> None:
    for wrong in ("A99", "9999", "00", "a1"):
        with pytest.raises(KeyError):
            link_rule(wrong)
    with pytest.raises(KeyError):
        link_source("Stage 99: party")


def test_all_stages_are_there_and_those_after_the_list_say_that_they_are_not_built() -> None:
    stages = {match[1]: part for part in PARTS if (match := re.match(r"(\d+)\. ", part.head))}
    assert list(stages) == [str(number) for number in range(1, 16)]
    for number in ("13", "14", "15"):
        assert all(item.but.startswith("not built") for item in stages[number].sentences)


def test_a_name_that_is_gone_is_found() -> None:
    told = Sentence(
        say="x", by="`no-such-act`, `panel.nothing`", code=("selection/rooms.py:gone",), test=("gone",)
    )
    assert unknown(told) == ["selection/rooms.py:gone", "gone", "no-such-act", "panel.nothing"]
