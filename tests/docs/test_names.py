"""Names as CONTRIBUTING.md asks for: functions are verbs, classes and modules nouns, none a participle."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

import pytest

from tests.docs import references as r

pytestmark = pytest.mark.repo

VAGUE = frozenset({"told", "held", "taken", "lived", "sight"})
"""Words that say nothing of what they name: in no name of a function, a property, a class or a module."""
PARTICIPLE = re.compile(
    r"\w{2,}ed|begun|bought|brought|chosen|done|drawn|found|given|gone|kept|known|left|lost|made|met|said|seen|sent|shown|"
    r"spent|stood|taught|thrown|understood|undone|withdrawn|written|" + "|".join(VAGUE)
)
NO_PARTICIPLES = frozenset({"embed", "exceed", "feed", "need", "proceed", "seed", "shed", "speed"})

EVENTS = frozenset({"Event"})
"""What happened is named in the past: classes of events, by what they are made from."""
ALLOWED: dict[str, frozenset[str]] = {
    "functions": frozenset(
        {
            *("found", "found_installation"),  # To found is a verb.
            "found_conflict_rules",  # Of found conflicts, which are what the act is called after.
            "refused",  # A query of Temporal's, whose name travels.
        }
    ),
    "classes": frozenset(
        {
            *("Refused", "Unfinished"),  # Errors, by what an act or a room was.
            # Shapes of what is recorded or crosses Temporal, which docs/events.md and tests/golden know by these names.
            *("Archived", "Asked", "Counted", "Declared", "Delivered", "Drawn", "Founded", "Listed", "Named"),
            *("Registered", "Reversed", "Shown", "Signed", "Told"),
        }
    ),
    "modules": frozenset(
        {
            *("named", "refused", "unfinished"),  # Of the classes above.
            *(
                "prepared",
                "shared",
                "typed",
            ),  # What an act, the auditor's pages and what was typed are made of.
            "undelivered",  # What its command and its task are called: `selection mail undelivered`.
            "undecided",  # A shape that is measured; its figures are recorded by this name.
        }
    ),
}


def words_in(name: str) -> list[str]:
    """Return the words of a name, in small letters."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_").split("_")


def is_participle(word: str) -> bool:
    """Tell whether a word is a participle of the past, as far as its letters show."""
    return word not in NO_PARTICIPLES and PARTICIPLE.fullmatch(word) is not None


def list_names(file: str) -> Iterator[tuple[str, str]]:
    """Yield kind and name of a module and of what is defined in it."""
    yield "modules", PurePosixPath(file).stem
    for node in ast.walk(ast.parse(r.text_of(file))):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                marks = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
                yield "properties" if marks & {"property", "cached_property"} else "functions", node.name
            case ast.ClassDef() if not EVENTS & {ast.unparse(base) for base in node.bases}:
                yield "classes", node.name


def is_unfit(kind: str, name: str) -> bool:
    """Tell whether a name is a participle: a function's by its first word, a class's or module's if it is all of it.

    A property may be an adjective of state, such as `closed`.
    """
    words = words_in(name)
    if kind in ALLOWED and name.strip("_") in ALLOWED[kind]:
        return False
    if kind == "properties" or VAGUE & set(words):
        return bool(VAGUE & set(words))
    return is_participle(words[0]) and (kind == "functions" or len(words) == 1)


@cache
def list_all() -> tuple[tuple[str, str, str], ...]:
    """Return file, kind and name of all that is defined outside the tests."""
    files = [file for file in r.files() if file.endswith(".py") and not file.startswith("tests/")]
    return tuple((file, *pair) for file in files for pair in list_names(file))


def test_no_function_class_or_module_is_named_by_a_participle() -> None:
    assert [f"{file}: {name}" for file, kind, name in list_all() if is_unfit(kind, name)] == []


def test_each_name_that_is_allowed_is_in_use() -> None:
    found = {(kind, name.strip("_")) for _, kind, name in list_all()}
    assert [
        name for kind, names in ALLOWED.items() for name in sorted(names) if (kind, name) not in found
    ] == []
