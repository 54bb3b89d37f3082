"""What entries of the record hold, as pages say it: names of the rules for codes, and of acts for commands."""

from collections.abc import Callable, Iterable
from typing import Any

from portal.wording.catalogue import knows, say

NameListed = Callable[[str, str], str]
"""Returns the name of a code, from the list of the rules that it stands in."""


def name_datum(named: NameListed, criteria: Iterable[str], language: str, name: str, value: Any) -> Any:
    """Return a datum of an entry in words, and as it is where it is no code; `criteria` are those of the rules."""
    match name, value:
        case "kind", str() if knows(f"act-names.{value}"):
            return say(f"act-names.{value}", language)
        case "scores", dict():
            # As the rules list them; the record has them by their codes.
            listed = [code for code in criteria if code in value]
            return {named("criteria", code): value[code] for code in dict.fromkeys([*listed, *value])}
        case "unit", str():
            return named("recommenders", value)
        case "level", str():
            return named("levels", value)
    return value
