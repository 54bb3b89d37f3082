"""The rules of a round: read from YAML with every fault listed, hashed for the seal, compared for people."""

from collections.abc import Iterator, Mapping

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from selection.forms.fields import KINDS
from selection.kernel.model import JsonObject
from selection.kernel.named import SEALING
from selection.kernel.proof import Assurance
from selection.refusals.unreadable import UNNAMED, field_names
from selection.rules.assurance import SECTION, fill_levels, level_faults
from selection.rules.checks import cross_faults
from selection.rules.diff import RuleChange, diff_rules
from selection.rules.faults import RulesFault, RulesFaults
from selection.rules.languages import (
    Spoken,
    fill_names,
    only_language,
    other_than,
    unspoken_names,
    with_own_names,
)
from selection.rules.model import RoundRules, rules_hash
from selection.rules.published_calendar import fill_working_days
from selection.rules.zones import fill_zone, list_years

__all__ = [
    "RoundRules",
    "RuleChange",
    "RulesFault",
    "RulesFaults",
    "diff_rules",
    "faulty_places",
    "read_rules",
    "rules_hash",
]

_CODES = {
    "bool_type": "not_true_or_false",
    "bad_pattern": "bad_pattern",
    "decimal_max_digits": "too_precise",
    "decimal_max_places": "too_precise",
    "decimal_whole_digits": "too_precise",
    "decimal_parsing": "not_a_number",
    "decimal_type": "not_a_number",
    "dict_type": "not_a_mapping",
    "enum": "choice",
    "extra_forbidden": "unknown_key",
    "finite_number": "not_a_number",
    "float_refused": "float_refused",
    "hidden_character": "hidden_character",
    "int_type": "not_a_whole_number",
    "literal_error": "choice",
    "missing": "missing",
    "model_type": "not_a_mapping",
    "model_attributes_type": "not_a_mapping",
    "string_pattern_mismatch": "malformed",
    "string_type": "not_a_text",
    "tuple_type": "not_a_list",
    "union_tag_invalid": "choice",
    "union_tag_not_found": "missing",
}
_FAMILIES = (("date_", "not_a_date"), ("datetime_", "not_a_moment"), ("timezone_", "not_a_moment"))
_LIMITS = {
    "gt": ("above", "大于"),
    "ge": ("at least", "不小于"),
    "lt": ("below", "小于"),
    "le": ("at most", "不大于"),
}


def read_rules(text: str, least: Mapping[str, Assurance]) -> RoundRules:
    """Return the rules written in the YAML text, with what it does not say of an act as the act asks for it.

    Raises RulesFaults with every fault there is: of the text, of types, keys and ranges, and between
    sections, as far as those they span can be read. No fault repeats a value of the text.
    """
    # Imported here: the parser is for the client only, and a workflow's start should not pay for it.
    from selection.rules.source import RulesText, path_text

    source = RulesText(text)
    if not isinstance(source.data, dict):
        raise RulesFaults((RulesFault("(file)", "not_a_mapping"),))
    only = only_language(source.data)
    data, beside = _fill_in(source.data, only, least)
    faults = {fault.path: fault for fault in source.faults}
    rules: RoundRules | None = None
    try:
        rules = RoundRules.model_validate(data, context=SEALING)
        sections: JsonObject = {SECTION: rules.assurance}
    except ValidationError as error:
        details = [detail for detail in error.errors(include_url=False) if detail["loc"]]
        for detail in details:
            if _is_echo(detail["loc"], only):
                continue
            place = _place(detail)
            code, params = _translate_fault(detail)
            found = RulesFault(path_text(place), code, params, source.line_of(place))
            faults.setdefault(found.path, found)
        sections = _sound_sections(data, details)
    for found in (*_faults_between(sections, least), *beside):
        line = source.line_of(_place_of_path(found.path))
        faults.setdefault(found.path, RulesFault(found.path, found.code, found.params, line))
    if rules is not None and not faults:
        return rules
    raise RulesFaults(tuple(sorted(faults.values(), key=lambda fault: (fault.line or 0, fault.path))))


