"""Whom PostgreSQL runs as where root starts it: an account of its own, or nobody at all."""

import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from runtime.data_folder import DataFolder
from runtime.embedded import account
from runtime.embedded.ports import free_port
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.errors import StackError
from tests.needing import needs, needs_root

pytestmark = [pytest.mark.stack, needs_root]
CLOSED = "mount --bind /etc /etc && mount -o remount,bind,ro /etc"
"""Whatever runs in a mount namespace of its own sees its /etc so, as in an image that is not written to."""
needs_mounts = needs(
    subprocess.run(["unshare", "--mount", "sh", "-c", CLOSED], capture_output=True, check=False).returncode
    == 0,
    "a machine that lets root mount",
)
START = """
import asyncio, pathlib, sys
from runtime.embedded import account
from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.errors import StackError
from runtime.settings import Settings

async def main() -> None:
    async with EmbeddedStack(StackPlan(Settings(data=pathlib.Path(sys.argv[1])), synced=False)):
        print("started")

account.ACCOUNT = sys.argv[2]
try:
    asyncio.run(main())
except StackError as refused:
    print(refused)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder outside pytest's own, whose parents are open to every user."""
    made = Path(tempfile.mkdtemp(prefix="account-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of an account that the machine does not have, in the place of ours."""
    name = f"selection-test-{secrets.token_hex(4)}"
    monkeypatch.setattr(account, "ACCOUNT", name)
    yield name
    subprocess.run(["userdel", name], capture_output=True, check=False)


def make_server(data: DataFolder) -> EmbeddedPostgres:
    return EmbeddedPostgres(
        data.postgres, port=free_port(), log=data.log("postgres"), synced=False, passwords=data.passwords
    )


def list_owners(folder: Path) -> set[int]:
    return {path.lstat().st_uid for path in (folder, *folder.rglob("*"))}


def test_the_account_is_made_once_and_may_not_sign_in(folder: Path, missing: str) -> None:
    found = account.find_account(folder)
    assert found is not None
    made = pwd.getpwnam(missing)
    assert (
        (found.uid, found.gid) == (made.pw_uid, made.pw_gid) == (folder.stat().st_uid, folder.stat().st_gid)
    )
    assert made.pw_uid not in (0, pwd.getpwnam("nobody").pw_uid)
    assert made.pw_shell.endswith("nologin")
    assert [item for item in pwd.getpwall() if item.pw_uid == made.pw_uid] == [made]
    assert account.find_account(folder) == found


def test_who_owns_the_folder_already_runs_the_server(folder: Path, missing: str) -> None:
    os.chown(folder, 54321, 54322)
    found = account.find_account(folder)
    assert found is not None
    assert (found.uid, found.gid) == (54321, 54322)
    with pytest.raises(KeyError):
        pwd.getpwnam(missing)


def test_an_account_that_is_root_itself_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "ACCOUNT", "root")
    with pytest.raises(StackError, match="account-missing"):
        account.find_account(folder)


def test_where_no_program_makes_accounts_nothing_starts_and_a_sentence_says_what_to_do(
    folder: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(account, "MAKER", "no-such-program")
    with pytest.raises(StackError) as refused:
        account.find_account(folder)
    assert refused.value.code == "account-missing"
    assert "Run this as an ordinary user" in refused.value.sentence
    assert refused.value.sentence.endswith(f" {missing}")
    assert folder.stat().st_uid == 0


@needs_mounts
def test_where_etc_is_not_written_to_nothing_is_left_running_or_begun(folder: Path, missing: str) -> None:
    command = f'{CLOSED} && exec "$0" "$@"'
    done = subprocess.run(
        [
            "unshare",
            "--mount",
            "sh",
            "-c",
            command,
            sys.executable,
            "-c",
            START,
            str(folder / "data"),
            missing,
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.startswith("account-missing: PostgreSQL refuses to run as root")
    assert "/etc/passwd" in done.stdout
    assert list((folder / "data" / "postgres").iterdir()) == []


async def test_data_of_the_shared_account_change_hands_with_a_new_password(folder: Path) -> None:
    data = DataFolder.open(folder / "data")
    server = make_server(data)
    await server.start()
    before = server.url
    await server.stop()
    shared, ours = pwd.getpwnam("nobody").pw_uid, data.postgres.stat().st_uid
    for path in (data.postgres, *data.postgres.rglob("*")):
        os.chown(path, shared, -1)
    # What a program by that account could have left there, to be given what is root's.
    roots = folder / "of-root"
    roots.write_text("closed")
    (data.postgres / "cluster" / "a-link").symlink_to(roots)
    (data.postgres / "cluster" / "a-second-name").hardlink_to(roots)

    again = make_server(data)
    await again.start()
    try:
        assert roots.stat().st_uid == 0
        assert list_owners(data.postgres) == {ours, 0}
        (data.postgres / "cluster" / "a-link").unlink()
        (data.postgres / "cluster" / "a-second-name").unlink()
        assert list_owners(data.postgres) == {ours}
        password = before.partition("@")[0].rpartition(":")[2]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(f"postgresql://selection:{password}@{again.place}")
        with psycopg.connect(again.url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        await again.stop()
        data.close()
