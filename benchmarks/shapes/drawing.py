"""How a benchmark's draws are opened: numbers that are public soon, whatever they are."""

from datetime import datetime, timedelta

from selection.kernel.model import Ref
from selection.round.commands import CommitDraw
from selection.rules.model import RoundRules
from starter.rounds.drawing import commit_to

NUMBERS = "01 02 03 04 05 06 + 07"


def commit_soon(
    rules: RoundRules, secret: bytes, deposit: Ref, now: datetime, wait: timedelta
) -> tuple[CommitDraw, datetime]:
    """Return the act that commits a draw to the next numbers after a while, and when these are public."""
    source = rules.draws.sources[0]
    issue = source.next_issue(rules.clock, rules.draws.earliest(rules.clock, now + wait))
    assert issue is not None
    public = source.find_instant(rules.clock, issue)
    assert public is not None
    return commit_to("1", secret.hex(), deposit, source.code, issue), public
