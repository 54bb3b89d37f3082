"""Generated forms and answers that fit them, as hypothesis draws them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from selection.forms.choices import option_codes
from selection.forms.credit_codes import check_digit
from selection.forms.fields import (
    Asked,
    ChoiceField,
    CreditCodeField,
    DateField,
    FileField,
    NumberField,
    PeopleField,
    PersonField,
    TableField,
    TextField,
    UnitField,
)
from selection.forms.form import Form
from tests.factories import RULES

LETTERS = "文旅创新中心abcXYZ01 ,.。；"
LABEL = {"en": "Label", "zh": "标签"}
PLAIN = st.text(LETTERS, min_size=1, max_size=12).filter(lambda text: text.strip() == text)
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
OPTIONS = [{"code": f"o{n}", "en": f"o{n}", "zh": f"o{n}"} for n in range(4)]
KINDS = ("text", "number", "date", "choice", "file", "unit", "credit_code", "person", "people", "table")
IN_TABLE = ("text", "number", "date", "choice", "file", "credit_code")


@st.composite
def fields(draw: st.DrawFn, code: str, kinds: tuple[str, ...] = KINDS) -> dict[str, Any]:
    """A field as a rules file has it."""
    kind = draw(st.sampled_from(kinds))
    personal = kind != "file" and draw(st.booleans())
    data = {"code": code, "kind": kind, **LABEL, "required": draw(st.booleans()), "personal": personal}
    match kind:
        case "text":
            data |= {"characters": draw(st.integers(12, 40)), "lines": draw(st.booleans())}
        case "number":
            data |= {"least": -5, "most": 900, "places": draw(st.integers(0, 3))}
        case "date":
            data |= {"first": date(2020, 1, 1), "last": date(2030, 12, 31)}
        case "choice":
            of = draw(st.sampled_from((None, "fields", "priorities")))
            data |= {"many": draw(st.booleans()), **({"of": of} if of else {"options": OPTIONS})}
        case "file":
            data |= {"many": draw(st.booleans()), "types": ["application/pdf"]}
        case "unit":
            data |= {"many": draw(st.booleans()), "schemes": ["uscc", "synthetic"], "kinds": OPTIONS}
        case "person":
            data |= {"asks": draw(st.lists(st.sampled_from(("post", "born", "phone")), unique=True))}
        case "table":
            count = draw(st.integers(1, 3))
            data |= {"columns": [draw(fields(f"c{n}", IN_TABLE)) for n in range(count)], "rows": 4}
    return data


@st.composite
def forms(draw: st.DrawFn, *, public: bool = False) -> Form:
    """A form of up to six fields; some are shown on a condition. With `public` ones it is no form of a review."""
    built: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 6))):
        field = draw(fields(f"f{number}"))
        on = [
            item for item in built if item["kind"] == "choice" and "options" in item and not item["personal"]
        ]
        conditional: bool = draw(st.booleans())
        if on and conditional:
            field["shown"] = {"field": on[0]["code"], "one_of": ["o1", "o2"]}
        if _may_reach_applicant(field, built) and draw(st.booleans()):
            field["told"] = True
        if public and _may_be_public(field, built) and draw(st.booleans()):
            field["public"] = True
        built.append(field)
    split = draw(st.integers(1, len(built)))
    sections = [part for part in (built[:split], built[split:]) if part]
    named = [{"code": f"s{n}", **LABEL, "fields": part} for n, part in enumerate(sections)]
    return Form.model_validate({"version": "v1", **LABEL, "sections": named})


def _may_reach_applicant(field: dict[str, Any], built: list[dict[str, Any]]) -> bool:
    """Tell whether a review may have the field for the applicant: no people, no files, by no answer for the panel."""
    on = _find_condition(field, built)
    return _is_plain(field) and (on is None or on.get("told", False))


def _may_be_public(field: dict[str, Any], built: list[dict[str, Any]]) -> bool:
    """Tell whether an application may have the field for everyone; a form here stands for either."""
    on = _find_condition(field, built)
    return _is_plain(field) and not field.get("told", False) and (on is None or on.get("public", False))


def _find_condition(field: dict[str, Any], built: list[dict[str, Any]]) -> dict[str, Any] | None:
    return {item["code"]: item for item in built}.get(field.get("shown", {}).get("field"))


def _is_plain(field: dict[str, Any]) -> bool:
    parts = [field, *field.get("columns", [])]
    return all(part["kind"] not in ("file", "person", "people") and not part["personal"] for part in parts)


@st.composite
def forms_with_answers(draw: st.DrawFn, *, public: bool = False) -> tuple[Form, dict[str, Any]]:
    """A form and answers that fit it: what is required and shown, and some of the rest."""
    form = draw(forms(public=public))
    answers: dict[str, Any] = {}
    for field in form.fields():
        if is_shown(field, answers) and (field.required or draw(st.booleans())):
            answers[field.code] = draw(answers_to(field))
    return form, answers


def is_shown(field: Asked, answers: dict[str, Any]) -> bool:
    if field.shown is None:
        return True
    given = answers.get(field.shown.field)
    chosen = given if isinstance(given, list) else [given]
    return any(code in field.shown.one_of for code in chosen)


def credit_code(number: int) -> str:
    first = f"9111010{number % 10}{number:09d}"
    return first + check_digit(first)


def answers_to(field: Asked) -> st.SearchStrategy[Any]:
    """Answers that fit one field."""
    match field:
        case UnitField():
            return _several(field.many, _UNITS, "code")
        case FileField():
            return _several(field.many, _FILES, "id")
        case PersonField():
            named: dict[str, st.SearchStrategy[str]] = dict.fromkeys(("name", *field.asks), PLAIN)
            forms = {"born": st.just("1980-02"), "phone": st.from_regex(r"[0-9]{5,15}", fullmatch=True)}
            named |= {name: form for name, form in forms.items() if name in named}
            return st.fixed_dictionaries(named, optional={"person": IDS})
        case TableField():
            least = max(field.least, int(field.required))
            return st.lists(_rows(field), min_size=least, max_size=4)
    return _single(field)


def _single(field: Asked) -> st.SearchStrategy[Any]:
    match field:
        case TextField():
            return PLAIN
        case NumberField():
            if field.places:
                return st.decimals(-5, 900, places=field.places).map(lambda number: format(number + 0, "f"))
            return st.integers(-5, 900)
        case DateField():
            return DAYS.map(date.isoformat)
        case ChoiceField():
            option = st.sampled_from(option_codes(field, RULES))
            return st.lists(option, min_size=1, unique=True) if field.many else option
        case CreditCodeField():
            return st.integers(0, 10**6).map(credit_code)
        case PeopleField():
            return st.lists(IDS, min_size=1, max_size=3, unique=True)
    raise TypeError(type(field))


_UNITS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "code": st.integers(0, 10**6).map(credit_code),
        "kind": st.sampled_from(["o0", "o1"]),
        "region": st.just("CN-BJ"),
    },
    optional={"name_zh": PLAIN},
)
_FILES: st.SearchStrategy[dict[str, Any]] = st.integers(0, 10**6).map(
    lambda number: {"id": f"file-{number}", "sha256": f"{number:064x}"}
)


def _several(many: bool, one: st.SearchStrategy[dict[str, Any]], key: str) -> st.SearchStrategy[Any]:
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda item: item[key]) if many else one


def _rows(field: TableField) -> st.SearchStrategy[dict[str, Any]]:
    needed = {item.code: answers_to(item) for item in field.columns if item.required}
    other = {item.code: answers_to(item) for item in field.columns if not item.required}
    return st.fixed_dictionaries(needed, optional=other).filter(bool)
