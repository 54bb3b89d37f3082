"""The ladder of an application's tasks: the parts of the room."""

from selection.application.reminding import commands, decide, events, letters, sentences
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.reminding",
    ways=commands.WAYS,
    folds=events.FOLDS,
    settles=decide.SETTLES,
    timeline=sentences.TIMELINE,
    writes=letters.WRITES,
    letters=letters.LETTERS,
)
