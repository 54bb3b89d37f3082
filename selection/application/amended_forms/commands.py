"""What a form that changed asks of an application."""

from typing import Literal

from selection.decision.command import Command, Name, row
from selection.forms.form import FormName
from selection.kernel.leaf import Instant
from selection.kernel.model import Counted
from selection.kernel.stages import Stage, between
from selection.process.transitions import STAYS, Step, whole


class TakeFormChange(Command):
    """The round tells the application that a form changed: `was` by `version`, the round's `amendment`-th."""

    kind: Literal["take-form-change"] = "take-form-change"
    ROW = row(between(Stage.SUBMITTED, Stage.CLEARED), "system")
    amendment: Counted
    form_name: FormName
    was: Name
    version: Name
    changed: tuple[str, ...] = ()
    until: Instant | None = None


COMMANDS: tuple[type[Command], ...] = (TakeFormChange,)

WAYS: tuple[Step, ...] = (whole(TakeFormChange, STAYS),)
"""Where the act leads: who must look again may, and whoever does not loses nothing."""
