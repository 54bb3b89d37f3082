"""Runs the workflow's code over the kept histories of one stream in the debugger.

As Temporal's users know it: its own Replayer without a sandbox, in debug mode, so that there is no deadlock
detection and the code runs on the main thread, where a debugger can ask. Activities do not run: their results
are those of the history. What is looked at, changed or called in the debugger changes nothing that was recorded.
"""

import asyncio
import logging
import pdb
import pkgutil
import sys
from collections.abc import Callable, Sequence
from inspect import unwrap
from types import FrameType
from typing import Any, NamedTuple

from temporalio.converter import PayloadCodec

from audit.archived import ARCHIVED, Archive, ArchivedRun
from audit.bundle import Bundle
from audit.claims import Difference
from audit.fold import UNFIT
from audit.history import Run, opened, read_run
from audit.layout import history_of
from audit.reasons import DEADLINE
from audit.replaying import ReplayFailed, Replaying
from audit.story import Entry, Story
from audit.workflow_claims import failed_at
from selection.canonical import sha256_hex
from selection.leaf import Leaf
from selection.messages import Envelope, open_envelope
from selection.refusals import Refused
from workflows.stream import Stream

TAKE = Stream.take.__code__
"""Where every act is decided."""


class NoHistory(Exception):
    """The bundle holds no history of the stream."""


class BreakUnknown(Exception):
    """What was named is neither a line of code nor a function."""


class Stop(NamedTuple):
    """What is about to be decided: the act, None if it can't be read, and the state that it meets."""

    act: Envelope | None
    version: int
    stage: str


class Stepper(pdb.Pdb):
    """pdb that stops where it was told, by default before each act; `left` tells that the person went away.

    `tell` says what is about to be decided, in the person's language; acts on a state before version `start` are
    passed over.
    """

    def __init__(self, tell: Callable[[Stop], str], places: Sequence[str] = (), start: int = 0) -> None:
        super().__init__()
        self.left = False
        self._tell = tell
        self._start = start
        self._begun = False
        self._told: object = None
        for place in places:
            self._stop_at(place)
        if not places:
            self.set_break(TAKE.co_filename, TAKE.co_firstlineno, funcname=TAKE.co_name)

    def user_line(self, frame: FrameType) -> None:
        """Run on at the very first line, which is none of the workflow's, and at acts before the start; else ask."""
        early = frame.f_code is TAKE and frame.f_locals["self"].state.version < self._start
        if self._begun and not early:
            super().user_line(frame)
            return
        self._begun = True
        self.set_continue()

    def interaction(self, frame: FrameType | None, *more: Any) -> None:
        """Say which act comes, where one is about to be decided, and ask."""
        if frame is not None and frame.f_code is TAKE and frame.f_locals["ticket"] is not self._told:
            self._told = frame.f_locals["ticket"]
            self.message(self._tell(_stop(frame)))
        super().interaction(frame, *more)

    def stop_here_too(self, *given: Any, **named: Any) -> None:
        """Ask where the code says breakpoint()."""
        caller = sys._getframe(1)  # noqa: SLF001  pdb's own way to the frame that called
        # Not set_trace: under a trace that is on already, it would stop within pdb itself.
        self.set_next(caller)
        caller.f_trace = self.trace_dispatch
        sys.settrace(self.trace_dispatch)

    def do_quit(self, arg: str) -> bool:
        """Leave the replay."""
        self.left = True
        # What is torn here is told as a failure of the workflow's code, which it is not.
        logging.getLogger("temporalio").setLevel(logging.CRITICAL + 1)
        self.set_quit()
        return True

    do_q = do_exit = do_EOF = do_quit  # noqa: N815  pdb names its commands so

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
    loop, ticket = frame.f_locals["self"], frame.f_locals["ticket"]
    try:
        act = open_envelope(ticket.body)
    except Refused:
        act = None
    return Stop(act, loop.state.version, str(getattr(loop.state, "stage", "")))


def start_of(story: Story, entry: Entry) -> int:
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


def kept_runs(bundle: Bundle, stream: str, codec: PayloadCodec | None) -> tuple[list[Run], list[str]]:
    """Return a stream's runs from the first to the last, and the files that are not those that were listed.

    Raises NoHistory, Difference for one that is no history, and PayloadsSealed without the right keys.
    """
    listed = _listed(bundle, stream)
    if not listed:
        raise NoHistory
    runs, other = [], []
    for item in listed:
        body = bundle.history(item.workflow_id, item.run_id)
        if sha256_hex(body) != item.sha256:
            other.append(history_of(item.workflow_id, item.run_id))
        runs.append(asyncio.run(opened(read_run(item, body), codec)))
    return sorted(runs, key=lambda run: run.events[0].event_time.ToNanoseconds()), other


def _listed(bundle: Bundle, stream: str) -> list[ArchivedRun]:
    archive = Archive(bundle.round)
    for seq, body in enumerate(bundle.entries(bundle.round)):
        if ARCHIVED.encode() in body:
            try:
                archive.see(seq, Leaf.model_validate_json(body), b"")
            except UNFIT:
                raise Difference(f"{bundle.round}#{seq}", "entry-unreadable") from None
    return [run for (workflow_id, _), run in archive.runs.items() if workflow_id == stream]


def step_through(runs: Sequence[Run], stepper: Stepper | None) -> int:
    """Replay the runs, in the debugger if one is given, and return how many events were replayed.

    Raises Difference where the code does not do what the history holds, or where the person left.
    """
    if stepper is None:
        return asyncio.run(_replayed(runs, None))
    return stepper.runcall(asyncio.run, _replayed(runs, stepper)) or 0


async def _replayed(runs: Sequence[Run], stepper: Stepper | None) -> int:
    replaying = Replaying(seconds=None)
    done = 0
    try:
        hook = sys.breakpointhook if stepper is None else stepper.stop_here_too
        await replaying.open()
        # The SDK has just set a hook of its own, whose debugger would take over at the first breakpoint().
        sys.breakpointhook = hook
        for run in runs:
            if run.has_tasks():
                try:
                    await replaying.commands_of(run.told)
                except ReplayFailed as failed:
                    raise failed_at(run, failed) from failed
                done += len(run.events)
    finally:
        await replaying.close()
    return done
