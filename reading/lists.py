"""A unit's recommendation list, for those who act for the unit."""

from reading.access.part import Part
from reading.access.subject import Subject
from reading.errors import Hidden
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.projections.rows import ListRow
from selection.streams import recommender_stream


class UnitList(Frozen):
    """A list as it stands: the numbers on it, best first, and how many may be; 0 before the first recommendation."""

    quota: int = 0
    listed: tuple[str, ...] = ()
    closed: bool = False


class ListReads(Part):
    """What can be read of recommendation lists."""

    async def get_own(self, subject: Subject, round_id: str, unit: str) -> UnitList:
        """Return the list of a unit that the subject acts for, empty before it has begun. Raises Hidden for others."""
        await self._source.look_at_round(subject, round_id)
        if unit not in subject.get_units(Role.RECOMMENDER):
            raise Hidden
        try:
            row = ListRow.model_validate(
                (await self._source.look(subject, recommender_stream(round_id, unit))).get_row()
            )
        except Hidden:
            return UnitList()
        return UnitList(quota=row.quota, listed=row.listed, closed=row.closed)
