"""What a row of a table of applications says, with its files among those that were sent to the page."""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from posixpath import normpath
from typing import Any

from portal.forms.typed import KeptFile
from portal.uploads.receiving import NAME, clean_name
from selection.forms.checking import AnswerChecker
from selection.forms.faults import AnswerFault
from selection.forms.form import Form
from selection.forms.json_text import Json
from selection.forms.raw_answers import list_files, read_raw
from selection.forms.reading import StoredFileFacts
from selection.kernel.model import Frozen, Ref
from starter.people.handing_in import find_faults

UNKNOWN = "0" * 64
"""The SHA-256 of what is named by its id alone, until it is looked up, as the command line has it."""
ID_LIMIT = 100
UNSENT, UNCLEAR = "file-unsent", "file-unclear"


class SentFile(Frozen):
    """A file that was sent for the rows of a table, and stored; it is kept under its name.

    `digest` is the SHA-256 of its bytes: by that a row is known again, with the command line too. `sha256` is that of
    its reference.
    """

    id: str
    sha256: str
    digest: str
    media_type: str
    size: int


def name_of(path: str) -> str:
    """Return by which name a file is found that a cell names by a path, or that a browser sends."""
    whole = clean_name(unicodedata.normalize("NFC", path), most=len(path))
    if len(whole) <= NAME:
        return whole
    # Of two that begin alike neither is the other.
    return f"{whole[: NAME - 9]}~{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


class FilesOfTable:
    """The files that were sent, by name, and those names that a table uses for several."""

    def __init__(self, form: Form, sent: Mapping[str, SentFile], rows: Iterable[Any]) -> None:
        self._sent = sent
        paths: dict[str, set[str]] = {}
        self.refs: set[str] = set()
        """The ids of what the rows name as stored before."""
        for row in rows:
            for _, written in list_files(form, row):
                if isinstance(written, dict) and (path := str(written.get("file", ""))):
                    paths.setdefault(name_of(path), set()).add(
                        normpath(unicodedata.normalize("NFC", path.replace("\\", "/")))
                    )
                elif isinstance(written, dict) and (content := str(written.get("ref", ""))[:ID_LIMIT]):
                    self.refs.add(content)
        self._unclear = {name for name, places in paths.items() if len(places) > 1}
        self.named = frozenset(paths)
        """The names of files that the rows use."""

    def find(self, path: str) -> SentFile | str:
        """Return the file that a cell names, or by a code why it is none."""
        name = name_of(path)
        if name in self._unclear:
            return UNCLEAR
        return self._sent.get(name, UNSENT)


class RowAnswers:
    """The answers of a row as they are handed in, with each file named by its bytes until its reference is asked for.

    `answers` are the same that the command line makes of this row, so that each knows what the other handed in.
    """

    def __init__(self, checker: AnswerChecker, typed: Any, files: FilesOfTable) -> None:
        self._checker, self._typed, self._files = checker, typed, files
        self._faults: list[AnswerFault] = []
        self._stored: dict[str, StoredFileFacts] = {}
        self.answers: Json = read_raw(checker.form, typed, self._name)

    @property
    def form(self) -> Form:
        """The form that was filled in."""
        return self._checker.form

    def check(self) -> list[AnswerFault]:
        """Return every fault. What was stored before is told by its id alone."""
        return [*find_faults(self._checker, self.answers, self._stored), *self._faults]

    def refer(self, before: Mapping[str, Ref]) -> tuple[Json, dict[str, KeptFile]]:
        """Return the answers with the references of their files, and what is known of these by their ids.

        `before` are those of what was stored before, by id; of others of these nothing but the id is named.
        """
        shown: dict[str, KeptFile] = {}

        def put(_: str, written: Any) -> Json:
            if (content := ref_in(written)) is not None:
                ref = before.get(content, Ref(id=content, sha256=UNKNOWN))
                return {"id": ref.id, "sha256": ref.sha256}
            path = str(written["file"])
            found = self._files.find(path)
            if isinstance(found, str):
                return {"id": found, "sha256": UNKNOWN}
            shown[found.id] = KeptFile(name_of(path), found.media_type, found.size, found.sha256)
            return {"id": found.id, "sha256": found.sha256}

        return read_raw(self.form, self._typed, put), shown

    def _name(self, path: str, written: Any) -> Json:
        content = ref_in(written)
        if content:
            return {"id": content, "sha256": UNKNOWN}
        found = UNSENT if content is not None else self._files.find(str(written["file"]))
        if isinstance(found, str):
            self._faults.append(AnswerFault(path, found))
            digest = hashlib.sha256(path.encode()).hexdigest()
        else:
            digest = found.digest
            self._stored[digest] = StoredFileFacts(found.media_type, found.size)
        return {"id": digest, "sha256": digest}


def ref_in(written: Any) -> str | None:
    """Return the id of what was stored before, None for a file that is named by its path."""
    return str(written["ref"])[:ID_LIMIT] if "ref" in written else None
