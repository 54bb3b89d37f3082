"""A filled-in form from a file: read as texts, checked in one go, stored part by part."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from reading.models import RoundForm
from selection.application.submission import Submission
from selection.forms.changing.mending import leave_accepted_out
from selection.forms.checking import AnswerChecker
from selection.forms.faults import AnswerFault
from selection.forms.fields import TextField
from selection.forms.form import Form
from selection.forms.handed_in import AnsweredForm
from selection.forms.json_text import Json
from selection.forms.parts import Answers
from selection.forms.raw_answers import list_files, read_raw
from selection.forms.reading import StoredFileFacts
from selection.kernel.model import Ref
from selection.refusals.refused import Refused
from starter.cli.content_arguments import CONTENT_LIMIT, Material, keep, media_type, spell_material
from starter.cli.failures import CommandFailed
from starter.cli.files_in import find_beside, read_bytes, read_text, read_typed
from starter.cli.session import Session
from starter.people.handing_in import PutText, find_faults, store_answers, store_form
from starter.people.named_units import find_not_registered

FAULTS_NAMED = 20
OUTSIDE = "file-outside"


class FilledAnswers:
    """What was typed into a form, with the materials of its files; nothing is stored yet.

    `answers` are, once they were checked, what will be handed in, with each file named by its bytes.
    """

    def __init__(self, checker: AnswerChecker, typed: Any, folder: Path) -> None:
        """Take what was typed; paths are relative to the folder and lead nowhere else."""
        self._checker = checker
        self._form = checker.form
        self._folder = folder
        self._typed = typed
        self.answers: Json = None
        self._faults: list[AnswerFault] = []
        self._stored: dict[str, StoredFileFacts] = {}
        self._materials: dict[str, Material] = {}
        self._read_long_texts()
        for path, written in list_files(self._form, self._typed):
            try:
                self._materials[path] = Material.model_validate(spell_material(written))
            except ValidationError:
                self._faults.append(AnswerFault(path, "file-unread"))

    @property
    def form(self) -> Form:
        """The form that was filled in."""
        return self._form

    def _read_long_texts(self) -> None:
        """Put the text of a file where a field of several lines says {file: PATH}."""
        for field in self._form.fields():
            written = self._typed.get(field.code) if isinstance(self._typed, dict) else None
            if (
                isinstance(field, TextField)
                and field.lines
                and isinstance(written, dict)
                and set(written) == {"file"}
            ):
                try:
                    self._typed[field.code] = read_text(find_beside(self._folder, Path(str(written["file"]))))
                except (CommandFailed, Refused) as fault:
                    self._faults.append(AnswerFault(field.code, _code_of(fault)))

    def check(self) -> list[AnswerFault]:
        """Return every fault. Files of this machine are looked at; what was stored before is told by its id alone."""
        self.answers = read_raw(self._form, self._typed, self._stand_in)
        found = find_faults(self._checker, self.answers, self._stored)
        return [*found, *self._faults]

    def _stand_in(self, path: str, written: Any) -> Json:
        """Return what stands for a file until it is stored: named by its bytes, so that one twice is found."""
        material = self._materials.get(path)
        if material is not None and material.ref is not None:
            return {"id": material.ref[:100], "sha256": "0" * 64}
        body, kind = b"", ""
        try:
            if material is not None:
                body, kind = self._read(material)
        except (CommandFailed, Refused) as fault:
            self._faults.append(AnswerFault(path, _code_of(fault)))
        digest = hashlib.sha256(body or path.encode()).hexdigest()
        if body:
            self._stored[digest] = StoredFileFacts(kind, len(body))
        return {"id": digest, "sha256": digest}

    def _read(self, material: Material) -> tuple[bytes, str]:
        if material.text is not None:
            return material.text.encode(), "text/plain"
        assert material.file is not None
        path = find_beside(self._folder, material.file)
        return read_bytes(path, CONTENT_LIMIT), media_type(path)

    async def store(self, session: Session, log: str) -> Submission:
        """Store all that fits the form for who acts, and return the version."""
        answers, put_text = await self._store_files(session, log)
        return await store_answers(self._form, answers, put_text)

    async def store_form(self, session: Session, log: str) -> AnsweredForm:
        """Store all that fits the form of an act for who acts, and return what the act hands in."""
        answers, put_text = await self._store_files(session, log)
        return await store_form(self._form, answers, put_text)

    async def _store_files(self, session: Session, log: str) -> tuple[Answers, PutText]:
        refs: dict[str, Ref] = {
            path: await keep(session, material, log, self._folder)
            for path, material in self._materials.items()
        }

        def put(path: str, _: Any) -> Json:
            return {"id": refs[path].id, "sha256": refs[path].sha256}

        async def put_text(text: str) -> Ref:
            return await session.client.store_text(text, person=session.person, log=log)

        answers = read_raw(self._form, self._typed, put)
        assert isinstance(answers, dict)
        return answers, put_text


def fill_beside(form: RoundForm, folder: Path) -> Callable[[Any], FilledAnswers]:
    """Return what makes filled-in answers of what was typed, with files of a folder; the form is made ready once."""
    checker = AnswerChecker(form.form, form)
    return lambda typed: FilledAnswers(checker, typed, folder)


class FilledFile(FilledAnswers):
    """A form that was filled in as one file.

    `apart` names what the file holds beside the form: what an act's entry states. `beside` is that, as it was typed.
    """

    def __init__(
        self, form: RoundForm, file: Path, apart: frozenset[str] = frozenset(), folder: Path | None = None
    ) -> None:
        """Read the file; paths are relative to its folder, or to the one given. Raises Refused unreadable."""
        answered = read_typed(file)
        typed = answered if isinstance(answered, dict) else {}
        self.beside: dict[str, Any] = {name: typed.pop(name) for name in apart & typed.keys()}
        super().__init__(AnswerChecker(form.form, form), answered, folder or file.parent)


def _code_of(fault: CommandFailed | Refused) -> str:
    return fault.code if fault.code == OUTSIDE else "file-unread"


async def hand_in(
    session: Session, form: RoundForm, file: Path, log: str, before: Answers | None = None
) -> Submission:
    """Store a filled-in form and return the version; in a mended one answers as `before` are not judged anew.

    Raises Refused answers-unfit once every fault is shown.
    """
    filled = FilledFile(form, file)
    faults = await check_registered(session, filled)
    if faults and before is not None and isinstance(filled.answers, dict):
        found_before = AnswerChecker(form.form, form).check(before)
        faults = [*leave_accepted_out(form.form, faults, before, filled.answers, found_before)]
    refuse_faults(session, form, faults)
    return await filled.store(session, log)


async def check_registered(session: Session, filled: FilledAnswers) -> list[AnswerFault]:
    """Return every fault of what was filled in, those against the register of units among them."""
    faults, subject = filled.check(), await session.subject()
    return [*faults, *await find_not_registered(session.reads, subject, filled.form, filled.answers)]


def refuse_faults(session: Session, form: RoundForm, faults: list[AnswerFault]) -> None:
    """Show every fault with its place and what to do. Raises Refused answers-unfit when there are any."""
    if not faults:
        return
    lang = session.out.lang
    rows = [
        {
            "path": fault.path,
            "label": label_of(form, fault.path, lang),
            "fault": fault.sentence(lang),
            "code": fault.code,
        }
        for fault in faults
    ]
    session.out.rows("faults", ("path", "label", "fault", "code"), rows)
    session.out.finish()
    raise Refused(
        "answers-unfit",
        count=str(len(faults)),
        faults=", ".join(fault.for_record for fault in faults[:FAULTS_NAMED]),
    )


def label_of(form: RoundForm, path: str, lang: str) -> str:
    """Return what the form calls the field at a place, or the rules the criterion of a score."""
    scored = next((item for item in form.criteria if path == f"scores.{item.code}"), None)
    if scored is not None:
        return str(getattr(scored, lang))
    field = form.form.by_code.get(path.partition(".")[0].partition("[")[0])
    return "" if field is None else str(getattr(field, lang))
