"""Refused letters as an officer finds them: through the visibility table, and in words."""

from collections.abc import Sequence
from typing import Any

from ledger.letters.undelivered import LetterFate
from reading.errors import Hidden
from selection.kernel.actor import Role
from selection.letters.rendering import render
from selection.refusals.refused import Refused
from selection.visibility.reading import view_entry
from selection.visibility.viewer import Standing
from starter.cli.options import Language
from starter.cli.session import Session
from starter.cli.visible import ViewedStream, view_stream

REFUSED = "refused"
ANSWERED = "the mail server answered "
CHINESE = {
    "the registered address cannot be written into a mail": "登记的邮箱地址无法用于邮件",
    "the mail server cannot take this address": "邮件服务器不支持该邮箱地址",
    "the person was erased": "该人员已清除",
    "no mail address is registered": "未登记邮箱地址",
    "nobody is registered under this id": "该编号未登记",
}
"""Why a letter was refused: what the courier wrote down -> Chinese."""


class Letters:
    """The refused letters that the acting person may see: as staff of what sent them, and of that entry too."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._views: dict[str, ViewedStream] = {}

    async def list_waiting(self, round_id: str | None) -> list[LetterFate]:
        """Return those that nobody has settled, of a round or of all. Raises Refused unknown-person."""
        await self._session.fact()
        found = await self._session.ledger.undelivered.list_refused(round_id)
        return [letter for letter in found if await self._shows(letter)]

    async def to_settle(self, ids: Sequence[int], *, resend: bool) -> list[LetterFate]:
        """Return these letters for an officer who is about to settle them.

        Raises Hidden for one that the person may not see, and Refused unless the person is an
        officer of it and it can be settled so. Whether it still waits is not asked of an act that is repeated.
        """
        await self._session.fact()
        found = await self._session.ledger.undelivered.letters(ids)
        again = await self._session.ledger.reading.receipts(self._session.options.command_id)
        for number in ids:
            letter = found.get(number)
            if letter is None or not await self._shows(letter):
                raise Hidden
            if Standing.OFFICER not in (await self._view(letter)).viewer.standings:
                raise Refused("not-entitled", roles=Role.OFFICER.value)
            if letter.state != REFUSED and not again:
                raise await self.refuse_not_waiting(number)
            if resend and letter.to in self._session.out.erased:
                raise Refused("addressee-erased", letter=str(number))
        return [found[number] for number in ids]

    async def refuse_not_waiting(self, letter: int) -> Refused:
        """Return the refusal to settle a letter that was settled before, or never waited."""
        version = await self._session.ledger.undelivered.find_settled(letter)
        if version is None:
            return Refused("letter-not-refused", letter=str(letter))
        return Refused("already-done", stream="installation", version=str(version))

    async def _shows(self, letter: LetterFate) -> bool:
        view = await self._view(letter)
        if not view.viewer.is_staff:
            return False
        entries = await self._session.ledger.reading.stream_entries(letter.stream, letter.version - 1)
        return view_entry(entries[0].leaf, view.viewer, view.state) is not None

    async def _view(self, letter: LetterFate) -> ViewedStream:
        if letter.stream not in self._views:
            self._views[letter.stream] = await view_stream(self._session, letter.stream)
        return self._views[letter.stream]


def row_of(letter: LetterFate, lang: Language) -> dict[str, Any]:
    """Return a letter as lists show it: never its body, nor any address."""
    subject, _ = render(letter.template, letter.params, lang)
    return {
        "id": letter.id,
        "application": letter.stream.partition("/")[2],
        "person": letter.to,
        "subject": subject,
        "since": letter.since,
        "found": name_answer(letter.found, lang),
        "anew": letter.anew is not None,
        "template": letter.template,
        "message_id": letter.message_id,
    }


def name_answer(found: str, lang: Language) -> str:
    """Return why a letter was refused, in a language."""
    if lang != "zh":
        return found
    if found.startswith(ANSWERED):
        return f"邮件服务器答复 {found.removeprefix(ANSWERED)}"
    return CHINESE.get(found, found)
