"""The one table of who may see what: event type x standing x field (docs/rules.md, S1).

A row lists an event's fields, each with its audience. The field `*` is the event itself: that it happened and
when. The field `role` is the role in which it was done; where a row does not name it, it is as `*`. Officers,
supervisors and auditors see everything and are not named in the rows. The person and the command behind an
event show to them and to that person only. An audience may be narrowed by a scope after a colon:

- `own`: if the event is about the viewer's own seat, report, objection or act.
- `entry`: as `own`, and of a field that lists people only the entry that names the viewer.
- `current`: if it is the version of the application that counts now, not an earlier one.
- `ended`: once the application has its outcome.

Of whom a conflict was reported, that person sees neither the report nor its ruling, not even as staff.
What is not in the table is not shown. A stored content may be opened by whom the table shows its reference.
"""

from selection.visibility.application_events import APPLICATION_ROWS, Audience
from selection.visibility.viewer import STAFF, Standing

_OVERSEERS = "approver admin"
_UNIT = "recommender"

LIST_ROWS: dict[str, dict[str, Audience]] = {
    "list.recommended.v1": {
        "*": f"{_UNIT} admin",
        "round": _UNIT,
        "rules_hash": _UNIT,
        "unit": _UNIT,
        "quota": _UNIT,
        "application": _UNIT,
        "revision": _UNIT,
        "agent": _UNIT,
    },
    "list.withdrawn.v1": {"*": f"{_UNIT} admin", "application": _UNIT, "reason": _UNIT},
    "list.freed.v1": {"*": f"{_UNIT} admin", "application": _UNIT, "why": _UNIT},
    "list.ranked.v1": {"*": f"{_UNIT} admin", "order": _UNIT},
    "list.never-opened.v1": {"*": f"{_UNIT} admin"},
    "list.closed.v1": {"*": f"{_UNIT} admin", "deadline": _UNIT},
}

_PUBLISHED = f"participant {_OVERSEERS}"

ROUND_ROWS: dict[str, dict[str, Audience]] = {
    "round.opened.v1": {
        "*": _PUBLISHED,
        "rules_hash": _PUBLISHED,
        "rules": _OVERSEERS,
        "rehearsal": _PUBLISHED,
        "deadlines": _PUBLISHED,
    },
    "round.deadline-extended.v1": {
        "*": _PUBLISHED,
        "name": _PUBLISHED,
        "old": _PUBLISHED,
        "until": _PUBLISHED,
        "reason": "approver",
    },
    "round.outage-recorded.v1": {
        "*": _PUBLISHED,
        "began": _PUBLISHED,
        "ended": _PUBLISHED,
        "moved": _PUBLISHED,
        "until": _PUBLISHED,
        "reason": "approver",
    },
    "round.submission-closed.v1": {"*": _PUBLISHED, "deadline": _PUBLISHED},
    "round.intake-closed.v1": {"*": _PUBLISHED, "deadline": _PUBLISHED},
    "round.stage-finished.v1": {
        "*": _PUBLISHED,
        "finished": _PUBLISHED,
        "next": _PUBLISHED,
        "counts": _OVERSEERS,
        "removed": "approver",
        "held": "approver",
    },
    "round.held-settled.v1": {
        "*": _OVERSEERS,
        "proposal": _OVERSEERS,
        "released": "approver",
        "removed": "approver",
    },
    # The secret gives every panel away to whom knows the pool, so it is never published.
    "draw.committed.v1": {
        "*": _PUBLISHED,
        "draw": _PUBLISHED,
        "commitment": _PUBLISHED,
        "inputs": "",
        "applications": _OVERSEERS,
        "experts": _OVERSEERS,
    },
    "draw.opened.v1": {
        "*": _PUBLISHED,
        "draw": _PUBLISHED,
        "secret": "",
        "randomness": _PUBLISHED,
        "source": _PUBLISHED,
    },
    "draw.drawn.v1": {
        "*": _PUBLISHED,
        "draw": _PUBLISHED,
        "result": "",
        "total_cost": "",
        "clashing": "",
    },
    "round.shortlist-fixed.v1": {
        "*": _OVERSEERS,
        "listed": "approver",
        "reasons": "approver",
        "counts": _OVERSEERS,
    },
    "round.proposed.v1": {
        "*": _OVERSEERS,
        "proposal": _OVERSEERS,
        "items": "approver",
        "deviations": "approver",
        "ranking": "approver",
    },
    "round.notice-opened.v1": {"*": _PUBLISHED, "proposal": _PUBLISHED, "until": _PUBLISHED},
    "integrity.checked.v1": {"*": _OVERSEERS, "proposal": _OVERSEERS, "hits": "approver", "text": "approver"},
    "integrity.ruled.v1": {
        "*": _OVERSEERS,
        "application": "approver",
        "cleared": "approver",
        "text": "approver",
    },
    "approval.given.v1": {
        "*": _OVERSEERS,
        "proposal": _OVERSEERS,
        "level": _OVERSEERS,
        "passed": _OVERSEERS,
        "reason": "approver",
    },
    "approval.sent-back.v1": {
        "*": _OVERSEERS,
        "proposal": _OVERSEERS,
        "level": _OVERSEERS,
        "items": "approver",
        "reason": "approver",
    },
    "round.list-issued.v1": {"*": _PUBLISHED, "proposal": _PUBLISHED, "places": _PUBLISHED},
    "round.cancelled.v1": {"*": _PUBLISHED, "reason": "approver"},
    "round.batch-finished.v1": {"*": "admin", "batch": "admin", "touched": "admin", "left_over": ""},
    "round.batch-repeated.v1": {"*": "admin", "batch": "admin", "attempt": "admin"},
}

ARCHIVE_ROWS: dict[str, dict[str, Audience]] = {
    "histories.archived.v1": {
        "*": _OVERSEERS,
        "cause": _OVERSEERS,
        "runs": "admin",
        "complete": _OVERSEERS,
        "open": _OVERSEERS,
    },
}

_EVERY_OWN = " ".join(f"{standing}:own" for standing in Standing if standing not in STAFF)

COMMON_ROWS: dict[str, dict[str, Audience]] = {
    "act.refused.v1": {
        "*": f"{_EVERY_OWN} admin",
        "kind": _EVERY_OWN,
        "code": _EVERY_OWN,
        "params": _EVERY_OWN,
    },
}

EVENT_ROWS = {**APPLICATION_ROWS, **LIST_ROWS, **ROUND_ROWS, **ARCHIVE_ROWS, **COMMON_ROWS}
