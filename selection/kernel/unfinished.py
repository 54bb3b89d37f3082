"""The one error of a room that lacks a part: raised while modules are imported, with the file to edit."""

from typing import Any


class Unfinished(TypeError):
    """Something of a room was left out; the message names the file in which it belongs."""


def file_of(kind: Any) -> str:
    """Return the file in which a class or function is defined, as it stands in the repository."""
    return str(kind.__module__).replace(".", "/") + ".py"
