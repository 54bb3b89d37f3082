from collections.abc import Iterable
from hashlib import sha256

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ledger.database.store import APP_ROLE, AUDITOR_ROLE, ERASER_ROLE, PORTAL_ROLE, RECORDER_ROLE, SIGNER_ROLE
from ledger.errors import RecordProtected
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.logins import Login
from selection.archive.events import ArchivedRun
from tests.ledger.support.logins import migrate_logins
from tests.ledger.support.privileges import all_refused, drop_privileges
from tests.ledger.support.stand_in import StandIn, leaf

STREAM = "application/r/1"
SIGNED = ("checkpoints", "cosignatures", "timestamps")
A_HISTORY = "INSERT INTO histories (log, workflow_id, run_id, events, closed, body) VALUES ('r', 'w', 'x', 1, true, '')"
AN_ENTRY = (
    "INSERT INTO entries SELECT log, seq, stream, version, 'x', at, recorded, person, command_id, nth, body, leaf_hash"
    " FROM entries"
)
FORBIDDEN = (
    "INSERT INTO entries SELECT 'r', 99, 's', 1, 't', now(), now(), 'p', 'c', 0, '{}', sha256('x'::bytea)",
    "UPDATE entries SET type = 'x'",
    "DELETE FROM entries",
    "TRUNCATE entries",
    f"{AN_ENTRY} ON CONFLICT (log, seq) DO UPDATE SET type = excluded.type",
    f"{AN_ENTRY} ON CONFLICT DO NOTHING",
    "MERGE INTO entries e USING (SELECT 'r' AS log) r ON e.log = r.log WHEN MATCHED THEN DELETE",
    "COPY entries FROM STDIN",
    "INSERT INTO head VALUES ('x', 1)",
    "INSERT INTO head VALUES ('r', 9) ON CONFLICT (log) DO UPDATE SET size = excluded.size",
    "UPDATE head SET size = 0 WHERE log = 'r'",
    "UPDATE head SET size = size + 1",
    "DELETE FROM head",
    "TRUNCATE head",
    "ALTER TABLE entries DISABLE TRIGGER ALL",
    "ALTER TABLE entries DISABLE TRIGGER entries_append_only",
    "ALTER TABLE head DISABLE TRIGGER ALL",
    "ALTER TABLE entries DROP CONSTRAINT entries_key",
    "ALTER TABLE entries OWNER TO CURRENT_USER",
    "CREATE RULE quiet AS ON INSERT TO entries DO INSTEAD NOTHING",
    "DROP TRIGGER entries_append_only ON entries",
    "DROP TRIGGER head_grows ON head",
    "DROP TABLE entries",
    "DROP TABLE head",
    "ALTER FUNCTION append_entries SECURITY INVOKER",
    "CREATE FUNCTION selection.append_entries(text) RETURNS bigint LANGUAGE sql AS 'SELECT 1'",
    "SET ROLE selection_owner",
    "GRANT selection_owner TO CURRENT_USER",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "DROP FUNCTION append_entries",
    "INSERT INTO halts VALUES ('r', 'x', now())",
    "UPDATE halts SET found = ''",
    "DELETE FROM halts",
    "SET session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', false)",
    "UPDATE contents SET body = ''",
    "DELETE FROM contents",
    "DELETE FROM identities",
    "UPDATE identities SET name = 'x'",
    "SELECT erase_person('p-1', '[]')",
    "SELECT project_person('person.registered.v1', '{}')",
    "SELECT project_register(0)",
    "SELECT settle_letter(1, 'drop')",
    "INSERT INTO people VALUES ('p', '{}', '', 'en', true, '')",
    "INSERT INTO employments VALUES ('p', 1, 'U', now())",
    "DELETE FROM employments",
    "SELECT project_employment('person.registered.v1', '{}', now(), false)",
    "UPDATE people SET roles = '{}'",
    "DELETE FROM people",
    "INSERT INTO identities VALUES ('p', '', '', '', '', '', '')",
    "DELETE FROM content_keys",
    "UPDATE content_keys SET key = ''",
    "UPDATE numbers SET number = 7",
    "DELETE FROM outbox",
    "UPDATE migrations SET sha256 = 'x'",
    A_HISTORY,
    f"{A_HISTORY} ON CONFLICT (log, workflow_id, run_id, sha256) DO UPDATE SET closed = false",
    "UPDATE histories SET closed = false",
    "DELETE FROM histories",
    "TRUNCATE histories",
    "ALTER TABLE histories DISABLE TRIGGER ALL",
    "INSERT INTO checkpoints VALUES ('r', 1, sha256('x'::bytea), 'x')",
    "INSERT INTO cosignatures VALUES ('r', 1, E'x\\n')",
    "INSERT INTO timestamps VALUES ('r', 1, 'x', 'x')",
    "INSERT INTO checkpoints VALUES ('r', 1, sha256('x'::bytea), 'x') ON CONFLICT (log, size) DO UPDATE SET note = ''",
    "SELECT append_checkpoint('r', 1, sha256('x'::bytea), 'x')",
    "SELECT append_timestamp('r', 1, 'x', 'x')",
    *(f"{change} {table}" for table in SIGNED for change in ("DELETE FROM", "TRUNCATE")),
    *(f"UPDATE {table} SET at = now()" for table in SIGNED),
    *(f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in SIGNED),
)
RECORDING = (
    "SELECT append_entries('r', 'application/r/1', 1, '{}')",
    "SELECT record_leaves('r', 'application/r/1', 1, '{}', 2, '{}', NULL, NULL, NULL, NULL, NULL, NULL)",
    "SELECT halt_log('r', 'x')",
    "SELECT lift_halt('r')",
    "SELECT queue_wake('r', 'x')",
    "SELECT keep_number('r', 1, 'p-1', 'another')",
)
"""What only who decides may do."""
OF_SIGNERS = [
    one for one in FORBIDDEN if one.startswith(("SELECT append_checkpoint", "SELECT append_timestamp"))
]
HELD_BY_TRIGGERS = (
    "UPDATE entries SET type = 'x'",
    "DELETE FROM entries",
    "TRUNCATE entries",
    "DELETE FROM head",
    "TRUNCATE head",
    "UPDATE head SET size = 0",
    "UPDATE histories SET closed = false",
    "DELETE FROM histories",
    "TRUNCATE histories",
    *(f"DELETE FROM {table}" for table in SIGNED),
    *(f"TRUNCATE {table} CASCADE" for table in SIGNED),
    *(f"UPDATE {table} SET at = now()" for table in SIGNED),
)