def _fill_in(
    written: JsonObject, only: Spoken | None, least: Mapping[str, Assurance]
) -> tuple[JsonObject, list[RulesFault]]:
    """Return a file's data with what it leaves to be filled in, and the faults of what cannot be."""
    from selection.rules.source import path_text

    faults: list[RulesFault] = []
    data = {**written, SECTION: fill_levels(written.get(SECTION, {}), least)}
    clock, unfit = fill_zone(written)
    if clock is not None:
        data["clock"] = clock
    if unfit is not None:
        faults.append(unfit)
    days, unknown = fill_working_days(written, list_years(written))
    if days is not None:
        data["working_days"] = days
    if unknown is not None:
        faults.append(unknown)
    if only is not None:
        faults += [RulesFault(path_text(place), "unspoken") for place in unspoken_names(written, only)]
        data = fill_names(with_own_names(data, only), only)
    return data, faults


def _is_echo(place: tuple[str | int, ...], only: Spoken | None) -> bool:
    """Tell whether a fault is that of a name which was filled in: the name that it was filled from has it too."""
    return only is not None and place[-1] == other_than(only)


def _faults_between(sections: JsonObject, least: Mapping[str, Assurance]) -> Iterator[RulesFault]:
    """Yield the faults between sections, and those of a table of acts that is among them."""
    yield from cross_faults(sections)
    if SECTION in sections:
        yield from (fault for _, fault in level_faults(sections[SECTION], least))


def faulty_places(faults: RulesFaults) -> str:
    """Return where the faults are, as a record keeps it: by the names of sections and fields only.

    A key that somebody made up may be personal. It is listed to whoever wrote the file, and recorded nowhere.
    """
    names = field_names(RoundRules) | {"(file)"}
    return ", ".join(dict.fromkeys(_mask_path(fault.path, names) for fault in faults.faults))[:300]


def _mask_path(path: str, names: frozenset[str]) -> str:
    return ".".join(part if part.partition("[")[0] in names else UNNAMED for part in path.split("."))


def _sound_sections(data: JsonObject, details: list[ErrorDetails]) -> JsonObject:
    broken = {detail["loc"][0] for detail in details}
    sections: JsonObject = {}
    for name, info in RoundRules.model_fields.items():
        if name in broken:
            continue
        if name in data:
            sections[name] = TypeAdapter(info.rebuild_annotation()).validate_python(data[name])
        else:
            sections[name] = info.default
    return sections


def _place(detail: ErrorDetails) -> tuple[str | int, ...]:
    place = detail["loc"]
    if place[0] == "clock" and len(place) > 1:
        # pydantic puts the kind of clock it chose between the section and the key, and the kind of a form's field.
        place = (place[0], *place[2:])
    elif place[0] == "forms":
        place = tuple(
            part
            for number, part in enumerate(place)
            if not (part in KINDS and number and place[number - 2] in ("fields", "columns"))
        )
    if detail["type"].startswith("union_tag"):
        place = (*place, "kind")
    return place


def _place_of_path(path: str) -> tuple[str | int, ...]:
    parts = path.replace("[", ".").replace("]", "").split(".")
    return tuple(int(part) if part.isdigit() else part for part in parts)


def _translate_fault(detail: ErrorDetails) -> tuple[str, dict[str, str]]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _CODES:
        return _CODES[kind], {}
    if kind in ("string_too_long", "too_long"):
        return "too_long", {"limit": str(context["max_length"])}
    if kind in ("string_too_short", "too_short"):
        return "too_short", {"limit": str(context["min_length"])}
    for key, (relation, relation_zh) in _LIMITS.items():
        if key in context:
            params = {"relation": relation, "relation_zh": relation_zh, "limit": str(context[key])}
            return "out_of_range", params
    for prefix, code in _FAMILIES:
        if kind.startswith(prefix):
            return code, {}
    return "invalid", {}
