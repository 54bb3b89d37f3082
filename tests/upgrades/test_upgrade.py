"""The record of a former version, with a round under review and one in its call, brought to the code of today.

The files are databases as code of those versions left them (tests/upgrades/make.py). What stands in Temporal is not
among them: that today's workflows go on with histories of former versions is what the golden histories show.
"""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from audit.claims import Verdict
from ledger.database.migrate import list_pending, migrate
from ledger.database.queries import sql_folder
from ledger.database.store import RECORDER_ROLE
from ledger.people.register import Identity, NewPerson
from ledger.rebuild import count_foreign, rebuild, renew_projections
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from selection.application.intake.commands import Withdraw
from selection.kernel.actor import Role
from selection.register.commands import RegisterPeople
from selection.register.state import INSTALLATION
from selection.streams import APPLICATION
from starter.doctor.checks import look_at_database
from tests import factories as f
from tests.audit.support.register import claim_on
from tests.ledger.support.deciding import act, code, decide
from tests.running.servers import copy_for_test
from tests.upgrades.make import SECOND

pytestmark = pytest.mark.stack
FILES = {path.name.removesuffix(".sql.gz"): path for path in Path(__file__).parent.glob("*.sql.gz")}
TASKS = (
    "SELECT stream, key, kind, role, person, unit, until, deadline FROM selection.tasks ORDER BY stream, key"
)
CALLS = """
SELECT r.rolname, p.proname, oidvectortypes(p.proargtypes), answer.name, answer.type::regtype::text
FROM pg_proc p CROSS JOIN pg_roles r CROSS JOIN LATERAL (
    SELECT '', 'void'::regtype UNION SELECT '', p.prorettype
    UNION SELECT a.name, a.type FROM unnest(p.proargnames, p.proargmodes, p.proallargtypes) AS a (name, mode, type)
    WHERE a.mode = 't'
) AS answer (name, type)
WHERE p.pronamespace = 'selection'::regnamespace AND p.prorettype <> 'trigger'::regtype
    AND r.rolname ^@ 'selection_' AND r.rolname <> 'selection_owner' AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
"""
"""What the login of each part may call, with which arguments, and what comes of it, be it nothing."""
COLUMNS = """
SELECT r.rolname, c.relname, a.attname, way FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
CROSS JOIN pg_roles r CROSS JOIN unnest('{SELECT,INSERT,UPDATE}'::text[]) AS way
WHERE c.relnamespace = 'selection'::regnamespace AND c.relkind IN ('r', 'v') AND NOT a.attisdropped
    AND a.attnum > 0 AND r.rolname ^@ 'selection_' AND r.rolname <> 'selection_owner'
    AND has_column_privilege(r.oid, c.oid, a.attnum, way)
"""
"""What the login of each part may read and write."""
REVIEWED = f"application/{f.ROUND}/0001"


@pytest.fixture(params=sorted(FILES))
async def url(request: pytest.FixtureRequest, server: EmbeddedPostgres) -> AsyncIterator[str]:
    """A database as code of a former version left it; its clock goes on from then."""
    async with copy_for_test(server.url, "template1") as made:
        async with await psycopg.AsyncConnection.connect(made, autocommit=True) as connection:
            await connection.execute((sql_folder() / "roles.sql").read_bytes())
            await connection.execute(b"DROP SCHEMA selection")
            await connection.execute(gzip.decompress(FILES[request.param].read_bytes()))
        await run(
            made,
            "UPDATE selection.test_clock SET ahead = interval '1 s'"
            " + ((SELECT max(recorded) FROM selection.entries) - clock_timestamp())",
        )
        yield made


async def run(url: str, statement: str) -> list[tuple[object, ...]]:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        cursor = await connection.execute(statement.encode())
        return await cursor.fetchall() if cursor.description else []


async def upgrade(url: str) -> None:
    """What `selection db migrate` does."""
    await migrate(url)
    await renew_projections(url)


async def test_the_files_hold_open_rounds(url: str) -> None:
    stages = await run(url, "SELECT log, stage FROM selection.rounds ORDER BY log")
    assert stages == [(f.ROUND, "review"), (SECOND, "call")]
    assert len(await run(url, TASKS)) > 20


async def test_all_is_projected_as_by_the_code_of_today(url: str) -> None:
    await upgrade(url)
    assert await count_foreign(url) == 0
    rebuilt = await rebuild(url, keep=False)
    assert rebuilt.renewed == 0
    assert rebuilt.before == rebuilt.after


