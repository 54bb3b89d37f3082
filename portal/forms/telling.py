"""What was filled in, as lines of the page on which it is signed."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from portal.acts.prepared import Line
from portal.wording.forms import WORDS
from reading.models import FilledForm, RoundForm
from selection.forms.parts import Answers
from starter.papers.answers import tell_field


def tell_scores(form: RoundForm, scores: Mapping[str, Decimal]) -> Iterator[Line]:
    """Yield each score with its scale, and the total."""
    for item in form.criteria:
        value = f"{scores[item.code]} / {item.top}"
        yield Line(en=item.en, zh=item.zh, value_en=value, value_zh=value)
    total = f"{sum(scores.values())} / {sum(item.top for item in form.criteria)}"
    yield Line(en=WORDS["total"][0], zh=WORDS["total"][1], value_en=total, value_zh=total)


def tell_answers(form: RoundForm, answers: Answers) -> Iterator[Line]:
    """Yield each answer under the name of its section and field, and whom it is for."""
    filled = FilledForm(round_form=form, answers=dict[str, Any](answers))
    for part in form.form.sections:
        for field in part.fields:
            said = tell_field(field, filled)
            if said is None:
                continue
            en, zh = WORDS["told" if field.told else "panel"]
            yield Line(
                en=f"{part.en}: {field.en} ({en})",
                zh=f"{part.zh}：{field.zh}（{zh}）",
                value_en=said.en,
                value_zh=said.zh,
                # Each under the other, so that the order is the form's.
                long=True,
            )