STORING = {"content_key", "own_salt", "put_content", "put_content_of_pieces", "put_content_piece"}
CALLED = {
    APP_ROLE: {*STORING, "append_cosignature", "give_number", "note_read", "prune_reads", "store_identities"},
    AUDITOR_ROLE: {"note_read"},
    ERASER_ROLE: {"record_erasure"},
    SIGNER_ROLE: {"append_checkpoint", "append_timestamp", "halt_log"},
}
"""What each part does with the rights of the owner."""
ROLES_OF_PARTS = (APP_ROLE, RECORDER_ROLE, AUDITOR_ROLE, SIGNER_ROLE, PORTAL_ROLE)
SALTS = (
    "SELECT salt FROM contents",
    "SELECT * FROM contents",
    "SELECT id FROM contents WHERE salt = 'x'",
    "SELECT salt FROM identities",
    "SELECT * FROM identities",
    "SELECT key FROM content_keys",
    "COPY contents TO STDOUT",
)
"""What would tell who may only read which text or person stands behind a hash."""
BY_FUNCTION = (
    "SELECT append_entries('r', 'application/r/1', 1, '{}')",
    "SELECT project_stream('r', 'application/r/1', 2, '{}', NULL, '[]', NULL)",
    "SELECT project_register(0)",
    "SELECT project_person('person.erased.v1', '{}')",
    "SELECT settle_letter(1, 'drop')",
    "SELECT erase_person('p-1', '[]')",
    "SELECT queue_wake('r', 'x')",
)
"""What only other functions call: to record is to project, and nothing is projected that is not recorded."""


@pytest.mark.parametrize("role", [APP_ROLE, RECORDER_ROLE, AUDITOR_ROLE])
async def test_no_way_around_the_append_function(ledger: Ledger, url: str, role: str) -> None:
    await ledger.record.append("r", STREAM, [leaf(STREAM, 1)])
    async with await drop_privileges(url, role) as connection:
        await all_refused(connection, FORBIDDEN)
    assert [e.leaf for e in await ledger.reading.entries("r")] == [leaf(STREAM, 1)]


