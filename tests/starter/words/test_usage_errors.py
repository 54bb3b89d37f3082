"""A wrong command line is told in both languages, and nothing of what was typed but names of options."""

from typing import Any

import pytest

from starter.cli.failures import Failure, failure_of
from starter.cli.usage_errors import UNKNOWN, render_usage_error
from tests.starter.support.commands import Cli, every_command

pytestmark = pytest.mark.long

CANARY = "Canary-Zhang"

WRONG = [
    (CANARY, "There is no such command; --help lists them.", "没有该命令；可用 --help 查看全部命令。"),
    ("round opne r", "There is no such command; did you mean 'open'?", "没有该命令；是否为 'open'？"),
    ("round open", "Missing argument 'ROUND'.", "缺少参数 'ROUND'。"),
    ("conflict rule a b --text x", "Missing option '--upheld'.", "缺少选项 '--upheld'。"),
    (
        f"person add x --name Zhang {CANARY} --mail m@x.example --role expert --employer 91X",
        "There are more arguments than this command takes; put what holds blanks in quotes.",
        "参数过多；含空格的内容请加引号。",
    ),
    (
        f"round extend r review {CANARY} --reason x",
        "Invalid value for 'UNTIL': it must be a date, as YYYY-MM-DD.",
        "'UNTIL' 的值无效：须为日期，格式为 YYYY-MM-DD。",
    ),
    (
        f"up --workers {CANARY}",
        "Invalid value for '--workers': it must be a whole number.",
        "'--workers' 的值无效：须为整数。",
    ),
    (
        "up --workers 99",
        "Invalid value for '--workers': it must be 64 or less.",
        "'--workers' 的值无效：不得大于 64。",
    ),
    (
        "up --workers -1",
        "Invalid value for '--workers': it must be 0 or more.",
        "'--workers' 的值无效：不得小于 0。",
    ),
    (f"up --nope {CANARY}", "There is no option --nope.", "没有选项 --nope。"),
    (f"up --nope={CANARY}", "There is no option --nope.", "没有选项 --nope。"),
    (
        f"up --{CANARY}",
        "There is no such option; --help lists them.",
        "没有该选项；可用 --help 查看全部选项。",
    ),
    (f"up -{CANARY}", "There is no option -C.", "没有选项 -C。"),
    ("up -张三", "There is no such option; --help lists them.", "没有该选项；可用 --help 查看全部选项。"),
    (
        "up --worker 3",
        "There is no option --worker; there is --workers.",
        "没有选项 --worker；可用的有 --workers。",
    ),
    (
        "up --workers三",
        "There is no such option; there is --workers.",
        "没有该选项；可用的有 --workers。",
    ),
    ("round draw r --draw", "Option '--draw' needs a value.", "选项 '--draw' 须带值。"),
    (
        f"round draw r --dry-run={CANARY}",
        "Option '--dry-run' takes no value.",
        "选项 '--dry-run' 不带值。",
    ),
    (
        f"status --command-id {CANARY}/b",
        "--command-id must be 1 to 90 printable characters without spaces or slashes.",
        "--command-id 须为 1 至 90 个可见字符，不含空格和斜线。",
    ),
    (
        f"demo --pace {CANARY}",
        "--pace must be a number of seconds from 0.01 to 86400.",
        "--pace 须为 0.01 至 86400 之间的秒数。",
    ),
    (
        f"demo --example {CANARY}",
        "Invalid value for '--example': it must be one of 'second-batch', 'grant'.",
        "'--example' 的值无效：须为 'second-batch', 'grant' 之一。",
    ),
    (
        f"db migrate --phase {CANARY}",
        "--phase must be pre, post or all.",
        "--phase 只能是 pre、post 或 all。",
    ),
]


@pytest.mark.parametrize(("line", "english", "chinese"), WRONG, ids=[line for line, *_ in WRONG])
def test_a_wrong_command_line_is_told_without_what_was_typed(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, line: str, english: str, chinese: str
) -> None:
    answer = cli(*line.split())
    assert (answer.code, answer.out, answer.err) == (2, "", f"bad-usage: {english}\n")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert cli(*line.split()) == (2, "", f"bad-usage: 命令用法有误：{chinese}\n")


def test_a_missing_command_is_told(cli: Cli) -> None:
    assert cli("--lang", "zh").err == "bad-usage: 命令用法有误：缺少命令。\n"
    assert cli("--lang", "en").err == "bad-usage: Missing command.\n"


QUOTED = f"{CANARY}'. Did you mean '{CANARY}'? does not match the formats '{CANARY}'."
"""What might pass for Typer's own words."""
EVERY = [pytest.param(command, id=" ".join(words)) for words, command in every_command()]


@pytest.mark.parametrize("command", EVERY)
@pytest.mark.parametrize("typed", [CANARY, QUOTED, f"it's {QUOTED} " + "x" * 600])
def test_no_command_tells_what_was_typed_wrong(command: Any, typed: str) -> None:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    values = [[param.opts[0], typed] for param in command.params if param.param_type_name == "option"]
    lines = [[typed] * (len(arguments) + 1), [f"--{typed}"], [f"--no-such={typed}"], *values]
    told = [failure for line in lines for failure in list_failures(command, line)]
    assert {failure.code for failure in told} == {"bad-usage"}
    assert [failure for failure in told if "Canary" in failure.sentence] == []
    unknown = (UNKNOWN.english, UNKNOWN.chinese)
    assert [failure for failure in told if failure.sentence.endswith(unknown)] == []


def list_failures(command: Any, line: list[str]) -> list[Failure]:
    """What is told of a line, in both languages; nothing of one that the command takes."""
    try:
        command.make_context("told", line)
    except Exception as error:  # noqa: BLE001  Typer's usage errors have no public name
        return [failure_of(error, lang) for lang in ("en", "zh")]
    return []


def test_what_is_not_recognised_is_not_told() -> None:
    assert render_usage_error(f"Could not open {CANARY}", "en") == UNKNOWN.english
    assert (
        render_usage_error(f"Invalid value for '--x': {CANARY} is odd", "zh")
        == f"'--x' 的值无效：{UNKNOWN.chinese}"
    )
