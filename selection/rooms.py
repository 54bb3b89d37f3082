"""All rooms, and what is assembled from them. Importing this fails, with the file to edit, if a room lacks a part.

A room is all that is particular to one stage of an application, or to one kind of stream. A new one is listed here,
or in `selection/application/rooms.py`, and nowhere else.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from typing import get_args

from selection.application.rooms import ROOMS as OF_APPLICATION
from selection.archive.room import ROOM as ARCHIVE
from selection.decision.aggregate import EVENTS, ActRefused, DueName
from selection.decision.command import COMMANDS, RowDeadline, acts_of, least_assurance
from selection.kernel.proof import Assurance
from selection.kernel.stages import OUTCOMES, PHASES, ROUND_STAGES, STAGES, Names, RoundStage, Stage
from selection.kernel.unfinished import Unfinished, file_of
from selection.process.both_languages import compare_languages, find_gaps
from selection.process.room import AnyRoom
from selection.process.transitions import LEFT_OUT, LOOKS, STAYS
from selection.recommendation.room import ROOM as RECOMMENDATION
from selection.register.room import ROOM as REGISTER
from selection.round.room import ROOM as ROUND

ROOMS: tuple[AnyRoom, ...] = (*OF_APPLICATION, RECOMMENDATION, ROUND, ARCHIVE, REGISTER)

APPLICATION_ACTS = acts_of(command for room in OF_APPLICATION for command in room.commands)
LIST_ACTS = acts_of(RECOMMENDATION.commands)
ROUND_ACTS = acts_of(ROUND.commands)
REGISTER_ACTS = acts_of(REGISTER.commands)
"""Kind -> row of the stage table, for each kind of stream."""

APPLICATION_FLOW = tuple(step for room in OF_APPLICATION for step in room.ways)
LIST_FLOW = RECOMMENDATION.ways
ROUND_FLOW = ROUND.ways
REGISTER_FLOW = REGISTER.ways
"""Where each act, each deadline and each look leads, for each kind of stream."""


_FROM_ANYWHERE = ("cancel-with-round", "give-up", "rule-on-fraud", "cancel-round", "reverse-decision")
"""What ends every stage or leads back from it, and so is no way on from any."""
_AGAIN = ("pass-check", "reverse-decision")
"""What leads to where an application stood before, beside its first way on: such a stage has to be led to first."""
_LAST_OF_ROUND = frozenset({RoundStage.CANCELLED})


def faults(rooms: Iterable[AnyRoom]) -> Iterator[str]:
    """Yield, for each part of an act or an event that a room lacks, which it is and the file in which it belongs."""
    known = tuple(rooms)
    yield from _faults_of_stages(known)
    yield from _faults_of_commands(known)
    yield from _faults_of_causes(known)
    yield from _faults_of_events(known)
    yield from _faults_of_waiting(known)
    yield from find_gaps(known)
    codes = Counter(code for room in known for code in room.refusals)
    for code, count in codes.items():
        if count > 1:
            yield f"the refusal {code} has two sentences: keep one, or move it to selection/refusals/any_stage.py"


def _faults_of_commands(rooms: tuple[AnyRoom, ...]) -> Iterator[str]:
    led: dict[str, set[str]] = {}
    for step in (step for room in rooms for step in room.ways):
        led.setdefault(step.cause, set()).update(step.stages)
    listed = {command for room in rooms for command in room.commands}
    decided = {command for room in rooms for command in room.decides}
    named = {kind for room in rooms for kind in room.labels}
    for kind, command in COMMANDS.items():
        if command not in listed:
            yield f"{kind} is not among the COMMANDS of {file_of(command)}"
        if command not in decided:
            yield f"{kind} has no decider: DECIDES in {_beside(command, 'decide')}"
        if kind not in led:
            yield f"{kind} leads nowhere: WAYS in {file_of(command)}"
        elif command.ACT.stages and (missed := command.ACT.stages - led[kind]):
            yield f"{kind} leads nowhere from {', '.join(sorted(missed))}: WAYS in {file_of(command)}"
        if command.ROW.of_people and kind not in named:
            yield f"{kind} has no name for its page: LABELS in {_beside(command, 'labels')}"


def _faults_of_causes(rooms: tuple[AnyRoom, ...]) -> Iterator[str]:
    """Yield which way on names as its cause what is no act, no deadline and no look."""
    deadlines = {*filter(None, get_args(RowDeadline)), *get_args(DueName)}
    known = {*COMMANDS, LEFT_OUT, *LOOKS, *(f"deadline {name}" for name in deadlines)}
    for room in rooms:
        for cause in sorted({step.cause for step in room.ways} - known):
            yield f"no act, deadline or look is called {cause}: WAYS in {room.package.replace('.', '/')}/commands.py"


def _faults_of_events(rooms: tuple[AnyRoom, ...]) -> Iterator[str]:
    folded = {event for room in rooms for event in room.folds}
    in_timelines = {name for room in rooms for name in room.timeline}
    for name, event in EVENTS.items():
        if event is ActRefused:
            continue
        if event not in folded:
            yield f"{name} has no fold: FOLDS in {file_of(event)}"
        if name not in in_timelines:
            yield f"{name} has no sentence: TIMELINE in {_beside(event, 'sentences')}"
    for room in rooms:
        for event in room.folds:
            if room.origin != event.ORIGIN:
                yield f"{event.TYPE} is recorded by {event.ORIGIN}: {room.origin} is the ORIGIN in {file_of(event)}"
    for name in sorted(in_timelines - set(EVENTS)):
        yield f"{name} has a sentence in a room's TIMELINE, but is no event"
    lettered = {event for room in rooms for event in room.writes}
    for event in lettered - folded:
        yield f"{event.TYPE} has a letter but no fold: FOLDS in {file_of(event)}"


def _faults_of_stages(rooms: tuple[AnyRoom, ...]) -> Iterator[str]:
    """Yield what a stage lacks: a name, a phase, a way to it or a way on from it."""
    of_round = tuple(room for room in rooms if room.package == ROUND.package)
    of_application = tuple(room for room in rooms if room.package.startswith("selection.application."))
    names = file_of(Stage)
    yield from _ways_missing(
        of_application, Stage, frozenset({Stage.ENDED}), "the room is not in selection/application/rooms.py"
    )
    yield from _ways_missing(of_round, RoundStage, _LAST_OF_ROUND, f"FINISHED_WHEN in {names}")
    for stage in (*Stage, *RoundStage):
        if stage not in (STAGES if isinstance(stage, Stage) else ROUND_STAGES):
            yield f"the stage {stage.value} has no name: {names}"
    for table, said in (("STAGES", STAGES), ("ROUND_STAGES", ROUND_STAGES), ("OUTCOMES", OUTCOMES)):
        for code, pair in said.items():
            yield from (f"{code} {gap}: {table} in {names}" for gap in compare_languages(*pair))
    for stage in Stage:
        if stage not in PHASES:
            yield f"the stage {stage.value} has no phase: {names}"


def _ways_missing(
    rooms: tuple[AnyRoom, ...], stages: type[Stage] | type[RoundStage], last: frozenset[str], otherwise: str
) -> Iterator[str]:
    ways = [step for room in rooms for step in room.ways]
    onward = [step for step in ways if step.cause not in _FROM_ANYWHERE]
    left = {stage for step in onward for stage in step.stages if set(step.to) - {STAYS}}
    reached = {to for step in ways for to in (step.to[:1] if step.cause in _AGAIN else step.to)}
    for stage in stages:
        if stage not in left and stage not in last:
            yield f"nothing leads on from the stage {stage.value}: WAYS in commands.py, or {otherwise}"
        if stage not in reached and stage != "new":
            yield f"nothing leads to the stage {stage.value}: NEXT or FINISHED_WHEN in {file_of(Stage)}"


def _faults_of_waiting(rooms: tuple[AnyRoom, ...]) -> Iterator[str]:
    """Yield each stage that has no tasks, and each deadline that settles nothing."""
    awaited = {stage for room in rooms for stage in room.tasks}
    for stage in Stage:
        if stage not in awaited and stage is not Stage.ENDED:
            yield f"of the stage {stage.value} nothing says who is awaited: STAGE_TASKS in the room's tasks.py"
    settled = {name for room in rooms for name in room.settles}
    for name in get_args(DueName):
        if name not in settled:
            yield f"the deadline {name} brings nothing: SETTLES in the room's decide.py"


def _beside(kind: type, part: str) -> str:
    """Return the file for a part of what a room defines: beside it, or of the room whose subject its package is."""
    package = kind.__module__.rpartition(".")[0]
    around = package
    while around and find_spec(f"{around}.{part}") is None:
        around = around.rpartition(".")[0]
    return f"{(around or package).replace('.', '/')}/{part}.py"


def _check() -> None:
    found = list(faults(ROOMS))
    if found:
        raise Unfinished("; ".join(found))


_check()

LABELS: Names = {key: names for room in ROOMS for key, names in room.labels.items()}
"""What pages say of every act: its name by its kind, its parts by what `Room` says."""

LEAST_ASSURANCE: Mapping[str, Assurance] = least_assurance()
"""Every act that people do in a round -> how it must be signed at least: what the sealed rules say each of."""
