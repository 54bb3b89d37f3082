"""Everything that happened, as one person may read it: when, who, in which role, what, why, by which rules."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from string import Formatter
from typing import Any, cast

from selection.decision.stream_state import StreamState
from selection.kernel.actor import SYSTEM
from selection.kernel.counting import fill
from selection.kernel.instants import format_deadline, show_instant, show_issue
from selection.kernel.leaf import Instant, Leaf
from selection.kernel.model import Frozen, JsonObject
from selection.kernel.unfinished import Unfinished
from selection.rooms import ROOMS
from selection.timeline.people import call_people
from selection.timeline.room_codes import find_unnamed, names_by_event
from selection.timeline.sentences import SENTENCES
from selection.visibility.reading import view_entry
from selection.visibility.viewer import Viewer
from selection.wording.bound_by import TIES, tell_conflicts
from selection.wording.code_names import (
    CHECKED,
    DEADLINES,
    FALLS,
    FREED,
    OUTCOMES,
    ROLES,
    RUNGS,
    SEAT_REASONS,
    STOOD,
    name_clash,
    name_of,
    names_of,
)
from selection.wording.parameters import READERS, name_by
from selection.wording.refusals import SENTENCES as REFUSALS, render_refusal
from selection.wording.round_words import USUAL, RoundWords


class Moment(Frozen):
    """One entry in words. `who` is a person's id, empty where the viewer may not know it or nobody acted.

    `why` holds the codes of reasons in words and the ids of the texts that give them; `rules` the hash of the
    rules it happened under.
    """

    at: Instant
    who: str
    role: str
    what: str
    why: str
    rules: str


def timeline(
    leaves: Iterable[Leaf],
    viewer: Viewer,
    state: StreamState,
    language: str = "en",
    words: RoundWords = USUAL,
) -> list[Moment]:
    """Return what the viewer may know of a stream in the order of its record, in `zh` or English.

    `state` is the stream's present state, as for `view_entry`.
    """
    views = (view_entry(leaf, viewer, state) for leaf in leaves)
    return [moment_of(view, language, words) for view in views if view is not None]


def moment_of(
    view: Mapping[str, Any],
    language: str = "en",
    words: RoundWords = USUAL,
    people: Mapping[str, str] | None = None,
) -> Moment:
    """Return one entry in words, from what `view_entry` shows of it; `words` are those of its round.

    For a page `people` says what people are called, by id, and texts are not told by their ids.
    """
    actor, data = view["actor"], call_people(view["type"], view["data"], people or {})
    called = _CALLED.get(view["type"], {})
    shown = {
        name: name_of(called[name], str(value), language)
        if name in called
        else _show_value(name, value, language, words)
        for name, value in data.items()
    }
    person = actor.get("person", "")
    texts = _list_texts(shown, actor.get("reason")) if people is None else ()
    return Moment(
        at=view["at"],
        who="" if person == SYSTEM.person else (people or {}).get(person, person),
        role=name_of(ROLES, actor["role"], language) if "role" in actor else "",
        what=_what(view["type"], shown, language),
        why=_why(data, shown, texts, language, words),
        rules=view["rules"],
    )


def name_act(kind: str, language: str) -> str:
    """Return what an entry of a type says was done, in `zh` or English, without anything of what it was done to."""
    return _what(kind, {}, language)


def _what(kind: str, shown: dict[str, str], language: str) -> str:
    for pair in SENTENCES[kind]:
        text = pair[1 if language == "zh" else 0]
        if placeholders(text) <= set(shown):
            return fill(text, shown)
    raise KeyError(kind)


@lru_cache(maxsize=10_000)
def placeholders(text: str) -> frozenset[str]:
    """Return the names that a sentence wants."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def mentions(value: object, number: str) -> bool:
    """Tell whether an application's number stands anywhere in an event's data, as a value or a key."""
    if isinstance(value, dict):
        return number in value or any(mentions(item, number) for item in value.values())
    if isinstance(value, list):
        return any(mentions(item, number) for item in value)
    return bool(value == number)


_REASONS = ("why", "faults", "grounds", "rulings")
_TEXTS = ("reason", "text", "reasons", "deviations")


def _list_texts(shown: Mapping[str, str], reason: object) -> tuple[str, ...]:
    """Return the ids of the texts that give reasons."""
    texts = [shown[name] for name in _TEXTS if shown.get(name)]
    return (*texts, _join_values(reason, "en")) if reason else tuple(texts)


