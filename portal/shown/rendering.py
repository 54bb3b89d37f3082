"""Templates: everything in them is escaped, and what they miss is an error."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Context
from markupsafe import Markup, escape

from portal.shown.downloads import BYTES, name_types, show_size
from portal.shown.languages import mark_languages
from portal.shown.names import NAMES
from portal.wording.catalogue import knows, say
from selection.kernel.instants import format_deadline, show_instant
from selection.kernel.zone import BEIJING, Zone
from selection.wording.code_names import name_of

DRAWN = "drawn_contexts"
TEMPLATES = Path(__file__).parents[1] / "templates"
SAID = re.compile(r"""\{\{ say\((["'])([a-z0-9.-]+)\1\) }}""")
"""In a template a sentence to which nothing is given."""


def render(template: str, context: Mapping[str, Any], language: str, zone: Zone | None = None) -> str:
    """Return a page in a language; instants are shown in `zone`, by default in Beijing time.

    In a template `say(key, …)` is a sentence, `name(kind, code)` a code in words, `instant` and `deadline` write
    times, `pick(en, zh)` is the text in the page's language, or in the other where there is none, and `exact(text)` is
    what the page's script reads to the byte.
    """
    return mark_languages(draw(template, context, language, zone), language)


def draw(template: str, context: Mapping[str, Any], language: str, zone: Zone | None = None) -> Markup:
    """Return a part of a page, in which texts are not marked by their language yet."""
    environment = _environment("zh" if language == "zh" else "en")
    drawn: list[DrawnContext] = []
    shown = {**context, **_tools(language, zone or BEIJING), DRAWN: drawn}
    try:
        return Markup(environment.get_template(template).render(shown))  # noqa: S704 # what a template says is escaped
    finally:
        for each in drawn:
            each.forget()


class DrawnContext(Context):
    """What a template is drawn with, which lets go of it in the end.

    A macro knows what it is drawn with, and that knows its macros: so every page, with all that stands on it, would
    wait to be looked for as garbage. `DRAWN` in it is the list of those of one page.
    """

    def __init__(self, environment: Environment, parent: dict[str, Any], *args: Any, **named: Any) -> None:
        super().__init__(environment, parent, *args, **named)
        # What is imported without a context is made once, and stays.
        parent.get(DRAWN, []).append(self)

    def forget(self) -> None:
        """Let go of all that a page was drawn with."""
        self.vars, self.parent = {}, {}


class Loader(FileSystemLoader):
    """Reads templates for one language, and writes sentences that are the same on every page into them at once."""

    def __init__(self, folder: Path, language: str) -> None:
        super().__init__(folder)
        self._language = language

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, where it was found, and what tells whether it is as it was."""
        text, path, is_as_it_was = super().get_source(environment, template)
        return SAID.sub(self._write, text), path, is_as_it_was

    def _write(self, found: re.Match[str]) -> str:
        """Return a sentence as the page has it; what is none, or not for a template to hold, is left to be said."""
        try:
            sentence = say(found[2], self._language)
        except KeyError:
            return found[0]
        # A template would read a brace, and may take spaces at either end away.
        plain = sentence and sentence == sentence.strip() and not {"{", "}"} & set(sentence)
        return str(escape(sentence)) if plain else found[0]


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=Loader(TEMPLATES, language),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Templates come with the program: none is looked at again for every page that is drawn of it.
        auto_reload=False,
    )
    environment.context_class = DrawnContext
    return environment


def _tools(language: str, zone: Zone) -> dict[str, Any]:
    def tell(key: str, **params: Any) -> str:
        # A sentence is text: of an instant that is marked up for the page it holds the words alone.
        return say(key, language, {name: _strip(value) for name, value in params.items()})

    def name(kind: str, code: str) -> str:
        return name_of(NAMES[kind], code, language)

    return {
        "language": language,
        "say": tell,
        "knows": knows,
        "now": datetime.now(UTC),
        "size": show_size,
        "type_name": lambda media_type: (
            tell("forms.type-unknown") if media_type == BYTES else name_types([media_type])[0]
        ),
        "name_types": lambda types: ("、" if language == "zh" else ", ").join(name_types(types)),
        "name": name,
        "pick": partial(pick, language),
        "exact": write_exactly,
        "as_typed": show_typed,
        "instant": _bind_zone(show_instant, language, zone),
        "deadline": _bind_zone(format_deadline, language, zone),
    }


def _strip(value: Any) -> Any:
    return value.striptags() if isinstance(value, Markup) else value


def pick(language: str, english: str, chinese: str) -> str:
    """Return the text in a language, or in the other where there is none."""
    return (chinese or english) if language == "zh" else (english or chinese)


def write_exactly(text: str) -> Markup:
    """Return a text that a browser does not read otherwise: it would take each end of a line for its own."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))  # noqa: S704


def show_typed(text: str | None) -> Markup:
    """Return a text that somebody wrote as it was typed: lines and blanks stay, and no sign in it is a mark."""
    return Markup('<span class="written">') + (text or "") + Markup("</span>")


def write_time(
    write: Callable[[datetime, str, Zone], str], at: datetime, language: str, zone: Zone
) -> Markup:
    """Return an instant as a page shows it, by how it is written."""
    text = write(at, language, zone)
    # Written at once, as a list has dozens: an instant of ISO 8601 has nothing in it to escape.
    return Markup(f'<time datetime="{at.isoformat()}">{escape(text)}</time>')  # noqa: S704


def _bind_zone(
    write: Callable[[datetime, str, Zone], str], language: str, zone: Zone
) -> Callable[..., Markup]:
    def write_instant(at: datetime, of: Zone | None = None) -> Markup:
        return write_time(write, at, language, of or zone)

    return write_instant
