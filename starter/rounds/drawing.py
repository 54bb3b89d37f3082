"""A draw's name and its secret, as commands and pages make them: its hash is committed to, it is deposited itself."""

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Sequence

from reading.models import ShownDraw
from selection.kernel.model import Ref
from selection.round.commands import CommitDraw

SECRET_BYTES = 32


def next_draw(draws: Sequence[ShownDraw]) -> str:
    """Return the draw that is committed and not yet opened, or the next number."""
    waiting = [item.draw for item in draws if item.waiting]
    return waiting[0] if waiting else f"draw-{len(draws) + 1}"


def make_secret() -> str:
    """Return a new secret, in hex."""
    return secrets.token_hex(SECRET_BYTES)


def commit_to(draw: str, secret: str, deposit: Ref, source: str, issue: str) -> CommitDraw:
    """Return the act that commits a draw to a secret in hex, which is deposited as this text.

    Raises ValueError if it is no secret.
    """
    commitment = hashlib.sha256(bytes.fromhex(secret)).hexdigest()
    return CommitDraw(draw=draw, commitment=commitment, deposit=deposit, source=source, issue=issue)


async def commit_anew(
    draw: str, source: str, issue: str, store: Callable[[str], Awaitable[Ref]]
) -> CommitDraw:
    """Return the act that commits a draw to a new secret, which is stored for it and told to nobody."""
    secret = make_secret()
    return commit_to(draw, secret, await store(secret), source, issue)
