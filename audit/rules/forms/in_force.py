"""Which form was in force at each place of a log: the sealed ones, and what took the place of each since.

Read off the entries that say so, apart from the state that the core folds.
"""

from typing import Any, NamedTuple

from audit.rules.fold import Step
from selection.forms.built_in import find_form
from selection.forms.form import Form, FormName


class FormChange(NamedTuple):
    """What an entry says of a form that changed."""

    number: int
    name: FormName
    old: Form
    new: Form
    fields: dict[str, str]
    added: tuple[str, ...]
    until: str | None


class FormsSeen:
    """The versions of each form, in the order of the log."""

    def __init__(self) -> None:
        self.amended: list[FormChange] = []

    def versions(self, step: Step, name: FormName) -> list[Form]:
        """Return the versions so far, the one in force last; none where the rules ask for none."""
        first = find_form(step.rules.forms, name)
        later = [item.new for item in self.amended if item.name == name]
        return [] if first is None else [first, *later]

    def in_force(self, step: Step, name: FormName) -> Form | None:
        """Return the version in force."""
        versions = self.versions(step, name)
        return versions[-1] if versions else None

    def take(self, step: Step) -> FormChange | None:
        """Note an amendment and return it; nothing of one whose form was never asked for."""
        data: dict[str, Any] = step.leaf.data
        old = self.in_force(step, data["form_name"])
        if old is None:
            return None
        found = FormChange(
            number=data["number"],
            name=data["form_name"],
            old=old,
            new=Form.model_validate(data["definition"]),
            fields=data["by"]["fields"],
            added=tuple(data["by"]["added"]),
            until=data["until"],
        )
        self.amended.append(found)
        return found

    def move(self, answers: dict[str, Any], name: FormName, version: str) -> dict[str, Any]:
        """Return answers to a version under the names of the one in force. Raises ValueError for another."""
        path = [item for item in self.amended if item.name == name]
        first = [item.old.version for item in path].index(version)
        for item in path[first:]:
            answers = {item.fields[code]: value for code, value in answers.items() if item.fields.get(code)}
        return answers
