"""Rounds: lists, status, deadlines, and how far their work is."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import date, timedelta

from reading.access.confidential import is_entry_confidential
from reading.access.kinds import ReadKind
from reading.access.memory import Memory
from reading.access.part import Part
from reading.access.source import Look
from reading.access.subject import Subject
from reading.amendments import ShownAmendment, show_amendment
from reading.applications import show_hash
from reading.errors import Hidden
from reading.models import (
    ApprovalLevel,
    Deadline,
    LastRules,
    RoundNames,
    RoundProgress,
    RoundView,
    RoundWork,
    ShownDraw,
    ShownEntry,
    ShownRound,
)
from selection.kernel.named import Named
from selection.kernel.stages import RoundStage, Stage
from selection.projections.draw_numbers import OfferedIssue, offer_issues
from selection.round.amending_rules.table import list_paths
from selection.round.approving.agreements import list_waiting
from selection.round.drawing.makers import name_committing
from selection.round.state import RoundState
from selection.rules.holders import Holders, list_posts
from selection.rules.model import RoundRules
from selection.streams import round_stream
from selection.visibility.reading import view_entry
from selection.visibility.viewer import Standing
from selection.wording.round_words import USUAL, RoundWords, words_of

ENDED = (RoundStage.ISSUED, RoundStage.CANCELLED)


class RoundReads(Part):
    """What can be read of rounds. Every method raises Hidden for a round that does not show to the subject."""

    async def list_rounds(self, subject: Subject) -> tuple[ShownRound, ...]:
        """Return the rounds that show, each as far as it does."""
        found, confidential = [], False
        for stored in await self._source.ledger.reading.rounds():
            try:
                look = await self._source.look(subject, round_stream(stored["round"]))
                shown = look.get_row()
            except Hidden:
                continue
            found.append(ShownRound(**shown))
            confidential = confidential or look.is_row_confidential(shown)
        if confidential:
            await self._source.note(subject, ReadKind.ROUNDS)
        return tuple(found)

    async def get(self, subject: Subject, round_id: str) -> RoundView:
        """Return one round."""
        look = await self._source.look_at_round(subject, round_id)
        await self._note(subject, ReadKind.ROUND, look)
        return RoundView(
            row=ShownRound(**look.get_row()),
            deadlines=list_deadlines(look.state),
            approval=list_levels(look),
        )

    async def get_standings(self, subject: Subject, round_id: str) -> frozenset[Standing]:
        """Return what the subject is to a round, which is their own to know."""
        return (await self._source.look_at_round(subject, round_id)).viewer.standings

    async def list_draws(self, subject: Subject, round_id: str) -> tuple[ShownDraw, ...]:
        """Return the draws of a round in their order, which are published; what clashed in one, to staff."""
        look = await self._source.look_at_round(subject, round_id)
        state: RoundState = look.state
        return tuple(
            ShownDraw(
                draw=name,
                source=draw.source,
                issue=draw.issue,
                public=draw.public,
                until=draw.until,
                opened=draw.opened,
                voided=draw.voided,
                clashing=draw.clashing if look.viewer.is_staff else (),
            )
            for name, draw in state.draws.items()
        )

    async def find_committing_post(self, subject: Subject, round_id: str) -> str:
        """Return the post whose holders commit the next draw, which follows from the draws that are published."""
        return name_committing((await self._source.look_at_round(subject, round_id)).state)

    async def list_issues(self, subject: Subject, round_id: str) -> tuple[OfferedIssue, ...]:
        """Return the public numbers that a draw could name now, by the sealed rules, which are published."""
        state: RoundState = (await self._source.look_at_round(subject, round_id)).state
        return offer_issues(state, await self._source.read_clock())

    async def list_amendable(self, subject: Subject, round_id: str) -> tuple[tuple[str, str], ...]:
        """Return the fields of the rules that may be amended now, by their paths, with the values in force."""
        state: RoundState = (await self._source.look_at_round(subject, round_id)).state
        return () if state.sealed is None else list_paths(state.rules_in_force, state.stage)

    async def find_waiting_amendment(self, subject: Subject, round_id: str) -> ShownAmendment | None:
        """Return the change of the rules that waits for an approver, with its reason, for those who oversee it."""
        look = await self._source.look_at_round(subject, round_id)
        waiting = look.state.waiting_amendment if look.oversees else None
        if waiting is None:
            return None
        await self._source.note(subject, ReadKind.ROUND, look.state.stream)
        bodies = await self._source.ledger.contents.bodies([waiting.reason.id])
        return show_amendment(waiting, words_of(look.state.rules_in_force), bodies)

    async def list_holders(self, subject: Subject, round_id: str) -> Holders:
        """Return who holds which post of a round now, to its staff; to others nobody.

        Who stands in for a holder, or did, is none.
        """
        look = await self._source.look_at_round(subject, round_id)
        if look.state.sealed is None or not look.viewer.is_staff:
            return {}
        await self._source.note(subject, ReadKind.ROUND, look.state.stream)
        beside = look.state.substitutes
        return {
            post: tuple(person for person in people if person not in beside)
            for post, people in list_posts(look.state.current).items()
        }

    async def get_names(self, subject: Subject, round_id: str) -> RoundNames:
        """Return what the sealed rules call things, which the call publishes."""
        look = await self._source.look_at_round(subject, round_id)
        if look.rules is None:
            raise Hidden
        return find_names(self._source.memory, look.state)

    async def get_words(self, subject: Subject, round_id: str) -> RoundWords:
        """Return how the sealed rules have a round shown; of what is no round, or shows nothing, the usual words."""
        try:
            return words_of((await self._source.look_at_round(subject, round_id)).rules)
        except Hidden:
            return USUAL

    async def find_last_rules(self, subject: Subject, round_id: str) -> LastRules | None:
        """Return the rules of the last other round, to who may read them; a rehearsal's where no other round is there.

        The last round is the one whose call opened last. Rounds that await their call, or were cancelled, are left out.
        """
        streams = (round_stream(row["round"]) for row in await self._source.ledger.reading.rounds())
        looks = [await self._source.look(subject, stream) for stream in streams]
        called = [look for look in looks if look.oversees and look.rules and _was_called(look.state)]
        read = [look for look in called if look.state.round != round_id]
        if not read:
            return None
        last: RoundState = max((look.state for look in read), key=_find_place)
        await self._source.note(subject, ReadKind.ROUND, last.stream)
        return LastRules(round=last.round, rules=last.current)

    async def list_entries(self, subject: Subject, round_id: str) -> tuple[ShownEntry, ...]:
        """Return what shows of the entries of a round's own stream, in the order of the log, without texts."""
        look = await self._source.look_at_round(subject, round_id)
        shown, confidential = [], False
        for entry in await self._source.entries(look.state.stream):
            view = view_entry(entry.leaf, look.viewer, look.state)
            if view is not None:
                shown.append(ShownEntry(seq=entry.seq, view=view, leaf_hash=show_hash(entry, look)))
                confidential = confidential or is_entry_confidential(
                    entry.leaf, view, look.viewer, look.state
                )
        if confidential:
            await self._source.note(subject, ReadKind.ROUND, look.state.stream)
        return tuple(shown)

    async def get_progress(self, subject: Subject, round_id: str) -> RoundProgress:
        """Return how far a round is."""
        look = await self._source.look_at_round(subject, round_id)
        await self._note(subject, ReadKind.PROGRESS, look)
        return await self._measure(look)

    async def watch(self, subject: Subject, round_id: str, every: timedelta) -> AsyncIterator[RoundProgress]:
        """Yield how far a round is, time and again, until it has ended and nothing is being carried out.

        It is one read, which is noted when it begins.
        """
        look = await self._source.look_at_round(subject, round_id)
        await self._note(subject, ReadKind.PROGRESS, look)
        while True:
            found = await self._measure(look)
            yield found
            row = found.row
            if row.stage in ENDED and not (row.batch or row.held or row.left_over):
                return
            await asyncio.sleep(every.total_seconds())
            look = await self._source.look_at_round(subject, round_id)

    async def _note(self, subject: Subject, what: ReadKind, look: Look) -> None:
        if look.is_row_confidential(look.get_row()):
            await self._source.note(subject, what, look.state.stream)

    async def _measure(self, look: Look) -> RoundProgress:
        state: RoundState = look.state
        deadlines = list_deadlines(state)
        work = await self._count(state.round) if look.oversees else None
        return RoundProgress(row=ShownRound(**look.get_row()), deadlines=deadlines, work=work)

    async def _count(self, round_id: str) -> RoundWork:
        record = self._source.ledger.reading
        counts = await record.counts(round_id)
        return RoundWork(
            stages={stage.value: counts[stage.value] for stage in Stage if stage.value in counts},
            entries=await record.head(round_id),
            tasks=len(await record.open_tasks(round_=round_id)),
        )


