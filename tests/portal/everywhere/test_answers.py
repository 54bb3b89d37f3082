"""A filled-in form in a page: a file is called by a number, and opened by it."""

from papers.values import Words
from portal.shown.answers import AttachedFile, lay_out
from tests.papers.test_answers import fill_form


def test_a_file_has_a_number_and_no_hash_stands_on_the_page() -> None:
    found = lay_out(fill_form(), {"file-1"})
    assert found.files == (AttachedFile(1, Words(en="Proof", zh="证明"), "file-1"),)
    facts = {fact.label.en: fact.value for part in found.sections for fact in part.facts}
    assert facts["Proof"] == Words(en="attached as file 1", zh="见附件 1")


def test_what_is_not_open_to_the_visitor_is_told_without_a_way_to_it() -> None:
    found = lay_out(fill_form(), ())
    assert found.files == ()
    assert any(fact.value.en == "attached as file 1" for part in found.sections for fact in part.facts)
