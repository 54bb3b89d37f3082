"""Stored contents on the command line."""

import re

from selection.kernel.model import Ref
from selection.refusals.refused import Refused
from selection.streams import round_stream
from starter.cli.session import Session, application

CONTENT_ID = re.compile(r"(text|file)-[0-9a-f]{32}")


def stream_of(text: str | None) -> str | None:
    """Return the stream of the application or round that is said to refer to a content."""
    if text is None:
        return None
    return application(text) if "/" in text else round_stream(text)


def refuse_unknown_content(content: str) -> Refused:
    """Return the refusal of a content that is not stored, or not to be opened; no other word tells which."""
    return Refused("unknown-content", place=content if CONTENT_ID.fullmatch(content) else "ID")


async def show_stored(session: Session, ref: Ref) -> None:
    """Show the card of a content that was just stored."""
    card = await session.reads.contents.get_own_card(await session.subject(), ref.id)
    session.out.fields(
        "content", {"id": card.id, "sha256": card.sha256, "size": card.size, "at": card.stored_at}
    )
