"""In which zone the times of an act are told."""

from portal.visit import Visit
from reading.errors import Hidden
from selection.kernel.zone import BEIJING, Zone
from selection.register.state import INSTALLATION


async def find_zone(visit: Visit, log: str) -> Zone:
    """Return the zone of the round that a log is of; Beijing's where there is none, or it does not show."""
    if log == INSTALLATION:
        return BEIJING
    try:
        return (await visit.reads.rounds.get_words(visit.subject, log)).zone
    except Hidden:
        return BEIJING
