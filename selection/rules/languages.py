"""The languages of a round: which of its names a file must give, and what stands where it gives none.

In a language that the round does not speak a name reads as in the one that it does, so that whoever asks finds one.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from selection.rules.grounds import BUILT_IN, DETECTED
from selection.rules.public_numbers import Draws

Spoken = Literal["en", "zh"]
EVERY: tuple[Spoken, ...] = ("zh", "en")
SECTION = "languages"


def only_language(data: Mapping[str, object]) -> Spoken | None:
    """Return the language of a file that lists a single one."""
    match data.get(SECTION):
        case ["en"]:
            return "en"
        case ["zh"]:
            return "zh"
    return None


def other_than(language: Spoken) -> Spoken:
    """Return the language that is not this one."""
    return "zh" if language == "en" else "en"


def fill_names(data: Mapping[str, object], language: Spoken) -> dict[str, object]:
    """Return the data of a file with every name in the other language as it is in this one, the round's only one."""
    filled = {key: _fill_within(item, language) for key, item in data.items()}
    if language in filled:
        filled.setdefault(other_than(language), filled[language])
    return filled


def _fill_within(value: object, language: Spoken) -> object:
    match value:
        case dict():
            return fill_names(value, language)
        case list():
            return [_fill_within(item, language) for item in value]
    return value


def with_own_names(data: Mapping[str, object], language: Spoken) -> dict[str, object]:
    """Return the data of a file with the grounds and sources that are added to it, named in its only language."""
    return _with_own_sources(_with_own_grounds(data, language), language)


def _with_own_sources(data: dict[str, object], language: Spoken) -> dict[str, object]:
    draws = data.get("draws", {})
    if not isinstance(draws, dict) or "sources" in draws:
        return data
    added = [_name_in(source.model_dump(mode="json"), language) for source in Draws().sources]
    return {**data, "draws": {**draws, "sources": added}}


def _name_in(named: dict[str, object], language: Spoken) -> dict[str, object]:
    return {key: value for key, value in named.items() if key != other_than(language)}


def _with_own_grounds(data: Mapping[str, object], language: Spoken) -> dict[str, object]:
    check = data.get("check", {})
    if not isinstance(check, dict) or not isinstance(check.get("grounds", []), list):
        return dict(data)
    grounds = check.get("grounds")
    listed = [item.get("code") for item in grounds or () if isinstance(item, dict)]
    added = [
        _name_in(ground.model_dump(), language)
        for ground in BUILT_IN
        if grounds is None or (ground.code in DETECTED and ground.code not in listed)
    ]
    return {**data, "check": {**check, "grounds": [*(grounds or ()), *added]}}


def unspoken_names(value: object, language: Spoken) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of every name that differs from that in the only language: nobody would be shown it."""
    other = other_than(language)
    inner: Iterable[tuple[str | int, object]]
    match value:
        case dict():
            if other in value and value[other] != value.get(language):
                yield (other,)
            inner = value.items()
        case list():
            inner = enumerate(value)
        case _:
            return
    for key, item in inner:
        yield from ((key, *place) for place in unspoken_names(item, language))
