"""How many applications of a round came how far: the steps from the first draft to the issued list."""

from collections.abc import Mapping
from typing import Literal

from selection.kernel.model import Frozen
from selection.kernel.stages import Outcome, Stage, between
from selection.rules.sections import Stages

Name = Literal["begun", "submitted", "recommended", "eligible", "shortlisted", "proposed", "listed"]


class Step(Frozen):
    """How many came as far as a step."""

    name: Name
    count: int


LEFT_BEHIND: tuple[tuple[Name, tuple[Stage, ...], tuple[Outcome, ...]], ...] = (
    (
        "submitted",
        (Stage.NEW, Stage.WITHDRAWN),
        (Outcome.NEVER_SUBMITTED, Outcome.WITHDRAWN, Outcome.CANCELLED),
    ),
    (
        "recommended",
        (Stage.SUBMITTED,),
        (Outcome.NOT_RECOMMENDED, Outcome.GIVEN_UP, Outcome.RULED_OUT),
    ),
    ("eligible", between(Stage.RECOMMENDED, Stage.MENDING), (Outcome.INELIGIBLE,)),
    ("shortlisted", between(Stage.ELIGIBLE, Stage.SCORED), (Outcome.NOT_REVIEWED, Outcome.NOT_SHORTLISTED)),
    (
        "proposed",
        (*between(Stage.SURVEY, Stage.APPRAISED), Stage.RESERVE),
        (Outcome.NOT_SELECTED,),
    ),
    ("listed", (Stage.PROPOSED, Stage.NOTICE, Stage.HELD, Stage.CLEARED), (Outcome.REMOVED,)),
)
"""For each step, which applications have come as far as the one before it and not to it: by stage, and by end.

Of what was withdrawn, or cancelled with its round, the record's counts do not say how far it had come: it began.
Likewise of what was given up or ruled out, which had been handed in.
"""


def count_steps(stages: Mapping[str, int], outcomes: Mapping[str, int], scheme: Stages) -> tuple[Step, ...]:
    """Return how many came to each step, never more than to the one before it; without those that the scheme lacks."""
    left = sum(stages.values())
    found = [Step(name="begun", count=left)]
    for name, standing, ended in LEFT_BEHIND:
        left -= sum(stages.get(stage.value, 0) for stage in standing)
        left -= sum(outcomes.get(outcome.value, 0) for outcome in ended)
        if name == "recommended" and not scheme.recommendation:
            continue
        found.append(Step(name=name, count=left))
    return tuple(found)
