"""As everyone, over every function of the service: nothing beyond the table, one note for what is confidential."""

import asyncio
import json
from itertools import product
from typing import Any, NamedTuple

import psycopg
import pytest

from ledger.database.store import RECORDER_ROLE
from ledger.errors import RecordProtected
from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from reading.errors import Hidden
from reading.service import ReadService
from runtime.embedded.postgres import EmbeddedPostgres
from selection.kernel.actor import Role
from selection.refusals.refused import Refused
from tests.reading.functions import (
    CALLS,
    CANARY,
    IDENTITY,
    IDS,
    OPEN,
    OWN,
    as_person,
    call,
    functions_of,
    list_allowed,
    list_allowed_names,
    names_in,
)
from tests.reading.streams import AUTHORS, MAIN, STRANGER, UNITS, everybody
from tests.registering import register_at
from tests.running.servers import copy_for_test
from tests.selection.story import ROUND
from tests.selection.visibility.viewing import NAMES, strings

AGENT = "agent-1"
ENDED_AFTER_NOTICE = f"application/{ROUND}/0012"
ALL = "of the installation"
OF_THE_AGENT = ("applications", "receipts", "forms", "papers")
OF_THE_REGISTER = ("register.", "noted.list_of_installation")


def units_of(person: str) -> dict[str, tuple[str, ...]]:
    return {role.value: units for role, units in UNITS.get(person, {}).items()}


async def count_notes(ledger: Ledger) -> int:
    row = await ledger.store.row("SELECT count(*) AS n FROM reads")
    assert row is not None
    return int(row["n"])


async def test_every_function_of_the_service_is_called_here(ledger: Ledger) -> None:
    assert functions_of(ReadService(ledger)) == {name.partition(" ")[0] for name in CALLS}


class Answer(NamedTuple):
    """What somebody got of a function, None where nothing, and how many notes it left."""

    got: Any
    notes: int


Answers = dict[tuple[str, str], Answer]


@pytest.fixture(scope="module")
def answers(server: EmbeddedPostgres, story_template: str) -> Answers:
    """What every function gives everybody, by its name and who asks: asked once for all that is looked at."""

    async def ask() -> Answers:
        found = {}
        async with copy_for_test(server.url, story_template) as url:
            ledger = await Ledger.connect(url, role=RECORDER_ROLE)
            noted = await count_notes(ledger)
            subjects = {person: await as_person(ledger, person) for person in everybody()}
            for name, person in product(CALLS, everybody()):
                got, before = await call(ledger, name, subjects[person]), noted
                noted = await count_notes(ledger)
                found[name, person] = Answer(got, noted - before)
            await ledger.close()
        return found

    return asyncio.run(ask())


def test_nobody_is_shown_anything_beyond_the_table(answers: Answers) -> None:
    shown, published = set(), set()
    for person in everybody():
        people, contents = list_allowed(person, units_of(person))
        names = list_allowed_names(person, units_of(person))
        for name in CALLS:
            text = json.dumps(answers[name, person].got, ensure_ascii=False, default=str)
            ids, canaries, named = set(IDS.findall(text)), set(CANARY.findall(text)), names_in(text)
            # The register lists ids to administrators: who is registered is their work.
            assert ids <= people or name.startswith(OF_THE_REGISTER), (person, name)
            stored = {ref for ref in canaries - contents if AUTHORS[ref] != person}
            assert not stored, (person, name)
            assert named <= names, (person, name)
            own = {f"{kind}-{person}" for kind in ("Nm", "ml", "Em")} if name.endswith("identity") else set()
            if name.startswith("register.call_people"):
                # Names are told of those alone whose ids the table shows; to who registers people, everyone's.
                known = set(everybody()) if name.endswith(ALL) or person == "admin-1" else people
                assert set(IDENTITY.findall(text)) <= {f"Nm-{one}" for one in known}, (person, name)
            else:
                assert set(IDENTITY.findall(text)) == own, (person, name)
            published |= {(person, found) for found in canaries if person == STRANGER}
            shown |= {(person.partition("-")[0], "content") for _ in canaries}
            shown |= {(person.partition("-")[0], "id") for _ in ids}
            shown |= {(name, "names") for _ in named} | {(person, "names") for _ in named}
    assert {("officer", "content"), ("expert", "content"), ("agent", "content"), ("expert", "id")} <= shown
    assert (STRANGER, "public-3") in published
    # The public notice publishes for good, also of what ended later; the call why its rules or days changed.
    reasons = {"amendment-why", "extension-reason", "outage-reason"}
    assert {content for _, content in published} == {"public-3", "public-12", *reasons}
    assert {("applications.list_of_round", "names"), ("tasks.list_open", "names")} <= shown
    assert {("objector-1", "names"), ("surveyor-1", "names"), ("expert-3", "names")} <= shown


