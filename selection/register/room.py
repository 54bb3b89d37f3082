"""The installation's register: the parts of the room."""

from selection.process.room import Room
from selection.register import (
    commands,
    decide,
    events,
    key_letters,
    key_sentences,
    labels,
    sentences,
    unit_sentences,
)
from selection.register.state import RegisterState

ROOM = Room[RegisterState](
    package="selection.register",
    origin="register",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    folds=events.FOLDS,
    timeline={**sentences.TIMELINE, **key_sentences.TIMELINE, **unit_sentences.TIMELINE},
    refusals={**sentences.REFUSALS, **key_sentences.REFUSALS, **unit_sentences.REFUSALS},
    writes=key_letters.WRITES,
    letters=key_letters.LETTERS,
    labels=labels.LABELS,
)
