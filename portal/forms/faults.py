"""What is wrong with answers, in words for who filled in a page, and where on it."""

import re
from collections.abc import Sequence

from portal.forms.columns import columns_of, is_group
from portal.forms.typed import ANSWER, SCORE
from portal.shown.downloads import name_types
from portal.wording.doing.faults import WORDS as ACTS
from portal.wording.forms import SCHEMES, WORDS
from reading.models import RoundForm
from selection.forms.faults import AnswerFault
from selection.forms.fields import Asked
from selection.forms.form import Form
from selection.kernel.counting import fill
from selection.wording.code_names import name_of

SCORES = WORDS["score"]
UPLOADING = {code: ACTS[code] for code in ("file-empty", "file-not-kept", "too-much-stored")}
"""What is wrong with a file before it is in any answer, as the acts' own fields say it."""
_ROW = re.compile(r"^[a-z0-9_]+\[([0-9]+)\]")


def tell_fault(form: Form, fault: AnswerFault, language: str) -> str:
    """Return what is wrong, to be read below or after the name of a field; what it names by a code is in words."""
    if (sentence := UPLOADING.get(fault.code)) is not None:
        return fill(sentence[language == "zh"], dict(fault.params))
    return fault._replace(params=_in_words(form, fault, language)).sentence(
        "zh" if language == "zh" else "en"
    )


def _in_words(form: Form, fault: AnswerFault, language: str) -> dict[str, str]:
    params = dict(fault.params)
    between = "、" if language == "zh" else ", "
    match fault.code:
        case "not-asked":
            field = form.by_code.get(params["field"])
            params["field"] = params["field"] if field is None else _call_field(field, language)
        case "file-type":
            params["types"] = between.join(name_types(params["types"].split(", ")))
        case "scheme-not-allowed":
            schemes = params["schemes"].split(", ")
            params["schemes"] = between.join(name_of(SCHEMES, code, language) for code in schemes)
    return params


def link_faults(
    form: RoundForm,
    faults: Sequence[AnswerFault],
    language: str,
    pages: dict[str, str] | None = None,
    *,
    titled: bool = True,
) -> list[tuple[str, str]]:
    """Return every fault as a link to its field with the field's name: pairs of anchor and sentence.

    `pages` says on which page a field stands, by its code, where that is another; the title of its section is told
    unless all are on the page of that section.
    """
    return [
        (
            (pages or {}).get(code_of(fault.path), "") + find_anchor(form, fault.path),
            f"{_label(form, fault.path, language, titled=titled)}{_part(fault, language)}"
            f"{tell_fault(form.form, fault, language)}",
        )
        for fault in faults
    ]


def _part(fault: AnswerFault, language: str) -> str:
    """Return what stands between the name of a field and what is wrong with it."""
    if fault.code in UPLOADING:
        return "：" if language == "zh" else ": "
    return "" if language == "zh" else " "


def code_of(path: str) -> str:
    """Return the field that a place of a form is in."""
    return path.partition(".")[0].partition("[")[0]


def find_anchor(form: RoundForm, path: str) -> str:
    """Return where on a page a place of the form is; empty for what is no field of it."""
    if path.startswith("scores."):
        return f"#{SCORE}{path.removeprefix('scores.')}"
    field = form.form.by_code.get(code_of(path))
    if field is None:
        return ""
    part = path.partition(".")[2]
    named = any(column.code == part for column in columns_of(field)) if is_group(field) else False
    return f"#{ANSWER}{path}" if named else f"#{ANSWER}{field.code}"


def _label(form: RoundForm, path: str, language: str, *, titled: bool) -> str:
    chinese = language == "zh"
    if path.startswith("scores."):
        code = path.removeprefix("scores.")
        item = next((item for item in form.criteria if item.code == code), None)
        label, above = (item.name_in(language) if item else path), SCORES[chinese]
    else:
        field = form.form.by_code.get(code_of(path))
        part = next((part for part in form.form.sections if field in part.fields), None)
        if field is None or part is None:
            return WORDS["whole"][chinese]
        label, above = _name_place(field, path, language), part.zh if chinese else part.en
    if not titled:
        return label
    return f"{above}：{label}" if chinese else f"{above}: {label}"


def _name_place(field: Asked, path: str, language: str) -> str:
    """Return the name of a field, with the row and the part of it that are meant."""
    row, part = _ROW.match(path), path.partition(".")[2]
    column = next((item for item in columns_of(field) if item.code == part), None)
    number = f" {int(row[1]) + 1}" if row else ""
    within = "" if column is None else ("，" if language == "zh" else ", ") + _call_field(column, language)
    return f"{_call_field(field, language)}{number}{within}"


def _call_field(field: Asked, language: str) -> str:
    return field.zh if language == "zh" else field.en
