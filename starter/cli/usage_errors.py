"""What is said of a wrong command line, in English and Chinese: what Typer says of it, without what was typed.

Typer, Click and pydantic quote the line, and `--name Zhang San` without quotes makes a name an argument too many.
Only what is recognised here is told, and of that only names that our commands have and the form of an option.
"""

import re
from typing import NamedTuple

from starter.chinese.catalogue import SENTENCES


class Saying(NamedTuple):
    """A pattern of what Typer says, and what we say. What stands under `text` is told in its turn."""

    pattern: str
    english: str
    chinese: str


_NAME = r"(?P<name>'[^']+'(?: / '[^']+')*)"
_NEAR = r"(?P<near>--?[a-z-]+(?:, --?[a-z-]+)*)"

SAYINGS = (
    Saying(r"Missing command\.", "Missing command.", "缺少命令。"),
    Saying(rf"Missing argument {_NAME}\.", "Missing argument {name}.", "缺少参数 {name}。"),
    Saying(rf"Missing option {_NAME}\.", "Missing option {name}.", "缺少选项 {name}。"),
    Saying(
        rf"Invalid value for {_NAME}: (?P<text>.+)",
        "Invalid value for {name}: {text}",
        "{name} 的值无效：{text}",
    ),
    Saying(r"Invalid value: (?P<text>.+)", "{text}", "{text}"),
    Saying(
        r"No such command .+\. Did you mean (?P<near>'[a-z-]+'(?:, '[a-z-]+')*)\?",
        "There is no such command; did you mean {near}?",
        "没有该命令；是否为 {near}？",
    ),
    Saying(
        r"No such command .+",
        "There is no such command; --help lists them.",
        "没有该命令；可用 --help 查看全部命令。",
    ),
    Saying(
        rf"No such option: (?P<name>--[a-z-]{{1,30}}) \(Possible options: {_NEAR}\)",
        "There is no option {name}; there is {near}.",
        "没有选项 {name}；可用的有 {near}。",
    ),
    Saying(
        rf"No such option: .+ \(Possible options: {_NEAR}\)",
        "There is no such option; there is {near}.",
        "没有该选项；可用的有 {near}。",
    ),
    Saying(
        r"No such option: (?P<name>--[a-z-]{1,30}|-[A-Za-z])",
        "There is no option {name}.",
        "没有选项 {name}。",
    ),
    Saying(
        r"No such option: .+",
        "There is no such option; --help lists them.",
        "没有该选项；可用 --help 查看全部选项。",
    ),
    Saying(
        r"Got unexpected extra argument\(s\) \(.*\)",
        "There are more arguments than this command takes; put what holds blanks in quotes.",
        "参数过多；含空格的内容请加引号。",
    ),
    Saying(rf"Option {_NAME} requires an argument\.", "Option {name} needs a value.", "选项 {name} 须带值。"),
    Saying(
        rf"Option {_NAME} does not take a value\.", "Option {name} takes no value.", "选项 {name} 不带值。"
    ),
    Saying(r"Value error, (?P<text>.+)", "{text}", "{text}"),
    Saying(
        r".* does not match the formats '%Y-%m-%d'\.",
        "it must be a date, as YYYY-MM-DD.",
        "须为日期，格式为 YYYY-MM-DD。",
    ),
    Saying(
        # What was typed stands before the last of these words, what may be typed after it.
        r".* is not one of (?P<near>'[a-z-]+'(?:, '[a-z-]+')*)\.",
        "it must be one of {near}.",
        "须为 {near} 之一。",
    ),
    Saying(r"Input should be a valid integer.*", "it must be a whole number.", "须为整数。"),
    Saying(
        r"Input should be greater than or equal to (?P<limit>[-.0-9]+)",
        "it must be {limit} or more.",
        "不得小于 {limit}。",
    ),
    Saying(
        r"Input should be less than or equal to (?P<limit>[-.0-9]+)",
        "it must be {limit} or less.",
        "不得大于 {limit}。",
    ),
)
UNKNOWN = Saying(
    "", "not understood; --help shows how the command is typed.", "无法识别；可用 --help 查看命令用法。"
)


def render_usage_error(said: str, lang: str) -> str:
    """Return what to tell in `en` or `zh` of a usage error that Typer told so, in one line."""
    return _translate(" ".join(said.split()), chinese=lang == "zh")


def _translate(said: str, *, chinese: bool) -> str:
    if said in SENTENCES:
        # One of our own: it has no placeholder, so nothing that was typed.
        return f"{SENTENCES[said]}。" if chinese else f"{said}."
    for saying in SAYINGS:
        found = re.fullmatch(saying.pattern, said)
        if found:
            parts = found.groupdict()
            if "text" in parts:
                parts["text"] = _translate(parts["text"], chinese=chinese)
            return (saying.chinese if chinese else saying.english).format(**parts)
    return UNKNOWN.chinese if chinese else UNKNOWN.english
