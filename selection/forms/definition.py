"""What can be wrong with the definition of a form itself, as the checks of the rules tell it."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from selection.forms.choices import Choices, option_codes
from selection.forms.entry_kinds import ENTRY_KINDS, fills_entry
from selection.forms.fields import (
    KEPT_ENTRIES,
    PUBLIC_ENTRIES,
    Asked,
    ChoiceField,
    DateField,
    FileField,
    NumberField,
    PeopleField,
    TableField,
    TextField,
    UnitField,
    is_personal,
    personal_columns,
)
from selection.forms.form import Form, FormName, Forms

SENTENCES: dict[str, tuple[str, str]] = {
    "form_code_taken": (
        "has the code of what the act itself states; choose another",
        "的代码与该行为本身载明的项目相同，请另取代码",
    ),
    "form_circle": (
        "is shown only when a field is, that waits for this one: a circle",
        "的显示条件相互依赖，形成循环",
    ),
    "form_entry_kind": (
        "fills a place of the entry that takes another kind of field: {wanted}",
        "所填的条目项目须为另一类字段：{wanted}",
    ),
    "form_entry_missing": (
        "has no field for what every application states: {entry}",
        "缺少申报必填的条目项目：{entry}",
    ),
    "form_entry_personal": (
        "fills a place of the entry, which cannot be erased: it is neither personal nor shown on a condition",
        "所填条目项目不可清除，不得标为个人信息，也不得附显示条件",
    ),
    "form_entry_unfit": (
        "fills a place of the entry, which no other form has: leave it out",
        "只有申报表可填写条目项目，请删去",
    ),
    "form_in_table": (
        "is a column: by itself it cannot fill a place of the entry, be shown on a condition, be told, be public or"
        " stay in mending",
        "为表格列，不得填写条目项目、附显示条件，也不得单独告知申报单位、公开或设为补正时保持不变",
    ),
    "form_limits_crossed": ("has a lower limit above the upper one", "下限高于上限"),
    "form_no_options": (
        "is a choice without options, or with both its own and a list's",
        "选项缺失，或同时写了两种来源",
    ),
    "form_not_a_choice": (
        "is shown by an answer to `{field}`, which is no choice of this form that stays",
        "的显示条件所引 `{field}` 不是本表的选择项，或属个人信息",
    ),
    "form_unknown_option": (
        "is shown by an answer that `{field}` does not offer",
        "的显示条件所引取值不是 `{field}` 的选项",
    ),
    "form_whole_limits": (
        "has limits with places, but whole numbers alone",
        "只可填整数，其上下限也须为整数",
    ),
    "form_kept_unfit": (
        "is said to stay in mending, which only a field of the application can: no other form is mended",
        "标为补正时保持不变；仅申报表有补正，其他表单的项目不得如此",
    ),
    "form_kept_shown": (
        "stays in mending and is shown by an answer that may be mended: keep that one too, or show this one always",
        "补正时保持不变，却取决于可以补正的答案；请将该答案也设为保持不变，或使本项目始终显示",
    ),
    "form_told_unfit": (
        "is said to be for the applicant, which only a field of the review is that asks for no people and no files",
        "标为告知申报单位；仅评审表中不涉个人信息、不含文件的项目可以如此",
    ),
    "form_told_shown": (
        "is for the applicant and shown by an answer that is not: it would tell that answer",
        "告知申报单位，却取决于不予告知的答案，会使其泄露",
    ),
    "form_public_unfit": (
        "is said to be public, which only a field of the application is that asks for no people and no files and fills"
        " no place of the entry that stays closed",
        "标为公开；仅申报表中不涉人员、不含文件且不填写非公开条目项目的项目可以公开",
    ),
    "form_public_shown": (
        "is public and shown by an answer that is not: it would tell that answer",
        "公开，却取决于不公开的答案，会使其泄露",
    ),
}
"""What is wrong: code -> (English, Chinese), to be read after the place."""

RESERVED: dict[FormName, tuple[str, ...]] = {
    "review": ("scores",),
    "survey": ("day", "findings", "photos", "verdict"),
    "appraisal": (
        *(
            "present",
            "aside",
            "score",
            "votes_for",
            "votes_against",
            "abstained",
            "dissents",
            "text",
            "reason",
        ),
    ),
}
"""What stands beside the form in the file of an act, so that no field can have these codes."""
NEEDED = ("field", "priority", "host", "pledge")


class DefinitionFault(NamedTuple):
    """One fault of a form: its place within `forms`, a stable code, what the sentence names."""

    path: str
    code: str
    params: dict[str, str] = {}


def find_definition_faults(forms: Forms, choices: Choices) -> Iterator[DefinitionFault]:
    """Yield every fault of the forms, each with its place as the file has it."""
    for name, form in forms.list_given():
        yield from _of_form(name, form, choices)


def _of_form(name: FormName, form: Form, choices: Choices) -> Iterator[DefinitionFault]:
    places = {
        id(field): f"{name}.sections[{at}].fields[{number}]"
        for at, section in enumerate(form.sections)
        for number, field in enumerate(section.fields)
    }
    yield from _duplicates(name, form, places)
    for field in form.fields():
        path = places[id(field)]
        yield from _of_field(field, path, choices)
        yield from _of_condition(form, field, path, choices)
        yield from _of_entry(name, field, path)
        if field.code in RESERVED.get(name, ()):
            yield DefinitionFault(f"{path}.code", "form_code_taken")
        yield from _of_apart(name, form, field, path)
        yield from _of_mending(name, form, field, path)
        for number, column in enumerate(field.columns) if isinstance(field, TableField) else ():
            below = f"{path}.columns[{number}]"
            yield from _of_field(column, below, choices)
            if (
                column.entry is not None
                or column.shown is not None
                or column.told
                or column.public
                or column.kept
            ):
                yield DefinitionFault(below, "form_in_table")
    yield from _circles(form, places)
    needed = NEEDED if choices.priorities else [entry for entry in NEEDED if entry != "priority"]
    missing = [entry for entry in needed if entry not in form.by_entry]
    if name == "application" and missing:
        yield DefinitionFault(f"{name}.sections", "form_entry_missing", {"entry": ", ".join(missing)})


def _duplicates(name: FormName, form: Form, places: dict[int, str]) -> Iterator[DefinitionFault]:
    codes, entries, sections = set[str](), set[str](), set[str]()
    for number, section in enumerate(form.sections):
        if section.code in sections:
            yield DefinitionFault(f"{name}.sections[{number}].code", "duplicate_code")
        sections.add(section.code)
    for field in form.fields():
        path = places[id(field)]
        if field.code in codes:
            yield DefinitionFault(f"{path}.code", "duplicate_code")
        if field.entry is not None and field.entry in entries:
            yield DefinitionFault(f"{path}.entry", "duplicate_code")
        codes.add(field.code)
        entries.add(field.entry or "")
        yield from _duplicates_within(field, path)


def _duplicates_within(field: Asked, path: str) -> Iterator[DefinitionFault]:
    lists = {
        "columns": field.columns if isinstance(field, TableField) else (),
        "options": field.options if isinstance(field, ChoiceField) else (),
        "kinds": field.kinds if isinstance(field, UnitField) else (),
    }
    for name, items in lists.items():
        counts = Counter(item.code for item in items)
        for number, item in enumerate(items):
            if counts[item.code] > 1:
                yield DefinitionFault(f"{path}.{name}[{number}].code", "duplicate_code")


def _of_field(field: Asked, path: str, choices: Choices) -> Iterator[DefinitionFault]:
    if isinstance(field, FileField) and field.personal:
        yield DefinitionFault(f"{path}.personal", "form_file_personal")
    match field:
        case TextField():
            crossed = _is_crossed(field.least_words, field.words)
        case NumberField():
            crossed = _is_crossed(field.least, field.most)
            if not field.places and any(
                limit is not None and limit % 1 for limit in (field.least, field.most)
            ):
                yield DefinitionFault(path, "form_whole_limits")
        case DateField():
            crossed = _is_crossed(field.first, field.last)
        case TableField():
            crossed = field.least > field.rows
        case ChoiceField():
            crossed = False
            if (field.of is None) is not bool(field.options):
                yield DefinitionFault(path, "form_no_options")
        case _:
            crossed = False
    if crossed:
        yield DefinitionFault(path, "form_limits_crossed")


def _is_crossed(low: object, high: object) -> bool:
    return low is not None and high is not None and bool(low > high)  # type: ignore[operator]


def _of_condition(form: Form, field: Asked, path: str, choices: Choices) -> Iterator[DefinitionFault]:
    if field.shown is None:
        return
    on = form.by_code.get(field.shown.field)
    params = {"field": field.shown.field}
    if not isinstance(on, ChoiceField) or on.personal:
        yield DefinitionFault(f"{path}.shown.field", "form_not_a_choice", params)
    elif not set(field.shown.one_of) <= set(option_codes(on, choices)):
        yield DefinitionFault(f"{path}.shown.one_of", "form_unknown_option", params)


def _of_entry(name: FormName, field: Asked, path: str) -> Iterator[DefinitionFault]:
    if field.entry is None:
        return
    if name != "application":
        yield DefinitionFault(f"{path}.entry", "form_entry_unfit")
    elif not fills_entry(field):
        wanted = ENTRY_KINDS[field.entry]
        yield DefinitionFault(f"{path}.entry", "form_entry_kind", {"wanted": wanted})
    if is_personal(field) or field.shown is not None:
        yield DefinitionFault(f"{path}.entry", "form_entry_personal")


def _of_apart(name: FormName, form: Form, field: Asked, path: str) -> Iterator[DefinitionFault]:
    """Yield what is wrong with a field whose answer is kept apart for whom else it is for."""
    columns = field.columns if isinstance(field, TableField) else ()
    files = any(isinstance(item, FileField | PeopleField) for item in (field, *columns))
    unfit = files or is_personal(field) or bool(personal_columns(field))
    closed = field.entry is not None and field.entry not in PUBLIC_ENTRIES
    on = form.by_code.get(field.shown.field) if field.shown else None
    if field.told and (name != "review" or unfit):
        yield DefinitionFault(f"{path}.told", "form_told_unfit")
    if field.told and on is not None and not on.told:
        yield DefinitionFault(f"{path}.shown.field", "form_told_shown")
    if field.public and (name != "application" or unfit or closed):
        yield DefinitionFault(f"{path}.public", "form_public_unfit")
    if field.public and on is not None and not (on.public or on.entry in PUBLIC_ENTRIES):
        yield DefinitionFault(f"{path}.shown.field", "form_public_shown")


def _of_mending(name: FormName, form: Form, field: Asked, path: str) -> Iterator[DefinitionFault]:
    """Yield what is wrong with a field whose answer stays in mending: what shows or hides it must stay as well."""
    on = form.by_code.get(field.shown.field) if field.shown else None
    if field.kept and name != "application":
        yield DefinitionFault(f"{path}.kept", "form_kept_unfit")
    if field.kept and on is not None and not (on.kept or on.entry in KEPT_ENTRIES):
        yield DefinitionFault(f"{path}.shown.field", "form_kept_shown")


def _circles(form: Form, places: dict[int, str]) -> Iterator[DefinitionFault]:
    for field in form.fields():
        seen, at = set[str](), field
        while at.shown is not None and at.code not in seen:
            seen.add(at.code)
            following = form.by_code.get(at.shown.field)
            if following is None:
                break
            at = following
        if at is field and field.shown is not None and field.code in seen:
            yield DefinitionFault(f"{places[id(field)]}.shown", "form_circle")
