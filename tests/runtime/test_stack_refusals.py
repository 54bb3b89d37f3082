import asyncio
import socket
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from runtime import data_folder
from runtime.data_folder import DataFolder, find_running_stack
from runtime.databases import Databases
from runtime.embedded.orphan_processes import has_ended
from runtime.embedded.plan import Ports, StackPlan
from runtime.embedded.ports import LOOPBACK, free_port, is_free
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.embedded.process import ChildProcess
from runtime.embedded.stack import EmbeddedStack
from runtime.endpoints import Endpoints, connect
from runtime.errors import StackBroken, StackError
from runtime.logins import Login
from runtime.settings import Settings
from tests.running.stacks import run_stack
from tests.running.waiting import STUCK_AFTER

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStack]:
    """A stack that runs elsewhere; no test stops any of it."""
    settings = Settings(data=tmp_path_factory.mktemp("other") / "data")
    with run_stack(StackPlan(settings, synced=False, ui=False)) as running:
        yield running


NO_SERVER: dict[str, dict[str, Any]] = {
    "postgres": {"databases": {}},
    "temporal": {"temporal": None},
    "ui": {"temporal": None},
    "mail": {"mail": None},
}
"""What settings say that name no server of a part."""


def only(part: str, plan: StackPlan, other: EmbeddedStack) -> StackPlan:
    """The plan of a stack that starts this part alone: every other server is that of the other stack."""
    named = {**other.endpoints.environment(*Login), "SELECTION_DATA": str(plan.settings.data)}
    return replace(plan, settings=Settings.from_environment(named).model_copy(update=NO_SERVER[part]))


async def refusal_of(plan: StackPlan) -> StackError:
    """Start a stack that must not start, and see that it leaves no process of ours behind and the folder free."""
    before = set(psutil.Process().children())
    with pytest.raises(StackError) as refused:
        await EmbeddedStack(plan).start_all()
    assert set(psutil.Process().children()) <= before
    assert find_running_stack(plan.settings.data) is None
    return refused.value


@pytest.mark.parametrize("part", ["postgres", "temporal", "ui", "mail"])
async def test_a_port_that_was_asked_for_and_is_taken_is_named(plan: StackPlan, part: str) -> None:
    port = free_port()
    with socket.create_server((LOOPBACK, port)):
        refused = await refusal_of(replace(plan, ui=True, ports=Ports(**{part: port})))
    assert refused.code == "port-taken"
    assert f"Port {port} " in refused.sentence
    assert is_free(port)


async def test_a_preferred_port_that_is_taken_is_replaced(plan: StackPlan) -> None:
    port, left = free_port(), free_port()
    preferring = replace(plan, ui=True, preferred=Ports(mail=port, temporal=left))
    with socket.create_server((LOOPBACK, port)):
        async with EmbeddedStack(preferring) as stack:
            assert stack.endpoints.mail.port != port
            assert stack.endpoints.temporal_address == f"{LOOPBACK}:{left}"


class OvertakenStack(EmbeddedStack):
    """A stack that loses one of its ports, the first time they are chosen, to a server of somebody else."""

    def __init__(self, plan: StackPlan, part: str, lost: int, *, leaves: bool) -> None:
        super().__init__(plan)
        self.part = part
        self.lost = lost
        self.leaves = leaves
        self.rival: socket.socket | None = None

    def _choose_servers(self, folder: DataFolder) -> Any:
        first = self.rival is None
        preferred = Ports(**{self.part: self.lost}) if first else self.plan.preferred
        self.plan = replace(self.plan, preferred=preferred)
        chosen = super()._choose_servers(folder)
        if first:
            self.rival = socket.create_server((LOOPBACK, self.lost))
        return chosen

    async def stop_all(self, tell: Callable[[str], None] = lambda name: None) -> None:
        await super().stop_all(tell)
        if self.leaves and self.rival is not None:
            self.rival.close()


@pytest.mark.parametrize("leaves", [False, True])
@pytest.mark.parametrize("part", ["postgres", "temporal", "ui", "mail"])
async def test_a_port_that_is_lost_between_its_choice_and_its_use_is_replaced(
    plan: StackPlan, other: EmbeddedStack, part: str, leaves: bool
) -> None:
    # Where the port stays lost, it is the port that tells it, whatever else was started.
    whole = plan if leaves else only(part, plan, other)
    stack = OvertakenStack(replace(whole, ui=True), part, free_port(), leaves=leaves)
    try:
        async with stack:
            at = stack.endpoints
            told = f"{at.database_url} {at.temporal_address} {at.ui_url} {at.mail.port}"
            # Who lost it to one who has left since may have it again.
            assert leaves or str(stack.lost) not in told
    finally:
        assert stack.rival is not None
        stack.rival.close()


async def test_a_folder_that_is_a_file_is_refused(plan: StackPlan) -> None:
    plan.settings.data.write_text("in the way")
    refused = await refusal_of(plan)
    assert refused.code == "folder-not-writable"
    assert str(plan.settings.data) in refused.sentence
    assert "--data" in refused.sentence


async def test_a_folder_that_cannot_be_made_is_refused(plan: StackPlan) -> None:
    # Not even root makes a folder here.
    refused = await refusal_of(replace(plan, settings=Settings(data=Path("/proc/selection"))))
    assert refused.code == "folder-not-writable"


async def test_a_second_stack_on_the_same_folder_is_refused_and_the_first_goes_on(
    other: EmbeddedStack,
) -> None:
    with pytest.raises(StackError) as refused:
        await EmbeddedStack(other.plan).start_all()
    assert refused.value.code == "folder-in-use"
    assert Endpoints.find(other.plan.settings) == other.endpoints


