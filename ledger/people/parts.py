"""In what people have a part: posts of rounds, applications that may still go on, tasks that wait for them."""

from collections.abc import AsyncIterator, Iterable

from ledger.log.reading import Reading
from selection.projections.rows import ApplicationRow
from selection.projections.taking_part import list_in_office, list_taking_part, serves
from selection.round.state import RoundState
from selection.streams import ROUND, application_stream, round_stream

BY_TWO = 2
"""So many administrators sign that somebody becomes one."""


class Parts:
    """Reads in which streams something rests on people."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def find_duties(self, person: str) -> tuple[str, ...]:
        """Return the streams in which something still rests on a person, in order.

        A task of theirs waits, they take part in an application that may still go on, or they are sealed as staff or
        approver of a round that has not ended.
        """
        found = {task.stream for task in await self._reading.open_tasks(person=person)}
        async for around in self._rounds():
            found.update([stream async for stream, _ in self._find_in(around, [person])])
        return tuple(sorted(found))

    async def find_beside(self, signer: str, people: Iterable[str]) -> tuple[str, ...]:
        """Return those of these people on whom something rests in a round in which `signer` serves, in order."""
        others, found = sorted({*people} - {signer}), set[str]()
        async for around in self._rounds():
            if not serves(signer, around):
                continue
            tasks = await self._reading.open_tasks(round_=around.round)
            found.update(task.person for task in tasks if task.person in others)
            found.update([person async for _, person in self._find_in(around, others)])
        return tuple(sorted(found))

    async def find_apart(self, signer: str, admins: Iterable[str]) -> bool:
        """Tell whether somebody serves in a round that runs, in which two of these administrators do not."""
        others = {*admins} - {signer}
        async for around in self._rounds():
            if around.ended or not serves(signer, around):
                continue
            if sum(not serves(person, around) for person in others) >= BY_TWO:
                return True
        return False

    async def _rounds(self) -> AsyncIterator[RoundState]:
        for listed in await self._reading.rounds():
            snapshot = await self._reading.snapshot(round_stream(listed["round"]))
            assert snapshot is not None
            yield ROUND.load(snapshot.state)

    async def _find_in(self, around: RoundState, people: list[str]) -> AsyncIterator[tuple[str, str]]:
        """Yield in which streams of a round who of these people has a part."""
        if not around.ended:
            for person in list_in_office(around).intersection(people):
                yield round_stream(around.round), person
        for stored in await self._reading.applications(around.round):
            row = ApplicationRow.model_validate(stored)
            for person in list_taking_part(people, row, around):
                yield application_stream(around.round, row.number), person
