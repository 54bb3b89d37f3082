"""What people name in files of their own: codes, titles, days and counts, with one spelling each."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from selection.kernel.hidden_characters import find_hidden
from selection.kernel.model import Frozen
from selection.kernel.numbers import Whole

SEALING = {"sealing": True}
"""The context in which rules are validated before they are sealed; what is sealed is read as it is."""


def _refuse_number(value: object) -> object:
    if isinstance(value, int | float):
        raise PydanticCustomError("date_type", "a number is not a date")
    return value


def _refuse_hidden(value: str, info: ValidationInfo) -> str:
    if info.context == SEALING and find_hidden(value, lines=False) is not None:
        raise PydanticCustomError("hidden_character", "a character that nobody would see")
    return value


Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
PersonId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Title = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_refuse_hidden)]
Count = Annotated[Whole, Field(ge=1, le=100_000)]
# The years are bounded so that no count of days added to a date can leave the calendar.
Day = Annotated[date, BeforeValidator(_refuse_number), Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]


class Named(Frozen):
    """Something with a code that the record uses and a name that people read, in English and Chinese."""

    code: Code
    en: Title
    zh: Title

    def name_in(self, language: str) -> str:
        """Return the name in `zh`, else in English."""
        return self.zh if language == "zh" else self.en
