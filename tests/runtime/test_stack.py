import asyncio
import gc
import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from temporalio.client import Client

from runtime.data_folder import find_running_stack
from runtime.databases import Databases
from runtime.embedded.orphan_processes import has_ended
from runtime.embedded.plan import Program, StackPlan
from runtime.embedded.stack import MAIL, POSTGRES, TEMPORAL, EmbeddedStack
from runtime.endpoints import Endpoints, connect
from runtime.errors import StackBroken
from runtime.logins import Login
from runtime.settings import Settings
from runtime.temporal import namespace
from tests.databases import superuser
from tests.ledger.support.logins import new_postgres
from tests.running.stacks import run_stack
from tests.running.waiting import STUCK_AFTER

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def one_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStack]:
    settings = Settings(data=tmp_path_factory.mktemp("stack") / "data")
    with run_stack(StackPlan(settings, synced=False, ui=False)) as running:
        yield running


@pytest.fixture
async def stack(one_stack: EmbeddedStack) -> EmbeddedStack:
    """One stack for the tests that need no new one; what another of them killed or stopped runs again."""
    for part in (POSTGRES, TEMPORAL, MAIL):
        if part not in one_stack.pids:
            await one_stack.start(part)
    return one_stack


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


async def client_of(endpoints: Endpoints) -> Client:
    return await connect(endpoints.temporal_address, endpoints.temporal_namespace, Settings())


async def start_workflow(endpoints: Endpoints, name: str) -> None:
    client = await client_of(endpoints)
    await client.start_workflow("Nothing", id=name, task_queue="nobody-polls")


async def lists_workflow(endpoints: Endpoints, name: str) -> bool:
    client = await client_of(endpoints)
    for _ in range(100):  # the list is served a moment after the start
        if name in [found.id async for found in client.list_workflows()]:
            return True
        await asyncio.sleep(0.05)
    return False


async def test_everything_is_still_there_after_a_stop_and_a_start(plan: StackPlan) -> None:
    async with EmbeddedStack(plan) as first:
        rows(superuser(first.endpoints.databases), "CREATE TABLE kept AS SELECT 42 AS answer")
        await start_workflow(first.endpoints, "kept")
        pids = set(first.pids.values())
    assert not any(psutil.pid_exists(pid) for pid in pids)

    async with EmbeddedStack(plan) as second:
        assert rows(superuser(second.endpoints.databases), "SELECT answer FROM kept") == [(42,)]
        assert await lists_workflow(second.endpoints, "kept")


async def test_a_new_stack_has_its_search_attributes_and_keeps_closed_workflows_for_years(
    stack: EmbeddedStack,
) -> None:
    client = await client_of(stack.endpoints)
    assert await namespace.list_missing_attributes(client) == ()
    assert await namespace.get_retention(client) == namespace.RETENTION
    assert await namespace.pollers(client, "nobody-sends") == []
    backlog = await namespace.find_backlog(client, "nobody-sends")
    assert (backlog.count, backlog.age, backlog.silent) == (0, timedelta(0), None)
    # Who looks at the clock polls itself, and the next look takes no other poll for its own.
    assert await namespace.clock_difference(client) < namespace.CLOCK_WITHIN
    polled = await namespace.find_backlog(client, namespace.CLOCK_QUEUE)
    assert polled.silent is not None
    assert timedelta(0) <= polled.silent < namespace.POLLS_EVERY