def test_names_are_told_by_what_people_are_to_an_application(answers: Answers) -> None:
    called = {person: set(answers["register.call_people", person].got or ()) for person in everybody()}
    for staff in ("officer-1", "supervisor-1", "auditor-1", "admin-1"):
        assert called[staff] == set(everybody()), staff
    assert called["surveyor-1"] == {"surveyor-1"}
    assert {"expert-1", "expert-2", "expert-3"} <= called["expert-1"], "who chairs knows the panel"
    assert "surveyor-1" not in called["expert-1"]
    assert called["examiner-1"] == {"examiner-1", "objector-1"}
    # Who applies, reviews or objects reads no name, also of whom they named themselves to be avoided or reported.
    assert all(called[person] == {person} for person in (AGENT, "expert-2", "objector-1", STRANGER))
    posts = {
        person: set(answers["register.call_people of a round", person].got or ()) for person in everybody()
    }
    held = {
        person: {one for people in found.values() for one in people}
        for person in everybody()
        if (found := answers["rounds.list_holders", person].got)
    }
    assert held.keys() == {
        person for person in everybody() if person.startswith(("officer", "supervisor", "auditor"))
    }
    assert {"officer-1", "supervisor-1", "auditor-1", "admin-1", "approver-1"} <= held["officer-1"]
    # Who agrees on posts knows whom their changes and delegations name, and no other holder of one.
    assert "officer-1" in posts["approver-2"], "who delegated"
    assert not {"auditor-1", "supervisor-1"} & posts["approver-2"]
    assert not {
        person for person in posts["approver-1"] if person.startswith(("expert", "agent", "surveyor"))
    }
    assert all(posts[person] == {person} for person in (AGENT, "expert-1", "recommender-1", STRANGER))
    of_the_register = {
        person
        for person in everybody()
        if answers[f"register.call_people {ALL}", person].got.keys() - {person}
    }
    assert of_the_register == {"admin-1"}


def test_a_confidential_read_leaves_one_note_and_no_other_does(answers: Answers) -> None:
    wrong = []
    for (name, person), answer in answers.items():
        free = answer.got in (None, answers[name, STRANGER].got) or is_own(answers, name, person)
        if answer.notes != (0 if free else 1):
            wrong.append((name, person, answer.notes))
    assert not wrong
    noted = {name for (name, _), answer in answers.items() if answer.notes}
    assert set(CALLS) - noted == OWN | OPEN


def is_own(answers: Answers, name: str, person: str) -> bool:
    """An applicant's are their applications and acts, an author's the texts, everybody's what waits for them."""
    got = answers[name, person].got
    if name in OWN or (person == AGENT and name.startswith(OF_THE_AGENT)):
        return True
    if name.startswith("register.call_people"):
        return set(got) <= {person}
    if name == "contents.list_texts":
        return {AUTHORS[content] for content in got} == {person}
    if name.startswith("contents"):
        return AUTHORS[got["id"]] == person
    return name.startswith("tasks") and bool(got == answers["tasks.list_open", person].got)


async def test_a_note_says_who_read_what_and_in_which_session(ledger: Ledger) -> None:
    reads, who = ReadService(ledger), await as_person(ledger, "officer-1")
    await reads.applications.list_timeline(who, MAIN.stream)
    await reads.rounds.list_rounds(who)
    [timeline] = await ledger.read_log.find(ROUND)
    [rounds] = await ledger.read_log.find("installation")
    for noted, what, target in ((timeline, "timeline", MAIN.stream), (rounds, "rounds", "installation")):
        assert (noted.person, noted.session, noted.means) == ("officer-1", "session of officer-1", "local")
        assert (noted.what, noted.target) == (what, target)


