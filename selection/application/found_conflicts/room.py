"""Conflicts of interest that data shows, from the check on: the parts of the room."""

from selection.application.found_conflicts import commands, decide, events, labels, letters, sentences
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.found_conflicts",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    needs=decide.NEEDS,
    folds=events.FOLDS,
    timeline=sentences.TIMELINE,
    values=sentences.VALUES,
    refusals=sentences.REFUSALS,
    writes=letters.WRITES,
    letters=letters.LETTERS,
    labels=labels.LABELS,
)
