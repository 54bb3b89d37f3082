"""The decision about the register names every act that can be asked of it."""

import re
from pathlib import Path

import pytest

from selection.register.commands import COMMANDS

pytestmark = pytest.mark.repo
PAGE = Path(__file__).parents[2] / "docs" / "decisions" / "0028-register-is-a-stream.md"


def test_each_act_of_the_register_stands_in_the_table_of_its_decision() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    named = [kind for row in rows for kind in re.findall(r"`([a-z-]+)`", row.split("|")[1])]
    assert sorted(named) == sorted(command.ACT.kind for command in COMMANDS)