def _why(
    data: JsonObject, shown: dict[str, str], texts: tuple[str, ...], language: str, words: RoundWords
) -> str:
    parts = [shown[name] for name in _REASONS if shown.get(name)]
    if data.get("code") in REFUSALS:
        parts.append(render_refusal(data["code"], data["params"], language, words.zone))
    if texts:
        parts.append(("见 " if language == "zh" else "see ") + ", ".join(texts))
    return ("；" if language == "zh" else "; ").join(parts)


def _yes_no(yes: tuple[str, str], no: tuple[str, str]) -> Callable[[object, str], str]:
    return lambda value, language: (yes if value else no)[1 if language == "zh" else 0]


def _in_order(value: dict[str, int], language: str) -> str:
    return _comma(language).join(sorted(value, key=value.__getitem__))


def _tell_ranks(value: object, language: str) -> str:
    """Return applications with their ranks in words, the first rank first; of those without ranks the numbers."""
    if not isinstance(value, dict):
        return _join_values(value, language)
    ranked = sorted(value.items(), key=lambda item: (item[1], item[0]))
    told = (
        f"{number}（第 {rank} 名）" if language == "zh" else f"{number} at rank {rank}"
        for number, rank in ranked
    )
    return _comma(language).join(told)


def _or_none(value: object, language: str) -> str:
    return _join_values(value, language) or ("无" if language == "zh" else "none")


_BY_NAME: dict[str, Callable[[Any, str], str]] = {
    **READERS,
    "bound_by": tell_conflicts,
    "clashing": name_clash,
    "tie": name_by(TIES),
    "places": _in_order,
    "listed": _tell_ranks,
    "issue": show_issue,
    "earlier": _or_none,
    "moved": lambda value, language: names_of(DEADLINES, value, language),
    "windows": lambda value, language: names_of(DEADLINES, value, language),
    "why": name_by({**SEAT_REASONS, **FREED}),
    "was": name_by({**STOOD, **CHECKED, **OUTCOMES}),
    "void": lambda value, language: _comma(language).join(name_of(FALLS, item, language) for item in value),
    "rung": name_by(RUNGS),
    "upheld": _yes_no(OUTCOMES["upheld"], OUTCOMES["dismissed"]),
    "cleared": _yes_no(("cleared", "予以放行"), ("stopped", "予以中止")),
    "passed": _yes_no(("the level has enough", "该层级通过"), ("more are needed", "尚需其他审批人")),
}


_GROUNDS = ("faults", "grounds", "rulings")
_PROCEDURE = ("ground", "remedy")
_ENDS = ("until", "deadline", "respond_by", "review_by", "old")


def _show_value(name: str, value: object, language: str, words: RoundWords) -> str:
    """Return a value in words; an empty list as none, but where it would give reasons."""
    if isinstance(value, list | dict) and not value and name not in (*_REASONS, *_TEXTS):
        return _or_none(value, language)
    if name in _GROUNDS:
        return words.name_grounds(cast("Iterable[str]", value), language)
    if name in _PROCEDURE:
        return words.name_procedure(str(value or ""), language) or _or_none("", language)
    if name in _ENDS:
        return format_deadline(datetime.fromisoformat(str(value)), language, words.zone) if value else ""
    if name == "path":
        return words.name_field(str(value), language)
    if name == "source":
        return words.name_source(str(value), language)
    if name in ("began", "ended", "start"):
        return show_instant(datetime.fromisoformat(str(value)), language, words.zone)
    if name in _BY_NAME:
        return _BY_NAME[name](value, language)
    return _join_values(value, language)


def _comma(language: str) -> str:
    """Return what parts the items of a list."""
    return "、" if language == "zh" else ", "


def _join_values(value: object, language: str) -> str:
    """Return a value in one line: references by id, items by application, mappings as key and value."""
    match value:
        case None:
            return ""
        case {"id": found, "sha256": _}:
            return str(found)
        case {"application": found}:
            return str(found)
        case dict():
            named = (f"{key} {_join_values(inner, language)}" for key, inner in value.items())
            return _comma(language).join(named)
        case list():
            return _comma(language).join(_join_values(inner, language) for inner in value)
    return str(value)


_CALLED = names_by_event(ROOMS)


def _check() -> None:
    """Raise Unfinished for a code of a room that a sentence shows and that nothing names."""
    unnamed = list(find_unnamed(ROOMS, {*_BY_NAME, *_PROCEDURE}))
    if unnamed:
        raise Unfinished("; ".join(unnamed))


_check()


OPENING = 80
"""Characters of a text that a timeline shows."""
_LINE_END = " ⏎ "


def begin_text(text: str) -> str:
    """Return the beginning of a text in one line, in which a sign stands for each end of a line that was typed."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    said = _LINE_END.join(line for line in lines if line)
    return said if len(said) <= OPENING else said[: OPENING - 1] + "…"
