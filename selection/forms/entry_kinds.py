"""The places of an application's entry, and what kind of field may fill each."""

from selection.forms.fields import (
    Asked,
    ChoiceField,
    FileField,
    NumberField,
    PeopleField,
    TextField,
    UnitField,
)

ENTRY_KINDS: dict[str, str] = {
    "name_en": "text",
    "name_zh": "text",
    "field": "choice of: fields",
    "region": "choice of: regions",
    "priority": "choice of: priorities",
    "host": "unit",
    "co_builders": "unit, many",
    "staff": "number, no places",
    "fund_yuan": "number, at most 2 places",
    "avoid": "people",
    "team": "people",
    "pledge": "file",
    "seals": "file",
    "agreement": "file",
}


def fills_entry(field: Asked) -> bool:
    """Tell whether a field may fill the place of the entry that it names."""
    match field.entry, field:
        case (("name_en" | "name_zh"), TextField()):
            return True
        case ("field", ChoiceField(of="fields", many=False)) | (
            "region",
            ChoiceField(of="regions", many=False),
        ):
            return True
        case "priority", ChoiceField(of="priorities", many=False):
            return True
        case ("host", UnitField(many=False)) | ("co_builders", UnitField(many=True)):
            return True
        case "staff", NumberField(places=0):
            return True
        case "fund_yuan", NumberField(places=places):
            return places <= 2
        case (("avoid" | "team"), PeopleField()):
            return True
        case (("pledge" | "seals" | "agreement"), FileField(many=False)):
            return True
    return False
