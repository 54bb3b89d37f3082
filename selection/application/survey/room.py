"""The shortlist and the site survey: the parts of the room."""

from selection.application.state import ApplicationState
from selection.application.survey import commands, decide, events, labels, letters, sentences, tasks
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.survey",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    needs=decide.NEEDS,
    folds=events.FOLDS,
    follows=decide.FOLLOWS,
    timeline=sentences.TIMELINE,
    refusals=sentences.REFUSALS,
    writes=letters.WRITES,
    letters=letters.LETTERS,
    tasks=tasks.STAGE_TASKS,
    task_names=sentences.TASKS,
    labels=labels.LABELS,
    values=sentences.VALUES,
)
