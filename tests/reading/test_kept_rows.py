"""Rows kept as they show to somebody, and a round's tasks read page by page: what reading all of it anew tells."""

import pytest

from ledger.record import Ledger
from reading.access.source import Source
from reading.access.subject import Subject
from reading.applications import show_rows
from reading.desk.models import WaitingList
from reading.errors import Hidden
from reading.models import RoundTasksAsked, ShownTask
from reading.service import ReadService
from selection.streams import round_stream
from tests.reading.functions import as_person, list_otherwise
from tests.reading.streams import everybody
from tests.selection.story import ROUND

PAGE = 2


async def list_shown(source: Source, who: Subject) -> list[str]:
    look = await source.look(who, round_stream(ROUND))
    return [row.model_dump_json() for row in (await show_rows(source, who, look))[0]]


async def test_rows_that_are_kept_are_those_of_the_very_reader(ledger: Ledger) -> None:
    kept = Source(ledger)
    for person in everybody():
        who = await as_person(ledger, person)
        for subject in (who, *list_otherwise(who), who):
            assert await list_shown(kept, subject) == await list_shown(Source(ledger), subject), person


async def test_pages_of_what_waits_in_a_round_are_all_that_waits_in_it(ledger: Ledger) -> None:
    reads, counted = ReadService(ledger), 0
    for person in everybody():
        who = await as_person(ledger, person)
        try:
            pages = await read_pages(reads, who, RoundTasksAsked(limit=PAGE))
        except Hidden:
            continue
        whole = await reads.tasks.list_open(who, round_id=ROUND, everybody=True)
        assert list_tasks(pages) == list(whole)
        assert {page.total for page in pages} == {len(whole)}
        assert pages[0].kinds == tuple(sorted({task.kind for task in whole}))
        assert pages[0].roles == tuple(sorted({task.role.value for task in whole}))
        assert pages[0].whos == tuple(sorted({name_person(task) for task in whole} - {""}))
        for task in whole if person == "auditor-1" else ():
            asked = RoundTasksAsked(kind=task.kind, role=task.role.value, who=name_person(task), limit=PAGE)
            like = [one for one in whole if (one.kind, one.role) == (task.kind, task.role)]
            like = [one for one in like if name_person(task) in ("", name_person(one))]
            assert list_tasks(await read_pages(reads, who, asked)) == like
            counted += 1
        in_vain = RoundTasksAsked(kind="none", role="none", who="none", limit=PAGE)
        assert list_tasks(await read_pages(reads, who, in_vain)) == list(whole)
        back = list_tasks(await read_pages(reads, who, RoundTasksAsked(sort="-since", limit=PAGE)))
        assert [task.since for task in back] == sorted((task.since for task in whole), reverse=True)
    assert counted


async def test_what_waits_for_others_is_noted_and_shown_to_staff_alone(ledger: Ledger) -> None:
    reads, asked = ReadService(ledger), RoundTasksAsked(limit=PAGE)
    await reads.desks.list_waiting(await as_person(ledger, "auditor-1"), ROUND, asked)
    assert [read.what for read in await ledger.read_log.find(ROUND)] == ["tasks"]
    for person in ("expert-1", "agent-1", "approver-1", "admin-1", "recommender-1"):
        with pytest.raises(Hidden):
            await reads.desks.list_waiting(await as_person(ledger, person), ROUND, asked)


async def read_pages(reads: ReadService, who: Subject, asked: RoundTasksAsked) -> list[WaitingList]:
    first = await reads.desks.list_waiting(who, ROUND, asked)
    count = max(1, -(-first.total // PAGE))
    pages = [await reads.desks.list_waiting(who, ROUND, asked.with_(page=n)) for n in range(1, count + 1)]
    assert await reads.desks.list_waiting(who, ROUND, asked.with_(page=count + 9)) == pages[-1]
    return pages


def list_tasks(pages: list[WaitingList]) -> list[ShownTask]:
    return [task for page in pages for task in page.tasks]


def name_person(task: ShownTask) -> str:
    return task.person or task.unit or ""
