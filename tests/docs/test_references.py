"""What the documents and docstrings refer to is there: a reader who follows a reference must not end nowhere."""

import re
import shlex
from pathlib import PurePosixPath

import pytest

from tests.docs import references as r
from tests.docs.references import Reference

pytestmark = pytest.mark.repo
ROOM = r"selection/application/\w+/room\.py"


def explain(missing: list[Reference]) -> str:
    return "\nThese lead nowhere; mend the reference, or what it names:\n" + "\n".join(map(str, missing))


def test_links_lead_to_files_and_headings() -> None:
    missing = []
    for page in r.pages():
        for line, match in r.find_matches(r.LINK, page, r.without_code(r.text_of(page))):
            target, _, anchor = match.group(1).partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            path = r.resolve(target, page=page) if target else page
            outside = page.startswith("docs/") and not path.startswith(("docs/", *r.SHOWN_BY_NAME))
            no_heading = anchor and path in r.files() and anchor not in r.anchors(path)
            # Pages that those of docs/ link to must be in docs/, since the site has no others.
            if outside or not r.exists(path) or no_heading:
                missing.append(Reference(page, line, target, anchor))
    assert not missing, explain(missing)


def test_paths_exist() -> None:
    missing = []
    for name in (*r.pages(), *r.sources(tests=True)):
        for line, match in r.find_matches(r.PATH, name):
            target = match.group().rstrip(".-")
            # Tests name others from the folder of the tests.
            if not r.exists(target, beside="tests" if name.startswith("tests/") else ""):
                missing.append(Reference(name, line, target))
    assert not missing, explain(missing)


def test_modules_and_pages_that_are_named_without_a_folder_exist() -> None:
    names = {PurePosixPath(name).name for name in r.files()}
    missing = []
    for name in (*r.pages(), *r.sources(tests=False)):
        for line, match in r.find_matches(r.MODULE, name):
            if match.group() not in names:
                missing.append(Reference(name, line, match.group()))
        folder = "docs" if name == "mkdocs.yml" else str(PurePosixPath(name).parent)
        for line, match in r.find_matches(r.PAGE, name, r.without_links(r.text_of(name))):
            if not r.exists(match.group(), beside=folder):
                missing.append(Reference(name, line, match.group()))
    assert not missing, explain(missing)


def test_headings_stages_and_rules_that_are_cited_exist() -> None:
    missing = []
    for name in (*r.pages(), *r.sources(tests=True)):
        for line, page, wanted in r.list_cited(name):
            if not any(
                head == wanted or head.startswith(wanted) for head in r.headings_of(page, beside=name)
            ):
                missing.append(Reference(name, line, page, wanted))
    assert not missing, explain(missing)


def test_the_commands_that_run_tests_find_some() -> None:
    marks = re.findall(r'^    "(\w+): ', r.text_of("pyproject.toml"), re.M)
    commands = re.findall(r"`([^`]*\.venv/bin/pytest [^`]+)`", r.text_of("CONTRIBUTING.md"))
    assert len(commands) >= 5
    for command in commands:
        words = shlex.split(command.partition("pytest ")[2])
        chosen = {option: words[words.index(option) + 1] for option in ("-k", "-m") if option in words}
        wanted = {word for word in chosen.get("-m", "").split() if word not in ("or", "and", "not")}
        assert wanted <= {*marks}, command
        for path in (word for word in words if word.startswith("tests/")):
            tests = re.findall(r"^(?:async )?def (test_\w+)", r.text_of(path), re.M)
            assert any(chosen.get("-k", "") in name for name in tests), command
            assert all(f"mark.{mark}" in r.text_of(path) for mark in wanted), command


def test_no_text_refers_to_an_issue() -> None:
    """They are not in the repository: what one asked stands where it was done."""
    names = (*r.pages(), *r.sources(tests=True))
    missing = [
        Reference(name, line, match.group())
        for name in names
        for line, match in r.find_matches(r.ISSUE, name)
    ]
    assert not missing, explain(missing)


def test_the_map_names_every_package_and_no_other() -> None:
    """But for the rooms of an application, which docs/process.md tells of by what each says of itself."""
    text = r.text_of("docs/architecture.md").partition("## A map of the house")[2]
    mapped = re.findall(r"^\| `([\w/]+)` \|", text, re.M)
    packages = {
        str(PurePosixPath(name).parent)
        for name in r.files()
        if name.endswith("/__init__.py")
        and name.count("/") > 1
        and not name.startswith(("tests/", "benchmarks/"))
    }
    rooms = {str(PurePosixPath(name).parent) for name in r.files() if re.fullmatch(ROOM, name)}
    assert set(mapped) - rooms == {*packages, "ledger/sql"} - rooms, (
        "docs/architecture.md, the map of the house"
    )
    assert len(mapped) == len(set(mapped))


def test_the_site_has_every_page() -> None:
    listed = re.findall(r"^ *- ([\w/.-]+\.md)$", r.text_of("mkdocs.yml"), re.M)
    assert {f"docs/{name}" for name in listed} == {name for name in r.pages() if name.startswith("docs/")}


def test_the_glossary_names_what_is_in_the_code_in_both_languages() -> None:
    code = "\n".join(r.text_of(name) for name in r.sources(tests=False) if name.endswith((".py", ".sql")))
    row = re.compile(r"^\| (?!word)" + r" \| ".join(["([^|]+)"] * 4) + r" \|$", re.M)
    rows = row.findall(r.text_of("docs/glossary.md"))
    assert len(rows) > 60
    for word, english, chinese, names in rows:
        assert all(re.search(r"[一-鿿]", text) for text in (word, chinese)), word
        assert english.isascii() or "…" in english, word
        for name in re.findall(r"`(\w+)`", names):
            defined = rf"(?:class|def|CREATE TABLE|CREATE FUNCTION) {name}\b|^ *{name}\b(?::| =)"
            assert re.search(defined, code, re.M), f"{word}: {name} is no longer in the code"


def test_a_broken_reference_is_found() -> None:
    text = "See [a](none.md#x), docs/none.md, `nowhere.py` and docs/rules.md, Q9."
    assert [match.group(1) for match in r.LINK.finditer(text)] == ["none.md#x"]
    assert not r.exists("docs/none.md")
    assert r.ISSUE.search("A place that falls empty (issue 12, 9)")
    assert not r.ISSUE.search("issue 2025-second")
    assert [match.group() for match in r.MODULE.finditer(text)] == ["nowhere.py"]
    assert [match.groups() for match in r.RULE.finditer(text)] == [("docs/rules.md", "Q9")]
    assert not any(head.startswith("Q9 ") for head in r.headings("docs/rules.md"))
