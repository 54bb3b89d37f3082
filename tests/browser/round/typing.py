"""What is typed into the sheet of an act, from its command: the way back from what a page makes of it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from portal.forms.refilling import refill
from portal.sheets.fields import BECAUSE, Field, fields_of
from portal.sheets.filling import FIELD
from portal.sheets.sheet import Sheet
from selection.forms.built_in import find_form
from selection.forms.form import Forms
from selection.forms.handed_in import AnsweredForm
from selection.kernel.model import Frozen, Ref
from tests.browser.support.hands import Typed

Texts = Mapping[str, str]
"""Each text that somebody wrote, by the id of its reference."""


def type_sheet(sheet: Sheet, command: Frozen, texts: Texts, forms: Forms | None) -> Typed:
    """Return what stands in the fields of a sheet for a command; files are sent apart."""
    return {
        name: values
        for field in fields_of(sheet)
        if field.name != BECAUSE
        for name, values in _type(field, getattr(command, field.name), texts, forms)
    }


def type_form(name: str, answered: AnsweredForm | None, texts: Texts, forms: Forms | None) -> Typed:
    """Return what was typed into a form of the rules."""
    form = find_form(forms, name)  # type: ignore[arg-type]  # the name of a form
    if form is None or answered is None:
        return {}
    parts = [json.loads(texts[ref.id]) for ref in (answered.answers, answered.told) if ref is not None]
    personal = {item.answer: json.loads(texts[item.content.id]) for item in answered.personal}
    return refill(form, {**personal, **{code: answer for part in parts for code, answer in part.items()}})


def type_scores(scores: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return scores as they are typed."""
    return {f"s.{code}": (str(score),) for code, score in scores.items()}


def _type(
    field: Field, value: Any, texts: Texts, forms: Forms | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    name = f"{FIELD}{field.name}"
    match field.kind:
        case "form":
            yield from (
                (key, tuple(given))
                for key, given in type_form(str(field.ask.form), value, texts, forms).items()
            )
        case "scores":
            yield from type_scores(value).items()
        case "texts":
            pairs = (
                value.items() if isinstance(value, Mapping) else [(item.expert, item.text) for item in value]
            )
            yield from ((f"{name}.{code}", (texts[ref.id],)) for code, ref in pairs)
        case "order":
            yield from ((f"{name}.{code}", (str(place),)) for place, code in enumerate(value, start=1))
        case "choices":
            yield name, tuple(value)
        case "lines":
            yield name, ("\n".join(value),)
        case "yes-no":
            yield name, ("yes" if value else "no",)
        case "file" | "files":
            return
        case _ if value is not None:
            yield name, (texts[value.id] if isinstance(value, Ref) else str(value),)
