"""Requests for review after the end, who decides, what they find, and the remedy: the parts of the room."""

from selection.application.requests import commands, decide, events, labels, letters, sentences, tasks
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.requests",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    needs=decide.NEEDS,
    follows=decide.FOLLOWS,
    folds=events.FOLDS,
    timeline=sentences.TIMELINE,
    refusals=sentences.REFUSALS,
    writes=letters.WRITES,
    letters=letters.LETTERS,
    tasks=tasks.STAGE_TASKS,
    task_names=sentences.TASKS,
    labels=labels.LABELS,
)
