"""Every claim and finding has a sentence in both languages, with the same parameters, and no sentence is idle."""

import re
from pathlib import Path
from string import Formatter

import pytest

import audit
from audit.bundle import sentences as of_files
from audit.histories import sentences as of_histories
from audit.log import sentences as of_logs, sentences_of_acts as of_acts
from audit.report import sentences
from audit.rules.panel import votes
from selection.kernel.unfinished import Unfinished

SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in Path(audit.__file__).parent.rglob("*.py")
    if not path.stem.startswith("sentences")
)
OWN = (of_files, of_logs, of_acts, of_histories)


def test_no_sentence_is_idle() -> None:
    said = {
        code
        for part in OWN
        for table in (part.CLAIMS, part.FINDINGS, getattr(part, "LISTED", {}))
        for code in table
        if not code.endswith("-readable")
    }
    assert sorted(code for code in said if f'"{code}"' not in SOURCES) == []


def test_every_difference_has_a_sentence() -> None:
    named = re.findall(r'(?:Difference|NotInBundle|not_provable|_differs)\([^"\n]*?"([a-z-]+)"', SOURCES)
    assert len(named) > 50
    assert sorted(set(named) - sentences.FINDINGS.keys()) == []


@pytest.mark.parametrize(
    ("pair", "gap"),
    [
        (("A draw was voided.", ""), "has no Chinese"),
        (("A draw was voided.", "A draw was voided."), "has no Chinese"),
        (("", "抽取作废。"), "has no English"),
        (
            ("Draw {draw} was voided.", "抽取 {number} 作废。"),
            "names other fields in Chinese than in English",
        ),
    ],
)
@pytest.mark.parametrize("table", ["CLAIMS", "FINDINGS"])
def test_a_sentence_that_lacks_a_language_names_its_file(
    table: str, pair: tuple[str, str], gap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = next(iter(getattr(votes, table)))
    monkeypatch.setitem(getattr(votes, table), code, pair)
    with pytest.raises(Unfinished, match=rf"^{code} {gap}: {table} in audit/rules/panel/votes\.py$"):
        sentences._put_together(table, {})


@pytest.mark.parametrize("table", ["FINDINGS", "LISTED"])
def test_a_sentence_of_the_report_itself_stands_in_both_languages(table: str) -> None:
    with pytest.raises(Unfinished, match=rf"^odd has no Chinese: {table} in audit/report/sentences\.py$"):
        sentences._put_together(table, {"odd": ("This was not looked at.", "")})


def test_both_languages_take_the_same_parameters() -> None:
    for table in (sentences.CLAIMS, sentences.FINDINGS, sentences.LISTED):
        for pair in table.values():
            english, chinese = (
                sorted({field for _, field, _, _ in Formatter().parse(text) if field}) for text in pair
            )
            assert english == chinese


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    from audit.claims import Difference, refute

    claim = refute("strange-claim", "r", Difference("r#1", "strange-finding", seat="3"))
    assert sentences.say_claim(claim, "en") == "strange-claim seat=3"
    assert sentences.say_finding(claim, "zh") == "strange-finding seat=3"
