"""Where an act or a deadline leads: the shape of a room's WAYS, which stand with its commands.

A step names its cause, the stages it starts from and those it may lead to. The cause is an act's kind, or
`deadline NAME`, or what a round finds in the record: with `look` that every application left the stage's work,
with `look held` that an objection which outlasted the notice ended, with `look left` that a proposed application did,
with `look returned` that a decision was reversed after the proposal, with `look bound` that data binds who approved.
Where a step may lead to more than one stage, the decision or what else is still awaited tells which.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from selection.decision.command import Command
from selection.kernel.stages import (
    AnyStage,
    ListStage,
    Outcome,
    RegisterStage,
    RoundStage,
    Stage,
    read_names,
    read_stages,
)

Stays = Literal["="]
STAYS: Final = "="
"""The step changes something within the stage and does not leave it."""
LEFT_OUT = "left-out"
"""The cause of leaving a stage that the rules leave out; it comes with the act that led there."""

LOOKS = ("look", "look held", "look left", "look returned", "look bound")
"""The causes of what a round finds in the record."""


@dataclass(frozen=True)
class Step:
    """One way on: from each of `stages` to one of `to`, where STAYS means the same stage."""

    cause: str
    stages: tuple[AnyStage, ...]
    to: tuple[AnyStage | Stays, ...]
    outcomes: tuple[Outcome, ...] = ()

    @property
    def by_deadline(self) -> bool:
        """Tell whether time brings the step, not a person."""
        return self.cause.startswith("deadline ")


def step(
    cause: str, stages: str | Iterable[AnyStage], to: str, outcomes: str = "", *, of: type[AnyStage] = Stage
) -> Step:
    """Return a step from words: stages, those of an application if nothing else is said, and outcomes, with spaces.

    Raises Unfinished, with the file of the room, for a word that is neither.
    """
    leads: list[AnyStage | Stays] = []
    for word in to.split():
        leads.extend((STAYS,) if word == STAYS else read_stages(word, of))
    return Step(cause, read_stages(stages, of), tuple(leads), read_names(outcomes, Outcome))


round_step = partial(step, of=RoundStage)
list_step = partial(step, of=ListStage)
register_step = partial(step, of=RegisterStage)
"""The same for the other kinds of streams."""


def step_of_ladder(of: type[AnyStage] = Stage) -> Step:
    """Return the step of a reminder: a stream that has begun may wait for people in each stage, after its end too.

    It leads nowhere, as nothing but people's knowledge changes by it.
    """
    return step("deadline reminder", tuple(stage for stage in of if stage.value != "new"), STAYS, of=of)


def whole(command: type[Command], to: str, outcomes: str = "") -> Step:
    """Return a step of an application from every stage that allows the act, in the order of the stages."""
    stages = tuple(stage for stage in Stage if stage in command.ROW.stages)
    return step(command.ACT.kind, stages, to, outcomes)


def round_whole(command: type[Command], to: str) -> Step:
    """Return a step of a round from every stage that allows the act, in the order of the stages."""
    stages = tuple(stage for stage in RoundStage if stage in command.ROW.stages)
    return round_step(command.ACT.kind, stages, to)


def ways(flow: tuple[Step, ...]) -> frozenset[tuple[AnyStage, AnyStage]]:
    """Return every (stage, next stage) that the flow allows, staying excluded."""
    pairs = ((stage, to) for step in flow for stage in step.stages for to in step.to if to != STAYS)
    return frozenset((stage, to) for stage, to in pairs if stage != to)
