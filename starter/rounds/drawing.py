"""A draw's name and its secret, as commands and pages make them: what is committed to is the secret's hash."""

import hashlib
import secrets
from collections.abc import Sequence

from reading.models import ShownDraw
from selection.round.commands import CommitDraw

SECRET_BYTES = 32


def next_draw(draws: Sequence[ShownDraw]) -> str:
    """Return the draw that is committed and not yet opened, or the next number."""
    waiting = [item.draw for item in draws if item.waiting]
    return waiting[0] if waiting else f"draw-{len(draws) + 1}"


def make_secret() -> str:
    """Return a new secret, in hex."""
    return secrets.token_hex(SECRET_BYTES)


def commit_to(draw: str, secret: str, source: str, issue: str) -> CommitDraw:
    """Return the act that commits a draw to a secret in hex, and does not tell it. Raises ValueError if it is none."""
    commitment = hashlib.sha256(bytes.fromhex(secret)).hexdigest()
    return CommitDraw(draw=draw, commitment=commitment, source=source, issue=issue)
