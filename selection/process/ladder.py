"""The ladder: at which instants people are told of a task that is not finished, and which comes next. Pure.

Of what its due day itself ends nobody is told after it: what was not mended is judged as it is. Of seats and of what
co-builders confirm, people are reminded before and on the day by letters that wait, and can do nothing after it
(`selection/application/letters.py`): the ladder tells those above them alone, once for all of an application.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from selection.kernel.actor import Role
from selection.kernel.day_clock import AnyClock, after_days, day_of, start_of_day
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen
from selection.process.task import OpenTask, find_date
from selection.rules.ladder import Ladder

Rung = Literal["before", "day", "after", "officer", "supervisor"]
ORDER: tuple[Rung, ...] = ("before", "day", "after", "officer", "supervisor")
"""In which order those are taken that fall on one instant."""
BY_LETTERS_THAT_WAIT: Mapping[str, str] = {
    "answer-invitation": "the seat goes to the next alternate",
    "review": "the seat goes to the next alternate",
    "confirm-co-building": "no confirmation is taken after the day",
}
"""The kinds of tasks of which people are reminded by letters that wait, with why they are told nothing after the day.

Of these the officers are told, then the supervisors, once for all that an application still waits for.
"""
ENDED_BY_TIME: Mapping[str, str] = {
    "mend": "the application is checked as it is",
    "submit-anew": "the version that was handed in counts, under the form that it was filled in with",
    "recommend": "what no unit recommended by then has ended as not recommended",
    "correct-review": "the review that was submitted counts, under the form that it was filled in with",
}
"""The kinds of tasks of which nobody is told after the due day, with what that decides: nothing is left to do."""

_ABOVE = ("officer", "supervisor")


class Reminder(Frozen):
    """The rung of a task that was taken last, and the instant that it stood at."""

    at: Instant
    rung: Rung


class NextRung(NamedTuple):
    """A rung to be taken `at` an instant, of a task that is due at another."""

    at: datetime
    rung: Rung
    task: OpenTask
    due: datetime


class LadderTerms(NamedTuple):
    """What the rules say of the ladder: its days after a due day, those before, and the clock of the days."""

    ladder: Ladder
    before: tuple[int, ...]
    clock: AnyClock


def read_terms(ladder: Ladder | None, before: tuple[int, ...], clock: AnyClock) -> LadderTerms | None:
    """Return what the rules say of the ladder, None where they have none."""
    return None if ladder is None else LadderTerms(ladder, before, clock)


def find_due(task: OpenTask, terms: LadderTerms, deadlines: Mapping[str, datetime]) -> datetime:
    """Return when a task is due: by its date in force, or so many days after it began."""
    date = find_date(task, deadlines)
    if date is not None:
        return date
    return after_days(terms.clock, task.since, terms.ladder.days_of(task.kind))


def find_next_rung(
    tasks: Iterable[OpenTask],
    terms: LadderTerms | None,
    deadlines: Mapping[str, datetime],
    reminders: Mapping[str, Reminder],
    acted: datetime | None,
) -> NextRung | None:
    """Return the first rung of open tasks that comes after the last act and was not taken; None without a ladder."""
    if terms is None:
        return None
    found: list[NextRung] = []
    for task in tasks:
        due, last = find_due(task, terms, deadlines), reminders.get(task.key)
        for at, rung in _list_rungs(task, due, terms):
            if acted is not None and at <= acted:
                continue
            if last is None or (at, ORDER.index(rung)) > (last.at, ORDER.index(last.rung)):
                found.append(NextRung(at, rung, task, due))
    return min(found, key=lambda item: (item.at, ORDER.index(item.rung), item.task.key), default=None)


def _list_rungs(task: OpenTask, due: datetime, terms: LadderTerms) -> Iterator[tuple[datetime, Rung]]:
    """Yield the rungs around a due instant, which is the end of its day, as beginnings of days."""
    last, clock, ladder = day_of(terms.clock, due), terms.clock, terms.ladder
    rungs: tuple[tuple[int, Rung], ...] = (
        *((-days, "before") for days in terms.before if days > 1),
        (-1, "day"),
        *((days, "after") for days in ladder.after),
        (ladder.officer, "officer"),
        (ladder.supervisor, "supervisor"),
    )
    for days, rung in rungs:
        if days > 0 and task.kind in ENDED_BY_TIME:
            continue
        if rung not in _ABOVE and task.kind in BY_LETTERS_THAT_WAIT:
            continue
        if rung == "officer" and task.role in (Role.OFFICER, Role.SUPERVISOR):
            # Officers were told by the rungs before; of what a supervisor leaves undone by the last.
            continue
        yield start_of_day(clock, last + timedelta(days=days)), rung
