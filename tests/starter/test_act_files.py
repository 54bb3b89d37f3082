"""Files of acts that have a form: what is typed is read as what is handed in, and every fault is named at once."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from reading.models import RoundForm
from selection.forms.form import FormName
from selection.forms.template import write_template
from starter.commands.people.act_forms import ActForm
from starter.commands.people.appraise import APPRAISAL
from starter.commands.people.objection import OBJECTION
from starter.commands.people.recommend import OPINION
from starter.commands.people.review_form import REVIEW
from starter.commands.people.survey import SURVEY
from starter.demo.acts.answers import fill_form
from starter.demo.example import load_example
from starter.people.filled_file import FilledFile, label_of
from starter.people.typed_scores import SCORES, read_scores

RULES = load_example().rules
ACTS = (REVIEW, OPINION, SURVEY, APPRAISAL, OBJECTION)


def make_round_form(name: FormName) -> RoundForm:
    found = dict(RULES.forms.list_given())[name]
    lists = {"fields": RULES.fields, "regions": RULES.regions, "priorities": RULES.priorities}
    return RoundForm(form=found, criteria=RULES.criteria, score_step=RULES.score_step, **lists)


def faults(folder: Path, text: str) -> list[tuple[str, str]]:
    file = folder / "review.yaml"
    file.write_text(text, encoding="utf-8")
    form = make_round_form("review")
    return [(fault.path, fault.code) for fault in REVIEW.check(form, FilledFile(form, file, REVIEW.apart))]


@pytest.mark.parametrize("act", ACTS, ids=[act.name for act in ACTS])
def test_a_template_asks_for_all_that_the_act_states_and_answers(act: ActForm, tmp_path: Path) -> None:
    form = make_round_form(act.name)
    blank = yaml.safe_load(write_template(form.form, form, form.languages, act.lines(form)))
    assert set(blank) == {*form.form.by_code, *act.apart}
    answers = fill_form(form.form, RULES, "0001", 1)
    file = tmp_path / "filled.json"
    file.write_text(json.dumps({**blank, **answers}), encoding="utf-8")
    filled = FilledFile(form, file, act.apart)
    assert filled.check() == []
    assert set(filled.beside) == act.apart


def test_every_fault_of_a_review_is_named_of_scores_and_answers(tmp_path: Path) -> None:
    scores = {"positioning": "ten", "mechanism": "25.5", "technical": "0.3", "style": "1"}
    text = yaml.safe_dump({SCORES: scores, "confidence": "very", "opinion": "=SUM(A1)", "made_up": "x"})
    assert faults(tmp_path, text) == [
        ("scores.?", "unknown-field"),
        ("scores.positioning", "not-a-number"),
        ("scores.mechanism", "out-of-range"),
        ("scores.technical", "not-a-step"),
        ("scores.conditions", "missing"),
        ("?", "unknown-field"),
        *((f"{code}_comment", "missing") for code in ("positioning", "mechanism", "technical", "conditions")),
        ("opinion", "formula"),
        ("recommendation", "missing"),
        ("confidence", "not-a-choice"),
    ]
    assert faults(tmp_path, "scores: [1]")[0] == ("scores", "wrong-type")
    assert faults(tmp_path, "scores: {positioning: -1}")[0] == ("scores.positioning", "out-of-range")
    assert faults(tmp_path, "[1]")[0] == ("scores", "wrong-type")


def test_scores_are_read_as_they_were_typed() -> None:
    assert read_scores({"technical": "20.50", "positioning": " 7 "}) == {
        "technical": Decimal("20.50"),
        "positioning": Decimal(7),
    }
    assert label_of(make_round_form("review"), "scores.technical", "zh") == "技术创新能力"


@pytest.mark.parametrize("act", ACTS, ids=[act.name for act in ACTS])
def test_a_template_is_in_the_languages_of_the_round(act: ActForm) -> None:
    form = make_round_form(act.name)
    form = form.with_(languages=("en",))
    told = write_template(form.form, form, form.languages, act.lines(form))
    assert not re.search("[\u4e00-\u9fff]", told)
    form = form.with_(languages=("zh",))
    told = write_template(form.form, form, form.languages, act.lines(form))
    named = [field.en for field in form.form.fields()] + ["Scores", "in steps of", "for the applicant"]
    assert not [name for name in named if name in told]