async def test_a_full_disk_is_refused(plan: StackPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_folder, "LEAST_FREE_BYTES", 2**62)
    refused = await refusal_of(plan)
    assert refused.code == "disk-full"
    assert "MiB left" in refused.sentence


async def make_cluster(plan: StackPlan) -> None:
    """Have PostgreSQL make its files, as a first start does."""
    folder = DataFolder.open(plan.settings.data)
    postgres = EmbeddedPostgres(
        folder.postgres,
        port=free_port(),
        log=folder.log("postgres"),
        synced=plan.synced,
        passwords=folder.passwords,
    )
    await postgres.start()
    await postgres.stop()
    folder.close()


async def test_data_of_another_postgres_version_are_refused(plan: StackPlan) -> None:
    await make_cluster(plan)
    (plan.settings.data / "postgres/cluster/PG_VERSION").write_text("12\n")
    refused = await refusal_of(plan)
    assert refused.code == "version-differs"
    assert "PostgreSQL 12" in refused.sentence


async def test_a_part_that_cannot_start_ends_the_start_with_its_log(plan: StackPlan) -> None:
    await make_cluster(plan)
    (plan.settings.data / "postgres/cluster/postgresql.conf").write_text("no_such_setting = 1\n")
    refused = await refusal_of(plan)
    assert isinstance(refused, StackBroken)
    assert refused.part == "PostgreSQL"
    assert "no_such_setting" in refused.sentence


async def test_a_damaged_temporal_file_is_named(plan: StackPlan) -> None:
    file = plan.settings.data / "temporal/temporal.sqlite"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"this is no database" * 1000)
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(file).execute("SELECT 1 FROM sqlite_master")
    refused = await refusal_of(plan)
    assert refused.code == "part-failed"
    assert str(file) in refused.sentence


async def test_a_start_that_is_broken_off_leaves_nothing_running(plan: StackPlan) -> None:
    reached = asyncio.Event()

    async def prepare(databases: Databases) -> None:
        reached.set()
        await asyncio.sleep(60)

    before = set(psutil.Process().children())
    starting = asyncio.create_task(EmbeddedStack(replace(plan, prepare=prepare)).start_all())
    await asyncio.wait([starting, asyncio.ensure_future(reached.wait())], return_when=asyncio.FIRST_COMPLETED)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert set(psutil.Process().children()) <= before
    async with EmbeddedStack(plan):
        pass


async def test_a_start_that_is_broken_off_while_the_database_is_made_leaves_nobody_who_makes_it(
    plan: StackPlan,
) -> None:
    def makers() -> list[list[str]]:
        """The command lines of those who make the database, but for initdb's first probes of its programs."""
        found = (process.info for process in psutil.process_iter(["cmdline", "cwd"]))
        folder = str(plan.settings.data / "postgres")
        inside = (item["cmdline"] for item in found if folder in f"{item['cwd']} {item['cmdline']}")
        return [words for words in inside if words and "-V" not in words and "--check" not in words]

    def writes(words: list[str]) -> bool:
        return words[0].endswith("postgres")

    starting = asyncio.create_task(EmbeddedStack(plan).start_all())
    # initdb has a server of its own write the files.
    while not any(map(writes, makers())):
        assert not starting.done()
        await asyncio.sleep(0.005)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    async with asyncio.timeout(STUCK_AFTER):
        while makers():
            await asyncio.sleep(0.01)
    left = plan.settings.data / "postgres" / "cluster.new-left"
    (left / "base").mkdir(parents=True)
    async with EmbeddedStack(plan):
        assert [path.name for path in left.parent.glob("cluster*")] == ["cluster"]


async def test_what_a_program_started_is_killed_with_it(tmp_path: Path) -> None:
    program = ChildProcess.start("sh", ["/bin/sh", "-c", "sleep 100000 & wait"], log=tmp_path / "log")
    async with asyncio.timeout(STUCK_AFTER):
        while not (started := psutil.Process(program.pid).children()):
            await asyncio.sleep(0.01)
        program.kill_group()
        while not all(map(has_ended, started)):
            await asyncio.sleep(0.01)
    program.kill_group()


async def test_a_failed_preparation_stops_the_stack_with_its_own_error(plan: StackPlan) -> None:
    async def prepare(databases: Databases) -> None:
        raise StackError("part-failed", "a migration failed")

    assert (await refusal_of(replace(plan, prepare=prepare))).sentence == "a migration failed"


def test_without_a_stack_or_servers_the_commands_say_so(tmp_path: Path) -> None:
    with pytest.raises(StackError) as refused:
        Endpoints.find(Settings(data=tmp_path))
    assert refused.value.code == "server-unreachable"
    assert "selection up" in refused.value.sentence


@pytest.mark.parametrize("form", ["a port", "a socket", "a socket in a folder that is not there"])
async def test_a_temporal_server_that_does_not_answer_is_named(tmp_path: Path, form: str) -> None:
    path = tmp_path / ("d" * 200 if "folder" in form else "grpc.sock") / "grpc.sock"
    address = f"{LOOPBACK}:{free_port()}" if form == "a port" else f"unix:{path}"
    with pytest.raises(StackError) as refused:
        await connect(address, "default", Settings(data=tmp_path))
    assert refused.value.code == "server-unreachable"
    assert address in refused.value.sentence
    assert "backtrace" not in refused.value.sentence