@pytest.mark.parametrize("role", [APP_ROLE, AUDITOR_ROLE, SIGNER_ROLE])
async def test_only_who_decides_appends_to_a_rounds_log_or_halts_it(
    ledger: Ledger, url: str, role: str
) -> None:
    await ledger.record.append("r", STREAM, [leaf(STREAM, 1)])
    async with await drop_privileges(url, role) as connection:
        # The signer halts a log from which signed entries are gone.
        signs = role == SIGNER_ROLE
        await all_refused(connection, [one for one in RECORDING if not (signs and "halt_log" in one)])
        grown = {"GRANT selection_recorder TO CURRENT_USER", "SET ROLE selection_recorder"}
        await all_refused(connection, grown)
    assert await ledger.reading.logs() == {"r": 1, "installation": 1}
    assert await ledger.halts.list_all() == {}


@pytest.mark.parametrize("role", [APP_ROLE, AUDITOR_ROLE, SIGNER_ROLE])
async def test_only_who_decides_opens_a_log_again(ledger: Ledger, url: str, role: str) -> None:
    await ledger.halts.halt("r", "lost")
    async with await drop_privileges(url, role) as connection:
        await all_refused(connection, ["SELECT lift_halt('r')"])
    assert set(await ledger.halts.list_all()) == {"r"}


async def writable(
    connection: psycopg.AsyncConnection, columns: Iterable[tuple[str, str]]
) -> dict[str, set[str]]:
    """Try every way to write to every column, and return the ways that are not for want of a right refused."""
    found: dict[str, set[str]] = {}
    for table, column in columns:
        ways = {
            "INSERT": f'INSERT INTO selection.{table} ("{column}") VALUES (DEFAULT)',
            "UPDATE": f'UPDATE selection.{table} SET "{column}" = DEFAULT',
            "DELETE": f"DELETE FROM selection.{table}",
            "TRUNCATE": f"TRUNCATE selection.{table} CASCADE",
        }
        for way, statement in ways.items():
            try:
                await connection.execute(statement.encode())
            except psycopg.errors.InsufficientPrivilege:
                continue
            except psycopg.errors.IntegrityError:
                pass
            found.setdefault(table, set()).add(way)
    return found


async def find_columns(url: str) -> list[tuple[str, str]]:
    """Every column of every table of the record, as a superuser sees them."""
    listed = (
        "SELECT table_name, column_name FROM information_schema.columns JOIN pg_tables"
        " ON (schemaname, tablename) = (table_schema, table_name) WHERE table_schema = 'selection'"
    )
    async with await psycopg.AsyncConnection.connect(url) as owner:
        columns: list[tuple[str, str]] = await (await owner.execute(listed.encode())).fetchall()
    assert {table for table, _ in columns} > {"entries", "head", "checkpoints", "people", "outbox"}
    return columns


@pytest.mark.parametrize("role", ROLES_OF_PARTS)
async def test_every_write_of_a_role_to_a_table_fails(url: str, role: str) -> None:
    columns = await find_columns(url)
    async with await drop_privileges(url, role) as connection:
        assert await writable(connection, columns) == {}


@pytest.mark.parametrize("role", CALLED)
async def test_each_part_calls_the_functions_that_the_page_of_trust_tells_of(url: str, role: str) -> None:
    """One more is one more thing that a part can do alone: say it in docs/trust.md."""
    listed = (
        "SELECT proname FROM pg_proc JOIN pg_roles ON rolname = %s WHERE pronamespace = 'selection'::regnamespace"
        " AND prosecdef AND has_function_privilege(pg_roles.oid, pg_proc.oid, 'EXECUTE')"
    )
    async with await psycopg.AsyncConnection.connect(url) as owner:
        rows = await (await owner.execute(listed.encode(), [role])).fetchall()
    assert {name for (name,) in rows} == CALLED[role]


@pytest.mark.parametrize("role", ROLES_OF_PARTS)
async def test_no_role_projects_what_it_does_not_record(ledger: Ledger, url: str, role: str) -> None:
    await ledger.record.append("r", STREAM, [leaf(STREAM, 1)])
    async with await drop_privileges(url, role) as connection:
        await all_refused(connection, BY_FUNCTION)


