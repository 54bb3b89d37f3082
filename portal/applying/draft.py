"""An application as far as it was filled in: what was typed, which files are there, when a section was saved."""

import secrets
from collections.abc import Collection, Iterable, Mapping

from pydantic import Field

from portal.forms.attaching import find_file_field
from portal.forms.typed import ANSWER, KeptFile, Typed
from selection.forms.form import Form
from selection.forms.parts import Answers
from selection.kernel.model import Frozen

LIMIT = 1_000_000
"""Bytes of a draft, as the database holds them."""
MARKS = 2**52
"""Marks are below: a script must count them exactly."""


class ApplicationDraft(Frozen):
    """A draft of an application.

    `base` is what it was begun on, as `Filling.base` was then. `saved` holds for each section a mark that is new
    whenever it is saved, so that a window knows whether what it shows is still what stands there.
    """

    form: str = ""
    base: str = ""
    typed: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    files: dict[str, KeptFile] = Field(default_factory=dict)
    saved: dict[str, int] = Field(default_factory=dict)

    def put(self, section: str, codes: Iterable[str], typed: Typed) -> "ApplicationDraft":
        """Return the draft with what was typed into these fields of a section, under a new mark."""
        names = frozenset(codes)
        kept = {name: values for name, values in self.typed.items() if code_in(name) not in names}
        return self._with_section(section, {**kept, **typed})

    def put_files(self, section: str, name: str, files: Mapping[str, KeptFile]) -> "ApplicationDraft":
        """Return the draft with these files, by their ids, in the place of what a field had; of none it is empty."""
        typed = {key: values for key, values in self.typed.items() if key != name}
        changed = self._with_section(section, {**typed, name: tuple(files)} if files else typed)
        named = {file for values in changed.typed.values() for file in values}
        known = {**self.files, **files}
        return changed.with_(files={file: kept for file, kept in known.items() if file in named})

    def take_section(
        self, section: str, codes: Iterable[str], other: "ApplicationDraft"
    ) -> "ApplicationDraft":
        """Return the draft with a section as it stands in another."""
        names = frozenset(codes)
        kept = {name: values for name, values in self.typed.items() if code_in(name) not in names}
        mine = {name: values for name, values in other.typed.items() if code_in(name) in names}
        return self.with_(
            typed={**kept, **mine},
            files={**self.files, **other.files},
            saved={**self.saved, section: other.mark_of(section)},
        )

    def take_fields(
        self, codes: Iterable[str], typed: Typed, files: Mapping[str, KeptFile]
    ) -> "ApplicationDraft":
        """Return the draft with these fields as they stand elsewhere; no section counts as saved by that."""
        names = frozenset(codes)
        own = {name: values for name, values in self.typed.items() if code_in(name) not in names}
        theirs = {name: values for name, values in typed.items() if code_in(name) in names}
        return self.with_(typed={**own, **theirs}, files={**files, **self.files})

    def files_at(self, name: str) -> dict[str, KeptFile]:
        """Return the files of a field by their ids."""
        return {file: self.files[file] for file in self.typed.get(name, ()) if file in self.files}

    def mark_of(self, section: str) -> int:
        """Return when a section was last saved, as a mark; 0 before."""
        return self.saved.get(section, 0)

    def _with_section(self, section: str, typed: Mapping[str, tuple[str, ...]]) -> "ApplicationDraft":
        mark = secrets.randbelow(MARKS) + 1
        return self.with_(typed=dict(typed), saved={**self.saved, section: mark})


def code_in(name: str) -> str:
    """Return the code of the field that a name of the page belongs to."""
    return name.removeprefix(ANSWER).partition(".")[0]


def keep_texts(form: Form, codes: Collection[str], typed: Typed) -> Typed:
    """Return what was typed into these fields, without what a page says of files: those the draft names."""
    return {
        name: values
        for name, values in typed.items()
        if name.startswith(ANSWER) and code_in(name) in codes and find_file_field(form, name) is None
    }


def keep_files(form: Form, codes: Collection[str], draft: ApplicationDraft) -> Typed:
    """Return the files that the draft has in these fields."""
    return {
        name: values
        for name, values in draft.typed.items()
        if code_in(name) in codes and find_file_field(form, name) is not None
    }


def answers_with_files(draft: ApplicationDraft, written: object) -> Answers:
    """Return the reference of a file that the draft names; of one that it does not know one that nothing has."""
    known = draft.files.get(str(written))
    return {"id": str(written), "sha256": known.sha256 if known else "0" * 64}
