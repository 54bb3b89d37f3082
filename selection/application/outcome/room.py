"""How an application ends: the parts of the room."""

from selection.application.outcome import commands, decide, events, letters, sentences
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.outcome",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    folds=events.FOLDS,
    timeline=sentences.TIMELINE,
    writes=letters.WRITES,
    letters=letters.LETTERS,
)
