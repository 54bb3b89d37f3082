"""Another user of the machine reads nothing of ours, changes nothing, and has us write nowhere else."""

import ast
import os
import smtplib
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from activities.key_files import public_file, write_key
from activities.signer_state import SignerState
from runtime.data_folder import DataFolder, StackFile
from runtime.embedded.plan import StackPlan
from runtime.embedded.stack import EmbeddedStack
from runtime.errors import StackError
from runtime.private_files import append_private, open_private
from runtime.settings import Settings
from selection.transparency.continuity import SignedRoot
from selection.transparency.private_key import PrivateKey
from starter.cli.failures import CommandFailed
from starter.cli.files_out import write_bytes, write_text
from tests.audit.support import bundles as b
from tests.running.waiting import STUCK_AFTER
from tests.starter.support.commands import Cli

pytestmark = pytest.mark.long

KEY = PrivateKey(name="selection.example", seed=bytes(range(32)))
STACK = StackFile(
    started_at=datetime(2024, 1, 1, tzinfo=UTC),
    pid=1,
    pids={},
    database="127.0.0.1:1/selection",
    temporal_address="127.0.0.1:1",
    temporal_namespace="default",
    ui_url=None,
    mail_host="127.0.0.1",
    mail_port=1,
    mail_folder=None,
    task_queue="queue",
)


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    """Files are open to everybody, unless who makes them says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> dict[str, str]:
    """Return mode by path of all below a folder that somebody else may read, write or enter."""
    return {
        str(path.relative_to(folder)): stat.filemode(mode)
        for path in folder.rglob("*")
        if not path.is_symlink() and (mode := path.stat().st_mode) & 0o077
    }


def keep_signer_state(folder: Path) -> None:
    (folder / "signing.lock").touch(0o666)
    with SignerState.hold(folder / "signing.key", "key") as state:
        state.remember("log", SignedRoot(size=1, root=bytes(32)))


def start_a_stack(folder: Path) -> None:
    data = DataFolder.open(folder / "above" / "data")
    data.announce(STACK)
    (data.path / "above").mkdir(0o700)
    if not os.geteuid():
        # The database's user comes through, but cannot list it.
        assert data.path.stat().st_mode & 0o777 == data.path.parent.stat().st_mode & 0o777 == 0o711
        data.path.chmod(0o700)
        data.path.parent.chmod(0o700)


@pytest.mark.parametrize(
    "write",
    [
        lambda folder: write_text(folder / "receipt.tlog-proof", "proof"),
        lambda folder: write_bytes(folder / "applications.csv", b"name"),
        lambda folder: b.write(folder / "round.zip", b.bodies()),
        lambda folder: append_private(folder / "a.log").close(),
        keep_signer_state,
        start_a_stack,
    ],
)
def test_what_is_written_is_closed_to_others(tmp_path: Path, write: Callable[[Path], object]) -> None:
    write(tmp_path)
    assert open_to_others(tmp_path) == {}


def test_a_private_key_and_its_folder_are_closed_and_the_public_key_is_open(tmp_path: Path) -> None:
    path = tmp_path / "above" / "keys" / "signing.key"
    write_key(path, KEY)
    assert set(open_to_others(tmp_path)) == {str(public_file(path).relative_to(tmp_path))}


def test_a_file_that_stood_open_is_closed_when_it_is_written_again(tmp_path: Path) -> None:
    for name in ("report.html", "stack.lock"):
        (tmp_path / name).touch(0o666)
    write_text(tmp_path / "report.html", "report")
    append_private(tmp_path / "stack.lock").close()
    assert open_to_others(tmp_path) == {}


def test_a_report_is_closed_to_others(cli: Cli, tmp_path: Path) -> None:
    bundle = b.write(tmp_path / "a.zip", b.bodies())
    cli("audit", "verify", str(bundle), "--html", str(tmp_path / "report.html"))
    assert (tmp_path / "report.html").read_text().startswith("<!doctype html>")
    assert open_to_others(tmp_path) == {}


def test_a_file_is_closed_to_others_while_it_is_written(tmp_path: Path) -> None:
    with open_private(tmp_path / "a") as file:
        file.write(b"half")
        file.flush()
        assert len(list(tmp_path.iterdir())) == 1
        assert open_to_others(tmp_path) == {}
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


def test_a_link_that_somebody_laid_is_not_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("theirs")
    for name in ("report.html", "a.zip"):
        (tmp_path / name).symlink_to(victim)
    write_text(tmp_path / "report.html", "report")
    b.write(tmp_path / "a.zip", b.bodies())
    assert victim.read_text() == "theirs"


def test_a_file_that_could_not_be_written_whole_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("before")
    with pytest.raises(ZeroDivisionError), open_private(tmp_path / "a") as file:
        file.write(bytes([1 // 0]))
    assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_text(tmp_path / "pipe", "answer")
    assert os.read(reader, 10) == b"answer"
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()


def test_a_data_folder_in_which_others_may_replace_files_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(0o777)
    with pytest.raises(StackError, match="chmod 700") as refused:
        DataFolder.open(tmp_path / "data")
    assert refused.value.code == "folder-open"
    assert list((tmp_path / "data").iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="file-unwritable"):
        write_text(tmp_path / "none" / "a", "text")


def writers(source: str) -> Iterator[int]:
    """Yield the lines on which a module writes a file by itself."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        # A path is opened by its own method, with the mode first; anything else by the built-in one.
        first = node.args[isinstance(node.func, ast.Name) :][:1]
        modes = [str(part.value) for part in first if isinstance(part, ast.Constant)]
        opens = name == "open" and any(set("wxa+") & set(mode) for mode in modes)
        by_name = isinstance(node.func, ast.Attribute) and name in (
            "write_text",
            "write_bytes",
            "copyfile",
            "touch",
        )
        if opens or by_name:
            yield node.lineno


@pytest.mark.parametrize("package", ["activities", "audit", "ledger", "runtime", "starter", "worker"])
def test_no_module_writes_files_by_itself(package: str) -> None:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    found = {
        f"{path.relative_to(folder.parent)}:{line}"
        for path in folder.rglob("*.py")
        for line in writers(path.read_text())
        if path.name != "private_files.py"
    }
    assert found == set()


@pytest.mark.stack
async def test_a_running_stack_keeps_all_that_it_writes_from_others(tmp_path: Path) -> None:
    plan = StackPlan(Settings(data=tmp_path / "data"), synced=False, ui=False)
    async with EmbeddedStack(plan) as stack:
        mail = stack.endpoints.mail
        with smtplib.SMTP(mail.host, mail.port, timeout=STUCK_AFTER) as server:
            server.login(mail.user or "", mail.password or "")
            server.sendmail(
                "office@selection.invalid", ["a@example.invalid"], b"Subject: secret\r\n\r\nsecret\r\n"
            )
        assert open_to_others(tmp_path / "data") == {}
