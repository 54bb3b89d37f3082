"""What a field of several parts is made of: a table's columns, the parts of a unit, those of a person."""

from selection.forms.choices import Choices
from selection.forms.fields import (
    Asked,
    ChoiceField,
    Column,
    CreditCodeField,
    Pair,
    PersonField,
    TableField,
    TextField,
    UnitField,
)
from selection.kernel.named import Named
from starter.papers.part_names import PARTS

OUTSIDE = Named(code="outside", en="outside of the mainland", zh="境外")
"""Where a unit is that has a code of a scheme from elsewhere [D]."""
ELSEWHERE = frozenset({"lei", "foreign", "any"})
BORN = Pair(en="YYYY-MM, such as 1975-04.", zh="按 YYYY-MM 填写，如 1975-04。")
REGISTERED = Pair(en="Only of who is registered here.", zh="仅填已在本系统登记的人员。")


def is_group(field: Asked) -> bool:
    """Tell whether a field has parts of which it takes one set."""
    return isinstance(field, PersonField) or (isinstance(field, UnitField) and not field.many)


def has_rows(field: Asked) -> bool:
    """Tell whether a field takes rows of its parts."""
    return isinstance(field, TableField) or (isinstance(field, UnitField) and field.many)


def rows_of(field: Asked) -> tuple[int, int]:
    """Return the fewest and the most rows of a field that takes some."""
    if isinstance(field, TableField):
        return field.least, field.rows
    return 0, field.most if isinstance(field, UnitField) else 0


def columns_of(field: Asked, choices: Choices | None = None) -> tuple[Column, ...]:
    """Return the parts of a field; none of one that takes one answer. Without `choices` a choice has no options."""
    match field:
        case TableField():
            return field.columns
        case UnitField():
            return _parts_of_unit(field, choices)
        case PersonField():
            registered = _text("person", required=False, helped=REGISTERED)
            return (_text("name"), *(_detail(name) for name in field.asks), registered)
    return ()


def _parts_of_unit(field: UnitField, choices: Choices | None) -> tuple[Column, ...]:
    outside = not ELSEWHERE.isdisjoint(field.schemes)
    regions = (*choices.regions, OUTSIDE) if choices is not None and outside else ()
    kind: Column = (
        ChoiceField(kind="choice", required=True, options=field.kinds, **_name_column("kind"))
        if field.kinds
        else _text("kind")
    )
    return (
        CreditCodeField(kind="credit_code", required=True, schemes=field.schemes, **_name_column("code")),
        _text("name_zh", required=False),
        _text("name_en", required=False),
        kind,
        ChoiceField(
            kind="choice",
            required=True,
            options=regions,
            of=None if regions else "regions",
            **_name_column("region"),
        ),
    )


def _detail(name: str) -> TextField:
    return _text(name, helped=BORN if name == "born" else None)


def _text(code: str, *, required: bool = True, helped: Pair | None = None) -> TextField:
    return TextField(kind="text", required=required, help=helped, **_name_column(code))


def _name_column(code: str) -> dict[str, str]:
    english, chinese = PARTS[code]
    return {"code": code, "en": english[0].upper() + english[1:], "zh": chinese}
