"""By which entries an application ended, and which of these ends was undone since: what a letter tells."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from selection.application.check.events import CheckFailed
from selection.application.intake.events import ApplicationLapsed
from selection.application.leaving.events import ApplicationGivenUp, ApplicationRuledOut
from selection.application.notice.events import ItemRemoved, ObjectionReopened
from selection.application.outcome.events import (
    ApplicationCancelled,
    ApplicationListed,
    ApplicationNotSelected,
)
from selection.application.reversing.events import DecisionReversed
from selection.application.settling.events import ApplicationNotReviewed
from selection.application.survey.events import LeftOffShortlist

ENDS = frozenset(
    event.TYPE
    for event in (
        *(ApplicationLapsed, CheckFailed, ApplicationNotReviewed, LeftOffShortlist, ApplicationNotSelected),
        *(ItemRemoved, ApplicationListed, ApplicationCancelled, ApplicationGivenUp, ApplicationRuledOut),
    )
)
"""What ends an application."""
UNDOES = frozenset((DecisionReversed.TYPE, ObjectionReopened.TYPE))
"""What brings one back that has ended, or is done on one that has not."""


class End(NamedTuple):
    """An end of an application by the version and type of its entry; `undone` when another undid it, if one did."""

    version: int
    type: str
    at: datetime
    undone: datetime | None = None


def list_ends(entries: Iterable[tuple[int, str, datetime]]) -> tuple[End, ...]:
    """Return the ends among the entries of one application, given by version, type and instant, in their order.

    A later end takes the place of one that nothing undid before it.
    """
    found: list[End] = []
    for version, type_, at in entries:
        if type_ not in ENDS | UNDOES:
            continue
        if found and found[-1].undone is None:
            found[-1] = found[-1]._replace(undone=at)
        if type_ in ENDS:
            found.append(End(version, type_, at))
    return tuple(found)


def find_present(ends: Iterable[End], at: datetime) -> int | None:
    """Return the version of the end that stood at an instant; None where none did."""
    return next(
        (end.version for end in ends if end.at <= at and (end.undone is None or at < end.undone)), None
    )
