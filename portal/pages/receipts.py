"""What the visitor did: their acts, the receipt of each, and the file that proves it to anyone."""

from dataclasses import dataclass

from starlette.responses import Response

from portal.acts.telling import tell_refused
from portal.acts.under_way import list_under_way
from portal.leaving import list_left
from portal.places import find_names, find_titles, name_place, tell_place
from portal.routing import show
from portal.shown.downloads import attach_as
from portal.shown.listing import Columns, cut
from portal.visit import Visit
from reading.models import RoundNames
from reading.receipts import OwnAct
from selection.kernel.zone import BEIJING
from selection.timeline.events import name_act
from starter.papers.material import SUBMITTED

PATH = "/receipts"
LATEST = 1_000
"""Acts that are listed at most."""
PROOF_END = ".tlog-proof"


@dataclass(frozen=True)
class Row:
    """An act as the list shows it: `place` leads to its application, `open` to its round; one of them or none.

    `on` is what it was done on, with what stands `beside` that.
    """

    act: OwnAct
    what: str
    round: str
    place: str
    open: str
    on: str
    beside: str


COLUMNS: Columns[Row] = Columns(
    sorts={"since": lambda row: row.act.receipt.at, "what": lambda row: row.what},
    filters={"round": lambda row: row.round, "kind": lambda row: row.act.kind},
    words=lambda row: (
        row.what,
        row.on,
        row.beside,
        row.act.receipt.stream,
        row.act.receipt.command_id,
        row.act.receipt.leaf_hash,
    ),
)


async def list_acts(visit: Visit) -> Response:
    """Show the visitor's latest acts, and before them what is not answered yet."""
    acts = await visit.reads.receipts.list_acts(visit.subject, LATEST)
    titles = await find_titles(visit, (act.receipt.log for act in acts))
    rows = [_row(act, titles.get(act.receipt.log), visit.language) for act in acts]
    listing = cut(PATH, visit.request.query_params, rows, COLUMNS)
    named = {row.act.kind: row.what for row in rows}
    context = {
        "listing": listing,
        "titles": {round_id: names.title for round_id, names in titles.items()},
        "zones": {round_id: names.words.zone for round_id, names in titles.items()},
        "named": named,
        "any": bool(acts),
        "latest": LATEST,
        "full": len(acts) == LATEST,
        "left_forms": await list_left(visit),
        "under_way": await list_under_way(visit),
    }
    return visit.render("receipts/list.html", context)


async def show_receipt(visit: Visit) -> Response:
    """Show the receipt of an act, or why it was refused."""
    found = await visit.reads.receipts.get(visit.subject, visit.request.path_params["id"])
    names = await find_names(visit, found.receipt.log)
    zone = names.words.zone if names is not None else BEIJING
    refusal = found.refused
    context = {
        "receipt": found.receipt,
        "what": name_act(found.kind, visit.language),
        "place": _place_of(found.receipt.stream),
        "on": tell_place(found.receipt.stream, names, visit.language),
        "was_refused": refusal is not None,
        "refused": await tell_refused(visit, found.receipt.stream, refusal, zone) if refusal else "",
        "printed": found.kind in SUBMITTED,
    }
    return visit.render("receipts/one.html", context, zone=zone)


async def fetch_proof(visit: Visit) -> Response:
    """Send the file that proves an act."""
    proof = await visit.reads.receipts.prove(visit.subject, visit.request.path_params["id"])
    return attach_as(proof.encoded.encode(), f"receipt{PROOF_END}", "application/octet-stream")


def _row(act: OwnAct, names: RoundNames | None, language: str) -> Row:
    stream = act.receipt.stream
    on, beside = name_place(stream, names, language)
    opened = act.receipt.log if stream.startswith("round/") else ""
    return Row(act, name_act(act.kind, language), act.receipt.log, _place_of(stream), opened, on, beside)


def _place_of(stream: str) -> str:
    kind, _, place = stream.partition("/")
    return place if kind == "application" else ""


ROUTES = (
    show(PATH, list_acts),
    show(PATH + "/{id:path}", show_receipt),
    show("/proofs/{id:path}", fetch_proof),
)
