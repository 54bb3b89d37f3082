"""A round: the parts of the room. What a stage of a round ends with stands in stage_progress.py."""

from selection.process.room import Room
from selection.round import commands, decide, labels, letters, sentences
from selection.round.amending import labels as amending_labels, sentences as amending
from selection.round.amending_rules import (
    labels as amending_rules_labels,
    letters as rule_letters,
    sentences as amending_rules,
)
from selection.round.approving import labels as approving_labels
from selection.round.calling import labels as calling_labels, sentences as calling
from selection.round.drawing import labels as drawing_labels, letters as draw_letters, sentences as draws
from selection.round.filling import labels as filling_labels, sentences as filling
from selection.round.lobbying import labels as lobbying_labels, sentences as lobbying
from selection.round.people import (
    labels as people_labels,
    letters as people_letters,
    sentences as people,
)
from selection.round.reminding import sentences as reminding
from selection.round.reversing import labels as reversing_labels, sentences as reversing
from selection.round.state import RoundState

ROOM = Room[RoundState](
    package="selection.round",
    commands=commands.COMMANDS,
    ways=commands.WAYS,
    decides=decide.DECIDES,
    folds=decide.FOLDS,
    timeline={
        **sentences.TIMELINE,
        **draws.TIMELINE,
        **amending.TIMELINE,
        **amending_rules.TIMELINE,
        **reminding.TIMELINE,
        **people.TIMELINE,
        **lobbying.TIMELINE,
        **calling.TIMELINE,
        **reversing.TIMELINE,
        **filling.TIMELINE,
    },
    refusals={
        **sentences.REFUSALS,
        **draws.REFUSALS,
        **amending.REFUSALS,
        **amending_rules.REFUSALS,
        **people.REFUSALS,
        **lobbying.REFUSALS,
        **calling.REFUSALS,
        **reversing.REFUSALS,
        **filling.REFUSALS,
    },
    writes={
        **letters.WRITES,
        **draw_letters.WRITES,
        **amending.WRITES,
        **rule_letters.WRITES,
        **reminding.WRITES,
        **people_letters.WRITES,
        **lobbying.WRITES,
        **calling.WRITES,
        **reversing.WRITES,
        **filling.WRITES,
    },
    letters={
        **letters.LETTERS,
        **draw_letters.LETTERS,
        **amending.LETTERS,
        **rule_letters.LETTERS,
        **reminding.LETTERS,
        **people_letters.LETTERS,
        **lobbying.LETTERS,
        **calling.LETTERS,
        **reversing.LETTERS,
        **filling.LETTERS,
    },
    task_names={
        **sentences.TASKS,
        **amending_rules.TASKS,
        **lobbying.TASKS,
        **calling.TASKS,
        **reversing.TASKS,
    },
    labels={
        **labels.LABELS,
        **amending_labels.LABELS,
        **amending_rules_labels.LABELS,
        **approving_labels.LABELS,
        **calling_labels.LABELS,
        **drawing_labels.LABELS,
        **filling_labels.LABELS,
        **lobbying_labels.LABELS,
        **people_labels.LABELS,
        **reversing_labels.LABELS,
    },
)