async def test_what_cannot_be_noted_is_not_shown(ledger: Ledger) -> None:
    who = await as_person(ledger, "officer-1")
    await _take_the_right_away(ledger)
    with pytest.raises(RecordProtected, match="note_read"):
        await ReadService(ledger).applications.get(who, MAIN.stream)


@pytest.mark.parametrize(
    "stream", [f"application/{ROUND}/9999", "application/none/0001", "application/x", "x", ""]
)
async def test_what_there_is_not_is_hidden_as_what_is_not_for_one(ledger: Ledger, stream: str) -> None:
    reads, who = ReadService(ledger), await as_person(ledger, STRANGER)
    for read in (reads.applications.get, reads.applications.list_timeline, reads.applications.get_revision):
        for asked in (stream, f"recommender/{ROUND}/prov-bj", f"round/{ROUND}"):
            with pytest.raises(Hidden):
                await read(who, asked)
    with pytest.raises(Hidden):
        await reads.applications.get(who, f"application/{ROUND}/0008")
    assert await reads.applications.get_standings(who, stream) == frozenset()


async def test_of_what_is_on_the_issued_list_a_stranger_reads_its_public_part_alone(ledger: Ledger) -> None:
    found = await ReadService(ledger).applications.get(await as_person(ledger, STRANGER), MAIN.stream)
    assert {*strings(found.row.dump())} >= NAMES
    assert not {"stage", "score", "agent", "unit", "hands"} & found.row.dump().keys()
    assert [item.content for item in found.contents] == ["public"]
    assert (found.seats, found.tasks) == (None, ())
    published = await ReadService(ledger).public.get_published(MAIN.stream)
    assert published.row.dump() == found.row.dump()
    assert published.answers is not None
    assert published.answers.answers == {"direction": "canary of public-3"}
    listed = {item.stream: item for item in await ReadService(ledger).public.list_published(ROUND)}
    assert listed.keys() == {MAIN.stream, ENDED_AFTER_NOTICE, f"application/{ROUND}/0013"}
    assert listed[MAIN.stream] == published
    assert listed[f"application/{ROUND}/0013"].answers is None


async def test_of_what_ended_after_its_notice_a_stranger_reads_what_was_published_alone(
    ledger: Ledger,
) -> None:
    reads = ReadService(ledger)
    found = await reads.applications.get(await as_person(ledger, STRANGER), ENDED_AFTER_NOTICE)
    assert not {"stage", "score", "outcome", "place", "agent", "unit", "hands"} & found.row.dump().keys()
    assert [item.content for item in found.contents] == ["public"]
    assert (found.seats, found.tasks) == (None, ())
    published = await reads.public.get_published(ENDED_AFTER_NOTICE)
    assert published.row.dump() == found.row.dump()
    assert published.answers is not None
    assert published.answers.answers == {"direction": "canary of public-12"}


async def test_who_is_not_registered_or_no_longer_is_is_nobody(ledger: Ledger) -> None:
    identity = Identity(name="Nm-left", mail="ml-left@canary.example")
    gone = NewPerson(person="left-1", roles={Role.ADMIN: ()}, active=False, identity=identity)
    await register_at(ledger.store.url, [gone], command_id="left")
    for person in ("nobody", "left-1"):
        with pytest.raises(Refused, match="unknown-person"):
            await as_person(ledger, person)


async def _take_the_right_away(ledger: Ledger) -> None:
    async with await psycopg.AsyncConnection.connect(ledger.store.url, autocommit=True) as connection:
        await connection.execute(
            b"REVOKE EXECUTE ON FUNCTION selection.note_read FROM selection_app, selection_auditor"
        )


async def test_a_task_names_its_application_to_whom_it_waits_for(ledger: Ledger) -> None:
    reads = ReadService(ledger)
    for person in ("expert-3", "officer-1"):
        tasks = await reads.tasks.list_open(await as_person(ledger, person))
        found = {task.stream: {task.name_en, task.name_zh, task.host_en, task.host_zh} for task in tasks}
        assert NAMES in found.values()
        named = {stream for stream, names in found.items() if names == NAMES}
        assert all(stream.startswith("application/") for stream in named)
