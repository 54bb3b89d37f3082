"""Submission, recommendation and withdrawal: the parts of the room."""

from selection.application.intake import commands, decide, events, labels, letters, sentences, tasks
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.intake",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    needs=decide.NEEDS,
    waits=decide.WAITS,
    settles=decide.SETTLES,
    folds=events.FOLDS,
    timeline=sentences.TIMELINE,
    refusals=sentences.REFUSALS,
    writes=letters.WRITES,
    letters=letters.LETTERS,
    tasks=tasks.STAGE_TASKS,
    labels=labels.LABELS,
)
