"""A form that changes in the midst of a round: the file that an officer writes, and the act that it becomes."""

from pydantic import Field

from selection.forms.changing.field_map import FieldMap
from selection.forms.fields import FieldCode
from selection.forms.form import Form, FormName
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.kernel.model import Frozen, Ref
from selection.round.commands import AmendForm

CHANGES: dict[str, tuple[str, str]] = {
    "kept": ("kept", "保留"),
    "reworded": ("reworded", "仅改文字"),
    "changed": ("asks something else", "要求有变"),
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
