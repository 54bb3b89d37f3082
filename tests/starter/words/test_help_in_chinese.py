import ast
import re
from collections import Counter
from itertools import pairwise

import pytest
from rich.cells import cell_len

from starter.chinese import catalogue
from starter.chinese.line_breaks import divide_chinese
from starter.cli.command_table import COMMANDS
from tests.starter.support.commands import Cli, every_command
from tests.starter.support.help_texts import sentences_said, to_paste

pytestmark = pytest.mark.long

GROUPS = [(), *((name,) for name in COMMANDS)]
EVERY = [
    pytest.param(words, id=" ".join(words) or "selection")
    for words in dict.fromkeys([*GROUPS, *(words for words, _ in every_command())])
]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,}[,;:]? [a-z]{2,}")
"""Two Latin words with a blank between them: codes, ids and options have none inside."""


def test_every_sentence_of_the_help_has_its_chinese() -> None:
    missing = {text: names for text, names in sentences_said().items() if not catalogue.SENTENCES.get(text)}
    assert not missing, "\nThe help would say this in English to Chinese readers; add\n" + to_paste(missing)


def test_every_chinese_sentence_belongs_to_something_that_is_said() -> None:
    unused = sorted(set(catalogue.SENTENCES) - set(sentences_said()))
    assert not unused, "\nNo command says this any more; remove it from starter/chinese:\n" + "\n".join(
        unused
    )


def test_no_sentence_is_put_into_chinese_twice() -> None:
    counted = Counter(english for part in catalogue.PARTS for english in part.SENTENCES)
    assert [english for english, count in counted.items() if count > 1] == []


def test_every_chinese_sentence_is_chinese() -> None:
    wrong = {
        english: chinese
        for english, chinese in catalogue.SENTENCES.items()
        if not re.search(r"[\u3000-\u9fff]", chinese)
    }
    assert wrong == {}


def test_what_is_missing_can_be_pasted() -> None:
    text = 'A "word" ' + "more " * 40
    told = to_paste({text.strip(): {"round"}, "Short.": {"round", "mail"}})
    pasted = re.findall(r"in (\S+):\n((?:    .*\n?)+)", told)
    assert [part for part, _ in pasted] == [
        "starter/chinese/for_officers.py",
        "starter/chinese/everywhere.py",
    ]
    read: dict[str, str] = {}
    for _, lines in pasted:
        read |= ast.literal_eval("{" + lines + "}")
    assert read == {text.strip(): "", "Short.": ""}
    assert max(map(len, told.splitlines())) < 120


@pytest.mark.parametrize("words", EVERY)
def test_no_english_is_left_in_the_help(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "600")
    answer = cli(*words, "--help", "--lang", "zh")
    assert answer.code == 0
    assert "用法：selection" in answer.out
    told = [line for line in answer.out.splitlines() if not line.startswith((" selection ", " 用法："))]
    prose = re.sub(r"`[^`]*`|<[^>]*>", "", "\n".join(told))
    assert ENGLISH.findall(prose) == []
    own = re.compile(r"Usage|Options|Arguments|Commands|COMMAND|ARGS|required|default|Example")
    assert own.findall(answer.out) == []


@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize("words", EVERY)
def test_the_help_fits_the_terminal_and_loses_nothing(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = cli("--lang", "zh", *words, "--help").out.splitlines()
    assert {cell_len(line) for line in lines if line} == {columns}
    assert [line for line in lines if "…" in line] == []
    assert [line for line in lines if re.match(r"[ │]*[，。；：、？！）》]", line)] == []


def test_the_language_of_the_terminal_is_that_of_the_help(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "将期限延至此后某日结束时；" in cli("round", "extend", "--help").out
    assert "Move a deadline to the end of a later day;" in cli("round", "extend", "--help", "--lang=en").out


def test_english_help_stays_english_after_chinese(cli: Cli) -> None:
    before = cli("round", "draw", "--help").out
    assert "[必填]" in cli("round", "draw", "--lang", "zh", "--help").out
    assert cli("round", "draw", "--help").out == before
    assert not CHINESE.search(before)


@pytest.mark.parametrize("width", range(4, 60))
def test_a_line_of_chinese_breaks_where_it_may(width: int) -> None:
    text = "以记录为准（见《规则》）。记录丢失的条目由 Temporal 的历史补回，`ref:编号` 除外；退出码为 1。"
    begins = divide_chinese(text, width)
    lines = [text[begin:end] for begin, end in pairwise([0, *begins, len(text)])]
    assert "".join(lines) == text
    assert max(map(cell_len, lines)) <= width
    if width >= 10:
        # Narrower than the longest word, anything may be folded.
        assert [line for line in lines if line[0] in "，。；：、）》`" and not line.startswith("`ref:")] == []
        assert [line for line in lines if line.rstrip()[-1] in "（《"] == []
        assert [word for word in ("Temporal", "ref:编") if not any(word in line for line in lines)] == []
