"""What was typed into a form that is not taken, as its session has ended: shown to who typed it, kept nowhere.

It goes back into its form from the page that shows it: what was typed travels with the browser, and is taken once who
is signed in says so, by a form of their own session.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response
from starlette.routing import Match

from portal.faults import Fault
from portal.guard.cookies import is_mark_of
from portal.visit import Visit
from portal.wording.catalogue import knows
from portal.wording.doing.every import WORDS
from selection.forms.built_in import BUILT_IN
from selection.forms.form import FormName
from starter.papers.part_names import PARTS

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
    "round": "tasks.round",
    "unit": "desk.unit",
    "person": "register.person",
}
"""What fields of pages are called that are neither of an act's sheet nor of a form of the rules."""
OF_ONE = {"m": "", "mark": "board.in", "place": "board.place", "reason": "board.reason", "why": "board.why"}
"""By how their names begin, what fields are called of which each application has its own; a mark alone is not."""
BY_TABLE, SHORTLIST = "/by-table/", "/shortlist"
"""Where a mark is of a row of a table, and where a reason is that a shortlist does not follow the ranks."""
COLUMNS = ("chair", "lead")
"""What each act of a row of a table is told apart by."""
FORMS: tuple[tuple[re.Pattern[str], FormName], ...] = (
    (re.compile(r"/rounds/[^/]+/apply(/.*)?|/applications/[^/]+/[^/]+/mend(/.*)?"), "application"),
    (re.compile(r"/(reviews|do/correct-review)/.*"), "review"),
)
"""By the address of a page, the form of which it asks questions; of other forms none is built in."""
UNNAMED = ("Field {}", "栏目 {}")
"""What a field is called that nothing names which can be read without the record."""


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
        fields=list_fields(visit, visit.request.url.path, form.multi_items()),
        again=_list_again(form),
        files=has_files(form),
        in_parts=is_in_parts(visit),
    )
    fault = Fault("form-outdated", 403)
    context = {"fault": fault, "given": given, "page": visit.here if _has_page(visit) else "/"}
    return visit.render("fault.html", context, status=fault.status)


def is_secret(name: str) -> bool:
    """Tell whether a field is neither shown nor sent again."""
    return SECRET.fullmatch(name.removeprefix(OF_SHEET).split(".")[0]) is not None


def list_fields(
    visit: Visit, path: str, items: Iterable[tuple[str, str | UploadFile]]
) -> tuple[TypedField, ...]:
    """Return what somebody typed or chose in the form at a path, as it is shown."""
    found: dict[str, list[str]] = {}
    for name, value in items:
        typed = isinstance(value, str) and value.strip() and not is_secret(name)
        if typed and not TECHNICAL.fullmatch(name):
            found.setdefault(name, []).append(_word(visit, path, name, str(value)))
    return tuple(TypedField(_label(visit, path, name), tuple(values)) for name, values in found.items())


def _list_again(form: FormData) -> tuple[tuple[str, str], ...]:
    """Return what goes into the form again. Files do not: it is kept first, so that nothing is signed without them."""
    texts = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    if any(is_secret(name) and name != "form_token" for name, _ in texts):
        return ()
    keeps = has_files(form) or form.get("do") in NO_FILES
    return tuple(
        (name, SAVE if name == "do" and keeps else value) for name, value in texts if name != "form_token"
    )


def has_files(form: FormData) -> bool:
    """Tell whether a file was sent with a form."""
    return any(isinstance(value, UploadFile) and value.filename for value in form.values())


def is_in_parts(visit: Visit) -> bool:
    """Tell whether a form was sent as one with fields for files is."""
    return visit.request.headers.get("content-type", "").startswith("multipart/")


def _label(visit: Visit, path: str, name: str) -> str:
    """Return what a field is called: by the act's sheet, its page or a built-in form, else by its own name.

    The record, which has the form of the round, is read for nobody who is not signed in.
    """
    if name in LABELS:
        return visit.say(LABELS[name])
    beginning, dot, rest = name.partition(".")
    first, *more = rest.split(".") if dot else [name]
    match beginning:
        case "f" if dot:
            found = WORDS.get(f"{kind_of(path)}.{first}") or WORDS.get(f"any.{first}")
        case "a" if dot:
            found = _find_in_built_in(path, first)
        case "s" if dot:
            return " · ".join((visit.say("forms.score"), rest))
        case "m" | "mark" | "place" | "reason" | "why" if dot:
            return _name_one(visit, path, beginning, rest)
        case _:
            first, more, found = name, [], None
    chinese = visit.language == "zh"
    # Of a table of a form each row is told apart, by its number as one counts.
    parts = (
        str(int(part) + 1) if ROW.fullmatch(part) else _name_part(part, chinese=chinese) for part in more
    )
    return " · ".join((found[chinese] if found else UNNAMED[chinese].format(first), *parts))


def _name_one(visit: Visit, path: str, beginning: str, of: str) -> str:
    """Return of which application a field is, or of which row of a table, and what it is called."""
    if BY_TABLE in path:
        row, _, column = of.partition("-")
        named = (f"by-table.{column}",) if column in COLUMNS else ()
        return " · ".join((visit.say("fault.typed-row", row=row), *map(visit.say, named)))
    word = "board.short-why" if beginning == "why" and path.endswith(SHORTLIST) else OF_ONE[beginning]
    application = visit.say("fault.typed-application", number=of)
    return " · ".join((application, visit.say(word))) if word else application


def _find_in_built_in(path: str, code: str) -> tuple[str, str] | None:
    """Return what a form that holds where a round's rules have none calls a field, on a page that is of this form."""
    name = next((name for pages, name in FORMS if pages.fullmatch(path)), None)
    field = BUILT_IN[name].by_code.get(code) if name else None
    return (field.en, field.zh) if field else None


def _name_part(code: str, *, chinese: bool) -> str:
    """Return what a part of a field is called: of a unit or a person as forms call it, else by its own name."""
    if code not in PARTS:
        return code
    name = PARTS[code][chinese]
    return name if chinese else name[:1].upper() + name[1:]


def _word(visit: Visit, path: str, name: str, value: str) -> str:
    """Return what was chosen in the words of the page where it has any; else as it was typed."""
    if name.startswith(MARKED) or value == YES:
        return visit.say("fault.typed-marked")
    if name == "answer" and knows(f"invitations.{value}"):
        return visit.say(f"invitations.{value}")
    field = name.removeprefix(OF_SHEET)
    found = WORDS.get(f"{kind_of(path)}.{field}.{value}") or WORDS.get(f"any.{field}.{value}")
    if found and field != name:
        return found[1] if visit.language == "zh" else found[0]
    return value


def kind_of(path: str) -> str:
    """Return the act that a page is of, empty where the address names none."""
    parts = path.split("/")
    return parts[2] if parts[1] == "do" and len(parts) > 2 else ""


def _has_page(visit: Visit) -> bool:
    """Tell whether the address of the form can be opened too."""
    scope = {**visit.request.scope, "method": "GET"}
    return any(route.matches(scope)[0] is Match.FULL for route in visit.request.app.routes)
