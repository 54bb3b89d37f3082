"""What was typed into a form, is more than can be given back, and was sent after its session had ended by time alone.

Such a session opens nothing any more. All that it can do is this: lay the form by for its person, beside their drafts,
none of which is read or changed. Who signs in as that person looks at it, and puts it into the form themselves.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import Response

from portal.faults import Fault
from portal.giving_back import SAVE, WHOSE, GivenBack, has_files, is_in_parts, is_secret, kind_of, list_fields
from portal.guard.cookies import is_form_token, is_mark_of
from portal.text_parts import GIVEN_BACK
from portal.visit import PATH_AT_MOST, Visit
from portal.wording.catalogue import knows
from reading.access.sessions import EndedSession
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen

PATH = "/left-forms/{id}"
LEFT = "left"
"""What tells the page of the sign-in that a form was laid by."""
PLACE = "left-form "
"""How the places begin at which such forms lie among the drafts (ledger/sql/schema.sql)."""
LONGEST = 1_000_000
"""Bytes that are laid by: as many as a draft holds."""
AT_ONCE = 5
"""Such forms that are read at the same time, one of each person [D]: each takes several times its length of memory."""
OF_PAGE = ("form_token", WHOSE, "do", "go")
"""What is not laid by of a form: what ties it to its session, and what button was pressed."""
DROP = "drop."
"""How the fields begin by which a file of the draft is removed: what was left removes none."""


NAMES = (
    (re.compile(r"/reviews/.*"), "act-names.submit-review"),
    (re.compile(r"/rounds/[^/]+/apply/.*|/applications/[^/]+/[^/]+/mend/.*"), "act-names.submit"),
    (re.compile(r"/rounds/[^/]+/shortlist"), "act-names.fix-shortlist"),
    (re.compile(r"/rounds/[^/]+/proposal"), "act-names.propose"),
    (re.compile(r"/rounds/[^/]+/checks/together"), "checks.title"),
)
"""What forms are called that have a draft, by their pages; the sheet of an act says its act."""
OF_APPLICATION = re.compile(r"/(reviews|applications|do/[^/]+)/[^/]+/(?P<number>[0-9]+)(/.*)?")


@dataclass(frozen=True)
class LeftRow:
    """A form that was left, in a list: its page, what it is called, of which application it is, and since when."""

    page: str
    called: str
    beside: str
    since: Instant


class LeftForm(Frozen):
    """A form as it was left: the address that it goes to, and its texts by field in their order."""

    path: str
    in_parts: bool
    files: bool
    typed: tuple[tuple[str, str], ...]

    def give_back(self, visit: Visit) -> GivenBack:
        """Return it as a page gives it back: what it goes into is saved, and not signed."""
        path = self.path.partition("?")[0]
        return GivenBack(
            fields=list_fields(visit, path, self.typed),
            again=(*self.typed, ("do", SAVE)),
            files=self.files,
            in_parts=self.in_parts,
        )


@contextmanager
def take_room(visit: Visit) -> Iterator[int]:
    """Return how many bytes of texts may be read of a form; where it may be left, room for it is taken meanwhile.

    Raises Fault crowded for one that can't be given back while there is no room to leave it.
    """
    taken, ended = visit.portal.backend.leaving_for, visit.ended
    if ended is None or int(visit.request.headers["content-length"]) <= GIVEN_BACK:
        yield GIVEN_BACK
    elif ended.person in taken or len(taken) >= AT_ONCE:
        try:
            yield GIVEN_BACK
        except Fault as fault:
            raise (Fault("crowded", 503) if fault.code == "form-lost" else fault) from None
    else:
        taken.add(ended.person)
        try:
            yield LONGEST
        finally:
            taken.discard(ended.person)


async def leave_form(visit: Visit, form: FormData) -> Response:
    """Lay a form by for the person of the session that ended, whose own it has to be, and lead to the sign-in.

    Raises Fault for one of another session or person, with a secret in it, or for which there is no place.
    """
    ended = visit.ended
    if ended is None or not _is_of(ended, form) or len(visit.here) > PATH_AT_MOST:
        raise Fault("form-lost", 413)
    texts = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    if any(is_secret(name) and name not in OF_PAGE for name, _ in texts):
        raise Fault("form-lost", 413)
    typed = tuple(item for item in texts if item[0] not in OF_PAGE and not item[0].startswith(DROP))
    left = LeftForm(path=visit.here, in_parts=is_in_parts(visit), files=has_files(form), typed=typed)
    body = left.model_dump_json()
    if len(body.encode(errors="replace")) > LONGEST:
        raise Fault("form-lost", 413)
    sha256 = hashlib.sha256(body.encode(errors="replace")).hexdigest()
    place = await visit.reach.work.leave_form(ended, sha256, body)
    if place is None:
        raise Fault("form-lost", 413)
    return visit.lead(f"/sign-in?{LEFT}=1&next={path_of(place)}")


async def list_left(visit: Visit) -> Sequence[LeftRow]:
    """Return the forms that were left for the visitor, the latest first."""
    found = await visit.reach.work.list_left_forms(visit.signed_in)
    return tuple(LeftRow(path_of(one.place), *name_form(visit, one.path), one.changed) for one in found)


def name_form(visit: Visit, path: str) -> tuple[str, str]:
    """Return what the form of a page is called, and of which application it is, empty where the address says none."""
    path = path.partition("?")[0]
    key = next((key for pages, key in NAMES if pages.fullmatch(path)), f"act-names.{kind_of(path)}")
    of = OF_APPLICATION.fullmatch(path)
    called = visit.say(key if knows(key) else "left.unnamed")
    return called, visit.say("fault.typed-application", number=of["number"]) if of else ""


def path_of(place: str) -> str:
    """Return the page of a form that was left at a place."""
    return PATH.replace("{id}", place.removeprefix(PLACE))


def read_left(body: str) -> LeftForm | None:
    """Return a form that was left; None of what another release kept."""
    try:
        return LeftForm.model_validate_json(body)
    except ValidationError:
        return None


def _is_of(ended: EndedSession, form: FormData) -> bool:
    token, mark = form.get("form_token", ""), form.get(WHOSE, "")
    if not (isinstance(token, str) and isinstance(mark, str)):
        return False
    return is_form_token(ended.token, token) and is_mark_of(ended.person, mark)
