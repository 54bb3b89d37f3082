"""A round: the parts of the room. What a stage of a round ends with stands in stage_progress.py."""

from selection.process.room import Room
from selection.round import commands, decide, letters, sentences
from selection.round.state import RoundState

ROOM = Room[RoundState](
    package="selection.round",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    folds=decide.FOLDS,
    timeline=sentences.TIMELINE,
    refusals=sentences.REFUSALS,
    writes=letters.WRITES,
    letters=letters.LETTERS,
    task_names=sentences.TASKS,
)
