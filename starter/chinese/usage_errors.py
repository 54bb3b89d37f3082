"""What Typer, Click and pydantic say of a wrong command line, in Chinese. They only say it in English."""

import re

from starter.chinese.catalogue import SENTENCES

PATTERNS: tuple[tuple[str, str], ...] = (
    (r"Missing command\.", "缺少命令。"),
    (r"Missing argument (?P<name>'[^']+')\.", "缺少参数 {name}。"),
    (r"Missing option (?P<name>'[^']+')\.", "缺少选项 {name}。"),
    (r"Invalid value for (?P<name>'[^']+'): (?P<text>.+)", "{name} 的值无效：{text}"),
    (r"Invalid value: (?P<text>.+)", "{text}"),
    (r"No such command (?P<name>'.+')\. Did you mean (?P<near>.+)\?", "没有命令 {name}；是否为 {near}？"),
    (r"No such command (?P<name>.+)\.", "没有命令 {name}。"),
    (
        r"No such option: (?P<name>\S+) \(Possible options: (?P<near>.+)\)",
        "没有选项 {name}；可用的有 {near}。",
    ),
    (r"No such option: (?P<name>.+)", "没有选项 {name}。"),
    (r"Got unexpected extra argument\(s\) \((?P<names>.+)\)", "多余的参数：{names}。"),
    (r"Option (?P<name>'.+') requires an argument\.", "选项 {name} 须带值。"),
    (r"Option (?P<name>'.+') does not take a value\.", "选项 {name} 不带值。"),
    (r"Value error, (?P<text>.+)", "{text}"),
    (r"(?P<value>'.*') does not match the formats (?P<formats>.+)\.", "{value} 不符合格式 {formats}。"),
    (r"(?P<value>'.*') is not one of (?P<values>.+)\.", "{value} 不在 {values} 之内。"),
    (r"Input should be a valid integer.*", "须为整数。"),
    (r"Input should be greater than or equal to (?P<limit>.+)", "不得小于 {limit}。"),
    (r"Input should be less than or equal to (?P<limit>.+)", "不得大于 {limit}。"),
)
"""Pattern of the English, and the Chinese; what stands under `text` is put into Chinese in its turn."""


def usage_in_chinese(english: str) -> str:
    """Return the Chinese of a usage error in one line; one that is not known stays as it is."""
    if english in SENTENCES:
        return SENTENCES[english] + "。"
    for pattern, chinese in PATTERNS:
        found = re.fullmatch(pattern, english)
        if found:
            parts = found.groupdict()
            if "text" in parts:
                parts["text"] = usage_in_chinese(parts["text"])
            return chinese.format(**parts)
    return english
