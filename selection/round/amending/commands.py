"""What can be asked of a round's forms once they are sealed."""

from typing import Literal

from selection.decision.command import Command, Name, round_row
from selection.forms.changing.field_map import FieldMap
from selection.forms.form import FormName
from selection.kernel.model import JsonObject
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.process.transitions import STAYS, Step, round_whole


class AmendForm(Command):
    """Put another version of a form in force for what is filled in from here on; `was` is the one that it replaces.

    `by` says of each field where it went; `form_hash` is that of `definition`, as the rules' hash is theirs.
    """

    kind: Literal["amend-form"] = "amend-form"
    ROW = round_row(
        "call checking drawing review shortlisting survey appraisal proposal",
        "officer",
        assurance=Assurance.SIGNED_BY_TWO,
    )
    form_name: FormName
    was: Name
    definition: JsonObject
    form_hash: Name
    by: FieldMap
    reason: TextRef


COMMANDS: tuple[type[Command], ...] = (AmendForm,)

WAYS: tuple[Step, ...] = (round_whole(AmendForm, STAYS),)
"""Where each act leads."""
