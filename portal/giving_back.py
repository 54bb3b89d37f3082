"""What was typed into a form that is not taken, as its session has ended: shown to who typed it, kept nowhere.

It goes back into its form from the page that shows it: what was typed travels with the browser, and is taken once who
is signed in says so, by a form of their own session.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response
from starlette.routing import Match

from portal.faults import Fault
from portal.guard.cookies import is_mark_of
from portal.visit import Visit
from portal.wording.catalogue import knows
from portal.wording.doing.every import WORDS

SECRET = re.compile(
    r"form_token|token|signature|authenticator_data|client_data|made_.*|challenge|issued|code|account|secret|founding"
    r"|password|passphrase|pin"
)
"""What proves something, or is to be known to one person alone: neither shown nor sent again."""
OF_SHEET = "f."
"""How the names of fields of sheets begin."""
WHOSE = "whose"
"""The field of a form that says whose it was."""
TECHNICAL = re.compile(
    r"do|version|base|form_version|seen|seen\..*|act|page|proposal|next|whose|key|name|first|as|at|drop\..*"
)
"""What a page put into its form by itself: it goes back with the rest, and tells a person nothing."""
SAVE, MARKED, YES = "save", "m.", "yes"
ROW = re.compile(r"[0-9]{1,3}")
NO_FILES = ("leave", "discard")
"""What is asked for by a button that keeps nothing as it was typed."""
LABELS = {
    "answer": "invitations.answer",
    "pledge": "invitations.pledge-label",
    "text": "invitations.text",
    "number": "applications.number",
    "numbers": "draw.numbers",
    "kept": "draw.kept",
}
"""What fields of pages are called that are neither of an act's sheet nor of a form of the rules."""


@dataclass(frozen=True)
class TypedField:
    """A field with what somebody typed or chose there, as it is shown."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class GivenBack:
    """What a page gives back: `again` are the fields that go into the form once more, none where one is secret."""

    fields: tuple[TypedField, ...]
    again: tuple[tuple[str, str], ...]
    files: bool
    in_parts: bool


def give_back(visit: Visit, form: FormData) -> Response:
    """Show again all that somebody typed or chose, with the way back into the form that it is of.

    Of what another typed than who is signed in now nothing is shown, nor of what does not say whose it is.
    """
    if visit.who is not None and not is_mark_of(visit.subject.person, mark := str(form.get(WHOSE, ""))):
        fault = Fault("form-of-another" if mark else "form-outdated", 403)
        return visit.render("fault.html", {"fault": fault, "given": None}, status=fault.status)
    given = GivenBack(
        fields=_list_fields(visit, form),
        again=_list_again(form, visit.portal.unkept),
        files=_has_files(form),
        in_parts=visit.request.headers.get("content-type", "").startswith("multipart/"),
    )
    fault = Fault("form-outdated", 403)
    context = {"fault": fault, "given": given, "page": visit.here if _has_page(visit) else "/"}
    return visit.render("fault.html", context, status=fault.status)


def is_secret(name: str, unkept: Collection[str]) -> bool:
    """Tell whether a field is neither shown nor sent again: one of a page, or of a sheet, which no draft keeps."""
    of_sheet = name.startswith(OF_SHEET)
    bare = name.removeprefix(OF_SHEET).split(".")[0] if of_sheet else name
    return SECRET.fullmatch(bare) is not None or (of_sheet and bare in unkept)


def _list_fields(visit: Visit, form: FormData) -> tuple[TypedField, ...]:
    found: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        typed = isinstance(value, str) and value.strip() and not is_secret(name, visit.portal.unkept)
        if typed and not TECHNICAL.fullmatch(name):
            found.setdefault(name, []).append(_word(visit, name, str(value)))
    return tuple(TypedField(_label(visit, name), tuple(values)) for name, values in found.items())


def _list_again(form: FormData, unkept: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return what goes into the form again. Files do not: it is kept first, so that nothing is signed without them."""
    texts = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    if any(is_secret(name, unkept) and name != "form_token" for name, _ in texts):
        return ()
    keeps = _has_files(form) or form.get("do") in NO_FILES
    return tuple(
        (name, SAVE if name == "do" and keeps else value) for name, value in texts if name != "form_token"
    )


def _has_files(form: FormData) -> bool:
    return any(isinstance(value, UploadFile) and value.filename for value in form.values())


def _label(visit: Visit, name: str) -> str:
    """Return what a field is called: by the act's sheet or its page, else its own name in words."""
    if name in LABELS:
        return visit.say(LABELS[name])
    kind, field = _kind_of(visit), name.removeprefix(OF_SHEET)
    found = WORDS.get(f"{kind}.{field}") or WORDS.get(f"any.{field}")
    if found and field != name:
        return found[1] if visit.language == "zh" else found[0]
    # Of a table of a form each row is told apart, by its number as one counts.
    parts = name.removeprefix("a.").removeprefix("s.").split(".")
    return " · ".join(
        str(int(part) + 1) if ROW.fullmatch(part) and place and name.startswith("a.") else _in_words(part)
        for place, part in enumerate(parts)
        if part not in ("m", "f", "c")
    )


def _word(visit: Visit, name: str, value: str) -> str:
    """Return what was chosen in the words of the page where it has any; else as it was typed."""
    if name.startswith(MARKED) or value == YES:
        return visit.say("fault.typed-marked")
    if name == "answer" and knows(f"invitations.{value}"):
        return visit.say(f"invitations.{value}")
    field = name.removeprefix(OF_SHEET)
    found = WORDS.get(f"{_kind_of(visit)}.{field}.{value}") or WORDS.get(f"any.{field}.{value}")
    if found and field != name:
        return found[1] if visit.language == "zh" else found[0]
    return value


def _kind_of(visit: Visit) -> str:
    """Return the act that a page is of, empty where the address names none."""
    parts = visit.request.url.path.split("/")
    return parts[2] if parts[1] == "do" and len(parts) > 2 else ""


def _in_words(name: str) -> str:
    words = re.sub(r"[_-]+", " ", name).strip()
    return words[:1].upper() + words[1:]


def _has_page(visit: Visit) -> bool:
    """Tell whether the address of the form can be opened too."""
    scope = {**visit.request.scope, "method": "GET"}
    return any(route.matches(scope)[0] is Match.FULL for route in visit.request.app.routes)
