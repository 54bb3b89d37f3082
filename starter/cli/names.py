"""How an application is named beside its number: by its centre and its host unit, as far as both show."""

from collections.abc import Mapping, Sequence
from typing import Any

from papers.values import Words

NAMES = ("centre", "host")
"""What programs get beside the number."""

CALLED = "called"
"""The column that people see instead: two columns of names leave no room for the others."""


def names_of(shown: Mapping[str, Any]) -> dict[str, Words | None]:
    """Return centre and host unit of what shows of an application; a unit without names is called by its code."""
    host = _words(shown, "host") or (Words.alike(shown["host"]) if shown.get("host") else None)
    centre = _words(shown, "name")
    return {
        "centre": centre,
        "host": host,
        CALLED: _join(centre, host) if centre and host else centre or host,
    }


def as_people_read(columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a list with the names in one, where the centre's would stand."""
    return tuple(CALLED if name == "centre" else name for name in columns if name != "host")


def with_names(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as people read it: the names in their language, the host unit with its code."""
    row: dict[str, Any] = {}
    names = names_of(shown)
    for key, value in shown.items():
        match key:
            case "name_en":
                row["centre"] = names["centre"]
            case "host" if names["host"] is not None:
                row["host"] = _with_code(names["host"], value)
            case "name_zh" | "host_en" | "host_zh":
                pass
            case _:
                row[key] = value
    return row


def _words(shown: Mapping[str, Any], of: str) -> Words | None:
    found = Words(en=shown.get(f"{of}_en", ""), zh=shown.get(f"{of}_zh", ""))
    return found if found.en or found.zh else None


def _join(centre: Words, host: Words) -> Words:
    return Words(en=f"{centre.get('en')}, {host.get('en')}", zh=f"{centre.get('zh')}，{host.get('zh')}")


def _with_code(words: Words, code: str) -> Words:
    if words == Words.alike(code):
        return words
    return Words(en=f"{words.get('en')} ({code})", zh=f"{words.get('zh')}（{code}）")
