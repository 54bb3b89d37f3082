"""What co-builders of a joint application do by themselves, from submission to check: the parts of the room."""

from selection.application.co_building import commands, decide, events, labels, letters, sentences, tasks
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.co_building",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    folds=events.FOLDS,
    timeline=sentences.TIMELINE,
    refusals=sentences.REFUSALS,
    writes=letters.WRITES,
    letters=letters.LETTERS,
    side_tasks=tasks.SIDE_TASKS,
    task_names=sentences.TASKS,
    labels=labels.LABELS,
)
