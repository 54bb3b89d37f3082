"""A draft of a form: opened, saved over the version that was seen, and thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.datastructures import FormData
from starlette.responses import Response

from portal.forms.typed import Draft, Typed, read_draft, write_draft
from portal.routing import version_of
from portal.visit import Visit

CHECK, SAVE, LEAVE, DISCARD = "check", "save", "leave", "discard"
"""What the buttons of a form say, and its script as somebody types or leaves the page."""


@dataclass(frozen=True)
class DraftNotes:
    """What a page says beside a form with a draft: faults by field, which version it shows, and if one overtook it."""

    version: int = 0
    faults: Sequence[tuple[str, str]] = field(default=())
    overtaken: bool = False


async def open_draft(visit: Visit, place: str) -> tuple[Typed | None, int]:
    """Return what was typed and kept, with its version; None and 0 where nothing is kept."""
    kept = await visit.reach.work.read_draft(visit.signed_in, place)
    return (None, 0) if kept is None else (read_draft(kept.body).typed, kept.version)


async def save_draft(visit: Visit, place: str, form: FormData, typed: Typed) -> int | None:
    """Keep what was typed over the version that was seen; None where another stands there."""
    draft = write_draft(Draft("", typed))
    return await visit.reach.work.save_draft(visit.signed_in, place, version_of(form), draft)


async def discard_draft(visit: Visit, place: str, form: FormData) -> Response | None:
    """Throw the draft away and lead to the form without it; None where another version than was seen stands there."""
    work = visit.reach.work
    await work.drop_draft(visit.signed_in, place, version_of(form))
    if await work.read_draft(visit.signed_in, place) is not None:
        return None
    return visit.lead(f"{visit.request.url.path}?discarded=1")
