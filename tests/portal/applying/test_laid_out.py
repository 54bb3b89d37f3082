"""A form as a page lays it out: people of the register by name, as far as the visitor may know them."""

from portal.shown.answers import lay_out, list_people
from reading.forms import publish_form
from reading.models import FilledForm
from selection.forms.built_in import find_form
from tests.selection import story


def test_people_stand_by_the_names_that_the_visitor_may_know() -> None:
    form = find_form(story.RULES.forms, "application")
    assert form is not None
    asked = publish_form(story.RULES, form)
    filled = FilledForm(
        round_form=asked, answers={"avoid": ["expert-1", "expert-2"], "registered": "expert-3"}
    )
    assert list_people(filled) == {"expert-1", "expert-2", "expert-3"}
    for called, said in (
        ({"expert-1": "Chen Yi", "expert-3": "Li Wen"}, ["Chen Yi; expert-2", "Li Wen"]),
        ({}, ["expert-1; expert-2", "expert-3"]),
    ):
        laid = lay_out(filled, (), called)
        assert [fact.value.en for part in laid.sections for fact in part.facts] == said
    assert filled.answers["avoid"] == ["expert-1", "expert-2"]
