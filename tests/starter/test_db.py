"""`selection db` and `selection keys payload`, on a database of the test's own without a stack."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from runtime.embedded.postgres import EmbeddedPostgres
from runtime.temporal.codec import parse_keys
from tests.databases import drop_database
from tests.running.servers import copy_database
from tests.starter.support.stack import UpHere

pytestmark = pytest.mark.stack


@pytest.fixture
def url(server: EmbeddedPostgres) -> Iterator[str]:
    made = asyncio.run(copy_database(server.url, "founded"))
    yield made
    asyncio.run(drop_database(made))


@pytest.fixture
def migrator(url: str, tmp_path: Path) -> UpHere:
    """Whoever has the migrator's login, and no other."""
    return UpHere(tmp_path, SELECTION_MIGRATOR_DATABASE_URL=url)


def put(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def test_a_rebuild_that_changes_nothing_says_so_and_blames_nobody_for_an_upgrade(
    migrator: UpHere, url: str
) -> None:
    put(url, "UPDATE selection.snapshots SET fold = ''")
    code, _, err = migrator("db", "rebuild", "--dry-run")
    assert (code, "1 stream is shown as another version" in err, "directly" in err) == (1, True, False), err
    assert json.loads(migrator("--json", "db", "migrate")[1])["projected"] == 1
    assert migrator("db", "rebuild", "--dry-run")[0] == 0

    put(url, "UPDATE selection.snapshots SET state = state || ' '")
    code, _, err = migrator("db", "rebuild", "--dry-run")
    assert (code, "nothing was changed" in err, "directly" in err) == (1, True, True), err
    code, _, err = migrator("db", "rebuild")
    assert (code, "were rebuilt" in err, "directly" in err) == (1, True, True), err
    assert migrator("db", "rebuild")[0] == 0


def test_migrating_says_for_which_parts_no_user_was_made(migrator: UpHere) -> None:
    told = json.loads(migrator("--json", "db", "migrate")[1])["without_login"]
    parts = ("", "WORKER_", "ERASER_", "SIGNER_", "AUDITOR_", "PORTAL_")
    assert sorted(told) == sorted(f"SELECTION_{part}DATABASE_URL" for part in parts)
    assert "SELECTION_SIGNER_DATABASE_URL" in migrator("db", "migrate")[1]


def test_founding_names_the_login_that_it_takes(url: str, tmp_path: Path) -> None:
    code, _, err = UpHere(tmp_path, SELECTION_DATABASE_URL=url)("db", "found")
    assert code != 0
    assert "SELECTION_WORKER_DATABASE_URL" in err


def test_a_payload_key_is_made_by_a_command_and_another_put_behind_it(tmp_path: Path) -> None:
    here, file = UpHere(tmp_path), tmp_path / "payload.keys"
    assert here("keys", "payload", str(file))[0] == 0
    assert file.stat().st_mode & 0o077 == 0
    [first] = parse_keys(file.read_text("ascii").strip())
    assert here("keys", "payload", str(file))[0] != 0
    assert here("keys", "payload", str(file), "--add")[0] == 0
    names = list(parse_keys(file.read_text("ascii").strip()))
    assert (len(names), names[0]) == (2, first)
