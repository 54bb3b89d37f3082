"""The application's place in the proposal: the parts of the room."""

from selection.application.proposal import commands, decide, events, sentences, tasks
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.proposal",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    folds=events.FOLDS,
    timeline=sentences.TIMELINE,
    tasks=tasks.STAGE_TASKS,
)
