"""Whatever the core refuses is told in a page without the commands of a terminal."""

from portal.acts.telling import OTHERWISE, is_for_terminals
from portal.wording.refusals import IN_A_PAGE
from selection.wording.refusals import SENTENCES


def test_no_sentence_of_a_page_names_a_command() -> None:
    for code, texts in IN_A_PAGE.items():
        assert code in SENTENCES or code == OTHERWISE, code
        for text in texts:
            assert "`" not in text, code
            assert "--" not in text, code
            assert "selection " not in text, code


def test_what_a_changed_form_asks_for_is_done_in_the_page() -> None:
    assert is_for_terminals("form-changed")
    assert all("{version}" in text for text in IN_A_PAGE["form-changed"])


def test_what_is_left_of_the_core_names_none() -> None:
    for code in SENTENCES:
        if not is_for_terminals(code):
            assert not any("selection " in text and "`" in text for text in SENTENCES[code]), code
    assert is_for_terminals("unsigned")
    assert is_for_terminals("no-such-code")
    assert not is_for_terminals("signature-expired")
