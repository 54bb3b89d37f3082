"""The installation's register: the parts of the room."""

from selection.process.room import Room
from selection.register import commands, decide, events, sentences
from selection.register.state import RegisterState

ROOM = Room[RegisterState](
    package="selection.register",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    folds=events.FOLDS,
    timeline=sentences.TIMELINE,
    refusals=sentences.REFUSALS,
)
