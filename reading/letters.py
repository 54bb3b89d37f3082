"""Letters that a mail server refused, for the staff of what sent them."""

from collections.abc import Sequence

from ledger.letters.undelivered import LetterFate
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.source import Look
from reading.access.subject import Subject
from reading.errors import Hidden
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.streams import round_stream
from selection.visibility.reading import view_entry
from selection.visibility.viewer import Standing

REFUSED = "refused"


class LetterReads(Part):
    """What can be read of refused letters: by staff of the stream that sent them, to whom its entry shows as well."""

    async def list_waiting(self, subject: Subject, round_id: str | None = None) -> tuple[LetterFate, ...]:
        """Return those that nobody has settled, of a round or of all, oldest first."""
        looks: dict[str, Look] = {}
        refused = await self._source.ledger.undelivered.list_refused(round_id)
        found = tuple([letter for letter in refused if await self._shows(subject, letter, looks)])
        await self._note(subject, found)
        return found

    async def list_to_settle(
        self, subject: Subject, ids: Sequence[int], *, resend: bool, repeated: bool
    ) -> tuple[LetterFate, ...]:
        """Return these letters for an officer who is about to settle them; `repeated` if that act was done before.

        Raises Hidden, and Refused unless the subject is an officer of each and it can be settled so. Whether it
        still waits is not asked of an act that is repeated.
        """
        looks: dict[str, Look] = {}
        letters = await self._source.ledger.undelivered.letters(ids)
        erased = await self._source.ledger.people.list_erased()
        for number in ids:
            letter = letters.get(number)
            if letter is None or not await self._shows(subject, letter, looks):
                raise Hidden
            if Standing.OFFICER not in looks[letter.stream].viewer.standings:
                raise Refused("not-entitled", roles=Role.OFFICER.value)
            if letter.state != REFUSED and not repeated:
                raise await self._refuse(number)
            if resend and letter.to in erased:
                raise Refused("addressee-erased", letter=str(number))
        found = tuple(letters[number] for number in ids)
        await self._note(subject, found)
        return found

    async def _refuse(self, letter: int) -> Refused:
        """Return the refusal to settle a letter that was settled before, or never waited."""
        version = await self._source.ledger.undelivered.find_settled(letter)
        if version is None:
            return Refused("letter-not-refused", letter=str(letter))
        return Refused("already-done", stream="installation", version=str(version))

    async def _shows(self, subject: Subject, letter: LetterFate, looks: dict[str, Look]) -> bool:
        if letter.stream not in looks:
            looks[letter.stream] = await self._source.look(subject, letter.stream)
        look = looks[letter.stream]
        if not look.viewer.is_staff:
            return False
        entries = await self._source.ledger.reading.stream_entries(letter.stream, letter.version - 1)
        return view_entry(entries[0].leaf, look.viewer, look.state) is not None

    async def _note(self, subject: Subject, found: Sequence[LetterFate]) -> None:
        rounds = {letter.log for letter in found}
        if len(rounds) == 1:
            await self._source.note(subject, ReadKind.LETTERS, round_stream(rounds.pop()))
        elif rounds:
            await self._source.note(subject, ReadKind.LETTERS)
