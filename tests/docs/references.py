"""What the repository's texts refer to: links, files, headings, rules."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
FOLDERS = (
    *("selection", "runtime", "ledger", "reading", "activities", "workflows", "audit", "worker", "starter"),
    *("tests", "benchmarks", "tools", "examples", "vectors", "docs", ".ci"),
)
SHOWN_BY_NAME = tuple(f"{folder}/" for folder in FOLDERS if folder != "docs")
"""Where code lies: a page of docs/ may link to it, since the site shows its name instead (tools/site_pages.py)."""
_SOURCES = (".py", ".sql", ".toml", ".yaml", ".yml", ".go", ".html")
_NOT_OURS = ("examples/second_batch/forms/", "examples/second_batch_form.md", "tests/golden/", "tests/docs/")

LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
PATH = re.compile(rf"(?<![\w./:@-])(?:{'|'.join(map(re.escape, FOLDERS))})/[\w./-]*")
MODULE = re.compile(r"(?<![\w./*-])\w+\.py\b(?!/)")
PAGE = re.compile(r"(?<![\w./@\"'-])[\w-]+\.md\b")
HEADING = re.compile(r"([\w./-]+\.md), \"([^\"]+)\"")
STAGE = re.compile(r"([\w./-]+\.md), stages? (\d+)(?: (?:to|and) (\d+))?")
ISSUE = re.compile(r"\bissues? #?\d{1,3}\b", re.I)
RULE = re.compile(r"([\w./-]+\.md), ([A-Z]\d+)\b")
_FENCED = re.compile(r"^( *)```.*?^\1```", re.M | re.S)
_CODE = re.compile(r"`[^`\n]+`")


@dataclass(frozen=True)
class Reference:
    """A reference: where it stands, and what it names."""

    file: str
    line: int
    target: str
    heading: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.target}" + (f" {self.heading!r}" if self.heading else "")


@cache
def files() -> frozenset[str]:
    """Return every file of the working tree that git does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return frozenset(name for name in listed.split("\0") if name and (ROOT / name).is_file())


@cache
def folders() -> frozenset[str]:
    """Return every folder that holds one of the files."""
    return frozenset(str(parent) for name in files() for parent in PurePosixPath(name).parents)


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pages() -> list[str]:
    """Return every page that people write or that is made for them."""
    return sorted(name for name in files() if name.endswith(".md") and not name.startswith(_NOT_OURS))


def sources(*, tests: bool) -> list[str]:
    """Return every file of code, with or without the tests."""
    return sorted(
        name
        for name in files()
        if (name.endswith(_SOURCES) or name in ("Makefile", ".ci/run"))
        and not name.startswith(_NOT_OURS)
        and (tests or not name.startswith("tests/"))
    )


def find_matches(
    pattern: re.Pattern[str], name: str, text: str | None = None
) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield line and match of a pattern in a file."""
    text = text_of(name) if text is None else text
    for match in pattern.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match


def exists(target: str, *, beside: str = "") -> bool:
    """Tell whether a path is a file, a folder, a module, or the begin of a numbered decision's name."""
    for start in dict.fromkeys(("", beside)):
        path = str(PurePosixPath(start) / target).rstrip("/")
        if path in files() or path in folders() or f"{path}.py" in files():
            return True
        if re.search(r"/\d{4}$", path) and any(name.startswith(f"{path}-") for name in files()):
            return True
    return False


def without_links(text: str) -> str:
    """Return a text without its links, which are followed for themselves."""
    return LINK.sub("", text)


def resolve(target: str, *, page: str) -> str:
    """Return the path that a relative link of a page leads to, as seen from the root."""
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / target).parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def without_code(text: str) -> str:
    """Return a page's text with its code blanked out, line breaks kept."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match.group())

    return _CODE.sub(blank, _FENCED.sub(blank, text))


@cache
def headings(name: str) -> tuple[str, ...]:
    """Return the headings of a page, without their marks."""
    text = _FENCED.sub("", text_of(name))
    return tuple(match.group(1).strip() for match in re.finditer(r"^#{1,6} +(.+)$", text, re.M))


def headings_of(page: str, *, beside: str) -> tuple[str, ...]:
    """Return the headings of a page that a file names from the root or from its own folder; none if there is none."""
    folder = str(PurePosixPath(beside).parent)
    return next((headings(path) for path in (page, f"{folder}/{page}") if path in files()), ())


def list_cited(name: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, page and the begin of the heading for every heading, stage and rule that a file cites."""
    # All three patterns begin with the name of a page, which takes long to look for where there is none.
    if ".md, " not in text_of(name):
        return
    for line, match in find_matches(HEADING, name):
        yield line, match.group(1), match.group(2)
    for line, match in find_matches(STAGE, name):
        for number in filter(None, match.groups()[1:]):
            yield line, match.group(1), f"Stage {number}:"
    for line, match in find_matches(RULE, name):
        yield line, match.group(1), f"{match.group(2)} "


@cache
def anchors(name: str) -> frozenset[str]:
    """Return what a link may name in a page, as a forge and the site make it from the headings."""
    taken: dict[str, int] = {}
    made = set()
    for heading in headings(name):
        slug = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading).lower()).replace(" ", "-")
        made.add(f"{slug}-{taken[slug]}" if slug in taken else slug)
        taken[slug] = taken.get(slug, 0) + 1
    return frozenset(made)
