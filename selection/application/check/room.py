"""The legality check, with one send-back: the parts of the room."""

from selection.application.check import commands, decide, events, labels, letters, sentences, tasks
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.check",
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
    task_names=sentences.TASKS,
    labels=labels.LABELS,
)
