"""What happened in a round, and who read what is confidential in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from starlette.responses import Response

from portal.acts.moments import tell_entries
from portal.faults import Fault
from portal.pages.audit.shared import show_page
from portal.people import call_all, call_people
from portal.places import name_place
from portal.routing import show
from portal.shown.listing import Columns, cut
from portal.visit import Visit
from reading.access.kinds import WORDS as KINDS
from reading.notes import NotedRead
from selection.streams import round_stream
from selection.timeline.events import Moment
from selection.visibility.viewer import OVERSEEING

READS_AT_MOST = 1_000
"""Reads that a page looks through, the latest of those that are asked for [D]."""
ID_AT_MOST = 100
"""Characters of a person's id, as the log of reads has it."""


@dataclass(frozen=True)
class EntryInWords:
    """An entry of a round, in words, and its place in the log."""

    seq: int
    moment: Moment


HAPPENED: Columns[EntryInWords] = Columns(
    sorts={"latest": lambda row: -row.seq},
    filters={"role": lambda row: row.moment.role},
    words=lambda row: (row.moment.what, row.moment.who, row.moment.role, row.moment.why),
)
READS: Columns[NotedRead] = Columns(
    sorts={"oldest": lambda row: row.id, "person": lambda row: row.person},
    filters={},
    words=lambda row: (row.person, row.target, row.item, *KINDS.get(row.what, ())),
)


async def show_timeline(visit: Visit) -> Response:
    """Show what the round's own stream recorded, as far as it shows to who oversees the round."""
    round_id = visit.request.path_params["round"]
    if OVERSEEING.isdisjoint(await visit.reads.rounds.get_standings(visit.subject, round_id)):
        raise Fault("hidden", 404)
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    entries = await visit.reads.rounds.list_entries(visit.subject, round_id)
    called = await call_all(visit, round_stream(round_id), entries)
    moments = tell_entries(entries, visit.language, names, called)
    rows = [EntryInWords(item.seq, moment) for item, moment in zip(entries, moments, strict=True)]
    listing = cut(visit.request.url.path, visit.request.query_params, rows, HAPPENED)
    return await show_page(visit, "audits/timeline.html", {"listing": listing})


async def list_reads(visit: Visit) -> Response:
    """Show who read what, to those who watch over the readers. Raises Hidden for everybody else.

    Whose reads, of what and before which is asked of the log itself: however much somebody reads since, what is
    earlier is found.
    """
    round_id, asked = visit.request.path_params["round"], read_asked(visit.request.query_params)
    found = await visit.reads.noted.list_of_round(
        visit.subject,
        round_id,
        person=asked.get("person"),
        what=asked.get("what"),
        before=int(asked["before"]) if "before" in asked else None,
        limit=READS_AT_MOST,
    )
    listing = cut(visit.request.url.path, visit.request.query_params, found.reads, READS)
    named = (row.person for row in found.reads)
    names = await visit.reads.rounds.get_names(visit.subject, round_id)
    context = {
        "called": await call_people(visit, round_stream(round_id), named, apart=False),
        "listing": replace(listing, asked={**asked, **listing.asked}),
        "kinds": tuple(KINDS),
        "kind": _name_kinds(visit),
        "earlier": found.earlier,
        "most": READS_AT_MOST,
        "own": round_stream(round_id),
        "tell_place": lambda stream: name_place(stream, names, visit.language)[0],
    }
    return await show_page(visit, "audits/reads.html", context)


def read_asked(words: Mapping[str, str]) -> dict[str, str]:
    """Return what an address asks the log of reads for; what nobody can be called or nothing is counts as not asked."""
    person, what, before = (words.get(name, "").strip()[:ID_AT_MOST] for name in ("person", "what", "before"))
    asked = {
        "person": person if person.isprintable() else "",
        "what": what if what in KINDS else "",
        "before": before if before.isascii() and before.isdigit() and len(before) < 19 else "",
    }
    return {name: value for name, value in asked.items() if value}


def _name_kinds(visit: Visit) -> Callable[[str], str]:
    return lambda code: KINDS[code][visit.language == "zh"] if code in KINDS else code


ROUTES = (show("/rounds/{round}/timeline", show_timeline), show("/rounds/{round}/reads", list_reads))
