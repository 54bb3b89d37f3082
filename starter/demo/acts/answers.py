"""What the people of the demo answer in the forms of their acts: whatever a form asks, by chance that is no chance."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from selection.forms.built_in import find_form
from selection.forms.choices import Choices, option_codes
from selection.forms.fields import Asked, ChoiceField, NumberField, TextField
from selection.forms.form import Form, FormName
from selection.forms.handed_in import AnsweredForm
from selection.forms.json_text import Json
from selection.forms.parts import Answers
from starter.demo.chance import pick
from starter.demo.desk import Desk
from starter.people.handing_in import store_form

FOR_APPLICANTS = (
    (
        "定位清楚，目标可考核，建议细化年度指标。",
        "Clear in purpose and measurable; set out the yearly targets.",
    ),
    (
        "基础扎实，与共建单位分工明确，建议补充成果转化安排。",
        "A sound basis and a clear division of work; add how results will be put to use.",
    ),
    ("思路可行，经费测算宜更充分。", "Workable; the estimate of funds should be fuller."),
)
KEPT = (
    ("与同类申报相比居中上，供专家组讨论。", "Above the middle of its kind; for the panel to discuss."),
    (
        "证明材料与陈述基本一致，个别数据需在实勘中核对。",
        "The evidence bears it out; check some figures on site.",
    ),
    ("亮点突出，风险在于人员投入。", "Strong points stand out; the risk is in the people's time."),
)


def fill_form(form: Form, choices: Choices, about: str, *names: object) -> Answers:
    """Return answers that fit a form: to texts, choices and whole numbers, which are all that the examples ask.

    Each text says what it is `about`, so that equal words of one person on two cases are not one content.
    """
    answers: Answers = {}
    for field in form.fields():
        shown = field.shown
        if shown is None or answers.get(shown.field) in shown.one_of:
            answer = _answer(field, choices, about, (*names, field.code))
            if answer is not None:
                answers[field.code] = answer
    return answers


async def answer_form(desk: Desk, name: FormName, code: str, person: str) -> AnsweredForm | None:
    """Return what a person answers in the form of an act about an application; None where the rules have none."""
    rules = desk.example.rules
    form = find_form(rules.forms, name)
    if form is None:
        return None
    answers = fill_form(form, rules, code, desk.seed, code, person, name)
    return await store_form(form, answers, partial(desk.text, person=person))


def _answer(field: Asked, choices: Choices, about: str, names: Sequence[Any]) -> Json:
    match field:
        case TextField():
            chinese, english = pick(FOR_APPLICANTS if field.told else KEPT, *names)
            return f"{chinese}（{about}）" + ("\n" if field.lines else " ") + english
        case ChoiceField():
            code = pick(option_codes(field, choices), *names)
            return [code] if field.many else code
        case NumberField(places=0):
            return int(field.least or 0)
    return None
