"""A unit's recommendation list: the parts of the room."""

from selection.process.room import Room
from selection.recommendation import commands, decide, events, labels, letters, sentences
from selection.recommendation.state import ListState

ROOM = Room[ListState](
    package="selection.recommendation",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    folds=events.FOLDS,
    timeline=sentences.TIMELINE,
    refusals=sentences.REFUSALS,
    writes=letters.WRITES,
    letters=letters.LETTERS,
    labels=labels.LABELS,
)
