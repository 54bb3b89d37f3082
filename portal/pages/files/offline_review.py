"""A review to take along: the application as a paper and the score sheet as a table, taken back into the draft."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from portal.acts.awaited_task import AwaitedTask, find_awaited
from portal.forms.attaching import has_files
from portal.forms.offline import ReadSheet, merge, read_sheet, write_sheet
from portal.forms.typed import Draft, write_draft
from portal.pages.reviews import PATH as REVIEW, TASK, place_of, read_kept
from portal.routing import show, take, text_of
from portal.shown.downloads import XLSX, attach
from portal.visit import Visit
from reading.models import RoundForm
from tables.grid import TableRefused
from tables.reading import read_table
from tables.sentences import describe_refusal

PATH = f"{REVIEW}/offline"
SHEET_PATH = f"{PATH}/sheet.xlsx"
LARGEST_SHEET = 4 * 1024 * 1024
"""Bytes of a sheet that is sent back, at most [D]."""
SHEET, INSTEAD = "sheet", "instead"


@dataclass(frozen=True)
class ReviewAway:
    """What a sheet is taken along from: the review that is awaited, its form, and the draft as far as it goes."""

    awaited: AwaitedTask
    form: RoundForm
    version: int
    draft: Draft

    @property
    def review(self) -> str:
        """Where the review is typed into the page."""
        return f"/reviews/{self.place}"

    @property
    def place(self) -> str:
        """The application, as its addresses call it."""
        return f"{self.awaited.round}/{self.awaited.number}"

    @property
    def is_moved(self) -> bool:
        """Whether the form was changed since the draft was typed: it is looked over in the page first."""
        return self.draft.form not in ("", self.form.form.version)


@dataclass(frozen=True)
class SheetNotes:
    """What the page says of a sheet that was not taken; `newer` is that the draft was changed since."""

    faults: Sequence[str] = field(default=())
    newer: bool = False


async def show_offline(visit: Visit) -> Response:
    """Show what can be taken along, and where it is given back."""
    taken = await _open(visit)
    return visit.lead(taken.review) if taken.is_moved else _show(visit, taken, SheetNotes())


async def fetch_sheet(visit: Visit) -> Response:
    """Send the score sheet, with what is typed so far."""
    taken = await _open(visit)
    if taken.is_moved:
        return visit.lead(taken.review)
    typed, version = taken.draft.typed, taken.version
    async with visit.portal.backend.tables.turn(visit.subject.person):
        body = await asyncio.to_thread(write_sheet, taken.place, taken.form, typed, version, visit.language)
    return attach(body, f"review-{taken.awaited.round}-{taken.awaited.number}", XLSX)


async def take_sheet(visit: Visit, form: FormData) -> Response:
    """Put what a sheet says into the draft, and lead to it; nothing of a sheet with a fault is kept.

    A draft that was changed since the sheet was taken along goes only where that is chosen; into one of an earlier form
    nothing is put.
    """
    taken = await _open(visit)
    if taken.is_moved:
        return _show(visit, taken, SheetNotes([visit.say("reviews.offline-moved")]), status=409)
    read = await _read(visit, taken, form)
    if isinstance(read, list):
        return _show(visit, taken, SheetNotes(read), status=422)
    newer = read.draft != taken.version
    if newer and text_of(form, INSTEAD, 10) != "yes":
        return _show(visit, taken, SheetNotes([visit.say("reviews.offline-newer")], newer=True), status=409)
    draft = Draft(taken.form.form.version, merge(taken.draft.typed, read.answers))
    saved = await visit.reach.work.save_draft(
        visit.signed_in, place_of(taken.awaited), taken.version, write_draft(draft)
    )
    if saved is None:
        return _show(visit, taken, SheetNotes([visit.say("reviews.offline-newer")], newer=True), status=409)
    return visit.lead(f"{taken.review}?saved=1")


async def _read(visit: Visit, taken: ReviewAway, form: FormData) -> ReadSheet | list[str]:
    sent = form.get(SHEET)
    if not isinstance(sent, UploadFile) or not sent.filename:
        return [visit.say("reviews.offline-none")]
    try:
        async with visit.portal.backend.tables.turn(visit.subject.person):
            grid = await read_table(await sent.read())
            return await asyncio.to_thread(
                read_sheet, grid, taken.place, taken.form, visit.language, taken.draft.typed
            )
    except TableRefused as refused:
        return [describe_refusal(refused.code, refused.params, int(visit.language == "zh"))]


async def _open(visit: Visit) -> ReviewAway:
    awaited = await find_awaited(visit, TASK)
    form = await visit.reads.forms.get_form(visit.subject, awaited.round, "review")
    return ReviewAway(awaited, form, *await read_kept(visit, awaited))


def _show(visit: Visit, taken: ReviewAway, notes: SheetNotes, *, status: int = 200) -> Response:
    context = {
        "taken": taken,
        "row": taken.awaited.view.row,
        "notes": notes,
        "files": has_files(taken.form.form),
        "linked": [(SHEET, fault) for fault in notes.faults],
    }
    return visit.render("reviews/offline.html", context, status=status, zone=taken.awaited.words.zone)


ROUTES = (
    show(PATH, show_offline),
    show(SHEET_PATH, fetch_sheet),
    take(PATH, take_sheet, largest=LARGEST_SHEET, files=1),
)
