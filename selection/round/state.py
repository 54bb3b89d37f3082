"""The state of a round. It never holds per-application state, only what people decided about lists."""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from selection.decision.stream_state import StreamState
from selection.forms.changing.amendment import Amendment, RoundForms
from selection.kernel.leaf import Instant
from selection.kernel.model import Counted, Ref
from selection.kernel.stages import RoundStage
from selection.process.decisions import Decisions
from selection.process.ladder import Reminder
from selection.round.state_parts import (
    Agreement as Agreement,
    Draw as Draw,
    Lobbying as Lobbying,
    PostEntry as PostEntry,
    ProposalItem as ProposalItem,
    empty,
)
from selection.rules.changing.amendments import EnteredAmendment, RulesAmendment, amend
from selection.rules.delegation import Delegation
from selection.rules.holders import keys_of_holder, with_holders
from selection.rules.model import RoundRules
from selection.rules.terms import Terms, terms_of, with_people


class RoundState(StreamState):
    """One round. `batch` names a decision still being carried out on the applications, `begun` its entry's version.

    `awaits_call` is when the call's day begins, of a round that was sealed before and whose call nobody opened yet.
    `amended` are the forms that changed since they were sealed, `holders` whoever holds a post that changed.
    `post_entries` are the changes of posts that one person entered, the last of each, as long as no post changed since;
    `entered_posts` counts all that were ever entered. `amendments` are the changes of the rules; of `waiting_amendment`
    nobody has ruled yet. `items` are decided on now; `held` were proposed with them, but an objection against each
    outlasted the notice; `gone` were, and ended: each is `removed`, unless another has its place. `noticed` are the
    items of a proposal that was sent back.
    `filling` tells that the proposal fills places that fell empty, and its notice is not open yet.
    `hits` are what an integrity check found: open, cleared or upheld. One that is not cleared outlasts its proposal.
    `decisions` says whose those on integrity are, and which were reversed. `approvals` and `passed` are what `agreed`
    comes to for the items that stand. `sent_back` counts by person how often they sent items back since the last list.
    `reopened` counts by application the reversed rulings on objections taken in.
    `left_over` did not take `finished_batch`, the last one that came to its end; `attempt` counts its repeats.
    `acted` is when anything but a reminder happened last, `reminded` which rung was taken last of a task, `since_of`
    since when each waits that no date ends.
    """

    round: str = ""
    stage: RoundStage = RoundStage.NEW
    since: Instant | None = None
    sealed: RoundRules | None = None
    amended: Annotated[tuple[Amendment, ...], Field(exclude_if=empty)] = ()
    holders: Annotated[dict[str, tuple[str, ...]], Field(exclude_if=empty)] = Field(default_factory=dict)
    former: Annotated[dict[str, tuple[str, ...]], Field(exclude_if=empty)] = Field(default_factory=dict)
    delegations: Annotated[tuple[Delegation, ...], Field(exclude_if=empty)] = ()
    post_entries: Annotated[tuple[PostEntry, ...], Field(exclude_if=empty)] = ()
    entered_posts: Annotated[Counted, Field(exclude_if=empty)] = 0
    awaits_call: Annotated[Instant | None, Field(exclude_if=lambda at: at is None)] = None
    amendments: Annotated[tuple[RulesAmendment, ...], Field(exclude_if=empty)] = ()
    entered_amendments: Annotated[Counted, Field(exclude_if=empty)] = 0
    waiting_amendment: Annotated[EnteredAmendment | None, Field(exclude_if=empty)] = None
    deadlines: dict[str, Instant] = Field(default_factory=dict)
    closed: tuple[str, ...] = ()
    draws: dict[str, Draw] = Field(default_factory=dict)
    shortlist: dict[str, int] = Field(default_factory=dict)
    left_off: Annotated[dict[str, int], Field(exclude_if=empty)] = {}
    shortlist_reasons: dict[str, Ref] = Field(default_factory=dict)
    proposal: int = 0
    proposed: bool = False
    items: tuple[ProposalItem, ...] = ()
    returned: tuple[str, ...] = ()
    noticed: Annotated[tuple[str, ...], Field(exclude_if=empty)] = ()
    filling: Annotated[bool, Field(exclude_if=empty)] = False
    held: tuple[ProposalItem, ...] = ()
    reopened: Annotated[dict[str, int], Field(exclude_if=empty)] = Field(default_factory=dict)
    gone: Annotated[tuple[ProposalItem, ...], Field(exclude_if=empty)] = ()
    removed: tuple[str, ...] = ()
    notice_until: Instant | None = None
    integrity: bool = False
    hits: dict[str, bool | None] = Field(default_factory=dict)
    approvals: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    passed: tuple[str, ...] = ()
    agreed: Annotated[tuple[Agreement, ...], Field(exclude_if=empty)] = ()
    sent_back: Annotated[dict[str, Counted], Field(exclude_if=empty)] = Field(default_factory=dict)
    issued: bool = False
    places: dict[str, int] = Field(default_factory=dict)
    reason: Ref | None = None
    batch: str = ""
    begun: int = 0
    attempt: int = 0
    finished_batch: str = ""
    left_over: tuple[str, ...] = ()
    decisions: Annotated[Decisions, Field(exclude_if=lambda made: made == Decisions())] = Decisions()
    lobbying: Annotated[dict[str, Lobbying], Field(exclude_if=empty)] = Field(default_factory=dict)
    acted: Annotated[Instant | None, Field(exclude_if=empty)] = None
    reminded: Annotated[dict[str, Reminder], Field(exclude_if=empty)] = Field(default_factory=dict)
    since_of: dict[str, Instant] = Field(default_factory=dict, exclude_if=empty)

    @property
    def forms(self) -> RoundForms:
        """The forms of the round, as sealed and as amended since."""
        assert self.sealed is not None
        return RoundForms(self.sealed.forms, self.amended)

    @property
    def rules_in_force(self) -> RoundRules:
        """The sealed rules as amended since; their posts are those of the seal."""
        assert self.sealed is not None
        return amend(self.sealed, self.amendments)

    @property
    def current(self) -> RoundRules:
        """The rules in force, with whoever holds the posts now."""
        return with_holders(self.rules_in_force, self.holders) if self.holders else self.rules_in_force

    @property
    def substitutes(self) -> frozenset[str]:
        """Everybody who ever stood in for a holder of a post: they count as of it, and review nothing."""
        return frozenset(item.substitute for item in self.delegations)

    @property
    def besides_reviewers(self) -> frozenset[str]:
        """Everybody who ever held a post, or stood in for one, and has none now: they review nothing either."""
        return self.substitutes.union(*self.former.values())

    def with_substitutes(self, at: datetime) -> Self:
        """Return the round as whoever reads it at an instant is to be seen: substitutes hold the posts as well."""
        named = [item for item in self.delegations if item.holds_at(at)]
        if self.sealed is None or not named:
            return self
        current, added = self.current, dict(self.holders)
        for item in named:
            for key, people in keys_of_holder(current, item.role, item.holder):
                added[key] = tuple(dict.fromkeys((*added.get(key, people), item.substitute)))
        return self.with_(holders=added)

    def make_terms(self) -> Terms:
        """Return the terms of the rules in force, with whoever holds the posts now; they name the sealed rules."""
        assert self.sealed is not None
        terms = terms_of(self.rules_in_force, sealed=self.sealed).with_(awaits_call=self.awaits_call)
        return with_people(terms, self.current, self.delegations, self.former)

    @property
    def has_panels(self) -> bool:
        """Tell whether panels were drawn: from then on somebody may know a score."""
        return any(draw.result is not None for draw in self.draws.values())

    @property
    def waiting_draw(self) -> str | None:
        """The draw that is committed, and neither opened nor voided: there is one at most."""
        return next((name for name, draw in self.draws.items() if draw.waiting), None)

    @property
    def ended(self) -> bool:
        """Tell whether the list is issued, or the round cancelled, and carried out on every application."""
        over = self.stage in (RoundStage.ISSUED, RoundStage.CANCELLED)
        return over and not self.batch and not self.left_over and not self.held

    @property
    def open_lobbying(self) -> dict[str, Lobbying]:
        """Reports of lobbying that wait for a ruling."""
        return {key: item for key, item in self.lobbying.items() if item.upheld is None}

    @property
    def over(self) -> bool:
        """Tell whether it has ended, and neither a report of lobbying waits for a ruling, nor a draw made since."""
        return self.ended and not self.open_lobbying and not self._has_late_draw

    @property
    def _has_late_draw(self) -> bool:
        return any(draw.waiting and draw.after_end for draw in self.draws.values())

    @property
    def cancelled(self) -> bool:
        """Tell whether the round was cancelled; a list that was issued before stands."""
        return self.reason is not None

    @property
    def numbers_on_hold(self) -> frozenset[str]:
        """The applications that are held."""
        return frozenset(item.application for item in self.held)

    @property
    def kept_numbers(self) -> frozenset[str]:
        """The applications that were proposed, removed or not."""
        return frozenset(item.application for item in (*self.items, *self.held, *self.gone))

    @property
    def numbers_that_left(self) -> frozenset[str]:
        """Those of them that ended: each comes back to its place, or to another that fell empty."""
        return frozenset((*self.removed, *(item.application for item in self.gone)))

    @property
    def free_places(self) -> int:
        """How many may be proposed: a place that an objection emptied, holds, or that is given is not free."""
        return self.rules_in_force.places - len(self.removed) - len(self.held) - len(self.places)

    def list_back(self, numbers: Collection[str]) -> tuple[str, ...]:
        """Return of these, which may be proposed, who had ended since they were proposed, and came back."""
        ended = dict.fromkeys((*self.removed, *(item.application for item in self.gone)))
        return tuple(number for number in ended if number in numbers)

    def count_places(self, numbers: Collection[str]) -> int:
        """Return how many of these may be proposed: a place that fell empty and was not filled is theirs again."""
        return self.free_places + sum(number in numbers for number in self.removed)

    @property
    def empty_places(self) -> tuple[str, ...]:
        """Whose places fell empty since the proposal: of who ended, and of whom an upheld hit stops."""
        proposed = (item.application for item in self.items if item.application not in self.removed)
        return (*self.removed, *(number for number in proposed if self.hits.get(number) is False))

    @property
    def next_places(self) -> dict[str, int]:
        """The places that issuing now would give: by the proposal's ranks, without gaps, after those given."""
        numbers = [item.application for item in self.standing_items]
        return dict(
            zip(numbers, range(len(self.places) + 1, len(self.places) + len(numbers) + 1), strict=True)
        )

    @property
    def standing_items(self) -> tuple[ProposalItem, ...]:
        """The proposed items that no objection removed, and against which no integrity hit stands or is open."""
        stopped = {number for number, cleared in self.hits.items() if not cleared}
        return tuple(item for item in self.items if item.application not in stopped | set(self.removed))

    @property
    def judged_items(self) -> tuple[ProposalItem, ...]:
        """The proposed items, and those that were and are held with a hit."""
        return (*self.items, *(item for item in self.held if item.application in self.hits))

    @property
    def suspended_items(self) -> tuple[ProposalItem, ...]:
        """The proposed items with a hit that nobody has ruled on."""
        open_hits = {number for number, cleared in self.hits.items() if cleared is None}
        return tuple(item for item in self.items if item.application in open_hits - set(self.removed))


def rules_of(state: RoundState | None) -> RoundRules | None:
    """Return the rules of a round as they stand now, people too; None before they are sealed."""
    return None if state is None or state.sealed is None else state.current


def initial(stream: str) -> RoundState:
    """Return the state of `round/<round>` before it is opened."""
    return RoundState(stream=stream, round=stream.split("/")[1])


def enter(stage: RoundStage, at: datetime) -> dict[str, object]:
    """Return the changes that begin a stage."""
    return {"stage": stage, "since": at}


def begin_batch(batch: str) -> dict[str, object]:
    """Return the changes that begin a batch."""
    # A draw's own batch is not among these: what was left over before an infeasible draw can still be repeated.
    return {"batch": batch, "attempt": 0}
