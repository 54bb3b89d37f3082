"""The people whom a refusal names: by the names of its parameters, since an id may be spelled like any other code."""

from collections.abc import Mapping

PEOPLE = frozenset({"people", "person", "tied"})
"""Parameters whose values are ids of people, alone or with commas between them; behind each a role may stand."""


def list_people(params: Mapping[str, str]) -> set[str]:
    """Return the ids of the people whom a refusal names."""
    return {
        item.partition(" (")[0] for name in PEOPLE & params.keys() for item in _split(params[name]) if item
    }


def call_people(params: Mapping[str, str], called: Mapping[str, str]) -> dict[str, str]:
    """Return a refusal's parameters with what people are called in the place of their ids, as far as that is known."""
    return {
        name: ", ".join(_call(item, called) for item in _split(value)) if name in PEOPLE else value
        for name, value in params.items()
    }


def _split(value: str) -> list[str]:
    return value.split(", ")


def _call(item: str, called: Mapping[str, str]) -> str:
    person, mark, role = item.partition(" (")
    return f"{called.get(person, person)}{mark}{role}"
