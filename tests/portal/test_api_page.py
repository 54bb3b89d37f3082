"""The example of docs/api.md, run as it is written: by curl, jq and openssl, against a portal on a port."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from starter.keys.key_file import KeyFile
from tests.portal.acting import EXPERT
from tests.portal.serving import served
from tests.portal.signed import OWN, url
from tests.starter.support.quickstart_pages import Command, steps_of

__all__ = ["url"]
pytestmark = pytest.mark.repo
ROOT = Path(__file__).parents[2]
WRITTEN = "http://localhost:8700"
MARK = "--- done ---"


@pytest.fixture
def origin(url: str) -> Iterator[str]:
    with served(url) as found:
        yield found


def test_the_example_answers_as_the_page_says(origin: str, tmp_path: Path) -> None:
    KeyFile.of(EXPERT, OWN, "a passphrase of many words").write(tmp_path / "expert-1.key")
    (tmp_path / "passphrase").write_text("a passphrase of many words")
    commands = [command for step in steps_of(ROOT / "docs" / "api.md", ROOT).values() for command in step]
    assert len(commands) > 20
    answers = run_all(commands, origin, tmp_path)
    for command, answer in zip(commands, answers, strict=True):
        assert command.difference(answer) == ""


def run_all(commands: list[Command], origin: str, folder: Path) -> list[str]:
    """Run the commands in one shell, as somebody types them, and return what each of them says."""
    script = "".join(f"{command.text}\nprintf '%s\\n' '{MARK}'\n" for command in commands)
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", f"exec 2>&1\n{script.replace(WRITTEN, origin)}"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.split(f"{MARK}\n")[:-1]
