"""A form that changes in the midst of a round: the file that an officer writes, and the act that it becomes."""

from typing import Any, NamedTuple

from pydantic import Field

from reading.access.subject import Subject
from reading.service import ReadService
from selection.forms.changing.field_map import FieldChange, FieldMap, find_map_faults, list_changes
from selection.forms.fields import FieldCode
from selection.forms.form import Form, FormName
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.model import Frozen, Ref
from selection.round.amending.events import FormAmended
from selection.round.commands import AmendForm
from selection.streams import round_stream

CHANGES: dict[str, tuple[str, str]] = {
    "kept": ("kept", "保留"),
    "reworded": ("reworded", "仅改文字"),
    "changed": ("asks something else", "要求有变"),
    "stays": ("stays in mending from now on", "改为补正时保持不变"),
    "mendable": ("may be mended from now on", "改为可以补正"),
    "renamed": ("renamed", "更名"),
    "dropped": ("dropped", "删去"),
    "new": ("new", "新增"),
}


class AmendmentFile(Frozen):
    """A new version of a form as an officer writes it: which form, the whole of it, and what fields are renamed to."""

    name: FormName
    form: Form
    renamed: dict[FieldCode, FieldCode] = Field(default_factory=dict)


def amend_by(written: AmendmentFile, old: Form, by: FieldMap, reason: Ref) -> AmendForm:
    """Return the act that puts a new version of a form in force in place of the old one."""
    return AmendForm(
        form_name=written.name,
        was=old.version,
        definition=written.form.model_dump(mode="json"),
        form_hash=sha256_hex(canonical_bytes(written.form)),
        by=by,
        reason=reason,
    )


class Amendment(NamedTuple):
    """A form that changed: the entry's own words, why as far as that shows, and what became of each field."""

    data: dict[str, Any]
    reason: str
    old: Form
    new: Form
    changes: tuple[FieldChange, ...]


async def list_amendments(reads: ReadService, subject: Subject, round_id: str) -> tuple[Amendment, ...]:
    """Return how the forms of a round changed since its rules were sealed, the first change first."""
    entries = await reads.rounds.list_entries(subject, round_id)
    amended = [entry.view["data"] for entry in entries if entry.view["type"] == FormAmended.TYPE]
    texts = await reads.contents.list_texts(
        subject, [data["reason"]["id"] for data in amended], of=round_stream(round_id)
    )
    found = []
    for data in amended:
        old = await reads.forms.get_form(subject, round_id, data["form_name"], data["was"])
        new = await reads.forms.get_form(subject, round_id, data["form_name"], data["form_version"])
        changes = find_changes(old.form, new.form, FieldMap.model_validate(data["by"]))
        found.append(Amendment(data, texts.get(data["reason"]["id"], ""), old.form, new.form, changes))
    return tuple(found)


def find_changes(old: Form, new: Form, by: FieldMap) -> tuple[FieldChange, ...]:
    """Return what becomes of each field; nothing where the map leaves some out, of which the core tells."""
    faulty = next(find_map_faults(old, new, by), None)
    return () if faulty is not None and faulty.code == "map-incomplete" else list_changes(old, new, by)
