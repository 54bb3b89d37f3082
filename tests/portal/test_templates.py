"""Sentences that nothing changes are in a template before a page is drawn of it; what a page was drawn with goes."""

import gc
import weakref
from pathlib import Path

import pytest
from jinja2 import Environment

from portal.shown import rendering
from portal.shown.rendering import DrawnContext, Loader
from portal.wording import catalogue

SAID = {
    "plain": ("Tom & <b>Jerry</b>", "汤姆与<b>杰瑞</b>"),
    "given": ("Signed in as {name}", "当前用户：{name}"),
    "braces": ("{{{{ 1 }}}}", "{{{{ 1 }}}}"),
    "spaced": (" ", " "),
}
TEMPLATE = """
{{ say("test.plain") }}
{{ say('test.plain') }} {% if true %}x{% endif %}

  {{ say("test.plain", name="x") }}
{{ say("test.spaced") }}  {% if true %}y{% endif %}

{{ say("test.braces") }}
"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sentence_stands_in_the_template_as_it_would_be_said(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(catalogue.AREAS, "test", SAID)
    (tmp_path / "page.html").write_text(TEMPLATE)
    asked: list[str] = []

    def tell(key: str, **params: str) -> str:
        asked.append(key)
        return catalogue.say(key, language, params)

    environment = Environment(
        loader=Loader(tmp_path, language), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    drawn = environment.get_template("page.html").render(say=tell)
    assert asked == ["test.plain", "test.spaced", "test.braces"]
    plain = environment.from_string(TEMPLATE).render(say=tell)
    assert drawn == plain


def test_a_sentence_that_is_given_something_or_that_there_is_not_is_left_to_be_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(catalogue.AREAS, "test", SAID)
    (tmp_path / "page.html").write_text('{{ say("test.given") }}{{ say("test.none") }}')
    environment = Environment(loader=Loader(tmp_path, "en"), autoescape=True)
    with pytest.raises(KeyError, match="name"):
        environment.get_template("page.html").render(say=lambda key: catalogue.say(key, "en"))


class Thing:
    """Something that stands on a page."""

    text = "shown"


def test_what_a_page_was_drawn_with_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "macros.html").write_text("{% macro write() %}{{ what.text }}{% endmacro %}")
    (tmp_path / "frame.html").write_text("<{% block content %}{% endblock %}>")
    (tmp_path / "page.html").write_text(
        '{% extends "frame.html" %}{% from "macros.html" import write with context %}'
        "{% macro own() %}{{ write() }}{% endmacro %}{% block content %}{{ own() }}{{ more }}{% endblock %}"
    )
    environment = Environment(loader=Loader(tmp_path, "en"), autoescape=True)
    environment.context_class = DrawnContext
    monkeypatch.setattr(rendering, "_environment", lambda _: environment)
    what = Thing()
    known = weakref.ref(what)
    gc.disable()
    try:
        assert rendering.render("page.html", {"what": what, "more": "."}, "en") == "<shown.>"
        del what
        assert known() is None
    finally:
        gc.enable()
