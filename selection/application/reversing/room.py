"""Decisions that are reversed, and what falls with them: the parts of the room."""

from selection.application.reversing import commands, decide, events, labels, letters, sentences, tasks
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.reversing",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    needs=decide.NEEDS,
    folds=events.FOLDS,
    timeline=sentences.TIMELINE,
    refusals=sentences.REFUSALS,
    writes=letters.WRITES,
    letters=letters.LETTERS,
    side_tasks=tasks.SIDE_TASKS,
    task_names=sentences.TASKS,
    labels=labels.LABELS,
)
