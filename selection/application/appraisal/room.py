"""The overall appraisal: the parts of the room."""

from selection.application.appraisal import commands, decide, events, labels, letters, sentences, tasks
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.appraisal",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    needs=decide.NEEDS,
    folds=events.FOLDS,
    follows=decide.FOLLOWS,
    writes=letters.WRITES,
    letters=letters.LETTERS,
    timeline=sentences.TIMELINE,
    refusals=sentences.REFUSALS,
    tasks=tasks.STAGE_TASKS,
    task_names=sentences.TASKS,
    labels=labels.LABELS,
    values=sentences.VALUES,
)
