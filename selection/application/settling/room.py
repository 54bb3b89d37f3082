"""What two people agree on where a panel cannot be filled: the parts of the room."""

from selection.application.settling import commands, decide, events, labels, letters, sentences, tasks
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.settling",
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
    values=sentences.VALUES,
)
