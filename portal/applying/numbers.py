"""Numbers of new applications: each is taken before anything is signed, so that they are bounded."""

from collections.abc import Collection, Iterable

from portal.acts.bundles import AT_MOST
from portal.faults import Fault
from portal.visit import Visit
from reading.applications import NumberedAct

UNUSED_AT_MOST = AT_MOST + 20
"""Numbers of a round that a person may have in pages while nothing came to them [D]: those of one table, and some."""


async def require_numbers(visit: Visit, round_id: str, command_ids: Collection[str]) -> None:
    """Raise Fault for who would have too many numbers to which nothing came, with those that these acts take."""
    numbered = await visit.reads.applications.list_numbered(visit.subject, round_id, "")
    if not are_left(numbered, command_ids, UNUSED_AT_MOST):
        raise Fault("numbers-unused", 409)


def are_left(numbered: Iterable[NumberedAct], command_ids: Collection[str], most: int) -> bool:
    """Tell whether one who has these numbers may have others for these acts; an act that has its number takes none."""
    known = {act.begun_by: act for act in numbered}
    more = {one for one in command_ids if one not in known}
    return not more or sum(not act.type for act in known.values()) + len(more) <= most
