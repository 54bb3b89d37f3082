"""Decides one stream's entries again in the debugger, which stops in the core's decision of an act.

What was asked is what the histories show, as for a proof; the state and the facts are those of the entry's place in
the log. The core is plain code on the main thread, so a debugger can ask it anything. What is looked at, changed or
called there changes nothing that was recorded.
"""

import asyncio
import pdb
import pkgutil
import sys
from collections.abc import Callable, Sequence
from inspect import unwrap
from types import CodeType, FrameType
from typing import Any, NamedTuple

from audit.bundle.archive import ARCHIVED, Archive, StreamEntries
from audit.bundle.entries import read_leaf
from audit.bundle.reader import Bundle
from audit.bundle.register import read_register
from audit.claims import Difference, Verdict
from audit.decisions.verification import DecidingAgain
from audit.histories.evidence import Evidence
from audit.histories.replayer import Replaying
from audit.histories.workflow import KEPT, REPLAYED, Following, Task, WorkflowEvidence
from audit.rules.fold import Folding
from audit.rules.panel.draw_contents import Draws
from audit.story.reasons import DEADLINE
from audit.story.story import OwnEntry, Story
from selection.application.state import ApplicationState
from selection.decision.command import kind_of
from selection.decision.making import Outcome
from selection.decision.stream_state import StreamState
from selection.kernel.actor import Actor
from selection.kernel.leaf import leaf_hash
from selection.round.state import RoundState
from selection.streams import aggregate, stream_of


class NoHistory(Exception):
    """The bundle holds no history of the stream."""


class BreakUnknown(Exception):
    """What was named is neither a line of code nor a function."""


class Departure(Exception):
    """The person went away."""


class Stop(NamedTuple):
    """What is about to be decided: the kind of act, who acts, and the state that it meets."""

    kind: str
    actor: Actor
    version: int
    stage: str


def code_of_decider(stream: str) -> CodeType:
    """Return the code in which the core decides on acts of the stream."""
    code: CodeType = unwrap(aggregate(stream).decide).__code__
    return code


class Stepper(pdb.Pdb):
    """pdb that stops where it was told, by default in the core's decision of each act.

    `tell` says what is about to be decided, in the person's language; acts on a state before version `start` are
    passed over.
    """

    def __init__(
        self, stream: str, tell: Callable[[Stop], str], places: Sequence[str] = (), start: int = 0
    ) -> None:
        super().__init__()
        self._deciding = code_of_decider(stream)
        self._tell = tell
        self._start = start
        self._begun = False
        self._last_frame: object = None
        for place in places:
            self._stop_at(place)
        if not places:
            code = self._deciding
            self.set_break(code.co_filename, code.co_firstlineno, funcname=code.co_name)

    def trace_decision(self, decide: Callable[[], Outcome[StreamState]]) -> Outcome[StreamState]:
        """Run one decision, with nothing around it being traced. Raises Departure."""
        self._begun = False
        hook, sys.breakpointhook = sys.breakpointhook, self.stop_here_too
        try:
            found: Outcome[StreamState] | None = self.runcall(decide)
        finally:
            sys.breakpointhook = hook
        if found is None:
            # Every decision comes to something, unless the person left it: runcall says nothing of that.
            raise Departure
        return found

    def user_line(self, frame: FrameType) -> None:
        """Run on at the very first line, which is before the decision, and at acts before the start; else ask."""
        early = frame.f_code is self._deciding and frame.f_locals["state"].version < self._start
        if self._begun and not early:
            super().user_line(frame)
            return
        self._begun = True
        self.set_continue()

    def interaction(self, frame: FrameType | None, *more: Any) -> None:
        """Say which act comes, where one is about to be decided, and ask."""
        if frame is not None and frame.f_code is self._deciding and frame is not self._last_frame:
            self._last_frame = frame
            self.message(self._tell(_stop(frame)))
        super().interaction(frame, *more)

    def stop_here_too(self, *given: Any, **named: Any) -> None:
        """Ask where the code says breakpoint()."""
        caller = sys._getframe(1)  # noqa: SLF001  pdb's own way to the frame that called
        # Not set_trace: under a trace that is on already, it would stop within pdb itself.
        self.set_next(caller)
        caller.f_trace = self.trace_dispatch
        sys.settrace(self.trace_dispatch)

    def _stop_at(self, place: str) -> None:
        """Stop at FILE:LINE or at a function by its full name. Raises BreakUnknown."""
        name, _, line = place.rpartition(":")
        try:
            if name:
                file = self.lookupmodule(name)
                fault = self.set_break(file, int(line)) if file else "no such file"
            else:
                code = unwrap(pkgutil.resolve_name(place)).__code__
                fault = self.set_break(code.co_filename, code.co_firstlineno, funcname=code.co_name)
        except (ValueError, ImportError, AttributeError):
            fault = "no such function"
        if fault:
            raise BreakUnknown(place)


