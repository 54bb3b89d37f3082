"""The legality check for an officer: which applications wait in it, and which are like one of them."""

from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.source import Look
from reading.access.subject import Subject
from reading.applications import show_rows
from reading.desk.models import InCheck, Near, Similar
from reading.errors import Hidden
from reading.models import ShownApplication
from reading.rounds import list_deadlines
from selection.application.check.decide import likeness_of
from selection.kernel.stages import Stage
from selection.projections.similar import ComparedApplication, find_similar
from selection.streams import log_of, round_stream
from selection.visibility.viewer import Standing

IN_CHECK = {"check": Stage.CHECKING, "mend": Stage.MENDING}
"""By the kind of the task that waits, the stage of its application."""


class CheckReads(Part):
    """What officers of a round read of its check. Each raises Hidden to others."""

    async def list_waiting(self, subject: Subject, round_id: str) -> tuple[InCheck, ...]:
        """Return the applications that are checked or mended, those that have waited longest first."""
        look = await self._look(subject, round_id)
        rows, confidential = await show_rows(self._source, subject, look)
        waiting = await self._source.ledger.reading.tasks_of_kinds(round_id, IN_CHECK)
        deadlines = list_deadlines(look.state)
        due = next((item.until for item in deadlines if item.deadline == "check"), None)
        found = []
        for task in waiting:
            row = rows.by_number.get(task.stream.rpartition("/")[2])
            if row is not None and row.stage == IN_CHECK[task.kind].value:
                found.append(InCheck(row=row, since=task.since, until=task.until or due))
        if confidential:
            await self._source.note(subject, ReadKind.APPLICATIONS, round_stream(round_id))
        return tuple(sorted(found, key=lambda item: (item.since, item.row.number)))

    async def list_similar(self, subject: Subject, round_id: str, number: str) -> tuple[Similar, ...]:
        """Return the applications of the round that are like one, the likest first, each with what they share."""
        look = await self._look(subject, round_id)
        rows, confidential = await show_rows(self._source, subject, look)
        shown = rows.by_number
        if number not in shown:
            raise Hidden
        if confidential:
            await self._source.note(subject, ReadKind.APPLICATIONS, round_stream(round_id))
        compared = rows.cache.get(find_similar) or {row.number: _compare(row) for row in rows}
        rows.cache[find_similar] = compared
        found = find_similar(compared[number], compared.values())
        return tuple(Similar(row=shown[item.number], shared=item) for item in found)

    async def find_near(self, subject: Subject, stream: str) -> Near:
        """Return what an application comes near to, as far as its answers are there."""
        await self._look(subject, log_of(stream))
        look = await self._source.look(subject, stream)
        look.get_row()
        state, directions = look.state, look.rules.held_directions if look.rules else ()
        if state.submission is None:
            return Near()
        await self._source.note(subject, ReadKind.CONTENT, stream, state.submission.form.id)
        asked = likeness_of(state, state.submission, directions)
        found = await self._source.ledger.likeness.read(asked, log_of(stream))
        named = tuple(item for item in directions if item.code in found.directions)
        return Near(directions=named, twins=found.twins)

    async def _look(self, subject: Subject, round_id: str) -> Look:
        look = await self._source.look_at_round(subject, round_id)
        if Standing.OFFICER not in look.viewer.standings:
            raise Hidden
        return look


def _compare(row: ShownApplication) -> ComparedApplication:
    return ComparedApplication(**row.model_dump(include=set(ComparedApplication.model_fields)))
