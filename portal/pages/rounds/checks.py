"""The desk of the legality check: what waits there, filtered and sorted by address, and marks for several at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.acts.bundles import AT_MOST
from portal.faults import Fault
from portal.forms.drafts import open_draft
from portal.forms.typed import Draft, Typed, write_draft
from portal.pages.rounds.checking import (
    ACT,
    DESK,
    DIGITS,
    KINDS,
    MARK,
    PATH as TOGETHER,
    TYPED,
    is_version,
    place_of_draft,
)
from portal.routing import show, take, text_of
from portal.shown.listing import Columns, Listing, cut
from portal.shown.names import name_listed
from portal.visit import Visit
from reading.desk.models import InCheck

LATE = "late"
ALL = "all"
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """An application that waits in the check; `late` is LATE for one whose time is over, else empty."""

    item: InCheck
    late: str

    @property
    def number(self) -> str:
        """The application's number."""
        return self.item.row.number


COLUMNS: Columns[Row] = Columns(
    sorts={
        "since": lambda row: row.item.since,
        "until": lambda row: row.item.until or NEVER,
        "number": lambda row: row.number,
        "centre": lambda row: row.item.row.name_en or row.item.row.name_zh,
    },
    filters={
        "stage": lambda row: row.item.row.stage,
        "field": lambda row: row.item.row.field,
        "region": lambda row: row.item.row.region,
        "unit": lambda row: row.item.row.unit or "",
        "late": lambda row: row.late,
    },
    words=lambda row: (
        row.number,
        row.item.row.name_en,
        row.item.row.name_zh,
        row.item.row.host,
        row.item.row.host_en,
        row.item.row.host_zh,
    ),
)


async def show_checks(visit: Visit) -> Response:
    """Show to an officer of the round what waits in its check."""
    return await _show(visit, await _list(visit), ())


async def take_marks(visit: Visit, form: FormData) -> Response:
    """Keep which applications were marked for what, and lead to where that is filled in and tried."""
    listing = await _list(visit)
    kind = text_of(form, "do", 20)
    if kind not in KINDS:
        raise Fault("form-unfit")
    marks = _read_marks(listing, form)
    if not marks:
        return await _show(visit, listing, [("marks", visit.say("checks.nothing-marked"))], status=422)
    if len(marks) > AT_MOST:
        sentence = visit.say("checks.too-many", limit=AT_MOST, count=len(marks))
        return await _show(visit, listing, [("marks", sentence)], status=422)
    round_id = visit.request.path_params["round"]
    place = place_of_draft(round_id)
    before, version = await open_draft(visit, place)
    typed = {f"{MARK}{number}": (str(revision),) for number, revision in marks.items()}
    body = write_draft(Draft("", {**typed, ACT: (kind,), **_keep(before, kind)}))
    if await visit.reach.work.save_draft(visit.signed_in, place, version, body) is None:
        raise Fault("form-outdated", 409)
    return visit.lead(TOGETHER.format(round=round_id))


def _keep(before: Typed | None, kind: str) -> dict[str, tuple[str, ...]]:
    """Return what was typed before for the same act, which another choice of applications does not undo."""
    if before is None or before.get(ACT) != (kind,):
        return {}
    return {name: values for name, values in before.items() if name.startswith(TYPED)}


def _read_marks(listing: Listing[Row], form: FormData) -> dict[str, int]:
    """Return the marked applications with the versions that the page showed, or all that were found."""
    shown = {row.number: row.item.row.revision for row in listing.found}
    if text_of(form, ALL, 5):
        return shown
    found = {}
    for number in shown:
        seen = text_of(form, f"{MARK}{number}", DIGITS)
        if is_version(seen):
            found[number] = int(seen)
    return found


async def _list(visit: Visit) -> Listing[Row]:
    waiting = await visit.reads.checks.list_waiting(visit.subject, visit.request.path_params["round"])
    now = datetime.now(UTC)
    rows = [Row(item, LATE if item.until is not None and item.until <= now else "") for item in waiting]
    return cut(visit.request.url.path, visit.request.query_params, rows, COLUMNS)


async def _show(
    visit: Visit, listing: Listing[Row], faults: Sequence[tuple[str, str]], *, status: int = 200
) -> Response:
    round_id = visit.request.path_params["round"]
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    context = {
        "round": round_id,
        "names": names,
        "listing": listing,
        "any": bool(listing.found or listing.asked),
        "kinds": KINDS,
        "faults": faults,
        "here": listing.address(page=listing.page if listing.page > 1 else ""),
        "named": name_listed(names, visit.language),
    }
    return visit.render("rounds/checks.html", context, status=status, zone=names.words.zone)


ROUTES = (show(DESK, show_checks), take(DESK, take_marks))