def _stop(frame: FrameType) -> Stop:
    state, command, context = (frame.f_locals[name] for name in ("state", "command", "context"))
    stage = state.stage.value if isinstance(state, ApplicationState | RoundState) else ""
    return Stop(kind_of(command), context.actor, state.version, stage)


def start_of(story: Story, entry: OwnEntry) -> int:
    """Return the version of the state that the act met which led to an entry, or an earlier one.

    What the act recorded stands under one command id; deadlines that it found due may stand before it.
    """
    command_id = entry.leaf.data.get("command_id")
    first = min(e.leaf.version for e in story.entries if e.leaf.data.get("command_id") == command_id)
    while first > 1 and str(story.entries[first - 2].leaf.data.get("command_id")).startswith(f"{DEADLINE}/"):
        first -= 1
    return first - 1


def is_watched() -> bool:
    """Tell whether a debugger of an editor is attached (debugpy, PyCharm), whose own breakpoints apply."""
    return "pydevd" in sys.modules


class HistoryNotes(NamedTuple):
    """What the histories of a stream show, and of how many runs."""

    runs: int
    followed: WorkflowEvidence


def read_histories(bundle: Bundle, stream: str) -> HistoryNotes:
    """Replay a stream's histories for what was asked in them.

    Raises NoHistory, and Difference where they can't be read or replayed, or are not those that were listed.
    """
    task = _task(bundle, stream)
    followed = asyncio.run(_follow_histories(bundle, task))
    wrong = {claim.code: claim for claim in followed.claims if claim.verdict is Verdict.REFUTED}
    for claim in (wrong[code] for code in (KEPT, REPLAYED) if code in wrong):
        raise Difference(claim.point, claim.finding, **claim.params)
    return HistoryNotes(len(task.runs), followed)


def _task(bundle: Bundle, stream: str) -> Task:
    archive = Archive(bundle.round)
    named = (ARCHIVED.encode(), f'"stream":"{stream}"'.encode())
    for seq, body in enumerate(bundle.entries(bundle.round)):
        if any(name in body for name in named):
            archive.see(seq, read_leaf(bundle.round, seq, body), leaf_hash(body))
    runs = tuple(run for (name, _), run in sorted(archive.runs.items()) if stream_of(name) == stream)
    if not runs:
        raise NoHistory
    return Task(stream, runs, bytes(archive.streams.get(stream, StreamEntries()).packed))


async def _follow_histories(bundle: Bundle, task: Task) -> WorkflowEvidence:
    replaying = Replaying()
    try:
        return await Following(bundle, task, replaying).follow()
    finally:
        await replaying.close()


def step_through(
    bundle: Bundle, stream: str, followed: WorkflowEvidence, stepper: Stepper | None
) -> DecidingAgain:
    """Decide a stream's entries again, in the debugger if one is given. Raises Departure or Difference."""
    with Evidence() as evidence:
        evidence.add(stream, followed.asked, followed.sent, followed.untold)
        folding = Folding(bundle.round, read_register(bundle))
        again = DecidingAgain(bundle, folding, evidence, Draws(bundle), frozenset({stream}))
        if stepper is not None:
            again.calling = stepper.trace_decision
        again.run()
        return again
