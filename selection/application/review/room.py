"""The paper review, from the panel and its invitations to conflicts, reviews and the score: the parts of the room."""

from selection.application.review import (
    commands,
    correct,
    correction_events,
    decide,
    events,
    labels,
    letters,
    score_events,
    sentences,
    tasks,
)
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.review",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides={**decide.DECIDES, **correct.DECIDES},
    needs={**decide.NEEDS, **correct.NEEDS},
    follows=decide.FOLLOWS,
    waits=decide.WAITS,
    settles=decide.SETTLES,
    folds={**events.FOLDS, **score_events.FOLDS, **correction_events.FOLDS},
    timeline=sentences.TIMELINE,
    refusals=sentences.REFUSALS,
    writes=letters.WRITES,
    letters=letters.LETTERS,
    tasks=tasks.STAGE_TASKS,
    side_tasks=tasks.SIDE_TASKS,
    task_names=sentences.TASKS,
    labels=labels.LABELS,
)