@pytest.mark.parametrize("url", ["0.2.0"], indirect=True)
async def test_tasks_that_former_code_did_not_know_are_there_at_once(url: str) -> None:
    """By 0.2.0 nobody waited for recommending units; what was not acted on since lacked their tasks until a rebuild."""
    then = {(stream, key) for stream, key, *_ in await run(url, TASKS)}
    await upgrade(url)
    now = {(stream, key) for stream, key, *_ in await run(url, TASKS)}
    assert len(now - then) > 5


async def test_the_doctor_tells_until_the_projections_are_of_this_version(url: str) -> None:
    await migrate(url)
    streams = len(await run(url, "SELECT stream FROM selection.snapshots"))
    (found,) = [item for item in await look_at_database(url) if item.part == "projections"]
    assert not found.fine
    assert found.found[0] == f"{streams} streams projected by another version"
    await renew_projections(url)
    (found,) = [item for item in await look_at_database(url) if item.part == "projections"]
    assert found.fine


async def test_before_the_last_former_worker_stops_what_it_reads_stays(url: str) -> None:
    """Workers from before states had versions refuse states with fields that they do not know."""
    states = "SELECT stream, state FROM selection.snapshots ORDER BY stream"
    then = await run(url, states)
    await migrate(url, "pre")
    assert (await renew_projections(url, spare=True)).streams == 0
    assert await run(url, states) == then
    assert await list_pending(url, "pre") == ()


async def test_the_first_part_leaves_all_that_programs_of_before_call_and_read(url: str) -> None:
    """They run beside those of today until somebody stops them: workers, the courier, the signer and the portal."""
    then = [{*await run(url, CALLS)}, {*await run(url, COLUMNS)}]
    assert len(then[0]) > 100
    assert len(then[1]) > 500
    await migrate(url, "pre")
    now = [{*await run(url, CALLS)}, {*await run(url, COLUMNS)}]
    assert [sorted(before - after) for before, after in zip(then, now, strict=True)] == [[], []]


async def test_registered_anew_with_the_same_address_is_no_change_of_it(url: str) -> None:
    """No entry of before tells an address. Their people would all be written to that theirs was changed, and wait."""
    await upgrade(url)
    ledger = await Ledger.connect(url, role=RECORDER_ROLE)
    try:
        people = []
        for person, changes in (("expert-1", {}), ("expert-2", {"mail": "friend@evil.example"})):
            identity = await ledger.people.identity(person)
            assert identity is not None
            other = Identity(**{**identity.model_dump(), "name": "Another Name", **changes})
            people.append(NewPerson(person=person, roles={Role.EXPERT: ()}, identity=other))
        stored = await ledger.people.store_identities(people, "admin-1", "anew")
        command = RegisterPeople(people=tuple(stored))
        done = await decide(ledger, act(INSTALLATION, command, f.actor("admin-1", "admin"), "anew"))
        assert code(done) == ""
        letters = [item["body"] for item in await ledger.outbox.letters(INSTALLATION)]
        recipients = [letter["to"] for letter in letters if letter["template"] == "address-changed"]
        assert recipients == ["expert-2", "expert-2"]
        assert (await claim_on(ledger)).verdict is Verdict.PROVEN
    finally:
        await ledger.close()
    assert (await rebuild(url, keep=False)).equal


@pytest.mark.parametrize("renewed", [True, False], ids=["projected", "not projected"])
async def test_the_round_goes_on(url: str, renewed: bool) -> None:
    await migrate(url)
    if renewed:
        await renew_projections(url)
    ledger = await Ledger.connect(url, role=RECORDER_ROLE, eraser=url)
    try:
        found = await ledger.reading.snapshot(REVIEWED)
        assert found is not None
        state = APPLICATION.load(found.state)
        (seat,) = [seat for seat in state.seats if seat.status == "accepted"]
        done = await decide(ledger, act(REVIEWED, f.review("20"), f.actor(seat.expert, "expert")))
        assert code(done) == ""
        withdrawn = act(f"application/{SECOND}/0001", Withdraw(), f.APPLICANT, "withdraw")
        assert code(await decide(ledger, withdrawn)) == ""
    finally:
        await ledger.close()
    # Both streams were written by the code of today, and with them all that is projected of them.
    await renew_projections(url)
    assert (await rebuild(url, keep=False)).equal
