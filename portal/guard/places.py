"""Which parts of an address can name something of the record, for pages and programs alike."""

import re
from collections.abc import Mapping

PLACES = ("round", "number", "unit", "part")
"""The parts of addresses that name a round, an application or a unit."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
"""What each of them is, if there can be such a thing."""


def can_be(parts: Mapping[str, str]) -> bool:
    """Tell whether there can be what an address names: nothing else, however long, is asked of the record."""
    return all(NAME.fullmatch(value) for name, value in parts.items() if name in PLACES)
