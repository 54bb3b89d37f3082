"""Sentences that nothing changes are in a template before a page is drawn of it, and read as they are said."""

from pathlib import Path

import pytest
from jinja2 import Environment

from portal.shown.rendering import Loader
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
