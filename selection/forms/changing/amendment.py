"""The forms of a round over its time: those that were sealed, and what took the place of each since."""

from collections.abc import Iterator
from typing import NamedTuple

from selection.forms.built_in import find_form
from selection.forms.changing.field_map import FieldMap, move_answers
from selection.forms.form import Form, FormName, Forms
from selection.forms.parts import Answers
from selection.kernel.leaf import Instant
from selection.kernel.model import Counted, Frozen


class Amendment(Frozen):
    """A form that took the place of another in the midst of a round, the `number`-th of all its forms.

    `was` is the version before, `by` the way of each of its fields into the new one; `until` the deadline that whoever
    fills it in had then.
    """

    number: Counted
    name: FormName
    was: str
    form: Form
    by: FieldMap
    until: Instant | None = None


class RoundForms(NamedTuple):
    """The forms of a round: as sealed, and as amended since, in the order of the record."""

    sealed: Forms
    amended: tuple[Amendment, ...] = ()

    def find(self, name: FormName) -> Form | None:
        """Return the form in force; None where the rules ask for none."""
        return next((item.form for item in reversed(self._of(name))), find_form(self.sealed, name))

    def find_version(self, name: FormName, version: str) -> Form | None:
        """Return the version of this name, in force or not; None where the round has none."""
        return next((form for form in self.versions(name) if form.version == version), None)

    def find_nearest(self, name: FormName, version: str) -> Form | None:
        """Return the version of this name, or the one in force where an entry names none that there is."""
        return self.find_version(name, version) or self.find(name)

    def versions(self, name: FormName) -> Iterator[Form]:
        """Yield every version of a form, the first one first."""
        first = find_form(self.sealed, name)
        if first is not None:
            yield first
        yield from (item.form for item in self._of(name))

    def move(self, name: FormName, answers: Answers, old: str, new: str) -> Answers | None:
        """Return answers to an old version under the names of a later one; None where none leads to the other."""
        version = old
        for item in self._of(name):
            if version == new:
                break
            if item.was == version:
                answers, version = move_answers(item.by, answers), item.form.version
        return answers if version == new else None

    def _of(self, name: FormName) -> tuple[Amendment, ...]:
        return tuple(item for item in self.amended if item.name == name)
