"""Sentences with numbers in them: `1 entry`, `2 entries`."""

from collections.abc import Mapping
from functools import lru_cache
from string import Formatter


def number_of(count: object, singular: str, plural: str) -> str:
    """Return a count with the word that goes with it; a count in text, as parameters are, is read alike."""
    return f"{count} {singular if str(count) == '1' else plural}"


def fill(sentence: str, params: Mapping[str, object]) -> str:
    """Return a sentence with its parameters filled in; `{count:entry|entries}` adds the word that goes with the count.

    Raises KeyError for a parameter that is missing, unless the mapping answers for it.
    """
    if "{" not in sentence and "}" not in sentence:
        # Most say nothing that changes, and a page has hundreds of them.
        return sentence
    return "".join(
        text if name is None else text + _write(params[name], form) for text, name, form in _read(sentence)
    )


def choose_words(params: Mapping[str, str], language: str) -> dict[str, str]:
    """Return the parameters of a sentence; in Chinese a word that also stands there as NAME_zh is that one."""
    return {
        name: params.get(f"{name}_zh", value) if language == "zh" else value for name, value in params.items()
    }


@lru_cache(maxsize=10_000)
def _read(sentence: str) -> tuple[tuple[str, str | None, str], ...]:
    """Return the parts of a sentence: what stands there, and the parameter that follows with its form, if one does."""
    return tuple((text, name, form or "") for text, name, form, _ in Formatter().parse(sentence))


def _write(value: object, form: str) -> str:
    singular, bar, plural = form.partition("|")
    return number_of(value, singular, plural) if bar else format(value, form)
