"""What the visitor did: their acts, the receipt of each, and the file that proves it to anyone."""

from dataclasses import dataclass

from starlette.responses import Response

from portal.acts.telling import tell_refused
from portal.acts.under_way import list_under_way
from portal.acts.zones import find_zone
from portal.routing import show
from portal.shown.downloads import attach_as
from portal.shown.listing import Columns, cut
from portal.visit import Visit
from reading.receipts import OwnAct
from selection.timeline.events import name_act
from starter.papers.material import SUBMITTED

PATH = "/receipts"
LATEST = 1_000
"""Acts that are listed at most."""
PROOF_END = ".tlog-proof"


@dataclass(frozen=True)
class Row:
    """An act as the list shows it: `place` leads to its application, `open` to its round; one of them or none."""

    act: OwnAct
    what: str
    round: str
    place: str
    open: str


COLUMNS: Columns[Row] = Columns(
    sorts={"since": lambda row: row.act.receipt.at, "what": lambda row: row.what},
    filters={"round": lambda row: row.round, "kind": lambda row: row.act.kind},
    words=lambda row: (
        row.what,
        row.act.receipt.stream,
        row.act.receipt.command_id,
        row.act.receipt.leaf_hash,
    ),
)


async def list_acts(visit: Visit) -> Response:
    """Show the visitor's latest acts, and before them what is not answered yet."""
    acts = await visit.reads.receipts.list_acts(visit.subject, LATEST)
    rows = [_row(act, visit.language) for act in acts]
    listing = cut(PATH, visit.request.query_params, rows, COLUMNS)
    zones = {row.round: await find_zone(visit, row.round) for row in listing.rows}
    named = {row.act.kind: row.what for row in rows}
    context = {
        "listing": listing,
        "zones": zones,
        "named": named,
        "any": bool(acts),
        "latest": LATEST,
        "full": len(acts) == LATEST,
        "under_way": await list_under_way(visit),
    }
    return visit.render("receipts/list.html", context)


async def show_receipt(visit: Visit) -> Response:
    """Show the receipt of an act, or why it was refused."""
    found = await visit.reads.receipts.get(visit.subject, visit.request.path_params["id"])
    zone = await find_zone(visit, found.receipt.log)
    refusal = found.refused
    context = {
        "receipt": found.receipt,
        "what": name_act(found.kind, visit.language),
        "place": _place_of(found.receipt.stream),
        "was_refused": refusal is not None,
        "refused": await tell_refused(visit, found.receipt.stream, refusal, zone) if refusal else "",
        "printed": found.kind in SUBMITTED,
    }
    return visit.render("receipts/one.html", context, zone=zone)


async def fetch_proof(visit: Visit) -> Response:
    """Send the file that proves an act."""
    proof = await visit.reads.receipts.prove(visit.subject, visit.request.path_params["id"])
    return attach_as(proof.encoded.encode(), f"receipt{PROOF_END}", "application/octet-stream")


def _row(act: OwnAct, language: str) -> Row:
    stream = act.receipt.stream
    opened = act.receipt.log if stream.startswith("round/") else ""
    return Row(act, name_act(act.kind, language), act.receipt.log, _place_of(stream), opened)


def _place_of(stream: str) -> str:
    kind, _, place = stream.partition("/")
    return place if kind == "application" else ""


ROUTES = (
    show(PATH, list_acts),
    show(PATH + "/{id:path}", show_receipt),
    show("/proofs/{id:path}", fetch_proof),
)
