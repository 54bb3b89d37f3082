"""The public numbers that a draw which is committed now can name: what officers choose from."""

from datetime import datetime, timedelta

from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.kernel.named import Named
from selection.round.state import RoundState

OF_EACH = 5
"""How many issues of each source are offered."""
MOMENT = timedelta(microseconds=1)
MARGIN = timedelta(seconds=2)
"""How long an act may be on its way before its issue has become too near."""


class OfferedIssue(Frozen):
    """An issue of a source, and the instant from which it is public."""

    source: Named
    issue: str
    public: Instant


def offer_issues(state: RoundState, now: datetime) -> tuple[OfferedIssue, ...]:
    """Return the next issues of each source that are neither too near nor too far, those of the first source first."""
    if state.sealed is None:
        return ()
    draws, clock = state.sealed.draws, state.sealed.clock
    after = [draw.public + MOMENT for draw in state.draws.values()]
    first = max((draws.earliest(clock, now + MARGIN), *after))
    found = []
    for source in draws.sources:
        named = Named(code=source.code, en=source.en, zh=source.zh)
        begin = first
        for _ in range(OF_EACH):
            issue = source.next_issue(clock, begin)
            public = source.find_instant(clock, issue) if issue is not None else None
            if issue is None or public is None or public > draws.latest(clock, now):
                break
            found.append(OfferedIssue(source=named, issue=issue, public=public))
            begin = public + MOMENT
    return tuple(found)
