"""Whatever the core refuses is told in a page without the commands of a terminal."""

import re

from portal.acts.telling import OTHERWISE, is_for_terminals, tell_refusal
from portal.api.problems import tell
from portal.wording.api import requests
from portal.wording.api.refusals import REFUSED
from portal.wording.catalogue import AREAS
from portal.wording.refusals import IN_A_PAGE
from selection.kernel.zone import BEIJING
from selection.wording.refusals import SENTENCES, render_refusal

OF_FILES = {"assurance", "local", "Team's reason", "实勘组理由", "Chair's reason", "组长理由", "归您所有"}
"""What else is quoted: parts of a file of rules, columns of a table, and what a new key signs."""


def test_no_sentence_of_a_page_names_a_command() -> None:
    for code, texts in IN_A_PAGE.items():
        assert code in SENTENCES or code == OTHERWISE, code
        for text in texts:
            assert "`" not in text, code
            assert "--" not in text, code
            assert "selection " not in text, code


def test_a_page_tells_every_refusal_in_a_sentence_of_its_own() -> None:
    assert [code for code in SENTENCES if is_for_terminals(code) and code not in IN_A_PAGE] == []


def test_an_act_that_a_refusal_points_to_is_called_as_pages_call_it() -> None:
    called = {name for words in AREAS.values() for names in words.values() for name in names}
    for code, texts in IN_A_PAGE.items():
        for text in texts:
            assert {*re.findall("“([^”]+)”", text)} <= called | OF_FILES, code


def test_what_a_changed_form_asks_for_is_done_in_the_page() -> None:
    assert is_for_terminals("form-changed")
    assert all("{version}" in text for text in IN_A_PAGE["form-changed"])


def test_who_appoints_others_is_told_where_to_say_why_in_a_table_too() -> None:
    people = {"people": "expert-2"}
    told = tell_refusal("en", "replaced-unexplained", people, BEIJING)
    assert told.startswith("expert-2 were appointed before: fill in the reason")
    assert "in a table its column is “Team's reason”" in told
    assert "in a table, the column “Team's reason”" in render_refusal("replaced-unexplained", people, "en")


def test_what_is_left_of_the_core_names_none() -> None:
    for code in SENTENCES:
        if not is_for_terminals(code):
            assert not any("selection " in text and "`" in text for text in SENTENCES[code]), code
    assert is_for_terminals("unsigned")
    assert is_for_terminals("no-such-code")
    assert not is_for_terminals("signature-expired")


def test_a_program_is_told_every_refusal_in_a_sentence_of_its_own() -> None:
    for code in SENTENCES:
        for language, otherwise in zip(("en", "zh"), requests.OTHERWISE, strict=True):
            told = tell(code, {"count": "2"}, language)
            assert told != otherwise, code
            assert "`" not in told, code
            assert " --" not in told, code
    told = tell("answers-unfit", {"count": "1", "faults": "scores.market: above 100"}, "en")
    assert told.startswith("The form has 1 fault: scores.market: above 100.")


def test_a_code_has_one_meaning_for_programs() -> None:
    """A code of ours that is the core's too would tell a refusal in the wrong sentence."""
    assert set(requests.WORDS) & set(SENTENCES) == {"unsigned", "second-missing"}
    assert not set(requests.WORDS) & set(REFUSED)
    assert set(REFUSED) <= set(SENTENCES)
    assert tell("too-many", {"place": "avoid", "limit": "3"}, "en") == "avoid: at most 3."
