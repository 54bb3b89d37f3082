"""Where an act or a deadline leads: the shape of a room's WAYS, which stand with its commands.

A step names its cause, the stages it starts from and those it may lead to. The cause is an act's kind, or
`deadline NAME`, or what a round finds in the record: with `look` that every application left the stage's work,
with `look held` that an objection which outlasted the notice ended, with `look left` that a proposed application did,
with `look returned` that a decision was reversed after the proposal.
Where a step may lead to more than one stage, the decision or what else is still awaited tells which.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from selection.decision.command import Command
from selection.kernel.stages import RoundStage, Stage

STAYS = "="
"""The step changes something within the stage and does not leave it."""
LEFT_OUT = "left-out"
"""The cause of leaving a stage that the rules leave out; it comes with the act that led there."""


@dataclass(frozen=True)
class Step:
    """One way on: from each of `stages` to one of `to`, where STAYS means the same stage."""

    cause: str
    stages: tuple[str, ...]
    to: tuple[str, ...]
    outcomes: tuple[str, ...] = ()

    @property
    def by_deadline(self) -> bool:
        """Tell whether time brings the step, not a person."""
        return self.cause.startswith("deadline ")


def step(cause: str, stages: str | Iterable[str], to: str, outcomes: str = "") -> Step:
    """Return a step from words: stages and outcomes with spaces between them."""
    named = stages.split() if isinstance(stages, str) else stages
    return Step(cause, tuple(named), tuple(to.split()), tuple(outcomes.split()))


def whole(command: type[Command], to: str, outcomes: str = "") -> Step:
    """Return a step of an application from every stage that allows the act, in the order of the stages."""
    stages = (stage.value for stage in Stage if stage in command.ROW.stages)
    return step(command.ACT.kind, stages, to, outcomes)


def round_whole(command: type[Command], to: str) -> Step:
    """Return a step of a round from every stage that allows the act, in the order of the stages."""
    stages = (stage.value for stage in RoundStage if stage in command.ROW.stages)
    return step(command.ACT.kind, stages, to)


def ways(flow: tuple[Step, ...]) -> frozenset[tuple[str, str]]:
    """Return every (stage, next stage) that the flow allows, staying excluded."""
    pairs = ((stage, to) for step in flow for stage in step.stages for to in step.to if to != STAYS)
    return frozenset((stage, to) for stage, to in pairs if stage != to)
