"""What an append costs does not grow with the record: whoever else appends waits for the head that it holds."""

import json
from typing import Any

from ledger.append.append import QUERIES
from ledger.database.store import OWNER_ROLE, open_session
from selection.application.commands import FindConflicts
from selection.kernel.leaf import leaf_bytes
from tests.ledger.support.stand_in import leaf

STREAM = "application/r/1"
APPENDS = 12
"""More than PostgreSQL plans for with the values in hand; from then on it plans for values that it does not know."""

FILL = """
INSERT INTO head (log, size) VALUES ('r', 20000);
INSERT INTO entries (log, seq, stream, version, type, at, recorded, person, command_id, nth, body, leaf_hash)
SELECT 'r', n - 1, 'application/r/x' || n, 1, 'stand-in.v1', now(), now(), 'p' || n, 'c' || n, 0, '\\x7b7d',
    sha256('\\x00'::bytea || '\\x7b7d'::bytea)
FROM generate_series(1, 20000) AS n;
INSERT INTO snapshots (stream, log, version, state)
SELECT 'application/r/x' || n, 'r', 1, '{}' FROM generate_series(1, 20000) AS n;
INSERT INTO applications (stream, log, "row")
SELECT 'application/r/x' || n, 'r', '{"stage": "review"}' FROM generate_series(1, 20000) AS n;
INSERT INTO tasks (stream, key, log, kind, role, since)
SELECT 'application/r/x' || n, 'k', 'r', 'review', 'expert', now() FROM generate_series(1, 20000) AS n;
INSERT INTO outbox (log, stream, version, key, kind, body, message_id, due)
SELECT 'r', 'application/r/x' || n, 1, 'k', 'letter', '{}', 'm' || n, now() FROM generate_series(1, 20000) AS n;
ANALYZE;
"""
FILL_ENDED = """
INSERT INTO applications (stream, log, "row")
SELECT 'application/r' || n % 50 || '/x' || n, 'r' || n % 50,
    CASE
        WHEN n % 1000 = 1 THEN '{"stage": "review", "hands": ["p"]}'::jsonb
        WHEN n % 1000 = 2 THEN '{"stage": "ended", "hands": ["p"], "requested": true}'
        ELSE '{"stage": "ended", "hands": ["p"]}'
    END
FROM generate_series(1, 20000) AS n;
ANALYZE;
"""
READ_ROWS = """
SELECT seq_scan, idx_tup_fetch::integer FROM pg_stat_xact_user_tables
WHERE schemaname = 'selection' AND relname = 'applications'
"""
RECORD = """
SELECT record_leaves('r', %(stream)s, %(expected)s, %(bodies)s::bytea[], %(version)s, '{}', '{"stage": "review"}',
    %(tasks)s::jsonb, NULL, %(items)s::jsonb, 'check',
    %(reads)s::jsonb || jsonb_build_object('marks', jsonb_build_object('check', mark_of('r', '{check}'))))
"""
READ_WHOLE = (
    "SELECT relname, seq_scan FROM pg_stat_xact_user_tables WHERE schemaname = 'selection' AND seq_scan > 0"
)
FILLED = {"entries", "snapshots", "applications", "tasks", "outbox"}


async def test_an_append_reads_no_table_whole_that_grows_with_the_record(url: str) -> None:
    connection = await open_session(url, OWNER_ROLE)
    async with connection:
        await connection.execute(FILL.encode())
        async with connection.transaction():
            for version in range(1, APPENDS + 1):
                await connection.execute(RECORD.encode(), _make_params(version))
            found = await connection.execute(READ_WHOLE.encode())
            read_whole = {str(row["relname"]): row["seq_scan"] for row in await found.fetchall()}
    assert {name: count for name, count in read_whole.items() if name in FILLED} == {}


async def test_a_change_of_the_register_reads_no_application_that_has_ended(url: str) -> None:
    asked = {"people": ["p"], "units": [], "stages": sorted(FindConflicts.ACT.stages)}
    connection = await open_session(url, OWNER_ROLE)
    async with connection:
        await connection.execute(FILL_ENDED.encode())
        async with connection.transaction():
            for _ in range(APPENDS):
                found = await (await connection.execute(QUERIES["list_touched"], asked)).fetchall()
            counted = await (await connection.execute(READ_ROWS.encode())).fetchone()
    assert len(found) == 40
    assert counted == {"seq_scan": 0, "idx_tup_fetch": APPENDS * len(found)}


def _make_params(version: int) -> dict[str, Any]:
    task = {"key": f"k{version}", "kind": "act", "role": "expert", "since": "2026-01-01T00:00:00Z"}
    letter = {"version": version, "key": "k", "kind": "letter", "body": {}, "message_id": f"own-{version}"}
    reads = {
        "streams": {STREAM: version},
        "register": 1,
        "others": {"size": 20000, "stream": STREAM, "types": ["stand-in.v1"]},
    }
    return {
        "stream": STREAM,
        "expected": version - 1,
        "bodies": [leaf_bytes(leaf(STREAM, version))],
        "version": version,
        "tasks": json.dumps([task]),
        "items": json.dumps([letter]),
        "reads": json.dumps(reads),
    }
