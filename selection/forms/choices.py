"""The lists of a round's rules that the fields of its forms may take their options from."""

from typing import Protocol

from selection.forms.fields import ChoiceField
from selection.kernel.named import Named


class Choices(Protocol):
    """The lists: a round's rules have them."""

    @property
    def fields(self) -> tuple[Named, ...]:
        """The fields of the round."""

    @property
    def regions(self) -> tuple[Named, ...]:
        """Its regions."""

    @property
    def priorities(self) -> tuple[Named, ...]:
        """What it looks for first."""


def options_of(field: ChoiceField, choices: Choices) -> tuple[Named, ...]:
    """Return the options of a choice, its own or a list of the rules."""
    match field.of:
        case "fields":
            return choices.fields
        case "regions":
            return choices.regions
        case "priorities":
            return choices.priorities
        case None:
            return field.options


def option_codes(field: ChoiceField, choices: Choices) -> tuple[str, ...]:
    """Return the codes of a choice's options."""
    return tuple(option.code for option in options_of(field, choices))
