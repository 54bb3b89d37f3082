"""What people write is text and nothing else: it runs nothing, hides nothing and stays on the page."""

import pytest
from hypothesis import given, settings, strategies as st

from papers.fonts import load_fonts
from papers.intake import Dossier, LongAnswer, Section
from papers.kinds import PaperKind
from papers.letters import Certificate, DecisionLetter
from papers.render import find_missing, render
from papers.text import BREAK, break_long_words, replace_unprintable
from papers.values import Block, Centre, Words
from tests.papers.pdf import list_boxes, list_dangers, list_fonts, read_text, squeeze
from tests.papers.samples import shortest

pytestmark = pytest.mark.long

CERTIFICATE = shortest()[PaperKind.CERTIFICATE]
ASCII = frozenset(range(32, 127))
MARKUP = [
    '#panic() #sys.inputs #read("/etc/passwd") #include "base.typ"',
    "= Heading *bold* _it_ `raw` $x^2$ @ref <label> \\ // gone /* gone */",
    '"); #eval("1") #image("x") \\u{41} ] } ) [ { (',
    "{name} {place} {count:one|two} {0} {{ }} %s",
    "</script><b>&amp; \\n \\\\",
]


def _certificate(name: str, *, host: str = "host") -> Certificate:
    assert isinstance(CERTIFICATE, Certificate)
    return CERTIFICATE.model_copy(
        update={"centre": Centre(number="0007", name=Words.alike(name), host=Words.alike(host))}
    )


def _dossier(*texts: str) -> Dossier:
    blocks = tuple(Block(kind="paragraph", text=text) for text in texts)
    made = shortest()[PaperKind.APPLICATION]
    assert isinstance(made, Dossier)
    return made.model_copy(update={"sections": (Section(title=Words.alike("x"), blocks=blocks),)})


@pytest.mark.parametrize("text", MARKUP)
def test_markup_stands_as_it_was_written(text: str) -> None:
    body = render(_certificate(text, host=text), "both")
    assert read_text(body).count(squeeze(text)) == 6
    assert not list_dangers(body)
    assert squeeze(text) in read_text(render(_dossier(text), "zh"))


def test_no_text_fills_in_a_place_of_a_sentence() -> None:
    text = read_text(render(_certificate("{host}", host="{name}"), "en"))
    assert "{host}(underconstruction),hostedby{name},is" in text


@pytest.mark.parametrize(
    "character", ["\u202e", "\u2066", "\u200f", "\x07", "\x00", "\x1b", "\u2028", "\ufffe"]
)
def test_what_steers_stands_as_its_code(character: str) -> None:
    paper = _certificate(f"a{character}b")
    text = read_text(render(paper, "en"))
    assert f"a[U+{ord(character):04X}]b(underconstruction)" in text
    assert character not in text
    assert find_missing(paper) == (f"[U+{ord(character):04X}]",)


def test_character_without_a_glyph_is_told_of_on_the_paper() -> None:
    paper = _certificate("张𠮷 😀😀")
    english, chinese = read_text(render(paper, "en")), read_text(render(paper, "zh"))
    assert find_missing(paper) == ("[U+1F600]", "[U+20BB7]")
    for text in (english, chinese):
        assert "张[U+20BB7][U+1F600][U+1F600]" in text
        assert "[U+1F600][U+20BB7]" in text
    assert "Nofontofthisinstallationhasthesecharacters" in english
    assert "本系统所用字体缺少以下字符" in chinese


def test_rarer_characters_of_names_have_glyphs() -> None:
    names = "镕喆堃珺頔昇囍㐂龘鱻麤璟焱垚犇淼晶磊鑫飝彧翀赟翾䶮骉𬭎𬍛𫖯𬘡"
    assert not find_missing(_certificate(names))
    assert names in read_text(render(_certificate(names), "zh"))


