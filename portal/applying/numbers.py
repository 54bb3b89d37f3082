"""Numbers of new applications: each is taken before anything is signed, so that they are bounded."""

from collections.abc import Collection

from portal.acts.bundles import AT_MOST
from portal.faults import Fault
from portal.visit import Visit

UNUSED_AT_MOST = AT_MOST + 20
"""Numbers of a round that a person may have in pages while nothing came to them [D]: those of one table, and some."""


async def require_numbers(visit: Visit, round_id: str, command_ids: Collection[str]) -> None:
    """Raise Fault for who would have too many numbers to which nothing came, with those that these acts take."""
    numbered = await visit.reads.applications.list_numbered(visit.subject, round_id, "")
    unused = {act.begun_by for act in numbered if not act.type}
    if len(unused.union(command_ids) - {act.begun_by for act in numbered if act.type}) > UNUSED_AT_MOST:
        raise Fault("numbers-unused", 409)
