"""What a superuser of PostgreSQL could change in a record, past every role, constraint and trigger."""

import psycopg

TABLES = ("entries", "head", "checkpoints", "contents", "histories")
SCORE = """'"technical":"20"', '"technical":"24"'"""
EDITED = f"convert_to(replace(convert_from(body, 'UTF8'), {SCORE}), 'UTF8')"
FIRST_REVIEW = (
    "log = 'second-2024' AND seq = (SELECT min(seq) FROM entries WHERE type LIKE 'review.submitted%')"
)


def _move(since: int, by: int) -> tuple[str, str]:
    """Move the entries from `since` on by some places; far away first, for two may not share a place."""
    ours = "WHERE log = 'second-2024' AND seq >="
    return (
        f"UPDATE entries SET seq = seq + 100000 {ours} {since}",
        f"UPDATE entries SET seq = seq - 100000 + {by} {ours} 100000",
    )


CHANGES: dict[str, tuple[str, ...]] = {
    "entry changed": (
        f"UPDATE entries SET body = {EDITED}, leaf_hash = sha256('\\x00'::bytea || {EDITED}) WHERE {FIRST_REVIEW}",
    ),
    "entry deleted": (
        "DELETE FROM entries WHERE log = 'second-2024' AND seq = 30",
        *_move(31, -1),
        "UPDATE head SET size = size - 1 WHERE log = 'second-2024'",
    ),
    "entry inserted": (
        *_move(30, 1),
        "INSERT INTO entries SELECT log, 30, stream, 999, type, at, recorded, person, 'inserted', nth, body, leaf_hash"
        " FROM entries WHERE log = 'second-2024' AND seq = 29",
        # One less further on, so that the latest checkpoint still covers the mention of the histories.
        "DELETE FROM entries WHERE log = 'second-2024' AND seq = 70",
        *_move(71, -1),
    ),
    "entries swapped": (
        "UPDATE entries SET seq = 100000 WHERE log = 'second-2024' AND seq = 30",
        "UPDATE entries SET seq = 30 WHERE log = 'second-2024' AND seq = 31",
        "UPDATE entries SET seq = 31 WHERE log = 'second-2024' AND seq = 100000",
    ),
    "person changed": (
        "UPDATE entries SET body = convert_to(replace(convert_from(body, 'UTF8'), '91-EXPERT-2', '91-EXPERT-X'),"
        " 'UTF8'), leaf_hash = sha256('\\x00'::bytea || convert_to(replace(convert_from(body, 'UTF8'),"
        " '91-EXPERT-2', '91-EXPERT-X'), 'UTF8')) WHERE log = 'installation'"
        " AND strpos(convert_from(body, 'UTF8'), '91-EXPERT-2') > 0",
    ),
    "checkpoint changed": (
        "UPDATE checkpoints SET root = sha256('x'::bytea), note = replace(note, encode(root, 'base64'),"
        " encode(sha256('x'::bytea), 'base64')) WHERE log = 'second-2024' AND size = 40",
    ),
    "content changed": (
        "UPDATE contents SET body = body || ' '::bytea, sha256 = encode(sha256(salt || body || ' '::bytea), 'hex')"
        " WHERE id LIKE 'draw-inputs-%'",
    ),
    "history changed": (
        "ALTER TABLE histories ALTER COLUMN sha256 DROP EXPRESSION",
        "UPDATE histories SET body = body || body WHERE workflow_id = 'application/second-2024/0001'",
    ),
    "last checkpoint deleted": (
        "DELETE FROM checkpoints c WHERE log = 'second-2024'"
        " AND size = (SELECT max(size) FROM checkpoints WHERE log = c.log)",
    ),
    "put back": (
        "DELETE FROM entries WHERE log = 'second-2024' AND seq >= 60",
        "DELETE FROM checkpoints WHERE log = 'second-2024' AND size > 60",
        "UPDATE head SET size = 60 WHERE log = 'second-2024'",
    ),
}


async def tamper(url: str, *statements: str) -> None:
    """Run statements with all triggers off; each must change something."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(b"SET search_path = selection")
        for table in TABLES:
            await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL".encode())
        for statement in statements:
            done = await connection.execute(statement.encode())
            assert done.rowcount != 0, statement
