"""What the notice, or the list, published of an application's answers, in words. Shown, never claimed."""

import base64
import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from pydantic import BaseModel

from audit.bundle.layout import KeptContent
from audit.claims import Difference
from audit.report.report import PublicAnswer, Words

LONGEST = 2_000
"""Characters of an answer that a report shows."""


class ContentStore(Protocol):
    """A bundle, or what stands for one."""

    def content(self, content_id: str) -> KeptContent | None:
        """Return a content, None when it is not held. Raises Difference."""


class SealedField(Words):
    """A field of the application's form as far as a report shows it."""

    public: bool = False
    entry: str | None = None
    options: tuple[Words, ...] = ()


class SealedSection(BaseModel):
    """A part of the form."""

    fields: tuple[SealedField, ...] = ()


class SealedForm(BaseModel):
    """The form of an application."""

    sections: tuple[SealedSection, ...] = ()


class SealedForms(BaseModel):
    """The forms of a round, as far as a report shows answers to them."""

    application: SealedForm | None = None

    @property
    def public(self) -> Iterator[SealedField]:
        """The fields of the application's form whose answers are public, in its order."""
        for section in self.application.sections if self.application else ():
            yield from (field for field in section.fields if field.public and field.entry is None)


def list_public(store: ContentStore, content: str, fields: Iterable[SealedField]) -> tuple[PublicAnswer, ...]:
    """Return the answers of a public content; none of one that is not held or holds no answers."""
    answers = _read(store, content)
    return tuple(
        PublicAnswer(
            asked=field.names, said={lang: _say(answers[field.code], field, lang) for lang in ("en", "zh")}
        )
        for field in fields
        if field.code in answers
    )


def _read(store: ContentStore, content: str) -> dict[str, Any]:
    try:
        kept = store.content(content)
        found = json.loads(base64.b64decode(kept.content)) if kept else {}
    except (Difference, ValueError, RecursionError):
        # Other claims tell of it.
        return {}
    return found if isinstance(found, dict) else {}


def _say(answer: Any, field: SealedField, lang: str) -> str:
    named = {option.code: option.names[lang] for option in field.options}
    items = answer if isinstance(answer, list) else [answer]
    joined = ("；" if lang == "zh" else "; ").join(_say_one(item, named) for item in items)
    return joined if len(joined) <= LONGEST else joined[: LONGEST - 1] + "…"


def _say_one(answer: Any, named: dict[str, str]) -> str:
    if isinstance(answer, dict):
        return ", ".join(str(value) for value in answer.values())
    return named.get(str(answer), str(answer))
