"""What an act of a round would bring, decided by the core on what the record holds now; nothing is recorded.

Every method is refused as the act itself would be: Hidden for a round that does not show to the subject, Refused
as the core says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ledger.decision.batch_targets import targets_of
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.source import Look
from reading.access.subject import Subject
from reading.applications import show_rows
from reading.errors import Hidden
from reading.models import ShownApplication
from selection.application.reversing.commands import ReverseDecision
from selection.application.reversing.events import ReversalEntered
from selection.decision.aggregate import Event, event_of
from selection.decision.envelope import Envelope, envelope_of
from selection.decision.machine import Act
from selection.decision.making import Outcome
from selection.decision.stream_state import StreamState
from selection.draw.inputs import DrawInputs
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen, Ref
from selection.projections.draw_numbers import offer_issues
from selection.refusals.refused import Refused
from selection.register.state import INSTALLATION
from selection.round.commands import DRAW_ACTS, CommitDraw
from selection.round.drawing.events import DrawCommitted
from selection.round.state import RoundState
from selection.streams import application_stream, log_of, recommender_stream, round_stream
from selection.visibility.viewer import Standing

OF_CONTENTS = frozenset({"unknown-content", "answers-unfit"})
"""Refusals of an act whose contents are not stored; what was answered in a form is checked before."""
UNSTORED = Ref(id="dry-run", sha256="0" * 64)
"""Stands for a text in a rehearsal, where nothing is stored."""
NEW = "0000"
"""Stands for the number of an application that has not begun; none is ever given as this."""
STANDING_OF = {Role.OFFICER: Standing.OFFICER, Role.SUPERVISOR: Standing.SUPERVISOR}
"""The posts in which a reversal is entered, and acts of others' streams are tried."""
Trial = tuple[str, Frozen, str]
"""A stream, a command and its id."""


@dataclass(frozen=True)
class RehearsalResult:
    """The events that an act would bring, and the places that would be given next: number -> place."""

    events: tuple[Event, ...]
    places: dict[str, int]


class Targets(Frozen):
    """What a decision would be carried out on: how many, and those that show; `left_over` did not take the last."""

    decision: str
    count: int
    shown: tuple[ShownApplication, ...]
    left_over: frozenset[str]


class DrawPool(Frozen):
    """What a draw would be computed from, in numbers."""

    applications: int
    seats: int
    alternates: int
    experts: int
    employers: int


