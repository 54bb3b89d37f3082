"""Names as CONTRIBUTING.md asks for: functions are verbs, classes, modules and fixtures nouns, none a participle."""

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
    r"\w{2,}ed|begun|bought|bound|broken|brought|chosen|done|drawn|found|frozen|given|gone|heard|hidden|kept|known|led|"
    r"left|lost|made|met|overtaken|proven|rewritten|said|seen|sent|shown|spent|spoilt|stood|struck|stuck|taught|thrown|"
    r"understood|undone|unproven|withdrawn|written|" + "|".join(VAGUE)
)
GERUND = re.compile(r"\w{3,}ing")
"""What one is doing: it begins no function of the product, but those that return the `_rules` of a subject do."""
NO_GERUNDS = frozenset({"bring", "missing", "nothing"})
NO_PARTICIPLES = frozenset({"embed", "exceed", "feed", "need", "proceed", "seed", "shed", "speed"})

EVENTS = frozenset({"Event"})
"""What happened is named in the past: classes of events, by what they are made from."""
ALLOWED: dict[str, frozenset[str]] = {
    "functions": frozenset(
        {
            *("found", "found_installation"),  # To found is a verb.
            "found_conflict_rules",  # Of found conflicts, which are what the act is called after.
            "refused",  # A query of Temporal's, whose name travels.
            "outgoing",  # A command: `selection paper outgoing`.
        }
    ),
    "classes": frozenset(
        {
            *("Broken", "Hidden", "Refused", "Unfinished"),  # Errors, by what an act, a part or a room was.
            "Frozen",  # The model that every value is made from, by what it is.
            # Shapes of what is recorded or crosses Temporal, which docs/events.md and tests/golden know by these names.
            *("Archived", "Asked", "Counted", "Declared", "Delivered", "Drawn", "Founded", "Listed", "Named"),
            *("Registered", "Reversed", "Shown", "Signed", "Told"),
        }
    ),
    "modules": frozenset(
        {
            *("named", "refused", "unfinished"),  # Of the classes above.
            # What an act, the auditor's pages and what was typed are made of.
            *("prepared", "shared", "typed"),
            "undelivered",  # What its command and its task are called: `selection mail undelivered`.
            "undecided",  # A shape that is measured; its figures are recorded by this name.
        }
    ),
}
ALLOWED_IN_TESTS: dict[str, frozenset[str]] = {
    "functions": frozenset({"found_local", "found_locally"}),  # To found is a verb.
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
                yield _kind_of(node), node.name
            case ast.ClassDef() if not EVENTS & {ast.unparse(base) for base in node.bases}:
                yield "classes", node.name


def _kind_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    marks = {ast.unparse(mark).partition("(")[0].rpartition(".")[2] for mark in node.decorator_list}
    if marks & {"property", "cached_property"}:
        return "properties"
    return "fixtures" if "fixture" in marks else "functions"


def is_unfit(kind: str, name: str) -> bool:
    """Tell whether a name is a participle: a function's by its first word, a class's or module's if it is all of it.

    A property may be an adjective of state, such as `closed`; a fixture is what a test gets, as `closed_app` is.
    """
    words = words_in(name)
    if kind == "properties" or VAGUE & set(words):
        return bool(VAGUE & set(words))
    return is_participle(words[0]) and (kind == "functions" or len(words) == 1)


@cache
def list_all() -> tuple[tuple[str, str, str], ...]:
    """Return file, kind and name of all that is defined. The name of a test is no verb: it is what the test proves."""
    files = [file for file in r.files() if file.endswith(".py")]
    named = ((file, *pair) for file in files for pair in list_names(file))
    return tuple(one for one in named if not (one[1] == "functions" and one[2].startswith("test_")))


def get_allowed(file: str) -> dict[str, frozenset[str]]:
    """Return the names that are allowed where a file stands."""
    return ALLOWED_IN_TESTS if file.startswith("tests/") else ALLOWED


def test_no_function_class_or_module_is_named_by_a_participle() -> None:
    assert [
        f"{file}: {name}"
        for file, kind, name in list_all()
        if is_unfit(kind, name) and name.strip("_") not in get_allowed(file).get(kind, ())
    ] == []


def test_no_function_of_the_product_is_named_by_what_one_is_doing() -> None:
    assert [
        f"{file}: {name}"
        for file, kind, name in list_all()
        if kind == "functions"
        and not file.startswith("tests/")
        and name.strip("_") not in ALLOWED["functions"]
        if GERUND.fullmatch(words_in(name)[0]) and words_in(name)[0] not in NO_GERUNDS
        if words_in(name)[-1] != "rules"
    ] == []


def test_each_name_that_is_allowed_is_in_use() -> None:
    for allowed in (ALLOWED, ALLOWED_IN_TESTS):
        used = {(kind, name.strip("_")) for file, kind, name in list_all() if get_allowed(file) is allowed}
        wanted = {(kind, name) for kind, names in allowed.items() for name in names}
        assert sorted(wanted - used) == []
