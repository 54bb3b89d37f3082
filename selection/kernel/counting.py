"""Sentences with numbers in them: `1 entry`, `2 entries`."""

from collections.abc import Mapping
from string import Formatter
from typing import Any


def number_of(count: object, singular: str, plural: str) -> str:
    """Return a count with the word that goes with it; a count in text, as parameters are, is read alike."""
    return f"{count} {singular if str(count) == '1' else plural}"


def fill(sentence: str, params: Mapping[str, Any]) -> str:
    """Return a sentence with its parameters filled in; `{count:entry|entries}` adds the word that goes with the count.

    Raises KeyError for a parameter that is missing, unless the mapping answers for it.
    """
    if "{" not in sentence and "}" not in sentence:
        # Most say nothing that changes, and a page has hundreds of them.
        return sentence
    return _FORMATTER.vformat(sentence, (), params)


class _Counting(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        singular, bar, plural = format_spec.partition("|")
        return number_of(value, singular, plural) if bar else str(super().format_field(value, format_spec))


_FORMATTER = _Counting()
