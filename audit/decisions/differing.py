"""Where an entry as recorded first differs from the one that comes of deciding again, in words for the report."""

import json
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

LONGEST = 120
"""Characters of a value that are shown."""
ABSENT = object()


def name_difference(recorded: bytes, again: bytes | None) -> str:
    """Return the first place at which two entries differ with both values; "-" where nothing comes of it again.

    An entry's type is compared before the rest, what it says before who acted and when.
    """
    if again is None:
        return "-"
    try:
        entry, counterpart = json.loads(recorded), json.loads(again)
    except ValueError:
        return "-"
    for path, one, other in _compare("", _in_order(entry), _in_order(counterpart)):
        return f"{path}: {_spell(one)} → {_spell(other)}"
    return "-"


def _in_order(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    first = {name: entry[name] for name in ("type", "data") if name in entry}
    return {**first, **entry}


def _compare(path: str, one: Any, other: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield each place at which two values differ, in the order of the first."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in dict.fromkeys((*one, *other)):
            within = f"{path}.{name}" if path else name
            yield from _compare(within, one.get(name, ABSENT), other.get(name, ABSENT))
    elif isinstance(one, list) and isinstance(other, list):
        for place, (item, counterpart) in enumerate(zip_longest(one, other, fillvalue=ABSENT)):
            yield from _compare(f"{path}[{place}]", item, counterpart)
    elif one is ABSENT or other is ABSENT or (type(one), one) != (type(other), other):
        yield path or "-", one, other


def _spell(value: Any) -> str:
    text = "-" if value is ABSENT else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
