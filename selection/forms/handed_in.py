"""What a decision asks and is told about answers: the form as it was handed in, and whether it fits the sealed one."""

from collections.abc import Sequence
from typing import Any

from selection.forms.faults import AnswerFault
from selection.forms.parts import PersonalAnswer
from selection.kernel.model import Counted, Frozen, Ref

TOLD = 20
"""Faults that a refusal names; it counts them all."""


class Filled(Frozen):
    """A form as it was handed in: its version, the answers in the entry by their places, and where the others are."""

    version: str
    entry: dict[str, Any]
    shared: Ref
    personal: tuple[PersonalAnswer, ...] = ()
    files: tuple[Ref, ...] = ()

    @property
    def contents(self) -> tuple[Ref, ...]:
        """The texts that hold its answers."""
        return (self.shared, *(item.content for item in self.personal))


class Fitting(Frozen):
    """Whether answers fit the sealed form: how many faults there are, and the first of them by place and code."""

    count: Counted = 0
    told: tuple[str, ...] = ()


def fitting_of(faults: Sequence[AnswerFault]) -> Fitting:
    """Return what a decision is told of these faults."""
    return Fitting(count=len(faults), told=tuple(fault.told for fault in faults[:TOLD]))
