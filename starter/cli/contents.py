"""Fetch stored contents for who may open them."""

import re

from ledger.people.contents import ContentCard
from selection.kernel.model import Ref
from selection.refusals.refused import Refused
from selection.streams import round_stream
from selection.visibility.reading import may_read_content
from starter.cli.session import Session, application
from starter.cli.visible import view_stream

CONTENT_ID = re.compile(r"(text|file)-[0-9a-f]{32}")


async def fetch_content(session: Session, content: str, of: str | None) -> tuple[ContentCard, bytes]:
    """Return a content that is the person's own, or that an entry of the stream `of` shows to them.

    Raises Refused unknown-content, or what the record raises for an erased one.
    """
    await session.fact()
    cards = await session.ledger.contents.cards([content])
    mine = content in cards and cards[content].stored_by == session.person
    if not mine and not await _is_shown(session, content, of):
        raise refuse_unknown_content(content)
    return await session.ledger.contents.get(content)


def refuse_unknown_content(content: str) -> Refused:
    """Return the refusal of a content that is not stored, or not to be opened; no other word tells which."""
    return Refused("unknown-content", place=content if CONTENT_ID.fullmatch(content) else "ID")


async def show_stored(session: Session, ref: Ref) -> None:
    """Show the card of a content that was just stored."""
    card = (await session.ledger.contents.cards([ref.id]))[ref.id]
    session.out.fields(
        "content", {"id": card.id, "sha256": card.sha256, "size": card.size, "at": card.stored_at}
    )


async def _is_shown(session: Session, content: str, of: str | None) -> bool:
    if of is None:
        return False
    view = await view_stream(session, application(of) if "/" in of else round_stream(of))
    leaves = [entry.leaf for entry in await session.ledger.reading.stream_entries(view.state.stream)]
    return may_read_content(content, view.viewer, view.state, leaves)
