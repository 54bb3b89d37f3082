"""What a changed form asks of whom: written for the auditor, apart from what the core asks."""

from datetime import datetime
from typing import Any

from audit.rules.fold import ApplicationStep
from audit.rules.forms.in_force import FormChange
from selection.forms.fields import Asked
from selection.kernel.stages import Stage

_WORDS = ("en", "zh", "help")


def list_changed(found: FormChange) -> list[str]:
    """Return the fields that ask something else under the new version, are gone, renamed or new."""
    old, new = found.old.by_code, found.new.by_code
    changed = [
        target or code
        for code, target in found.fields.items()
        if target != code or describe_question(old[code]) != describe_question(new[target])
    ]
    return [*changed, *found.added]


def find_workers(step: ApplicationStep, found: FormChange) -> dict[str, str | None]:
    """Return who has the form in hand, or may fill it in anew, with until when."""
    state = step.before
    if found.name == "survey":
        return {state.lead: found.until} if state.stage is Stage.SURVEY and state.lead else {}
    if found.name == "appraisal":
        return {state.chair: found.until} if state.stage is Stage.APPRAISAL and state.chair else {}
    if state.stage is not Stage.REVIEW:
        return {}
    limit, people = step.rules.panel.corrections_max, dict[str, str | None]()
    floor, last = step.in_force("review"), step.in_force("review_last")
    for seat in state.seats:
        until = max(seat.review_by, min(floor, last))
        mine = [item for item in state.reviews if item.expert == seat.expert and not item.void]
        done = seat.status == "submitted" and bool(mine)
        again = done and (limit is None or mine[0].corrections < limit) and step.leaf.at < until
        if seat.status == "accepted" or (again and mine[0].form.version != found.new.version):
            people[seat.expert] = spell(until)
    return people


def describe_question(field: Asked) -> Any:
    """Return what a field asks: all that it says but its code and its words, also within its columns and options."""

    def strip(value: Any) -> Any:
        match value:
            case dict():
                return {name: strip(inner) for name, inner in value.items() if name not in _WORDS}
            case list():
                return [strip(inner) for inner in value]
        return value

    return {name: inner for name, inner in strip(field.model_dump(mode="json")).items() if name != "code"}


def spell(instant: datetime) -> str:
    """Return an instant as entries have it."""
    return instant.isoformat().replace("+00:00", "Z")
