"""Every sentence of the pages by its key, `area.name`: English and Chinese side by side, a module for each area."""

from collections.abc import Mapping
from typing import Any

from portal.wording import (
    act_names,
    acts,
    applications,
    applying,
    changes,
    check,
    faults,
    forms,
    invitations,
    layout,
    many,
    parts,
    receipts,
    register,
    reviews,
    seconds,
    start,
    tasks,
)
from portal.wording.api import refusals, requests
from portal.wording.audit import replay, what_if, words as audit
from portal.wording.doing import every
from portal.wording.entering import keys, left_forms, own_sessions, sign_in
from portal.wording.rounds import (
    amending,
    board,
    by_table,
    case,
    checks,
    desk,
    draw,
    opening,
    sent_papers,
    together,
    unit_list,
)
from selection.kernel.counting import fill

AREAS: dict[str, dict[str, tuple[str, str]]] = {
    "act-names": act_names.WORDS,
    "acts": acts.WORDS,
    "api": {**refusals.REFUSED, **requests.WORDS},
    "audit": {**audit.WORDS, **what_if.WORDS},
    "amending": amending.WORDS,
    "applications": applications.WORDS,
    "applying": applying.WORDS,
    "board": board.WORDS,
    "by-table": by_table.WORDS,
    "case": case.WORDS,
    "changes": changes.WORDS,
    "check": check.WORDS,
    "checks": checks.WORDS,
    "do": every.WORDS,
    "desk": desk.WORDS,
    "draw": draw.WORDS,
    "fault": faults.WORDS,
    "forms": forms.WORDS,
    "invitations": invitations.WORDS,
    "keys": keys.WORDS,
    "layout": layout.WORDS,
    "many": many.WORDS,
    "opening": opening.WORDS,
    "parts": parts.WORDS,
    "replay": replay.WORDS,
    "register": register.WORDS,
    "reviews": reviews.WORDS,
    "seconds": seconds.WORDS,
    "sent": sent_papers.WORDS,
    "receipts": receipts.WORDS,
    "left": left_forms.WORDS,
    "sessions": own_sessions.WORDS,
    "sign-in": sign_in.WORDS,
    "start": start.WORDS,
    "tasks": tasks.WORDS,
    "together": together.WORDS,
    "unit-list": unit_list.WORDS,
}


def say(key: str, language: str, params: Mapping[str, Any] | None = None) -> str:
    """Return a sentence in `zh`, else in English. Raises KeyError for one that there is not."""
    area, _, name = key.partition(".")
    english, chinese = AREAS[area][name]
    return fill(chinese if language == "zh" else english, params or {})


def knows(key: str) -> bool:
    """Tell whether there is a sentence of this key."""
    area, _, name = key.partition(".")
    return name in AREAS.get(area, {})