class RehearsalReads(Part):
    """What people who decide may see of a decision before they make it.

    Of an act of the round a look that is refused is noted as well, as the refusal tells something, unless it tells no
    more than that one may not do the act at all.
    """

    async def rehearse(
        self, subject: Subject, round_id: str, command: Frozen, role: Role, command_id: str
    ) -> RehearsalResult:
        """Return what the act would bring."""
        look = await self._source.look_at_round(subject, round_id)
        outcome = await self._foresee(subject, look, command, role, command_id)
        mine = (event_of(leaf) for leaf in outcome.leaves if leaf.data["command_id"] == command_id)
        return RehearsalResult(events=tuple(mine), places=dict(look.state.next_places))

    async def find_targets(
        self, subject: Subject, round_id: str, command: Frozen, role: Role, command_id: str
    ) -> Targets:
        """Return the applications that the act would then be carried out on.

        They are those that stand where the decision applies now; until the act is done, others may come and go.
        """
        look = await self._source.look_at_round(subject, round_id)
        after = (await self._foresee(subject, look, command, role, command_id)).state
        assert isinstance(after, RoundState)
        ledger = self._source.ledger
        streams = frozenset(await targets_of(ledger.reading, ledger.facts, after))
        rows, _ = await show_rows(self._source, subject, look)
        return Targets(
            decision=after.batch,
            count=len(streams),
            shown=tuple(row for row in rows if application_stream(round_id, row.number) in streams),
            left_over=frozenset(look.state.left_over),
        )

    async def find_refusals(
        self, subject: Subject, round_id: str, acts: Sequence[Trial], role: Role
    ) -> tuple[Refused | None, ...]:
        """Return for each act on a stream of the round what would refuse it now; None where nothing would.

        That a content is not stored yet refuses nothing here. An applicant asks of their own applications, and of one
        that has not begun as NEW; a recommender of the lists of the units that they act for. Raises Hidden, and Refused
        not-entitled to who does not hold the role in the round.
        """
        look = await self._source.look_at_round(subject, round_id)
        if role not in (Role.APPLICANT, Role.RECOMMENDER):
            if STANDING_OF.get(role) not in look.viewer.standings:
                raise Refused("not-entitled", roles=", ".join(STANDING_OF))
            await self._source.note(subject, ReadKind.REHEARSAL, round_stream(round_id))
        for stream in dict.fromkeys(stream for stream, *_ in acts):
            if log_of(stream) != round_id:
                raise Hidden
            # A trial leaves no trace of itself, so that it must not tell of what is others' either.
            if role is Role.RECOMMENDER and stream not in _list_own(subject, round_id):
                raise Hidden
            if role is Role.APPLICANT and stream != application_stream(round_id, NEW):
                own = await self._source.look(subject, stream)
                if Standing.APPLICANT not in own.viewer.standings:
                    raise Hidden
        return tuple(await self._try_each(acts, Actor(person=subject.person, role=role)))

    async def _try_each(self, acts: Sequence[Trial], actor: Actor) -> list[Refused | None]:
        found: list[Refused | None] = []
        for stream, trials in groupby(acts, key=lambda trial: trial[0]):
            tasks = [
                Act(envelope_of(stream, command, actor, name), rehearsed=True) for _, command, name in trials
            ]
            for outcome in await self._source.ledger.deciding.foresee_each(stream, tasks):
                refused = outcome.refused
                found.append(None if refused is not None and refused.code in OF_CONTENTS else refused)
        return found

    async def foresee_reversal(
        self, subject: Subject, stream: str, command: ReverseDecision, role: Role, command_id: str
    ) -> ReversalEntered:
        """Return what entering a reversal would record now: the decision as it stands, and all that falls with it.

        Raises Hidden, and Refused not-entitled to who holds no such post of the round.
        """
        look = await self._source.look(subject, stream)
        if STANDING_OF.get(role) not in look.viewer.standings:
            raise Refused("not-entitled", roles=", ".join(sorted(item.value for item in STANDING_OF)))
        envelope = envelope_of(stream, command, Actor(person=subject.person, role=role), command_id)
        outcome = await self._source.ledger.deciding.foresee(stream, Act(envelope, rehearsed=True))
        if outcome.refused is not None:
            raise outcome.refused
        await self._source.note(subject, ReadKind.REHEARSAL, stream)
        found = (event_of(leaf) for leaf in outcome.leaves)
        return next(event for event in found if isinstance(event, ReversalEntered))

    async def find_register_refusal(
        self, subject: Subject, command: Frozen, role: Role, command_id: str
    ) -> Refused | None:
        """Return what would refuse an act of the subject on the register now; None where nothing would.

        That a content is not stored yet refuses nothing here. Raises Refused not-entitled without the role.
        """
        if not subject.holds(role):
            raise Refused("not-entitled", roles=role.value)
        await self._source.note(subject, ReadKind.REHEARSAL)
        envelope = envelope_of(INSTALLATION, command, Actor(person=subject.person, role=role), command_id)
        task = Act(envelope, rehearsed=True)
        refused = (await self._source.ledger.deciding.foresee(INSTALLATION, task)).refused
        return None if refused is not None and refused.code in OF_CONTENTS else refused

    async def measure_draw(self, subject: Subject, round_id: str, draw: str, command_id: str) -> DrawPool:
        """Return what committing this draw would fix."""
        look = await self._source.look_at_round(subject, round_id)
        ledger = self._source.ledger
        issues = offer_issues(look.state, await ledger.keys.read_clock())
        # Of a round that offers none, which is in another stage or ended, the refusal says so.
        source, issue = (issues[0].source.code, issues[0].issue) if issues else ("none", "0")
        deposit = Ref(id="text-none", sha256="0" * 64)
        command = CommitDraw(draw=draw, commitment="0" * 64, deposit=deposit, source=source, issue=issue)
        role = Role.SUPERVISOR if Standing.SUPERVISOR in look.viewer.standings else Role.OFFICER
        outcome = await self._foresee(subject, look, command, role, command_id, stored=False)
        committed = next(leaf for leaf in outcome.leaves if leaf.type == DrawCommitted.TYPE)
        _, body = await ledger.contents.get(committed.data["inputs"]["id"])
        inputs = DrawInputs.model_validate_json(body)
        return DrawPool(
            applications=len(inputs.applications),
            seats=sum(item.seats_wanted for item in inputs.applications),
            alternates=inputs.alternates * len(inputs.applications),
            experts=len(inputs.experts),
            employers=len({expert.employer for expert in inputs.experts}),
        )

    async def _foresee(
        self,
        subject: Subject,
        look: Look,
        command: Frozen,
        role: Role,
        command_id: str,
        *,
        stored: bool = True,
    ) -> Outcome[StreamState]:
        # A draw for a fresh panel comes after the end, too.
        if look.state.ended and not isinstance(command, DRAW_ACTS):
            raise Refused("ended")
        envelope = Envelope(
            stream=look.state.stream,
            command_id=command_id,
            actor=Actor(person=subject.person, role=role),
            command=command.model_dump(mode="json"),
        )
        deciding = self._source.ledger.deciding
        foresee = deciding.foresee if stored else deciding.foresee_unstored
        outcome = await foresee(look.state.stream, Act(envelope, rehearsed=True))
        if outcome.refused is None or outcome.refused.code != "not-entitled":
            await self._source.note(subject, ReadKind.REHEARSAL, look.state.stream)
        if outcome.refused is not None:
            raise outcome.refused
        return outcome


def _list_own(subject: Subject, round_id: str) -> list[str]:
    """Return the lists of the units that somebody acts for."""
    return [recommender_stream(round_id, unit) for unit in subject.get_units(Role.RECOMMENDER)]
