from datetime import timedelta

import pytest

from ledger.record import Ledger
from reading.errors import Hidden
from reading.service import ReadService
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from selection.round.commands import ChangePost
from tests.reading.functions import as_person
from tests.reading.streams import MAIN
from tests.selection.story import ROUND, ref


@pytest.fixture
async def reads(ledger: Ledger) -> ReadService:
    """The service, after an officer, an expert and an approver have read."""
    service = ReadService(ledger)
    for person in ("officer-1", "expert-3", "approver-1"):
        who = await as_person(ledger, person)
        await service.applications.get(who, MAIN.stream)
    await service.rounds.get(await as_person(ledger, "officer-1"), ROUND)
    await service.register.list_people(await as_person(ledger, "admin-1"))
    return service


async def list_reads(
    ledger: Ledger, reads: ReadService, watching: str, **asked: str
) -> list[tuple[str, str]]:
    who = await as_person(ledger, watching)
    found = await reads.noted.list_of_round(who, ROUND, **asked)  # type: ignore[arg-type] # texts alone
    return [(item.person, item.what) for item in found.reads]


async def test_an_auditor_sees_who_read_what_newest_first(ledger: Ledger, reads: ReadService) -> None:
    everything = [
        ("officer-1", "round"),
        ("approver-1", "application"),
        ("expert-3", "application"),
        ("officer-1", "application"),
    ]
    assert await list_reads(ledger, reads, "auditor-1") == everything
    assert await list_reads(ledger, reads, "auditor-1") == [("auditor-1", "reads"), *everything]
    assert await list_reads(ledger, reads, "auditor-1", person="expert-3") == [("expert-3", "application")]
    assert await list_reads(ledger, reads, "auditor-1", stream=MAIN.stream) == everything[1:]


async def test_reads_are_found_since_a_moment_and_only_so_many(ledger: Ledger, reads: ReadService) -> None:
    who = await as_person(ledger, "auditor-1")
    last, *_ = (await reads.noted.list_of_round(who, ROUND)).reads
    later = last.at + timedelta(microseconds=1)
    [own] = (await reads.noted.list_of_round(who, ROUND, since=later)).reads
    assert own.person == "auditor-1"
    found = await reads.noted.list_of_round(who, ROUND, limit=2)
    assert len(found.reads) == 2
    assert found.earlier == found.reads[-1].id


async def test_a_look_at_what_an_act_would_bring_is_noted_also_where_it_is_refused(
    ledger: Ledger, reads: ReadService
) -> None:
    """Seen before: whoever tried acts in a sheet learned from its refusals, and nothing told that they looked."""
    officer = await as_person(ledger, "officer-1")
    tried = ChangePost(post="supervisors", add=("nobody-1",), reason=ref("why"))
    with pytest.raises(Refused):
        await reads.rehearsals.rehearse(officer, ROUND, tried, Role.OFFICER, "try-1")
    found = await list_reads(ledger, reads, "auditor-1", person="officer-1")
    assert found[0] == ("officer-1", "rehearsal")


async def test_however_much_was_read_since_earlier_reads_are_found(
    ledger: Ledger, reads: ReadService
) -> None:
    who, officer = await as_person(ledger, "auditor-1"), await as_person(ledger, "officer-1")
    for _ in range(3):
        await reads.rounds.get(officer, ROUND)
    seen: list[tuple[str, str]] = []
    latest = await reads.noted.list_of_round(who, ROUND, limit=2)
    while latest.earlier is not None:
        seen += [(item.person, item.what) for item in latest.reads]
        latest = await reads.noted.list_of_round(who, ROUND, before=latest.earlier, limit=2)
    seen += [(item.person, item.what) for item in latest.reads]
    first = [("approver-1", "application"), ("expert-3", "application"), ("officer-1", "application")]
    assert seen == [("officer-1", "round")] * 4 + first
    assert await list_reads(ledger, reads, "auditor-1", person="officer-1", what="application") == first[2:]


async def test_to_an_administrator_what_does_not_show_hides_nothing_earlier(
    ledger: Ledger, reads: ReadService
) -> None:
    expert, who = await as_person(ledger, "expert-3"), await as_person(ledger, "admin-1")
    for _ in range(2):
        await reads.applications.get(expert, MAIN.stream)
    latest = await reads.noted.list_of_round(who, ROUND, limit=2)
    assert latest.reads == ()
    earlier = await reads.noted.list_of_round(who, ROUND, before=latest.earlier, limit=2)
    assert [item.person for item in earlier.reads] == ["officer-1", "approver-1"]


async def test_an_administrator_does_not_learn_from_it_who_is_on_a_panel(
    ledger: Ledger, reads: ReadService
) -> None:
    assert await list_reads(ledger, reads, "admin-1") == [
        ("officer-1", "round"),
        ("approver-1", "application"),
        ("officer-1", "application"),
    ]


@pytest.mark.parametrize(
    "person", ["officer-1", "supervisor-1", "approver-1", "expert-3", "agent-1", "stranger-1"]
)
async def test_nobody_else_sees_it(ledger: Ledger, reads: ReadService, person: str) -> None:
    with pytest.raises(Hidden):
        await list_reads(ledger, reads, person)
    with pytest.raises(Hidden):
        await reads.noted.list_of_installation(await as_person(ledger, person))


async def test_reads_of_no_round_show_to_auditors_and_administrators(
    ledger: Ledger, reads: ReadService
) -> None:
    for person, earlier in (("auditor-1", []), ("admin-1", [("auditor-1", "reads")])):
        found = await reads.noted.list_of_installation(await as_person(ledger, person))
        assert [(item.person, item.what) for item in found] == [*earlier, ("admin-1", "people")]
