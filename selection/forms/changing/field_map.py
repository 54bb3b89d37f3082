"""From one version of a form to the next, field by field: what is kept, renamed, dropped, and new."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from pydantic import Field

from selection.forms.fields import Asked, FieldCode
from selection.forms.form import Form
from selection.forms.parts import Answers
from selection.kernel.model import Frozen

Change = Literal["kept", "reworded", "changed", "stays", "mendable", "renamed", "dropped", "new"]
"""What became of a field; `stays` and `mendable`: nothing but whether its answer stays in mending."""
_WORDS = frozenset({"en", "zh", "help"})


class FieldMap(Frozen):
    """Where each field of the old version went, and which fields of the new one come from none.

    `fields` names every field of the old version with what it is called in the new one, empty where it was dropped.
    """

    fields: dict[FieldCode, str] = Field(max_length=1000)
    added: tuple[FieldCode, ...] = Field(default=(), max_length=1000)


class FieldChange(NamedTuple):
    """One line of a map: the field's code before and after, empty where there is none, and what became of it."""

    old: str
    new: str
    change: Change


class MapFault(NamedTuple):
    """What is wrong with a map: a stable code, and the fields that it is wrong of."""

    code: str
    fields: tuple[str, ...]


def map_fields(old: Form, new: Form, renamed: Mapping[str, str]) -> FieldMap:
    """Return the map by which fields of one code are the same, but for those that are renamed, old -> new."""
    targets = {code: renamed.get(code, code if code in new.by_code else "") for code in old.by_code}
    targets_in_use = {*renamed.values()}
    fields = {
        code: "" if code not in renamed and target in targets_in_use else target
        for code, target in targets.items()
    }
    return FieldMap(fields=fields, added=tuple(code for code in new.by_code if code not in fields.values()))


def find_map_faults(old: Form, new: Form, by: FieldMap) -> Iterator[MapFault]:
    """Yield what a map between these versions lacks or says wrongly, and where the entry's own fields changed."""
    kept = [target for target in by.fields.values() if target]
    lost = {*old.by_code} ^ {*by.fields}
    unmade = ({*kept, *by.added} ^ {*new.by_code}) & {*old.by_code, *new.by_code}
    unmade |= {code for code in new.by_code if [*kept, *by.added].count(code) > 1}
    unknown = {*kept, *by.added} - {*new.by_code}
    if lost or unmade or unknown:
        # What somebody made up is counted among the fields of neither, and not repeated.
        known = [code for code in (*old.by_code, *new.by_code) if code in lost | unmade]
        yield MapFault("map-incomplete", tuple(dict.fromkeys(known)))
        return
    pairs = [(old.by_code[before], new.by_code[after]) for before, after in by.fields.items() if after]
    if other := tuple(before.code for before, after in pairs if type(before) is not type(after)):
        yield MapFault("map-other-kind", other)
    stays = {before.code for before, after in pairs if before.entry and _is_same(before, after)}
    moved = [field.code for field in old.by_entry.values() if field.code not in stays]
    came = [code for code in by.added if new.by_code[code].entry]
    came += [after.code for before, after in pairs if after.entry and not before.entry]
    if moved or came:
        yield MapFault("entry-changed", tuple(dict.fromkeys((*moved, *came))))


def list_changes(old: Form, new: Form, by: FieldMap) -> tuple[FieldChange, ...]:
    """Return what became of each field, in the order of the old version, then what is new."""
    found = [FieldChange(code, after, _change_of(old, new, code, after)) for code, after in by.fields.items()]
    return (*found, *(FieldChange("", code, "new") for code in by.added))


def move_answers(by: FieldMap, answers: Answers) -> Answers:
    """Return answers to the old version under the names of the new one, without those whose field was dropped."""
    return {after: answers[code] for code, after in by.fields.items() if after and code in answers}


def _change_of(old: Form, new: Form, code: str, after: str) -> Change:
    if not after:
        return "dropped"
    before, now = old.by_code[code], new.by_code[after]
    if before.kept != now.kept and _is_same(before, now.with_(kept=before.kept)):
        return "stays" if now.kept else "mendable"
    if not _is_same(before, now):
        return "changed"
    if code != after:
        return "renamed"
    return "kept" if before == now else "reworded"


def _is_same(before: Asked, after: Asked) -> bool:
    """Tell whether two fields ask the same, in whatever words and under whatever code."""
    return bool(_asks(before) == _asks(after))


def _asks(field: Asked) -> object:
    dumped = field.model_dump(mode="json")
    return {name: _strip_words(value) for name, value in dumped.items() if name not in _WORDS | {"code"}}


def _strip_words(value: object) -> object:
    if isinstance(value, list):
        return [_strip_words(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _strip_words(item) for name, item in value.items() if name not in _WORDS}
