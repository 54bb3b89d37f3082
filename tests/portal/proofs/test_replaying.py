"""The slider's story: what it says of steps and fields holds no name of a command and no code of the rules."""

from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.story.story import read_story
from portal.proofs.replaying import Telling, name_codes
from portal.proofs.shapes import Language, ReplayedStory, Text
from portal.wording.catalogue import say
from starter.replay.code_words import CodeWords
from tests.bundling import write_bundle
from tests.round_story import tell_round

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bundle(tmp_path_factory.mktemp("slider") / "round.zip", tell_round())


def tell(path: Path, number: str) -> ReplayedStory:
    with Bundle(path) as bundle:
        return Telling(bundle, read_story(bundle, number)).tell()


def test_an_act_that_was_refused_is_called_as_the_pages_call_it(bundle: Path) -> None:
    said = [step.what for number in ("0003", "0007") for step in tell(bundle, number).steps]
    refused = [text for text in said if "refused" in text.en]
    acts = {act: Text(en=say(f"act-names.{act}", "en"), zh=say(f"act-names.{act}", "zh")) for act in ACTS}
    assert refused
    assert all(any(name.en in text.en and name.zh in text.zh for name in acts.values()) for text in refused)
    assert not any(f"“{act}”" in text.en for text in refused for act in ACTS)


ACTS = ("submit-review", "withdraw")
"""What was refused of these two."""


@pytest.mark.parametrize(("lang", "named"), [("en", "Road map"), ("zh", "路线图")])
def test_what_an_entry_holds_is_called_as_the_rules_of_the_round_call_it(lang: Language, named: str) -> None:
    rules = tell_round().rules
    criterion = rules.criteria[0].with_(en="Road map", zh="路线图")
    codes = CodeWords(rules.with_(criteria=(criterion,)), lang)
    assert name_codes(codes, lang, "scores", {criterion.code: "22"}) == {named: "22"}
    whole = CodeWords(rules, lang)
    listed = [item.code for item in rules.criteria]
    scores = dict.fromkeys(sorted(listed, reverse=True), "20")
    named_all = [item.name_in(lang) for item in rules.criteria]
    assert [*name_codes(whole, lang, "scores", scores)] == named_all
    level, unit = rules.approval[0], rules.recommenders[0]
    assert name_codes(codes, lang, "level", level.code) == level.name_in(lang)
    assert name_codes(codes, lang, "unit", unit.code) == unit.name_in(lang)
    assert name_codes(codes, lang, "text", level.code) == level.code


def test_contents_are_told_by_the_beginning_of_their_hash(bundle: Path) -> None:
    step = next(step for step in tell(bundle, "0001").steps if "submitted the review" in step.what.en)
    (value,) = [item.after for item in step.changes if item.name.en.startswith("review of seat")]
    assert "form (version of the form: one-review, answers: 44136fa3…, " in value.en
    assert "表单（表单版本：one-review，答案：44136fa3…，" in value.zh
