"""What happens to a round's forms: who may see it, and what it changes."""

from selection.decision.aggregate import Event
from selection.forms.changing.amendment import Amendment
from selection.forms.changing.field_map import FieldMap
from selection.forms.form import Form, FormName
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import JsonObject, Ref
from selection.process.room import Fold
from selection.round.audiences import PUBLISHED
from selection.round.state import RoundState, begin_batch

CARRIED: dict[FormName, str] = {
    "application": "amend-application",
    "review": "amend-review",
    "survey": "amend-survey",
    "appraisal": "amend-appraisal",
}
"""The forms that somebody may have begun to fill in, with the kind of batch that tells the applications."""


class FormAmended(Event):
    """A form changed: what is filled in from here on is held to version `form_version`, no more to version `was`.

    `number` counts the amendments of the round. `definition` is the form as `form_hash` seals it, `by` the way of each
    field, `until` the deadline in force for whoever fills it in. What was handed in before stays under its own version.
    """

    TYPE = "round.form-amended.v1"
    number: int
    form_name: FormName
    was: str
    form_version: str
    form_hash: str
    definition: JsonObject
    by: FieldMap
    until: Instant | None
    reason: Ref
    AUDIENCE = {
        "*": PUBLISHED,
        "number": PUBLISHED,
        "form_name": PUBLISHED,
        "was": PUBLISHED,
        "form_version": PUBLISHED,
        "form_hash": PUBLISHED,
        "definition": PUBLISHED,
        "by": PUBLISHED,
        "until": PUBLISHED,
        "reason": PUBLISHED,
    }


def _fold_amended(state: RoundState, event: FormAmended, leaf: Leaf) -> dict[str, object]:
    amendment = Amendment(
        number=event.number,
        name=event.form_name,
        was=event.was,
        form=Form.model_validate(event.definition),
        by=event.by,
        until=event.until,
    )
    kind = CARRIED.get(event.form_name)
    carried = begin_batch(f"{kind}/{event.number}") if kind else {}
    return {"amended": (*state.amended, amendment), **carried}


FOLDS: dict[type[Event], Fold[RoundState]] = {FormAmended: _fold_amended}
