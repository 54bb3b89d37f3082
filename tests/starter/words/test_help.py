import json
import re
import subprocess
import sys
from importlib.metadata import version
from typing import Any

import pytest

from starter.cli.command_table import COMMANDS
from starter.cli.main import run
from tests.starter.support.commands import Cli, every_command

pytestmark = pytest.mark.long

EVERY = [pytest.param(words, command, id=" ".join(words)) for words, command in every_command()]


@pytest.mark.parametrize(("words", "command"), EVERY)
def test_the_help_of_every_command_says_what_it_does_and_shows_an_example(
    cli: Cli, words: tuple[str, ...], command: Any
) -> None:
    answer = cli(*words, "--help")
    assert answer.code == 0
    assert command.help
    assert "Example" in answer.out
    # No names of Python's types, and required arguments without braces.
    assert re.findall(r"<\w+>|\{\w+\}|\[\[|%Y", answer.out) == []
    assert f"selection {' '.join(words)}" in re.sub(r" --(as|lang) \S+| --json", "", command.epilog)


def test_values_are_named_in_the_readers_language(cli: Cli) -> None:
    english, chinese = (cli("--lang", lang, "appraise", "vote", "--help").out for lang in ("en", "zh"))
    assert all(
        re.search(rf"--dissent +{kind} ", said) for kind, said in (("TEXT", english), ("文本", chinese))
    )
    assert all(re.search(r"appraise vote \[\S+\] APPLICATION VOTE", said) for said in (english, chinese))
    assert "[ROUND]" in cli("reads", "--help").out


@pytest.mark.parametrize(("words", "command"), EVERY)
def test_every_option_of_every_command_is_explained(words: tuple[str, ...], command: Any) -> None:
    silent = [param.name for param in command.params if not param.help and param.name != "help"]
    assert silent == []


@pytest.mark.parametrize(("words", "command"), EVERY)
def test_every_example_can_be_read_by_its_own_command(words: tuple[str, ...], command: Any) -> None:
    import shlex

    from starter.cli.options import hoist_global_options

    lines = [line for line in command.epilog.split("\n\n") if line.startswith("selection ")]
    for line in lines:
        arguments = hoist_global_options(shlex.split(line)[1:])
        after = arguments[arguments.index(words[0]) + len(words) :]
        command.make_context(" ".join(words), after)


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    held = version("center-selection")
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"center-selection {held}\n"
    assert run(["--version", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"name": "center-selection", "version": held}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_top_help_lists_every_command_and_loads_none(lang: str) -> None:
    script = (
        f"import sys; from starter.cli.main import run; code = run(['--lang', {lang!r}, '--help']);"
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [name for name in COMMANDS if f" {name} " not in done.stdout] == []
    # What takes time to load, and what would load it.
    loaded = set(done.stderr.split())
    assert {name for name in loaded if name.startswith("starter.commands")} == set()
    assert loaded & {"temporalio", "psycopg", "pydantic", "structlog", "cryptography"} == set()
