"""How an application is named beside its number: by its centre and its host unit, as far as both show."""

from collections.abc import Mapping
from typing import Any

from papers.values import Words

NAMES = ("centre", "host")
"""The columns of a list that has the number in another one."""


def names_of(shown: Mapping[str, Any]) -> dict[str, Words | None]:
    """Return centre and host unit of what shows of an application; a unit without names is called by its code."""
    host = _words(shown, "host") or (Words.alike(shown["host"]) if shown.get("host") else None)
    return {"centre": _words(shown, "name"), "host": host}


def as_named(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as people read it: the names in their language, the host unit with its code."""
    told: dict[str, Any] = {}
    names = names_of(shown)
    for key, value in shown.items():
        match key:
            case "name_en":
                told["centre"] = names["centre"]
            case "host" if names["host"] is not None:
                told["host"] = _with_code(names["host"], value)
            case "name_zh" | "host_en" | "host_zh":
                pass
            case _:
                told[key] = value
    return told


def _words(shown: Mapping[str, Any], of: str) -> Words | None:
    found = Words(en=shown.get(f"{of}_en", ""), zh=shown.get(f"{of}_zh", ""))
    return found if found.en or found.zh else None


def _with_code(words: Words, code: str) -> Words:
    if words == Words.alike(code):
        return words
    return Words(en=f"{words.get('en')} ({code})", zh=f"{words.get('zh')}（{code}）")
