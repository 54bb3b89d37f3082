"""The record as every read uses it: streams, each with what the subject is to it, and the log of reads."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger.log.receipts import Entry
from ledger.read_log import Read
from ledger.record import Ledger
from reading.access.authentication import check_subject
from reading.access.confidential import is_row_confidential
from reading.access.kinds import ReadKind
from reading.access.memory import Memory
from reading.access.subject import Subject
from reading.errors import Hidden
from selection.forms.changing.amendment import Amendment, RoundForms
from selection.projections.rows import row_of
from selection.refusals.refused import Refused
from selection.register.state import INSTALLATION
from selection.round.state import RoundState, rules_of
from selection.rules.model import RoundRules
from selection.streams import log_of, round_stream
from selection.visibility.reading import visible_row
from selection.visibility.viewer import OVERSEEING, Viewer, relation


@dataclass(frozen=True)
class Look:
    """A stream as it is now, and what the subject is to it; `rules` are the sealed ones of its round.

    `amended` are the forms of the round that changed since.
    """

    state: Any
    viewer: Viewer
    rules: RoundRules | None
    amended: tuple[Amendment, ...] = ()

    @property
    def forms(self) -> RoundForms:
        """The forms of the round. Raises Hidden where no rules are sealed."""
        if self.rules is None:
            raise Hidden
        return RoundForms(self.rules.forms, self.amended)

    @property
    def oversees(self) -> bool:
        """Tell whether the viewer sees the stream's work and not only what is published."""
        return not self.viewer.standings.isdisjoint(OVERSEEING)

    def get_row(self) -> dict[str, Any]:
        """Return the stream's row as far as it shows. Raises Hidden."""
        found = visible_row(row_of(self.state), self.viewer)
        if found is None:
            raise Hidden
        return found

    def is_row_confidential(self, shown: dict[str, Any]) -> bool:
        """Tell whether that is confidential."""
        return is_row_confidential(row_of(self.state), shown, self.viewer)


class Source:
    """The record behind the read service."""

    def __init__(self, ledger: Ledger, memory: Memory | None = None) -> None:
        self.ledger = ledger
        self.memory = memory or Memory(ledger.reading)

    async def check(self, subject: Subject) -> None:
        """See that a subject still is who they are, and holds what they held when let in. Raises Refused."""
        await self.check_now(subject)

    async def check_now(self, subject: Subject) -> None:
        """See the same as it is now, whatever was seen before. Raises Refused."""
        if await check_subject(self.ledger.keys, subject) != subject.fact:
            raise Refused("login-needed")

    async def state(self, stream: str) -> Any | None:
        """Return the folded state of a stream, or None before its first entry."""
        return (await self.memory.states([stream])).get(stream)

    async def entries(self, stream: str) -> list[Entry]:
        """Return everything that happened in a stream."""
        return await self.ledger.reading.stream_entries(stream)

    async def have(self, streams: Collection[str]) -> None:
        """Make ready for looking at these streams, where that saves anything."""

    async def rounds(self) -> dict[str, RoundState]:
        """Return all rounds, by stream in order, as whoever stands in for a post sees them too."""
        found = await self.show_rounds(await self.memory.rounds())
        self.keep(found)
        return found

    async def show_rounds(self, states: Mapping[str, RoundState]) -> dict[str, RoundState]:
        """Return rounds as whoever stands in for a post sees them too."""
        return {stream: await self._with_substitutes(state) for stream, state in states.items()}

    def keep(self, states: Mapping[str, Any]) -> None:
        """Take streams as they are now for read, where that saves anything."""

    async def look(self, subject: Subject, stream: str) -> Look:
        """Return a stream with what the subject is to it, which may be nothing. Raises Hidden for an unknown one."""
        await self.have((stream, round_stream(log_of(stream))))
        state = await self.state(stream)
        if state is None:
            raise Hidden
        if isinstance(state, RoundState):
            state = await self._with_substitutes(state)
        opened = state if isinstance(state, RoundState) else await self.find_round(log_of(stream))
        rules = rules_of(opened)
        amended = opened.amended if opened is not None else ()
        delegations = opened.delegations if opened is not None else ()
        viewer = relation(state, subject.person, subject.fact, rules, delegations)
        return Look(state, viewer, rules, amended)

    async def read_clock(self) -> datetime:
        """Return the record's own time."""
        return await self.ledger.keys.read_clock()

    async def find_round(self, round_id: str) -> RoundState | None:
        """Return a round; None if there is none."""
        found: RoundState | None = await self.state(round_stream(round_id))
        return None if found is None else await self._with_substitutes(found)

    async def _with_substitutes(self, state: RoundState) -> RoundState:
        """Return a round as whoever stands in for a post is to see it; the clock is asked only where there are any."""
        return state.with_substitutes(await self.read_clock()) if state.delegations else state

    async def look_at_round(self, subject: Subject, round_id: str) -> Look:
        """Return a round that shows to the subject, with what they are to it. Raises Hidden."""
        look = await self.look(subject, round_stream(round_id))
        look.get_row()
        return look

    async def note(
        self, subject: Subject, what: ReadKind, target: str = INSTALLATION, item: str = ""
    ) -> None:
        """Note a read of what is confidential, before it is shown: what can't be noted is not shown."""
        read = Read(
            person=subject.person,
            session=subject.session,
            means=subject.means,
            what=what,
            log=INSTALLATION if target == INSTALLATION else log_of(target),
            target=target,
            item=item,
        )
        await self._put(read)

    async def _put(self, read: Read) -> None:
        """Put a read into the log of reads. Raises what the record raises."""
        await self.ledger.read_log.note([read])
