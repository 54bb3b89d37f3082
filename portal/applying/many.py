"""Many applications of one person from one table: the draft of them, the files that were sent, the rows as read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pydantic import Field, TypeAdapter, ValidationError

from portal.applying.draft import LIMIT
from portal.applying.filling import open_round
from portal.applying.many_rows import FilesOfTable, RowAnswers, SentFile
from portal.faults import Fault
from portal.visit import Visit
from reading.access.uploads import PIECE
from reading.models import RoundForm
from selection.forms.checking import AnswerChecker
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen, JsonObject
from selection.wording.round_words import RoundWords
from starter.imports.form_rows import TypedApplication

ROWS_AT_MOST = 20 * 1024 * 1024
"""Bytes of rows as they are kept, like those of any upload."""


class KeptRow(Frozen):
    """A row as it was read: its row id, its number in the first sheet, and what was typed."""

    key: str
    number: int
    typed: JsonObject

    @property
    def item(self) -> TypedApplication:
        """The same as the table had it; at which cells it stood is not kept."""
        return TypedApplication(self.key, self.number, self.typed, {})


_ROWS = TypeAdapter(tuple[KeptRow, ...])


class ManyDraft(Frozen):
    """What was sent so far: files by the names that cells call them by, and the upload in which the rows are kept.

    `form` is the version of the form that the rows were read for; `new_versions` says that rows which changed are to
    be handed in as new versions.
    """

    form: str = ""
    rows: str = ""
    new_versions: bool = False
    files: dict[str, SentFile] = Field(default_factory=dict)


@dataclass(frozen=True)
class Many:
    """What somebody is handing in from a table: the round's form, the draft with its version, and the rows in it."""

    round: str
    form: RoundForm
    until: Instant
    words: RoundWords
    draft: ManyDraft
    version: int
    rows: tuple[KeptRow, ...] = ()

    @property
    def address(self) -> str:
        """The address of its page."""
        return f"/rounds/{self.round}/apply-many"

    @property
    def place(self) -> str:
        """Where its draft is kept."""
        return place_of(self.round)

    @property
    def outdated(self) -> bool:
        """Whether the rows were read for another version of the form than counts now."""
        return bool(self.draft.rows) and self.draft.form != self.form.form.version

    def fill(self, rows: Sequence[KeptRow]) -> Iterator[RowAnswers]:
        """Yield the answers of some of the rows, one at a time; that a name means two files is seen over all."""
        checker = AnswerChecker(self.form.form, self.form)
        files = FilesOfTable(self.form.form, self.draft.files, [row.typed for row in self.rows])
        for row in rows:
            yield RowAnswers(checker, row.typed, files)


def place_of(round_id: str) -> str:
    """Return where the draft of many applications is kept."""
    return f"apply-many {round_id}"


async def open_many(visit: Visit) -> Many:
    """Return what the visitor has begun in the round of the address. Raises Fault to who cannot apply in it now."""
    round_id = visit.request.path_params["round"]
    form, until, words = await open_round(visit)
    kept = await visit.reach.work.read_draft(visit.signed_in, place_of(round_id))
    draft = ManyDraft() if kept is None else ManyDraft.model_validate_json(kept.body)
    many = Many(round_id, form, until, words, draft, kept.version if kept else 0)
    return replace(many, rows=await _read_rows(visit, many))


async def save_many(visit: Visit, many: Many, seen: int, draft: ManyDraft) -> Many | None:
    """Keep a draft over the version that was seen; None where another stands there. Raises Fault for too much."""
    body = draft.model_dump_json()
    if len(body.encode()) > LIMIT:
        raise Fault("too-large", 413)
    version = await visit.reach.work.save_draft(visit.signed_in, many.place, seen, body)
    return None if version is None else replace(many, draft=draft, version=version)


async def keep_rows(visit: Visit, many: Many, items: Sequence[TypedApplication]) -> str:
    """Keep rows in the place of those before, for three days, and return by what they are found again.

    Raises Fault for more than may be kept.
    """
    body = _ROWS.dump_json(
        tuple(KeptRow(key=item.key, number=item.number, typed=dict(item.typed)) for item in items)
    )
    if len(body) > ROWS_AT_MOST:
        raise Fault("too-large", 413)
    uploads = visit.reach.uploads
    made = await uploads.begin(visit.signed_in, many.address, "rows", len(body))
    if made is None:
        raise Fault("uploads-full", 503)
    for part, at in enumerate(range(0, len(body), PIECE)):
        if not await uploads.add(visit.signed_in, made, part, body[at : at + PIECE]):
            # Another window sends a table at the same moment: its rows are there by now.
            raise Fault("form-outdated", 409)
    return made


async def discard(visit: Visit, many: Many) -> None:
    """Throw away what was sent; files that were stored count for nothing, as nothing names them."""
    if many.draft.rows:
        await visit.reach.uploads.drop(visit.signed_in, many.draft.rows)
    await visit.reach.work.drop_draft(visit.signed_in, many.place, many.version)


async def _read_rows(visit: Visit, many: Many) -> tuple[KeptRow, ...]:
    """Return the rows of the draft; none where they were kept for too long, or for another version of the form."""
    if not many.draft.rows or many.outdated:
        return ()
    uploads = visit.reach.uploads
    begun = await uploads.find(visit.signed_in, many.draft.rows)
    if begun is None or not begun.whole:
        return ()
    pieces = [await uploads.read(visit.signed_in, begun.id, part) for part in range(-(-begun.size // PIECE))]
    try:
        return _ROWS.validate_json(b"".join(piece for piece in pieces if piece is not None))
    except ValidationError:
        return ()
