"""The quickstarts of docs/quickstart, run: every command on a real stack, in the order of their steps."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.waiting import STUCK_AFTER
from tests.starter.support.quickstart_pages import Command, steps_of
from tests.starter.support.stack import UpHere

pytestmark = pytest.mark.stack

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "quickstart"
ENGLISH = [page for page in sorted(PAGES.glob("*.md")) if ".zh" not in page.name]
CHINESE = sorted(PAGES.glob("*.zh.md"))
READS = re.compile(
    r"selection --as \S+ (status|round status|show|task list|mail list|timeline|receipt|audit export)\b"
    r"|.* --dry-run$"
)
"""Commands that a reader repeats until the engine is as far as the page says."""
NOT_YET = ("decision-under-way", "no-notice", "numbers-not-public")
"""Refusals that nobody who types meets: what was decided is still being carried out."""
AHEAD = 14
"""How many commands have to be done before recommendations close, generously."""
DAYS = 6
"""Rehearsed days until then."""
OWN = {"pilot": "trial", "my-application": "my-hand-in-too"}
"""What the second reader calls otherwise, by a word as long: where lines break depends on it."""
PARTS = (range(1, 5), range(5, 14), range(14, 20))
"""Steps up to a deadline, after which one story waits while the other goes on."""


def test_the_chinese_pages_hold_the_commands_of_the_english() -> None:
    assert CHINESE
    for page in CHINESE:
        english = page.with_name(page.name.replace(".zh.md", ".md"))
        texts = [
            {step: [command.text for command in found] for step, found in steps_of(each, ROOT).items()}
            for each in (page, english)
        ]
        assert texts[0] == texts[1], page.name


class Reader:
    """Somebody who goes through the pages. In Chinese through those that there are, on a round of its own."""

    def __init__(self, up: UpHere, took: dict[str, float], *, chinese: bool) -> None:
        self.up = up
        self.took = took
        self.chinese = chinese
        self.steps: dict[int, list[Command]] = {}
        for page in (*ENGLISH, *(CHINESE if chinese else ())):
            self.steps.update(steps_of(page, ROOT))
        told_in_chinese = {step for page in CHINESE for step in steps_of(page, ROOT)}
        self.last = max(told_in_chinese if chinese else self.steps)
        # What one person does for the whole installation is done already.
        self.first = min(told_in_chinese) if chinese else min(self.steps)
        self.tongue = {
            step: "zh_CN.UTF-8" if chinese and step in told_in_chinese else "en_US.UTF-8"
            for step in self.steps
        }
        self.leaf_hash = ""
        self.waits = 0.0

    def go(self, part: range) -> None:
        """Do the steps of a part."""
        for step in part:
            if self.first <= step <= self.last:
                self.up.environment["LANG"] = self.tongue[step]
                for command in self.steps[step]:
                    self.do(command)

    def do(self, command: Command) -> None:
        """Run a command, a reading one until it answers what the page shows."""
        given_up = time.monotonic() + STUCK_AFTER + self.waits
        while True:
            code, answer = self.answer(command)
            for written, own in OWN.items():
                answer = answer.replace(own, written)
            wrong = f"{command.page}:{command.line}: `{command.text}` ends with {code}:\n{answer}"
            if code == command.code:
                wrong = command.difference(answer)
            if not wrong:
                return
            again = READS.match(command.text) or answer.startswith(NOT_YET)
            if not again or time.monotonic() > given_up:
                pytest.fail(wrong, pytrace=False)
            time.sleep(0.3)

    def answer(self, command: Command) -> tuple[int, str]:
        """Run a command as it is written and return its exit code and what it says."""
        text = self.mine(command.text)
        if text == "selection up --local":
            return 0, self.up.start()
        if text == "^C":
            return self.up.stop(signal.SIGINT)
        if text.startswith("cd "):
            os.chdir(text.removeprefix("cd "))
            return 0, ""
        if text.startswith("for "):
            return self.loop(text)
        if not text.startswith("selection "):
            done = subprocess.run(text, shell=True, capture_output=True, text=True, check=False)
            self.quicken(text)
            return done.returncode, done.stdout + done.stderr
        began = time.monotonic()
        code, out, err = self.up(*shlex.split(text)[1:])
        self.took[text] = time.monotonic() - began
        for leaf_hash in re.findall(r"\b[0-9a-f]{64}\b", out):
            self.leaf_hash = leaf_hash
        return code, out + err

    def loop(self, text: str) -> tuple[int, str]:
        head, *lines, _ = text.splitlines()
        name, values = re.fullmatch(r"for (\w+) in (.*); do", head).groups()  # type: ignore[union-attr]
        answers = []
        for value in values.split():
            for line in lines:
                once = Command("", 0, line.strip().replace(f"${name}", value), None)
                code, answer = self.answer(once)
                if code:
                    return code, f"{once.text}: {answer}"
                answers.append(answer)
        return 0, "".join(answers)

    def mine(self, text: str) -> str:
        """Return a command on this reader's own round, with the hash that they were given last."""
        mine = re.sub(r"\b[0-9a-f]+…", self.leaf_hash, text)
        for written, own in OWN.items() if self.chinese else ():
            mine = re.sub(rf"\b{written}\b(?!\.yaml)", own, mine)
        return mine

    def quicken(self, text: str) -> None:
        """Make the days of the rules as short as this machine allows."""
        if not text.startswith("sed "):
            return
        each = max(seconds for text, seconds in self.took.items() if " person " in text)
        pace = max(1.5, 4 * AHEAD * each / DAYS)
        self.waits = DAYS * pace
        rules = Path("rules.yaml")
        written = rules.read_text(encoding="utf-8")
        assert 'seconds_per_day: "60"' in written
        rules.write_text(written.replace('day: "60"', f'day: "{pace:.3f}"'), encoding="utf-8")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A checkout, as far as the pages need one, to work in; its name is short, as paths are shown on one line."""
    with tempfile.TemporaryDirectory(prefix="s-") as made, pytest.MonkeyPatch.context() as patch:
        folder = Path(made).resolve()
        shutil.copytree(ROOT / "examples" / "quickstart", folder / "examples" / "quickstart")
        (folder / ".venv").symlink_to(sys.prefix)
        patch.chdir(folder)
        yield folder


def test_a_round_goes_from_open_to_verified_by_the_quickstarts(folder: Path) -> None:
    up = UpHere(Path(".selection"))
    took: dict[str, float] = {}
    english, chinese = Reader(up, took, chinese=False), Reader(up, took, chinese=True)
    assert sorted(english.steps) == [step for part in PARTS for step in part]
    try:
        for part in PARTS[:-1]:
            english.go(part)
            chinese.go(part)
        chinese.go(PARTS[-1])
        english.go(PARTS[-1])
    finally:
        if up.process is not None and up.process.poll() is None:
            up.stop()
