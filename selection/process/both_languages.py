"""What rooms say stands in English and in Chinese: which of it lacks one, or names other fields in it."""

import re
import sys
from collections.abc import Iterable, Iterator

from selection.process.room import AnyRoom, Pairs

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]")
_FIELD = re.compile(r"\{(\w+)")


def find_gaps(rooms: Iterable[AnyRoom]) -> Iterator[str]:
    """Yield, for each sentence that lacks a language, what it is of and the file in which it belongs."""
    for room in rooms:
        for table, key, pairs in _list_pairs(room):
            for gap in dict.fromkeys(
                gap for english, chinese in pairs for gap in compare_languages(english, chinese)
            ):
                yield f"{key} {gap}: {table} in {_find_file(room.package, table, key)}"
        for name, pairs in room.timeline.items():
            if pairs and _FIELD.search(pairs[-1][0]):
                where = _find_file(room.package, "TIMELINE", name)
                yield f"{name} has no sentence for who may see none of its fields: TIMELINE in {where}"


def _list_pairs(room: AnyRoom) -> Iterator[tuple[str, str, Pairs]]:
    """Yield whatever a room says: the table, the key in it, and the pairs of English and Chinese."""
    yield from (("TIMELINE", name, pairs) for name, pairs in room.timeline.items())
    for table, names in (("REFUSALS", room.refusals), ("TASKS", room.task_names), ("LABELS", room.labels)):
        yield from ((table, key, (pair,)) for key, pair in names.items())
    yield from (("VALUES", name, tuple(codes.values())) for name, codes in room.values.items())
    for key, texts in room.letters.items():
        yield "LETTERS", key, tuple(zip(texts["en"], texts["zh"], strict=True))


def compare_languages(english: str, chinese: str) -> Iterator[str]:
    """Yield what a sentence lacks in one of the languages."""
    if not _ENGLISH.search(english) or _CHINESE.search(english):
        yield "has no English"
    elif not _CHINESE.search(chinese):
        yield "has no Chinese"
    elif set(_FIELD.findall(english)) != set(_FIELD.findall(chinese)):
        yield "names other fields in Chinese than in English"


def _find_file(package: str, table: str, key: str) -> str:
    """Return which file of a package has the key in a table; of a room of many subjects it is one of these."""
    inside = [module for name, module in list(sys.modules.items()) if name.startswith(f"{package}.")]
    found = next((module.__name__ for module in inside if key in getattr(module, table, ())), package)
    return found.replace(".", "/") + ("" if found == package else ".py")
