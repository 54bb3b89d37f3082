"""Folders that a reader can take in at a glance: at most twenty modules in each, as CONTRIBUTING.md says."""

from collections import Counter
from pathlib import PurePosixPath

import pytest

from tests.docs import references as r

pytestmark = pytest.mark.repo
AT_MOST = 20


def test_no_folder_holds_more_than_twenty_modules() -> None:
    modules = [PurePosixPath(file) for file in r.files() if file.endswith(".py")]
    held = Counter(str(module.parent) for module in modules if module.name != "__init__.py")
    assert {folder for folder, count in held.items() if count > AT_MOST} == set()