async def test_every_login_is_refused_what_its_role_is(server: EmbeddedPostgres) -> None:
    urls = await migrate_logins(server.url)
    columns = await find_columns(
        make_conninfo(server.url, dbname=conninfo_to_dict(urls[Login.READER])["dbname"])
    )
    for login, url in urls.items():
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
            await connection.execute(b"SET search_path = selection")
            assert await writable(connection, columns) == {}, login
            if login is Login.MIGRATOR:
                continue  # by SET ROLE it is the owner
            await all_refused(connection, [one for one in FORBIDDEN if one not in OF_SIGNERS])
            if login is not Login.AUDITOR:
                await all_refused(connection, SALTS)


@pytest.mark.parametrize("role", [APP_ROLE, RECORDER_ROLE])
async def test_client_and_worker_read_a_salt_by_naming_who_stored_it_alone(
    ledger: Ledger, url: str, role: str
) -> None:
    await ledger.contents.put("c-1", b"text", kind="text", media_type="text/plain", stored_by="p-1")
    async with await drop_privileges(url, role) as connection:
        await all_refused(connection, SALTS)
    salt = await ledger.contents.own_salt("c-1", "p-1")
    assert salt is not None
    assert sha256(salt + b"text").hexdigest() == (await ledger.contents.get("c-1"))[0].sha256
    assert await ledger.contents.own_salt("c-1", "p-2") is None
    assert await ledger.contents.own_salt("c-2", "p-1") is None
    with pytest.raises(RecordProtected):
        await ledger.contents.get_salted("c-1")


async def test_the_auditor_adds_no_cosignature(ledger: Ledger, url: str) -> None:
    async with await drop_privileges(url, AUDITOR_ROLE) as connection:
        await all_refused(connection, ["SELECT append_cosignature('r', 1, 'x')"])


@pytest.mark.parametrize("replica", [False, True])
async def test_triggers_hold_the_owner_and_replication_too(ledger: Ledger, url: str, replica: bool) -> None:
    await ledger.record.append("r", STREAM, [leaf(STREAM, 1)])
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        if replica:
            await connection.execute(b"SET session_replication_role = replica")
        await connection.execute(b"SET ROLE selection_owner; SET search_path = selection")
        await all_refused(connection, HELD_BY_TRIGGERS, r"append-only|only grows")


async def test_the_auditor_reads_and_appends_nothing(ledger: Ledger, url: str) -> None:
    await ledger.record.append("r", STREAM, [leaf(STREAM, 1)])
    auditor = await Ledger.connect(url, fold=StandIn(), role=AUDITOR_ROLE)
    assert len(await auditor.reading.entries("r")) == 1
    assert await auditor.reading.open_tasks(round_="r") != []
    with pytest.raises(RecordProtected):
        await auditor.record.append("r", STREAM, [leaf(STREAM, 2)])
    with pytest.raises(RecordProtected):
        await auditor.people.identity("p-1")
    await auditor.close()


async def test_the_auditor_reads_histories_and_keeps_none(ledger: Ledger, url: str) -> None:
    digest = sha256(b"one").hexdigest()
    run = ArchivedRun(workflow_id=STREAM, run_id="x", events=3, closed=True, sha256=digest)
    await ledger.histories.keep("r", run, b"one")
    auditor = await Ledger.connect(url, fold=StandIn(), role=AUDITOR_ROLE)
    assert await auditor.histories.body("r", run) == b"one"
    with pytest.raises(RecordProtected):
        await auditor.histories.keep("r", run, b"two")
    await auditor.close()


async def test_the_signer_only_adds_checkpoints(ledger: Ledger, url: str) -> None:
    await ledger.record.append("r", STREAM, [leaf(STREAM, 1)])
    others = [statement for statement in FORBIDDEN if not statement.startswith("SELECT append_")]
    others += ["SELECT append_entries('r', 's', 0, '{}')", "SELECT append_cosignature('r', 1, 'x')"]
    others += [
        f"SELECT * FROM {table}" for table in ("contents", "identities", "people", "snapshots", "histories")
    ]
    async with await drop_privileges(url, SIGNER_ROLE) as connection:
        await all_refused(connection, others)