@pytest.mark.parametrize(
    "text",
    [
        "W" * 3000,
        "网" * 10_000,
        "https://example.org/" + "a/" * 300,
        "word " * 2000,
        "W，" * 800,
        "\n" * 500,
        "é" * 400,
    ],
    ids=["one word", "10,000 characters", "address", "words", "wide and narrow", "empty lines", "accents"],
)
def test_no_text_runs_over_the_margins(text: str) -> None:
    letter = shortest()[PaperKind.LETTER]
    assert isinstance(letter, DecisionLetter)
    blocks = (
        Block(kind="paragraph", text=text),
        Block(kind="paragraph", text=text),
        Block(kind="paragraph", text=text),
    )
    said = LongAnswer(label=Words.alike("x"), en=blocks, zh=blocks)
    answered = Section(title=Words.alike("x"), answers=(said,))
    for paper in (letter.model_copy(update={"comments": ((answered,),)}), _dossier(text)):
        for (left, bottom, right, top), (width, height) in list_boxes(render(paper, "en")):
            assert 60 < left < right < width - 60
            assert 30 < bottom < top < height - 50


@pytest.mark.parametrize("kind", PaperKind)
def test_a_name_as_long_as_one_may_be_stays_on_the_page(kind: PaperKind) -> None:
    from tests.papers.samples import usual

    paper = usual()[kind]
    long = Centre(
        number="N" * 60,
        name=Words.alike("W" * 400),
        host=Words.alike("W" * 400),
        region=Words.alike("W" * 200),
    )
    dump = paper.model_dump()
    for holder in (dump, *dump.get("items", ()), *dump.get("deviations", ()), *dump.get("hits", ())):
        if "centre" in holder:
            holder["centre"] = long.model_dump()
    made = type(paper).model_validate({**dump, "number": "N" * 200})
    for (left, bottom, right, top), (width, height) in list_boxes(render(made, "en")):
        assert 60 < left < right < width - 60
        assert 30 < bottom < top < height - 50


def test_all_that_can_be_written_can_be_printed() -> None:
    every = "".join(map(chr, range(0x20, 0x3100, 7)))
    body = render(_dossier(every), "en")
    assert all(list_fonts(body).values())
    assert "[U+0082]" in read_text(body)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_nothing_is_left_out_of_any_text(text: str) -> None:
    shown, missing = replace_unprintable(text, ASCII)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    again = plain
    for character in dict.fromkeys(missing):
        again = again.replace(character, f"[U+{ord(character):04X}]")
    assert shown == again
    assert all(ord(found) in ASCII or found == "\n" for found in shown)
    assert break_long_words(shown).replace(BREAK, "") == shown


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.text(max_size=2000))
def test_any_text_can_be_printed(name: str, text: str) -> None:
    paper = _dossier(text).model_copy(update={"centre": _certificate(name, host=name).centre})
    body = render(paper, "zh")
    assert all(list_fonts(body).values())
    assert not list_dangers(body)


def test_no_word_stays_long() -> None:
    broken = break_long_words("a" * 17 + " " + "b" * 16 + "中" * 40)
    assert broken == f"aaaaaa{BREAK}aaaaaa{BREAK}aaaaa {'b' * 16}" + "中" * 40


def test_joined_words_break_where_they_are_joined() -> None:
    for text in ("carrying-capacity", "audio/video-recordings", "word-" * 8):
        assert break_long_words(text) == text
    assert BREAK in break_long_words("1-" * 30)


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\x85", "\ue000", "\u2029", "\ud800"])
def test_no_font_makes_steering_obeyed(character: str) -> None:
    shown, missing = replace_unprintable(f"a{character}b", range(0x110000))
    assert shown == f"a[U+{ord(character):04X}]b"
    assert missing == (character,)


def test_letters_carry_few_marks() -> None:
    covered = ASCII | {0x301}
    assert replace_unprintable("e" + "\u0301" * 4, covered) == (
        "e\u0301\u0301[U+0301][U+0301]",
        ("\u0301", "\u0301"),
    )


def test_fonts_are_those_of_the_package_alone() -> None:
    fonts = load_fonts()
    assert set(fonts.loaded.families()) == {"Noto Serif SC", "Noto Sans SC"}
    assert len(fonts.covered) > 30_000
