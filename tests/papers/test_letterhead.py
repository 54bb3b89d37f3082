from typing import Any

import pytest
from pydantic import ValidationError

from papers.code import read_code, write_code
from papers.kinds import PaperKind
from papers.letterhead import Letterhead
from papers.render import TEMPLATES, render
from papers.text import break_long_words
from papers.words import LABELS, SENTENCES
from tests.papers.pdf import read_text
from tests.papers.samples import CITED, LEAF, usual

OWN: dict[str, Any] = {
    "issuer": {"en": "Ministry X", "zh": "某某部"},
    "numbers": {"list": "某科教发〔{year}〕12号"},
    "wording": {"list": {"en": "Own words for {count:centre|centres}.", "zh": "自有措辞，{count} 家。"}},
    "labels": {"under-construction": {"en": "{name} (new)", "zh": "{name}（新）"}},
    "receipt_url": "https://example.org/receipt",
}


def test_name_number_and_wording_are_settings() -> None:
    head = Letterhead.model_validate(OWN)
    number = head.get_number(PaperKind.LIST, year="2025", round="r")
    paper = usual()[PaperKind.LIST].model_copy(update={"letterhead": head, "number": number})
    english, chinese = read_text(render(paper, "en")), read_text(render(paper, "zh"))
    assert "MinistryX" in english
    assert "Ownwordsfor12centres." in english
    assert "某某部" in chinese
    assert "某科教发〔2025〕12号" in chinese
    assert "自有措辞，12家。" in chinese
    assert "同意以下" not in chinese
    assert ("(new)" in english, "（新）" in chinese) == (True, True)
    assert ("underconstruction" in english, "（筹）" in chinese) == (False, False)


def test_number_without_a_pattern_says_round_kind_and_application() -> None:
    head = Letterhead()
    assert head.get_number(PaperKind.LIST, round="r") == "r-list"
    assert head.get_number(PaperKind.LETTER, round="r", application="0007") == "r-letter-0007"


@pytest.mark.parametrize(
    "fault",
    [
        {"wording": {"no-such": {"en": "x", "zh": "x"}}},
        {"wording": {"list": {"en": "{place}", "zh": "x"}}},
        {"wording": {"list": {"en": "{count!r}", "zh": "x"}}},
        {"wording": {"list": {"en": "{", "zh": "x"}}},
        {"labels": {"list": {"en": "x", "zh": "x"}}},
        {"labels": {"under-construction": {"en": "{host}", "zh": "x"}}},
        {"numbers": {"list": "{round.__class__}"}},
        {"numbers": {"list": "{round:>999999999}"}},
        {"numbers": {"list": "{round:a|b}"}},
        {"numbers": {"letters": "{round}"}},
        {"issuer": {"en": "x"}},
        {"issuer": {"en": "x" * 201, "zh": "x"}},
        {"receipt_url": "http://example.org"},
        {"receipt_url": "https://example.org/?a=b"},
        {"logo": "/etc/passwd"},
    ],
)
def test_letterhead_of_what_there_is_not_is_refused(fault: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Letterhead.model_validate(fault)


def test_code_leads_to_stream_sequence_and_leaf_hash() -> None:
    assert write_code(CITED) == f"selection:application/second-batch/0007@412#{LEAF}"
    address = write_code(CITED, "https://example.org/receipt")
    assert (
        address
        == f"https://example.org/receipt?stream=application%2Fsecond-batch%2F0007&entry=412&leaf={LEAF}"
    )
    assert (
        write_code(CITED.model_copy(update={"leaf_hash": ""}))
        == "selection:application/second-batch/0007@412"
    )


@pytest.mark.parametrize("url", ["", "https://example.org/receipt"])
@pytest.mark.parametrize("leaf", [LEAF, ""])
def test_code_is_read_as_it_was_written(url: str, leaf: str) -> None:
    cited = CITED.model_copy(update={"leaf_hash": leaf})
    assert read_code(write_code(cited, url)) == (cited.stream, cited.seq, leaf)
    copied = "\n".join(break_long_words(write_code(cited, url)).partition("ion"))
    assert read_code(copied) == (cited.stream, cited.seq, leaf)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "selection:a@1x",
        "https://example.org/receipt?stream=a&entry=x",
        "selection:a@" + "9" * 30,
        "http://[x",
    ],
)
def test_what_is_no_code_is_not_read(text: str) -> None:
    assert read_code(text) is None


def test_each_word_is_in_both_languages_and_used_by_a_template() -> None:
    templates = "".join(path.read_text() for path in TEMPLATES.glob("*.typ"))
    for key, (english, chinese) in {**LABELS, **SENTENCES}.items():
        assert english
        assert chinese
        # An outcome picks the sentence of its letter.
        assert f'"{key}"' in templates or (
            key.startswith("letter-") and 'say(lang, "letter-" + ' in templates
        ), key
