"""A form as a page lays it out: people of the register by the names that the visitor may know, and tables."""

from papers.intake import Section
from portal.shown.answers import lay_out, list_people
from portal.shown.rendering import _environment, _tools
from reading.forms import publish_form
from reading.models import FilledForm
from selection.forms.built_in import find_form
from selection.forms.form import Form
from selection.kernel.zone import BEIJING
from tests.selection import story

COLUMNS = [
    {"code": f"c{number}", "kind": "text", "lines": True, "en": f"Column {number}", "zh": f"第{number}列"}
    for number in range(9)
]


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


def test_a_table_is_drawn_as_one_with_heads_and_on_phones_each_cell_under_its_own() -> None:
    table = {"code": "team", "kind": "table", "en": "Team", "zh": "团队", "columns": COLUMNS}
    form = Form.model_validate(
        {
            "version": "v1",
            "en": "F",
            "zh": "表",
            "sections": [{"code": "s", "en": "S", "zh": "节", "fields": [table]}],
        }
    )
    asked = publish_form(story.RULES, form)
    rows = [{"c0": "<b>", "c1": "one\n\ntwo"}, {"c0": "x"}]
    page = draw(lay_out(FilledForm(round_form=asked, answers={"team": rows}), ()).sections)
    assert '<thead><tr><th scope="col">第0列</th><th scope="col">第1列</th></tr></thead>' in page
    assert '<th scope="row" data-label="第0列"><span class="written">&lt;b&gt;</span></th>' in page
    assert '<p><span class="written">one</span></p>' in page
    assert '<td data-label="第1列">–</td>' in page
    assert "sideways" not in page
    # One that is too wide for the page is moved within its box, and by the keyboard too.
    wide = [{column["code"]: "x" for column in COLUMNS}]
    page = draw(lay_out(FilledForm(round_form=asked, answers={"team": wide}), ()).sections)
    assert '<div class="sideways" role="region" tabindex="0" aria-label="团队">' in page


def draw(sections: tuple[Section, ...]) -> str:
    """Return what was filled in as a page draws it in Chinese."""
    shown = "{% from 'answers.html' import laid_out with context %}{{ laid_out(sections) }}"
    return _environment("zh").from_string(shown).render(sections=sections, **_tools("zh", BEIJING))
