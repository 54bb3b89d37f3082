"""What was filled in, as lines of the page on which it is signed."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from portal.acts.prepared import Line
from portal.forms.typed import KeptFile
from portal.shown.downloads import name_types, show_size
from portal.wording.forms import WORDS
from reading.models import FilledForm, RoundForm
from selection.forms.fields import PUBLIC_ENTRIES
from selection.forms.parts import Answers
from starter.papers.answers import AnswerText, name_by_hash, tell_field


def tell_scores(form: RoundForm, scores: Mapping[str, Decimal]) -> Iterator[Line]:
    """Yield each score with its scale, and the total."""
    for item in form.criteria:
        value = f"{scores[item.code]} / {item.top}"
        yield Line(en=item.en, zh=item.zh, value_en=value, value_zh=value)
    total = f"{sum(scores.values())} / {sum(item.top for item in form.criteria)}"
    yield Line(en=WORDS["total"][0], zh=WORDS["total"][1], value_en=total, value_zh=total)


def tell_answers(form: RoundForm, answers: Answers, files: Mapping[str, KeptFile]) -> Iterator[Line]:
    """Yield each answer under the name of its section and field, and whom it is for; of files what they are called."""
    filled, name_file = FilledForm(round_form=form, answers=dict[str, Any](answers)), name_files(files)
    for part in form.form.sections:
        for field in part.fields:
            said = tell_field(field, filled, name_file)
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


def tell_application(form: RoundForm, answers: Answers, files: Mapping[str, KeptFile]) -> Iterator[Line]:
    """Yield each answer of an application under the name of its section and field; of files what they are called."""
    filled, name_file = FilledForm(round_form=form, answers=dict[str, Any](answers)), name_files(files)
    for part in form.form.sections:
        for field in part.fields:
            said = tell_field(field, filled, name_file)
            if said is not None:
                public = WORDS["public"] if field.public or field.entry in PUBLIC_ENTRIES else ("", "")
                yield Line(
                    en=f"{part.en}: {field.en}{f' ({public[0]})' if public[0] else ''}",
                    zh=f"{part.zh}：{field.zh}{f'（{public[1]}）' if public[1] else ''}",
                    value_en=said.en,
                    value_zh=said.zh,
                    long=True,
                )


def name_files(files: Mapping[str, KeptFile]) -> Callable[[dict[str, Any]], AnswerText]:
    """Return what says of a reference what its file is called, of one that is not among them its hash."""

    def name_file(ref: dict[str, Any]) -> AnswerText:
        kept = files.get(str(ref.get("id", "")))
        if kept is None:
            return name_by_hash(ref)
        (kind,), size = name_types([kept.media_type]), show_size(kept.size)
        return AnswerText(
            f"{kept.name} ({kind}, {size})" if kept.name else f"{kind}, {size}",
            f"{kept.name}（{kind}，{size}）" if kept.name else f"{kind}，{size}",
        )

    return name_file
