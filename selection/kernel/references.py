"""The references to stored contents inside a leaf."""

from collections.abc import Iterator


def references_in(value: object) -> Iterator[str]:
    """Yield the ids of all references in a value as JSON holds it, at any depth."""
    if isinstance(value, dict):
        if set(value) == {"id", "sha256"}:
            yield value["id"]
        for inner in value.values():
            yield from references_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references_in(inner)
