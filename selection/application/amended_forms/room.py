"""What a form that changed in the midst of a round means for an application: the parts of the room."""

from selection.application.amended_forms import commands, decide, events, letters, sentences, tasks
from selection.application.state import ApplicationState
from selection.process.room import Room

ROOM = Room[ApplicationState](
    package="selection.application.amended_forms",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    needs=decide.NEEDS,
    folds=events.FOLDS,
    timeline=sentences.TIMELINE,
    writes=letters.WRITES,
    letters=letters.LETTERS,
    side_tasks=tasks.SIDE_TASKS,
    task_names=sentences.TASKS,
)
