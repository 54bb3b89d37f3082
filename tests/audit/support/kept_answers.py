"""The auditor's own comparison of two versions of a form, without a record around them."""

import base64
from collections.abc import Mapping, Sequence

from audit.bundle.layout import KeptContent
from audit.rules.forms.mending import VersionAnswers, find_mended
from audit.rules.forms.version import HandedIn, Version
from selection.forms.form import Form
from selection.forms.handed_in import SentForm


class BundleFiles:
    """The files that a bundle holds, by id."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def content(self, content_id: str) -> KeptContent | None:
        body = self._files.get(content_id)
        if body is None:
            return None
        text = base64.b64encode(body).decode()
        return KeptContent(id=content_id, sha256="", salt="", media_type="text/plain", content=text)


def compare_by_audit(
    form: Form, held: Sequence[tuple[SentForm, Mapping[str, bytes]]], files: Mapping[str, bytes]
) -> list[str]:
    """The questions that stay and are answered otherwise, as the auditor finds them."""
    versions = []
    for filled, bodies in held:
        personal = [
            {"answer": item.answer, "content": {"id": item.content.id}, "person": item.person}
            for item in filled.personal
        ]
        named = [{"id": ref.id, "sha256": ref.sha256} for ref in filled.files]
        public = "public" if filled.public else ""
        kept = HandedIn(form.version, {}, "shared", "", personal, named, public)
        if "shared" not in bodies:
            return []
        version = Version(form, kept, {name: bodies.get(name) for name in kept.contents})
        versions.append(VersionAnswers(version, whole=True))
    old, new = versions
    return [field.code for field in find_mended(form, old, new, BundleFiles(files))]