def list_deadlines(state: RoundState) -> tuple[Deadline, ...]:
    """Return the deadlines in force by time, the notice's among them: the call publishes them."""
    named = dict(sorted(state.deadlines.items()))
    if state.notice_until is not None:
        named["notice"] = state.notice_until
    found = (Deadline(deadline=name, until=until) for name, until in named.items())
    return tuple(sorted(found, key=lambda item: item.until))


def list_levels(look: Look) -> tuple[ApprovalLevel, ...]:
    """Return the levels and how many agreed, for those who oversee the round; who did, for staff only."""
    state: RoundState = look.state
    if state.sealed is None or not look.oversees:
        return ()
    deciding = state.stage is RoundStage.APPROVAL
    waiting = {level.code for level in list_waiting(state)} if deciding else set()
    levels = []
    for level in state.current.approval:
        given = state.approvals.get(level.code, ())
        word = "approved" if level.code in state.passed else ("open" if level.code in waiting else "-")
        named = tuple(item for item in given if look.viewer.is_staff or item == look.viewer.person)
        levels.append(
            ApprovalLevel(
                level=level.code,
                given=len(given),
                needed=level.needed,
                approvers=named,
                state=word,
                own=look.viewer.person in level.approvers,
            )
        )
    return tuple(levels)


def _was_called(state: RoundState) -> bool:
    """Tell whether a sealed round was called, and not cancelled since: else it is no example to go by."""
    return state.awaits_call is None and not state.cancelled


