"""What help calls the values of a command: in plain words, where Typer has the names of Python's types."""

from collections.abc import Callable
from typing import Any

import typer

KINDS: dict[str, tuple[str, str]] = {
    "bool": ("", ""),
    "float": ("NUMBER", "数字"),
    "int": ("NUMBER", "数字"),
    "path": ("FILE", "文件"),
    "Path": ("FILE", "文件"),
    "str": ("TEXT", "文本"),
}
"""By Typer's name of a type, in English and Chinese; a flag has no value. Choices stay as they are typed."""


def name_values(command: Any, *, chinese: bool) -> None:
    """Name, in place, the values of a command and of all below it; an argument that may be left out is in brackets."""
    # As with texts, the option --help is none of `params`.
    context = typer.Context(command)
    for param in command.get_params(context):
        kind = _read_kind(param.display_type(context))
        if param.param_type_name == "argument":
            param.metavar = param.metavar or param.name.upper().replace("_", "-")
            param.get_usage_pieces = _always([_name_in_usage(param)])
            param.display_type_rich = _always(None if kind in KINDS else kind)
        elif param.metavar is None:
            param.metavar = KINDS[kind][chinese] if kind in KINDS else kind
    for below in getattr(command, "commands", {}).values():
        name_values(below, chinese=chinese)


def _name_in_usage(param: Any) -> str:
    name = param.metavar if param.nargs == 1 else f"{param.metavar}..."
    return name if param.required else f"[{name}]"


def _read_kind(shown: str) -> str:
    """Return the type that Typer shows as `<str>`, `<int range>`, `<list[str]>` or `<%Y-%m-%d>`."""
    kind = shown.strip("<>").removeprefix("list[").removesuffix("]").removesuffix(" range")
    return kind.replace("%Y-%m-%d", "YYYY-MM-DD")


def _always(value: Any) -> Callable[..., Any]:
    def give(*_: Any, **__: Any) -> Any:
        return value

    return give
