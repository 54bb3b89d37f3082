"""What somebody hands in to do harm is refused before it costs anything, and named."""

import pytest

from selection.forms.faults import Unreadable
from selection.forms.json_text import DEPTH, LIMIT, read_canonical, read_json
from selection.forms.texts import count_words, is_formula
from selection.kernel.hidden_characters import find_hidden


def read_refusal(body: bytes) -> str:
    with pytest.raises(Unreadable) as found:
        read_canonical(body)
    return found.value.fault.code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"[" * 100_000, "too-deep"),
        (b'{"a":' * (DEPTH + 1) + b"1" + b"}" * (DEPTH + 1), "too-deep"),
        (b'"' + b"x" * LIMIT + b'"', "too-large"),
        (b'"' * (LIMIT - 1), "unreadable"),
        (b'"' + b'\\"' * (LIMIT // 2 - 1), "unreadable"),
        (b'{"a":1,"a":2}', "unreadable"),
        (b'{"a":NaN}', "unreadable"),
        (b'{"a":-Infinity}', "unreadable"),
        (b'{"a":1.5}', "unreadable"),
        (b'{"a":1e999999999}', "unreadable"),
        (b'{"a":' + b"9" * 5000 + b"}", "unreadable"),
        (b'{"a":9007199254740993}', "unreadable"),
        (b'{"a":"\xff"}', "unreadable"),
        (b'{"a":"\\ud800"}', "not-canonical"),
        (b'{"b":1,"a":2}', "not-canonical"),
        (b'{"a": 1}', "not-canonical"),
        (b"\xef\xbb\xbf{}", "unreadable"),
        (b"", "unreadable"),
    ],
)
def test_a_text_that_no_honest_client_writes_is_refused(body: bytes, code: str) -> None:
    assert read_refusal(body) == code


def test_brackets_within_texts_do_not_count_as_levels() -> None:
    assert read_json(b'{"a":"' + b"[{" * 1000 + b'\\"["}') == {"a": "[{" * 1000 + '"['}


@pytest.mark.parametrize(
    "text",
    [
        "a\u202eb",
        "a\u2066b",
        "\ufeffa",
        "a\x00",
        "a\u200bb",
        "a\x1b[31m",
        "\ufffe",
        "\U0001ffff",
        "\ud800",
        "\x85",
    ],
)
def test_what_cannot_be_seen_is_found(text: str) -> None:
    assert find_hidden(text, lines=True) is not None


def test_lines_are_for_fields_of_several_lines() -> None:
    assert find_hidden("a\nb", lines=True) is None
    assert find_hidden("a\nb", lines=False) == 2
    assert find_hidden("文旅，中心：AI “创新” — 2.5 kg", lines=False) is None


def test_formulas_are_told_from_numbers_and_lists() -> None:
    assert all(map(is_formula, ("=1+1", " =A1", "@SUM(A1)", "+cmd|x", "-A1", "\t=1")))
    assert not any(map(is_formula, ("- a list", "+86 10 1234", "-5 °C", "1=1", "文=字")))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("，。！", 0),
        ("文旅创新", 4),
        ("AI 文旅 centre", 4),
        ("state-of-the-art, don't", 2),
        ("面积12,000平方米", 6),
        ("Überprüfung naïve", 2),
        ("한국어 문장", 2),
    ],
)
def test_words_are_counted_as_people_do(text: str, count: int) -> None:
    assert count_words(text) == count
