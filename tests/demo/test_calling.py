"""The commands that the demo proposes start the program that runs, wherever it stands."""

import shlex
import sys
from pathlib import Path

import pytest

from starter.demo.calling import command_line


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "with space" / "bin" / "selection"
    made.parent.mkdir(parents=True)
    made.write_text("#!/bin/sh\n")
    made.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sys, "argv", [str(made)])
    return made


def test_a_script_that_is_not_on_the_path_is_named_by_the_shorter_way_to_it(
    script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command_line("task", "list") == "'with space/bin/selection' task list"
    monkeypatch.setattr(sys, "argv", ["/bin/selection"])
    monkeypatch.chdir("/usr/share")
    assert command_line("up") == "/bin/selection up"


def test_a_script_in_the_present_folder_is_not_looked_for_on_the_path(
    script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(script.parent)
    assert command_line("up") == "./selection up"
    monkeypatch.setattr(sys, "argv", ["selection"])
    assert command_line("up") == "./selection up"


def test_a_script_on_the_path_is_named_by_its_name_unless_another_stands_there(
    script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(script.parent))
    assert command_line("up") == "selection up"
    other = tmp_path / "selection"
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert command_line("up") == "'with space/bin/selection' up"


def test_a_module_is_run_as_one_and_every_word_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["starter/cli/main.py"])
    words = ("audit", "verify", Path("a folder/it's.zip"))
    assert shlex.split(command_line(*words)) == [sys.executable, "-m", "starter.cli.main", *map(str, words)]
