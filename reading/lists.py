"""A unit's recommendation list, for those who act for the unit."""

from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.subject import Subject
from reading.applications import show_rows
from reading.desk.cases import list_shown
from reading.errors import Hidden
from reading.models import Opening, ShownApplication, ShownEntry
from reading.rounds import list_deadlines
from selection.kernel.actor import Role
from selection.kernel.model import Frozen, Instant
from selection.kernel.named import Named
from selection.kernel.stages import Stage
from selection.projections.rows import ListRow
from selection.recommendation.state import ListState, initial
from selection.rules.sections import Recommender
from selection.streams import recommender_stream, round_stream


class UnitList(Frozen):
    """A list as it stands: the numbers on it, best first, and how many may be; 0 before the first recommendation."""

    quota: int = 0
    listed: tuple[str, ...] = ()
    closed: bool = False


class ListedApplication(Frozen):
    """An application on a list: the version that was recommended, and what shows of it now."""

    number: str
    revision: int
    row: ShownApplication | None


class UnitBoard(Frozen):
    """What a unit's list is kept by: places and how many are left, what stands on it, best first, and what may.

    `until` is the deadline; `happened` tells of the list, the last first, with the reasons that were given.
    """

    unit: Named
    quota: int
    listed: tuple[ListedApplication, ...]
    open: tuple[ShownApplication, ...]
    closed: bool
    until: Instant | None
    happened: tuple[ShownEntry, ...]

    @property
    def remaining(self) -> int:
        """How many places are left."""
        return max(0, self.quota - len(self.listed))


class ListReads(Part):
    """What can be read of recommendation lists."""

    async def get_board(self, subject: Subject, round_id: str, unit: str) -> UnitBoard:
        """Return the list of a unit that the subject acts for, with all that it may recommend.

        Raises Hidden to others, and where the unit does not recommend in this round.
        """
        around = await self._source.look_at_round(subject, round_id)
        recommender = around.rules.recommender(unit) if around.rules is not None else None
        if recommender is None or around.rules is None or unit not in subject.get_units(Role.RECOMMENDER):
            raise Hidden
        rows, confidential = await show_rows(self._source, subject, around)
        if confidential:
            await self._source.note(subject, ReadKind.APPLICATIONS, round_stream(round_id))
        known = rows.by_number
        key = (_may_recommend, recommender.region)
        if key not in rows.cache:
            rows.cache[key] = [row for row in rows if _may_recommend(row, recommender)]
        state, happened = await self._read_list(subject, recommender_stream(round_id, unit))
        listed = {item.application for item in state.listed}
        deadlines = list_deadlines(around.state)
        return UnitBoard(
            unit=Named(code=unit, en=recommender.en, zh=recommender.zh),
            quota=around.rules.quota_of(unit),
            listed=tuple(
                ListedApplication(
                    number=item.application, revision=item.revision, row=known.get(item.application)
                )
                for item in state.listed
            ),
            open=tuple(row for row in rows.cache[key] if row.number not in listed),
            closed=state.closed,
            until=next((item.until for item in deadlines if item.deadline == "recommendation"), None),
            happened=happened,
        )

    async def _read_list(self, subject: Subject, stream: str) -> tuple[ListState, tuple[ShownEntry, ...]]:
        """Return a list and what shows of its entries, the last first; one that has not begun is empty."""
        try:
            look = await self._source.look(subject, stream)
        except Hidden:
            return initial(stream), ()
        entries = await list_shown(self._source.ledger, look)
        reasons = {entry.seq: _find_reason(entry) for entry in entries}
        bodies = await self._source.ledger.contents.bodies(
            [content for content in reasons.values() if content]
        )
        read = []
        for entry in reversed(entries):
            body = bodies.get(reasons[entry.seq])
            texts = () if body is None else (Opening(text=body.decode("utf-8", "replace")),)
            read.append(entry.with_(texts=texts))
        return look.state, tuple(read)

    async def get_own(self, subject: Subject, round_id: str, unit: str) -> UnitList:
        """Return the list of a unit that the subject acts for, empty before it has begun. Raises Hidden for others."""
        around = await self._source.look_at_round(subject, round_id)
        if unit not in subject.get_units(Role.RECOMMENDER):
            raise Hidden
        try:
            row = ListRow.model_validate(
                (await self._source.look(subject, recommender_stream(round_id, unit))).get_row()
            )
        except Hidden:
            return UnitList()
        # Not that of the list's last entry: the rules may have been amended since.
        quota = row.quota if around.rules is None else around.rules.quota_of(unit)
        return UnitList(quota=quota, listed=row.listed, closed=row.closed)


def _find_reason(entry: ShownEntry) -> str:
    """Return the content that says why, empty where none shows."""
    reason = entry.view["data"].get("reason")
    return str(reason["id"]) if isinstance(reason, dict) else ""


def _may_recommend(row: ShownApplication, unit: Recommender) -> bool:
    """Tell whether a unit may recommend an application: nobody does so far, and it is of the unit's region."""
    return row.stage == Stage.SUBMITTED.value and not row.unit and unit.region in (None, row.region)
