"""A round in one language: its file gives names in that one alone, and what it sends and prints comes in no other."""

import json
import re
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from selection.forms.one_text import application_form
from selection.forms.template import write_template
from selection.letters.rendering import TEXTS, render
from selection.rules.faults import RulesFaults
from selection.rules.languages import fill_names
from selection.rules.model import RoundRules, rules_hash
from selection.sealing import load_rules
from selection.wording.round_words import USUAL, words_of

GRANT = yaml.safe_load((files("examples") / "grant" / "rules.yaml").read_text(encoding="utf-8"))
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
ENGLISH = re.compile(r"\b(the|and|of|at most|required|version|schemes|in|is)\b")


def without(value: Any, language: str) -> Any:
    """The data of a file without its names in a language."""
    match value:
        case dict():
            return {key: without(item, language) for key, item in value.items() if key != language}
        case list():
            return [without(item, language) for item in value]
    return value


def only(language: str, **changes: Any) -> dict[str, Any]:
    """The grant's rules in one language."""
    other = {"en": "zh", "zh": "en"}[language]
    return {**without(GRANT, other), "languages": [language], **changes}


def read(data: dict[str, Any]) -> RoundRules:
    return load_rules(json.dumps(data, default=str))


def faults_of(data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(RulesFaults) as raised:
        read(data)
    return [(fault.path, fault.code) for fault in raised.value.faults]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_rules_in_one_language_name_everything_in_it_alone(language: str) -> None:
    rules = read(only(language))
    assert rules.languages == (language,)
    assert rules.title.en == rules.title.zh == GRANT["title"][language]
    assert all(ground.en == ground.zh for ground in rules.check.grounds)
    again = read(rules.model_dump(mode="json"))
    assert rules_hash(again) == rules_hash(rules)


def test_without_a_word_of_it_a_round_speaks_both() -> None:
    assert read(GRANT).languages == ("zh", "en")
    assert ("title.en", "missing") in faults_of(without(GRANT, "en"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "place",
    ["title", "fields[0]", "criteria[1]", "check.grounds[0]", "forms.application.sections[0].fields[1]"],
)
def test_a_name_that_is_missing_is_told_once(language: str, place: str) -> None:
    data: Any = only(language)
    found: Any = data
    for key, number in re.findall(r"([a-z_]+)|\[(\d+)\]", place):
        found = found[key] if key else found[int(number)]
    del found[language]
    assert faults_of(data) == [(f"{place}.{language}", "missing")]


def test_a_name_in_a_language_that_the_round_does_not_speak_is_refused() -> None:
    data = only("zh")
    data["title"]["en"] = "Young researchers' grant"
    assert faults_of(data) == [("title.en", "unspoken")]
    data["title"]["en"] = ""
    assert faults_of(data) == [("title.en", "unspoken")]


@pytest.mark.parametrize(
    ("languages", "fault"),
    [
        ([], ("languages", "too_short")),
        (["fr"], ("languages[0]", "choice")),
        (["zh", "zh"], ("languages[1]", "duplicate_language")),
        ("zh", ("languages", "not_a_list")),
    ],
)
def test_languages_are_one_or_both_of_the_two(languages: Any, fault: tuple[str, str]) -> None:
    assert fault in faults_of({**GRANT, "languages": languages})


@settings(max_examples=100)
@given(
    st.recursive(
        st.one_of(st.integers(), st.text(max_size=5)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.sampled_from(["en", "zh", "code", "fields"]), inner, max_size=4),
        ),
        max_leaves=12,
    )
)
def test_filling_names_keeps_what_is_written_and_is_done_once(value: Any) -> None:
    whole = fill_names({"part": value}, "zh")
    assert fill_names(whole, "zh") == whole
    if isinstance(value, dict) and isinstance(filled := whole["part"], dict):
        assert value.keys() <= filled.keys() <= value.keys() | {"en"}


def test_a_form_comes_in_the_languages_of_its_round() -> None:
    for language, foreign in (("en", CHINESE), ("zh", ENGLISH)):
        rules = read(only(language))
        told = write_template(application_form(rules.forms), rules, rules.languages)
        said = [line for line in told.splitlines() if line.lstrip().startswith("#")]
        assert len(said) > 30
        assert not [line for line in said if foreign.search(line.replace("`selection apply check`", ""))]
    both = read(GRANT)
    told = write_template(application_form(both.forms), both, both.languages)
    assert CHINESE.search(told)
    assert ENGLISH.search(told)


@pytest.mark.parametrize("asked", ["en", "zh", "fr"])
def test_letters_and_papers_come_in_a_language_of_the_round(asked: str) -> None:
    chinese, english = (words_of(read(only(language))) for language in ("zh", "en"))
    assert chinese.choose_language(asked) == "zh"
    assert english.choose_language(asked) == "en"
    assert USUAL.choose_language(asked) == ("zh" if asked == "fr" else asked)
    for every in (True, False):
        assert chinese.choose_for_paper(asked, every=every) == "zh"
        assert english.choose_for_paper(asked, every=every) == "en"
    assert USUAL.choose_for_paper(asked, every=True) == "both"


def test_a_letter_of_a_round_in_one_language_holds_no_other() -> None:
    params = {"application": "0001", "round": "r", "grounds": "not-a-topic, fund-below-minimum"}
    assert "check-failed" in TEXTS
    for language, foreign in (("en", CHINESE), ("zh", ENGLISH)):
        words = words_of(read(only(language)))
        text = "".join(render("check-failed", params, words.choose_language("en"), words))
        assert not foreign.search(text)