async def test_search_attributes_are_added_to_a_server_that_was_made_without(
    stack: EmbeddedStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await client_of(stack.endpoints)
    names = {"SelectionRound": "Keyword", "AddedLater": "Keyword"}
    monkeypatch.setattr("runtime.temporal.search_attributes.registrations", lambda: names)
    assert await namespace.list_missing_attributes(client) == ("AddedLater",)
    await namespace.register_search_attributes(client)
    assert await namespace.list_missing_attributes(client) == ()


@pytest.mark.parametrize("part", [POSTGRES, TEMPORAL, MAIL])
async def test_a_killed_part_starts_again_on_the_same_port(
    stack: EmbeddedStack, database: psycopg.Connection, part: str
) -> None:
    database.execute(f"CREATE TABLE kept_{part} AS SELECT 42 AS answer".encode())
    await start_workflow(stack.endpoints, f"kept-{part}")
    before = stack.endpoints, stack.pids[part]

    stack.kill(part)
    assert part not in stack.pids
    await stack.start(part)

    assert stack.endpoints == before[0]
    assert stack.pids[part] != before[1]
    assert rows(superuser(stack.endpoints.databases), f"SELECT answer FROM kept_{part}") == [(42,)]
    assert await lists_workflow(stack.endpoints, f"kept-{part}")
    assert find_running_stack(stack.plan.settings.data) is not None


async def test_a_restart_leaves_the_servers_file_to_the_server(stack: EmbeddedStack) -> None:
    stack.kill(TEMPORAL)
    gc.disable()
    try:
        await stack.start(TEMPORAL)
        held = [file.path for file in psutil.Process().open_files()]
    finally:
        gc.enable()
    assert not [path for path in held if "temporal.sqlite" in path]


async def test_postgres_recovers_from_a_kill_while_clients_write(stack: EmbeddedStack) -> None:
    url = superuser(stack.endpoints.databases)
    rows(url, "CREATE TABLE written (n int PRIMARY KEY)")
    acknowledged = []
    with psycopg.connect(url, autocommit=True) as connection:
        for n in range(200):
            if n == 150:
                stack.kill(POSTGRES)
            try:
                connection.execute("INSERT INTO written VALUES (%s)", [n])
            except psycopg.OperationalError:
                break
            acknowledged.append(n)
    await stack.start(POSTGRES)
    kept = [n for (n,) in rows(url, "SELECT n FROM written ORDER BY n")]
    assert kept[: len(acknowledged)] == acknowledged
    assert 150 <= len(kept) <= len(acknowledged) + 1


async def test_postgres_starts_again_although_a_child_of_the_killed_one_is_still_busy(
    stack: EmbeddedStack,
) -> None:
    url = superuser(stack.endpoints.databases)
    rows(url, "CREATE TABLE kept_busy AS SELECT 42 AS answer")
    with closing(psycopg.connect(url, autocommit=True)) as busy:
        child = psutil.Process(busy.info.backend_pid)
        busy.pgconn.send_query(
            b"SELECT count(*) FROM generate_series(1, 1000) a, generate_series(1, 10000000) b"
        )
        await asyncio.sleep(0.2)
        stack.kill(POSTGRES)
        await stack.start(POSTGRES)
        assert has_ended(child)
        assert rows(url, "SELECT answer FROM kept_busy") == [(42,)]


async def test_postgres_stops_in_order_although_a_client_is_connected(
    stack: EmbeddedStack, database: psycopg.Connection
) -> None:
    await asyncio.wait_for(stack.stop(POSTGRES), STUCK_AFTER)
    log = (stack.plan.settings.data / "logs/postgres.log").read_text()
    assert log.rstrip().endswith("database system is shut down")
    with pytest.raises(psycopg.OperationalError):
        database.execute("SELECT 1")


async def test_a_pid_that_another_program_has_by_now_does_not_hinder_the_start(tmp_path: Path) -> None:
    first, second = (new_postgres(tmp_path, synced=False) for _ in range(2))
    pid_file = first.folder / "cluster/postmaster.pid"
    await first.start()
    rows(first.url, "CREATE TABLE kept AS SELECT 42 AS answer")
    first.kill()
    assert pid_file.exists()
    owner = pid_file.stat()
    user = owner.st_uid if os.geteuid() == 0 else None
    with subprocess.Popen(["/bin/sleep", "60"], user=user) as other:
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        await second.start()
        assert rows(second.url, "SELECT answer FROM kept") == [(42,)]
        assert other.poll() is None
        await second.stop()
        other.kill()


async def test_programs_start_last_find_the_parts_and_are_announced(plan: StackPlan) -> None:
    told = plan.settings.data / "told.json"
    code = (
        "import json, os, pathlib, sys, time;"
        f"pathlib.Path({str(told)!r}).write_text(json.dumps(dict(os.environ)));"
        "time.sleep(60)"
    )
    with_program = replace(plan, programs={"worker": Program(lambda _: [sys.executable, "-c", code])})
    async with EmbeddedStack(with_program) as stack:
        environment = await read_json(told)
        found = Endpoints.find(Settings.from_environment(environment))
        assert found.databases.urls() == {
            login: stack.endpoints.databases.url(login)
            for login in (Login.WORKER, Login.ERASER, Login.SIGNER)
        }
        assert found.temporal_address == stack.endpoints.temporal_address
        assert found.mail == stack.endpoints.mail
        announced = find_running_stack(plan.settings.data)
        assert announced is not None
        assert announced.pids == stack.pids
        assert set(announced.pids) == {POSTGRES, TEMPORAL, MAIL, "worker"}
        assert Endpoints.find(plan.settings) == stack.endpoints

        before = stack.pids["worker"]
        stack.kill("worker")
        await stack.start("worker")
        assert stack.pids["worker"] != before
    assert find_running_stack(plan.settings.data) is None


async def read_json(path: Path) -> dict[str, str]:
    for _ in range(200):
        try:
            found: dict[str, str] = json.loads(path.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            await asyncio.sleep(0.05)
        else:
            return found
    pytest.fail(f"{path} was not written")


async def test_the_database_is_prepared_before_a_program_starts(
    stack: EmbeddedStack, plan: StackPlan
) -> None:
    # All but the database are those of the stack that runs.
    named = {**stack.endpoints.environment(Login.WORKER), "SELECTION_DATA": str(plan.settings.data)}
    environment = {**named, Login.WORKER.variable: ""}
    seen: list[str] = []

    async def prepare(databases: Databases) -> None:
        rows(databases.url(Login.MIGRATOR), "CREATE TABLE prepared ()")
        seen.append("prepared")

    def program(endpoints: Endpoints) -> list[str]:
        seen.append("program")
        return ["/bin/sleep", "60"]

    settings = Settings.from_environment(environment)
    async with EmbeddedStack(
        replace(plan, settings=settings, prepare=prepare, programs={"worker": Program(program)})
    ) as second:
        assert set(second.pids) == {POSTGRES, "worker"}
        assert seen == ["prepared", "program"]


async def test_a_part_that_the_settings_name_a_server_for_is_not_started(
    stack: EmbeddedStack, tmp_path: Path
) -> None:
    environment = {**stack.endpoints.environment(*Login), "SELECTION_DATA": str(tmp_path / "other")}
    async with EmbeddedStack(StackPlan(Settings.from_environment(environment))) as second:
        assert second.pids == {}
        assert second.endpoints.databases.urls() == stack.endpoints.databases.urls()
        assert second.endpoints.temporal_address == stack.endpoints.temporal_address
        assert second.endpoints.ui_url is None


async def test_the_ui_is_served(plan: StackPlan) -> None:
    async with EmbeddedStack(replace(plan, ui=True)) as stack:
        assert stack.endpoints.ui_url is not None
        with urllib.request.urlopen(stack.endpoints.ui_url, timeout=STUCK_AFTER) as page:
            assert b"<html" in page.read().lower()


async def test_watching_reports_the_part_that_ended_by_itself(stack: EmbeddedStack) -> None:
    watching = asyncio.create_task(stack.watch())
    os.kill(stack.pids[TEMPORAL], signal.SIGKILL)
    with pytest.raises(StackBroken) as broken:
        await asyncio.wait_for(watching, STUCK_AFTER)
    assert broken.value.code == "part-failed"
    assert broken.value.part == "Temporal"
    assert str(stack.plan.settings.data / "logs/temporal.log") in broken.value.sentence


async def test_the_password_is_needed_and_kept_from_others(stack: EmbeddedStack) -> None:
    folder = stack.plan.settings.data
    passwords = {
        file: file.read_text() for file in [folder / "postgres/password", *(folder / "logins").iterdir()]
    }
    assert {file.name for file in passwords} == {"password", *Login}
    assert len(set(passwords.values())) == len(passwords)
    for secret in (folder / "logins", folder / "stack.json", *passwords):
        assert secret.stat().st_mode & 0o077 == 0
    for url in (superuser(stack.endpoints.databases), stack.endpoints.databases.url(Login.MIGRATOR)):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(make_conninfo(url, password="wrong"))
    given = Databases(given=stack.endpoints.databases.urls())
    said = f"{stack.endpoints!r} {given!r} {(folder / 'stack.json').read_text()}"
    assert [password for password in passwords.values() if password in said] == []
