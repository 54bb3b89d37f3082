"""Parts of a page in the other language than its own say which, and the page says what it said."""

import re

import pytest
from hypothesis import example, given, strategies as st

from portal.shown import languages
from portal.shown.languages import LONGEST, mark_languages

MARKS = re.compile(r'</?span(?: lang="(?:zh-CN|en)")?>| lang="(?:zh-CN|en)"')
TEXTS = st.lists(
    st.sampled_from(
        ["中心", "创新。", "Centre", "for", "VR", "a", " ", "\n", "2024", "&#39;", "&amp;", "id-1", "（"]
    )
).map("".join)
ELEMENTS = st.sampled_from(
    ["<p>{}</p>", "<li><b>{}</b>, </li>", "<option>{}</option>", "<td>x<br>{}</td>", "<q>{}"]
)
PAGES = st.lists(st.tuples(ELEMENTS, TEXTS)).map(
    lambda parts: "".join(one.format(text) for one, text in parts)
)


def mark(body: str, language: str) -> str:
    return mark_languages(f"<html><body>{body}</body></html>", language)[
        len("<html><body>") : -len("</body></html>")
    ]


TAGS = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<q",
            ">",
            " ",
            "\n",
            'lang="en"',
            'hreflang="en"',
            "<pre>",
            "</pre>",
            "<code ",
            "<br ",
            "<svg/>",
        ]
    )
).map("".join)


@given(TAGS)
@example('<q<code lang="en"<p>')
def test_elements_apart_are_found_as_their_pattern_finds_them(page: str) -> None:
    for after in range(len(page) + 1):
        found, wanted = (
            find(page, after, len(page)) for find in (languages._find_apart, languages.APART.search)
        )
        assert (found and found.span()) == (wanted and wanted.span())


@given(PAGES, st.sampled_from(["en", "zh"]))
def test_a_page_says_what_it_said_and_is_marked_once(body: str, language: str) -> None:
    marked = mark(body, language)
    assert MARKS.sub("", marked) == body
    assert mark(marked, language) == marked


@pytest.mark.parametrize(
    ("language", "body", "marked"),
    [
        ("en", "<dd>舞台机械中心</dd>", '<dd lang="zh-CN">舞台机械中心</dd>'),
        ("en", "<p>Of 张三。 Today</p>", '<p>Of <span lang="zh-CN">张三。</span> Today</p>'),
        ("en", "<p>共建 VR 实验室</p>", '<p lang="zh-CN">共建 VR 实验室</p>'),
        ("en", "<p>中 of the two</p>", '<p><span lang="zh-CN">中</span> of the two</p>'),
        ("en", "<p>证明.pdf <b>PNG</b></p>", '<p><span lang="zh-CN">证明.pdf</span> <b>PNG</b></p>'),
        ("en", "<option>中心 (3)</option>", '<option lang="zh-CN">中心 (3)</option>'),
        ("en", "<option>A longer name, 中心</option>", "<option>A longer name, 中心</option>"),
        ("en", '<input type="text" value="张三">', '<input type="text" value="张三" lang="zh-CN">'),
        (
            "en",
            '<input value="中" lang="zh-CN"><i>中心</i>',
            '<input value="中" lang="zh-CN"><i lang="zh-CN">中心</i>',
        ),
        ("en", '<input type="hidden" value="张三">', '<input type="hidden" value="张三">'),
        (
            "zh",
            "<p>Centre for &#39;Stage&#39; Machines</p>",
            '<p lang="en">Centre for &#39;Stage&#39; Machines</p>',
        ),
        ("zh", "<p>上传 XLSX 或 PDF/A</p>", "<p>上传 XLSX 或 PDF/A</p>"),
        ("zh", "<p>张三（expert-1）</p>", "<p>张三（expert-1）</p>"),
        ("zh", "<p>由 Li Wen 签名</p>", '<p>由 <span lang="en">Li Wen</span> 签名</p>'),
        ("zh", '<a lang="en">Read in English</a>', '<a lang="en">Read in English</a>'),
        (
            "en",
            '<p lang="zh-CN"><q>All of it</q> 中心</p>',
            '<p lang="zh-CN"><q lang="en">All of it</q> 中心</p>',
        ),
        ("en", '<p lang="en">中心</p>', '<p lang="en"><span lang="zh-CN">中心</span></p>'),
        ("zh", "<pre>a command of theirs</pre>", "<pre>a command of theirs</pre>"),
        (
            "zh",
            '<pre data-salt="x">a text of theirs</pre>',
            '<pre data-salt="x" lang="en">a text of theirs</pre>',
        ),
        ("en", "<svg><text>中心</text></svg>", '<svg><text lang="zh-CN">中心</text></svg>'),
    ],
)
def test_what_is_in_the_other_language_is_marked(language: str, body: str, marked: str) -> None:
    assert mark(body, language) == marked


@pytest.mark.parametrize(("language", "piece"), [("en", "中 of the two, "), ("zh", "中心与机构 of the ")])
def test_a_text_that_changes_its_language_often_grows_by_one_mark_at_most(language: str, piece: str) -> None:
    """A form of many such texts would grow by a mark for every few characters."""
    marked = mark(f"<p>{piece * 200}</p><td>x<br>{piece * 200}</td>", language)
    assert marked.count(" lang=") <= 2


def test_of_a_long_text_its_beginning_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = list[int]()

    def note(text: str) -> list[tuple[int, int]]:
        seen.append(len(text))
        return [(0, len(text))]

    monkeypatch.setattr(languages, "_find_chinese", note)
    text = "创" * (50 * LONGEST)
    assert mark(f"<p>{text}</p>", "en") == f'<p lang="zh-CN">{text}</p>'
    assert seen == [LONGEST]
