"""A field of a state by its path in words, and its value as people read it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from audit.story.changes import Change
from selection.kernel.instants import format_deadline, show_instant
from selection.rules.model import RoundRules
from selection.wording.round_words import words_of
from starter.replay.code_words import HITS, CodeWords, show_fraction
from starter.replay.decided_words import FIELDS as DECIDED
from starter.replay.words import FIELDS, QUIET, WITHIN

DUE = frozenset({"until", "respond_by", "review_by", "notice_until", "intake_ended"})
"""The fields that say until when something is taken: the end of a day is told as that day."""
DUE_BY_KEY = frozenset({"deadlines", "missed", "people"})
"""The fields that say so of each of several."""
FRACTIONS = re.compile(r"\d{1,20}/[1-9]\d{0,19}", re.ASCII)
DIGITS = 8
"""Of a content's hash, to tell one version from another."""
UNTOLD = ("remind_review", "invited_at")
"""What a value of several parts leaves out."""
EMPTY: tuple[Any, ...] = (None, "", [], {})


class FieldWords:
    """Tells fields and values in one language, as the rules of the round name their codes.

    A content is told by its id, or by the beginning of its hash.
    """

    def __init__(self, rules: RoundRules | None, lang: str, *, by_hash: bool = False) -> None:
        self._lang = lang
        self._zone = words_of(rules).zone
        self._codes = CodeWords(rules, lang)
        self._by_hash = by_hash

    def name(self, path: str) -> str:
        """Return a field's path in words: `seat 3, state`."""
        root, *rest = path.split(".")
        found = [_label((root,), root, self._lang) or root]
        for place, part in enumerate(rest):
            above = (root, *rest[:place])
            if (code := self._codes.name_key(above[-1], part)) is not None:
                found[-1] = self._enclose(found[-1], code)
            elif (label := _label(above, part, self._lang)) is not None:
                # What became of decisions is told field by field, and each says so itself.
                found = [label] if path.startswith(f"decisions.{part}") else [*found, label]
            else:
                found[-1] += f" {part}"
        return ("，" if self._lang == "zh" else ", ").join(found)

    def name_in_row(self, field: str) -> str:
        """Return what a field of the row is called that lists show of an application."""
        return self._name_within("row", field)

    def show(self, path: str, value: Any) -> str:
        """Return a field's value in one line; the parts of one that has several are parted by semicolons."""
        return self._show(path, value, inner=False)

    def sum_up(self, found: list[Change], limit: int) -> str:
        """Return changes in one line of so many characters at most, without the quiet fields."""
        colon, semicolon = ("：", "；") if self._lang == "zh" else (": ", "; ")
        parts = [
            self.name(change.field) + colon + self._describe_move(change)
            for change in found
            if QUIET.isdisjoint(change.field.split("."))
        ]
        line = semicolon.join(parts)
        return line if len(line) <= limit else line[: limit - 1] + "…"

    def _show(self, path: str, value: Any, *, inner: bool) -> str:
        key = self._codes.field_of(path)
        if "hits" in path.split(".")[-2:-1] and value in (None, True, False):
            return HITS[value][self._lang == "zh"]
        if value in EMPTY:
            return "-"
        match value:
            case bool():
                return {True: ("yes", "是"), False: ("no", "否")}[value][self._lang == "zh"]
            case {"id": found, "sha256": digest}:
                return f"{str(digest)[:DIGITS]}…" if self._by_hash else str(found)
            case dict():
                return self._show_parts(path, value, inner=inner)
            case list():
                return self._show_list(path, value, inner=inner)
            case str() if FRACTIONS.fullmatch(value) and key in ("mean", "untrimmed", "technical"):
                return show_fraction(value)
            case str() if (named := self._codes.name_value(key, value)) != value:
                return named
        return self._show_instant(path, str(value))

    def _show_parts(self, path: str, value: dict[str, Any], *, inner: bool) -> str:
        kept = {
            key: item
            for key, item in value.items()
            if key not in UNTOLD and (item not in EMPTY or path == "hits" or path.endswith(".people"))
        }
        parts = [self._show_part(path, key, item) for key, item in kept.items()]
        comma, semicolon = ("，", "；") if self._lang == "zh" else (", ", "; ")
        return (comma if inner else semicolon).join(parts)

    def _show_part(self, path: str, key: str, item: Any) -> str:
        """Return a part with its name; one that has parts itself stands in brackets."""
        name = self._name_within(path, key)
        shown = self._show(f"{path}.{key}", item, inner=True)
        if _has_parts(item):
            return self._enclose(name, shown)
        return f"{name}：{shown}" if self._lang == "zh" else f"{name}: {shown}"

    def _show_list(self, path: str, value: list[Any], *, inner: bool) -> str:
        shown = [self._show(path, item, inner=True) for item in value]
        if not _has_parts(value):
            return ("、" if self._lang == "zh" else ", ").join(shown)
        if self._lang == "zh":
            return "）、（".join(shown) if inner else "；".join(shown)
        return "), (".join(shown) if inner else "; ".join(shown)

    def _name_within(self, path: str, key: str) -> str:
        """Return what a part of a field is called."""
        code = self._codes.name_key(path.rpartition(".")[2], key)
        return code or _label(path.split("."), key, self._lang) or key

    def _enclose(self, name: str, shown: str) -> str:
        return f"{name}（{shown}）" if self._lang == "zh" else f"{name} ({shown})"

    def _describe_move(self, change: Change) -> str:
        if isinstance(change.before, list) and isinstance(change.after, list):
            more = [item for item in change.after if item not in change.before]
            less = [item for item in change.before if item not in change.after]
            signed = (*(("+", item) for item in more), *(("−", item) for item in less))
            return " ".join(sign + self._show(change.field, item, inner=True) for sign, item in signed)
        before, after = (self.show(change.field, item) for item in (change.before, change.after))
        return after if before in ("-", "0") else f"{before} → {after}"

    def _show_instant(self, path: str, text: str) -> str:
        if len(text) < len("2024-08-29T00:00Z") or text[10] != "T":
            return text
        within = path.rpartition(".")[0].rpartition(".")[2]
        is_due = self._codes.field_of(path) in DUE or within in DUE_BY_KEY
        write = format_deadline if is_due else show_instant
        try:
            return write(datetime.fromisoformat(text), self._lang, self._zone)
        except ValueError:
            return text


def _label(above: Sequence[str], part: str, lang: str) -> str | None:
    """Return what a part is called within those above it; the nearest that has a name of its own for it counts."""
    own = (WITHIN.get((within, part)) for within in reversed(above))
    pair = next(filter(None, own), None) or FIELDS.get(part) or DECIDED.get(part)
    return None if pair is None else pair[lang == "zh"]


def _has_parts(item: Any) -> bool:
    """Tell whether a value has parts that bear names."""
    if isinstance(item, list):
        return any(_has_parts(one) for one in item)
    return isinstance(item, dict) and item.keys() != {"id", "sha256"}