def _find_place(state: RoundState) -> tuple[bool, date, str]:
    """Return by what the last of rounds is found."""
    rules = state.current
    return not rules.is_rehearsal, rules.calendar.call, state.round


def find_names(memory: Memory, state: RoundState) -> RoundNames:
    """Return the names that a round's rules give: they follow from its state, so they are kept with that."""
    made = memory.get_cache(state.sealed)
    if RoundNames not in made:
        made[RoundNames] = name_things(state.rules_in_force)
    found: RoundNames = made[RoundNames]
    return found


def name_things(rules: RoundRules) -> RoundNames:
    """Return the names that the rules give; of the people whom they name, none."""
    return RoundNames(
        title=rules.title,
        rehearsal=rules.is_rehearsal,
        fields=rules.fields,
        regions=rules.regions,
        priorities=rules.priorities,
        criteria=rules.criteria,
        recommenders=_list_names(rules.recommenders),
        levels=_list_names(rules.approval),
        words=words_of(rules),
        places=rules.places,
        per_field_max=rules.per_field_max,
        per_region_max=rules.per_region_max,
        paper=rules.days.paper,
    )


def _list_names(named: Sequence[Named]) -> tuple[Named, ...]:
    return tuple(Named(code=item.code, en=item.en, zh=item.zh) for item in named)
