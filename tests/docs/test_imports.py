"""Who imports whom: as docs/architecture.md says, and no file in a circle."""

import re
from functools import cache
from graphlib import TopologicalSorter

import grimp
import pytest

from tests.docs import references as r

pytestmark = pytest.mark.repo

PACKAGES = sorted(
    folder for folder in r.folders() if f"{folder}/__init__.py" in r.files() and "/" not in folder
)
ROW = re.compile(r"^\| `(\w+)/` \|[^|]*\| ([^|]+) \|$", re.M)


@cache
def imports() -> dict[str, set[str]]:
    """Every module of this repository, with those of it that it imports, for types alone too."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def read_allowed() -> dict[str, set[str]]:
    """What each folder may import, by the table of docs/architecture.md."""
    rows = {
        folder: words
        for folder, words in ROW.findall(r.text_of("docs/architecture.md"))
        if folder in PACKAGES
    }
    return {
        folder: {word for word in re.split(r"[, ]+", words) if word != "–"} for folder, words in rows.items()
    }


def test_no_files_import_each_other_in_a_circle() -> None:
    # Raises CycleError, which names the circle.
    TopologicalSorter(imports()).prepare()


@pytest.mark.parametrize("folder", sorted({*PACKAGES} - {"tests", "benchmarks", "tools", "examples"}))
def test_a_folder_imports_what_the_page_says(folder: str) -> None:
    may = read_allowed()[folder]
    found = set()
    for module, targets in imports().items():
        for target in targets if module.split(".")[0] == folder else ():
            package, _, rest = target.partition(".")
            if package != folder:
                part = f"{package}/{rest.split('.')[0]}"
                found.add(part if part in may else package)
    assert found == may
