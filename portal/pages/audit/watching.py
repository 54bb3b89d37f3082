"""What happened in a round, and who read what is confidential in it."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from portal.faults import Fault
from portal.pages.audit.shared import show_page
from portal.routing import show
from portal.shown.listing import Columns, cut
from portal.visit import Visit
from reading.access.kinds import WORDS as KINDS
from reading.noted import NotedRead
from selection.streams import round_stream
from selection.timeline.events import Moment, moment_of
from selection.visibility.viewer import OVERSEEING

READS_AT_MOST = 1_000
"""Reads that a page looks through, the latest [D]."""


@dataclass(frozen=True)
class Happened:
    """An entry of a round, in words, and its place in the log."""

    seq: int
    moment: Moment


HAPPENED: Columns[Happened] = Columns(
    sorts={"latest": lambda row: -row.seq},
    filters={"role": lambda row: row.moment.role},
    words=lambda row: (row.moment.what, row.moment.who, row.moment.role, row.moment.why),
)
READS: Columns[NotedRead] = Columns(
    sorts={"oldest": lambda row: row.id, "person": lambda row: row.person},
    filters={"person": lambda row: row.person, "what": lambda row: row.what},
    words=lambda row: (row.person, row.target, row.item, *KINDS.get(row.what, ())),
)


async def show_timeline(visit: Visit) -> Response:
    """Show what the round's own stream recorded, as far as it shows to who oversees the round."""
    round_id = visit.request.path_params["round"]
    if OVERSEEING.isdisjoint(await visit.reads.rounds.get_standings(visit.subject, round_id)):
        raise Fault("hidden", 404)
    words = await visit.reads.rounds.get_words(visit.subject, round_id)
    entries = await visit.reads.rounds.list_entries(visit.subject, round_id)
    rows = [Happened(entry.seq, moment_of(entry.view, visit.language, words)) for entry in entries]
    listing = cut(visit.request.url.path, visit.request.query_params, rows, HAPPENED)
    return await show_page(visit, "audits/timeline.html", {"listing": listing})


async def list_reads(visit: Visit) -> Response:
    """Show who read what, to those who watch over the readers. Raises Hidden for everybody else."""
    round_id = visit.request.path_params["round"]
    found = await visit.reads.noted.list_of_round(visit.subject, round_id, limit=READS_AT_MOST)
    context = {
        "listing": cut(visit.request.url.path, visit.request.query_params, found, READS),
        "kind": _name_kinds(visit),
        "full": len(found) == READS_AT_MOST,
        "most": READS_AT_MOST,
        "own": round_stream(round_id),
    }
    return await show_page(visit, "audits/reads.html", context)


def _name_kinds(visit: Visit) -> Callable[[str], str]:
    return lambda code: KINDS[code][visit.language == "zh"] if code in KINDS else code


ROUTES = (show("/rounds/{round}/timeline", show_timeline), show("/rounds/{round}/reads", list_reads))
