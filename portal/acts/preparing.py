"""From what was filled in to the page on which it is signed."""

from typing import NamedTuple

from starlette.responses import Response

from portal.acts.prepared import Line, PreparedAct
from portal.visit import Visit
from reading.models import ShownApplication
from selection.decision.envelope import ENVELOPE_LIMIT, Envelope, envelope_of
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen, Ref
from selection.kernel.proof import Assurance
from selection.refusals.refused import Refused
from selection.streams import log_of
from starter.client.client import new_command_id

FOR_SIGNATURES = 2_000
"""Bytes of an act that are left for its signatures, of which two take some 1,500 [D]."""


class Title(NamedTuple):
    """What an act is about, in English and Chinese."""

    en: str
    zh: str

    @classmethod
    def of(cls, row: ShownApplication) -> "Title":
        """Return what an application is called, as far as that shows."""
        return cls(row.name_en or row.name_zh or row.number, row.name_zh or row.name_en or row.number)


class DraftAt(NamedTuple):
    """The version of a draft that an act is made of, and where that draft is kept."""

    place: str = ""
    version: int = 0


NO_DRAFT = DraftAt()


class Draftsman:
    """Prepares one act of the visitor on a stream: stores its texts, and shows it to be signed."""

    def __init__(self, visit: Visit, stream: str, role: Role) -> None:
        self._visit = visit
        self._stream = stream
        self._role = role

    async def store_text(self, text: str) -> Ref:
        """Store a text of the visitor's with its salt; the same text is stored once."""
        client = await self._visit.portal.backend.client()
        return await client.store_text(text, person=self._visit.subject.person, log=log_of(self._stream))

    async def show(
        self,
        command: Frozen,
        lines: tuple[Line, ...],
        *,
        about: ShownApplication | Title,
        back: str,
        draft: DraftAt = NO_DRAFT,
        command_id: str = "",
        because: str = "",
    ) -> Response:
        """Keep the act for this person and session, and lead to the page on which it is signed.

        `because` is why, for the record; `command_id` is that of an act whose stream was made of it, or that brings
        something of its name. Raises Refused for one that is too large.
        """
        visit, client = self._visit, await self._visit.portal.backend.client()
        reason = await self.store_text(because) if because else None
        actor = Actor(person=visit.subject.person, role=self._role, reason=reason)
        act = envelope_of(self._stream, command, actor, command_id or new_command_id())
        if len(act.model_dump_json().encode()) + FOR_SIGNATURES > ENVELOPE_LIMIT:
            raise Refused("message-too-large", limit=str(ENVELOPE_LIMIT))
        title = about if isinstance(about, Title) else Title.of(about)
        prepared = PreparedAct(
            act=act,
            terms=await client.signing.state(act),
            lines=lines,
            back=back,
            draft=draft.place,
            draft_version=draft.version,
            title_en=title.en,
            title_zh=title.zh,
            two=await needs_two(visit, act),
        )
        await visit.reach.work.keep_act(visit.signed_in, act.command_id, prepared.model_dump_json())
        return visit.lead(path_of(act.command_id))


async def needs_two(visit: Visit, act: Envelope) -> bool:
    """Tell whether two must sign an act; on a local installation, where nobody signs, none must."""
    if await visit.reach.sessions.is_local():
        return False
    client = await visit.portal.backend.client()
    return await client.signing.level(act) is Assurance.SIGNED_BY_TWO


def path_of(command_id: str) -> str:
    """Return where an act is shown, signed and told of."""
    return f"/acts/{command_id}"
