"""What was signed of each log: for witnesses, auditors, and everyone who keeps one. Nobody has to sign in."""

from starlette.responses import Response

from portal.faults import Fault
from portal.routing import show
from portal.shown.downloads import attach_as, name_file
from portal.shown.listing import Columns, cut
from portal.visit import Visit
from reading.errors import Hidden
from reading.public import StoredCheckpoint

PATH = "/checkpoints"
LATEST = 1_000
"""Checkpoints that are looked through, as the command line has it."""
COLUMNS: Columns[StoredCheckpoint] = Columns(
    sorts={"size": lambda row: (row.log, row.size)},
    filters={"log": lambda row: row.log},
    words=lambda row: (row.log, str(row.size), row.root.hex()),
)


async def list_checkpoints(visit: Visit) -> Response:
    """Show what was signed, the latest first."""
    found, known = await visit.reads.public.list_checkpoints(limit=LATEST), await _find_known(visit)
    if known is not None:
        found = tuple(row for row in found if row.log in known)
    latest_first = sorted(found, key=lambda row: row.at, reverse=True)
    listing = cut(PATH, visit.request.query_params, latest_first, COLUMNS)
    titles = {item.round: item.names.title for item in await visit.reads.public.list_rounds()}
    return visit.render("check/checkpoints.html", {"listing": listing, "titles": titles})


async def fetch_checkpoint(visit: Visit) -> Response:
    """Send a checkpoint with its cosignatures as a signed note. Raises Fault or Hidden for one that there is not."""
    log, size = visit.request.path_params["log"], visit.request.path_params["size"]
    if not (size.isascii() and size.isdigit() and len(size) < 16):
        raise Fault("no-page", 404)
    known = await _find_known(visit)
    if known is not None and log not in known:
        raise Hidden
    found = await visit.reads.public.get_checkpoint(log, int(size))
    return attach_as(
        found.cosigned_note.encoded.encode(), name_file(f"{log}-{size}", "checkpoint"), "text/plain"
    )


async def _find_known(visit: Visit) -> frozenset[str] | None:
    """Return the logs that a visitor without a sign-in may know of; None for who is signed in.

    A round without rules has a log once somebody tried to open it and was refused: its name is that of one to come.
    """
    return await visit.reads.public.list_open_logs() if visit.who is None else None


ROUTES = (
    show(PATH, list_checkpoints, public=True),
    show(PATH + "/{log}/{size}", fetch_checkpoint, public=True),
)
