"""The golden files: histories of every workflow, as a release made them, one folder per release.

A folder named like a release is never changed again: rounds may run that were begun by it. `unreleased` is what the
code has come to since; it becomes a release's folder by being renamed.
"""

import gzip
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from google.protobuf.message import Message
from temporalio.api.enums.v1 import TaskQueueKind
from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory

from audit.histories.run import Run, read_run
from tests.workflows.support.histories import list_run, serialize

FOLDER = Path(__file__).parent
UNRELEASED = "unreleased"
HISTORY = ".history.gz"
SEQUENCE = ".sequence.txt"
MODELS = "models.txt"

OF_ONE_MACHINE = frozenset({"identity", "stack_trace", "binary_checksum", "build_id"})
"""Fields that tell of a process, a host or a path, and that no replay reads."""
TELLTALE = re.compile(rb"\d+@[\w.-]+|/(?:home|root|tmp|work|usr|Users|opt|private)/")
"""What a process id at a host, or a path of a machine, looks like."""


@dataclass(frozen=True)
class Golden:
    """One run's history; `name` is the workflow and the way that it went, such as `application.listed`."""

    version: str
    name: str
    root: Path = FOLDER

    def __str__(self) -> str:
        return f"{self.version}/{self.name}"

    @property
    def file(self) -> Path:
        return self.root / self.version / f"{self.name}{HISTORY}"

    @property
    def sequence(self) -> Path:
        return self.root / self.version / f"{self.name}{SEQUENCE}"

    def body(self) -> bytes:
        return gzip.decompress(self.file.read_bytes())

    def run(self) -> Run:
        """The history, seen to be whole."""
        body = self.body()
        events = History.FromString(body).events
        started = events[0].workflow_execution_started_event_attributes
        return read_run(list_run(WorkflowHistory(started.workflow_id, events)), body)


def versions() -> list[str]:
    """Every release that has histories here, and `unreleased`."""
    return sorted(path.name for path in FOLDER.iterdir() if (path / MODELS).exists())


def goldens() -> list[Golden]:
    """Every history of every version."""
    return [golden for version in versions() for golden in goldens_of(version)]


def goldens_of(version: str, root: Path = FOLDER) -> list[Golden]:
    files = sorted((root / version).glob(f"*{HISTORY}"))
    return [Golden(version, file.name.removesuffix(HISTORY), root) for file in files]


@contextmanager
def make_anew(root: Path = FOLDER) -> Iterator[Path]:
    """Give a folder in which to make `unreleased`; it takes the place of the one in `root` if nothing is raised.

    Otherwise `root` stays as it was.
    """
    with tempfile.TemporaryDirectory(dir=root, prefix=".making-") as folder:
        made, old = Path(folder) / UNRELEASED, root / UNRELEASED
        made.mkdir()
        yield Path(folder)
        if old.exists():
            old.rename(Path(folder) / "before")
        made.rename(old)


def keep(name: str, history: WorkflowHistory, root: Path) -> Golden:
    """Write one history to the unreleased ones in `root`, without what tells of a machine."""
    golden = Golden(UNRELEASED, name, root)
    plain = History.FromString(serialize(history))
    _clear(plain)
    body = plain.SerializeToString(deterministic=True)
    golden.file.write_bytes(gzip.compress(body, compresslevel=9, mtime=0))
    return golden


def _clear(message: Message) -> None:
    for field, _ in message.ListFields():
        if field.name in OF_ONE_MACHINE and field.message_type is None:
            message.ClearField(field.name)
    # The queue on which a worker that has a workflow in memory waits is named after its process.
    if getattr(message, "kind", 0) == TaskQueueKind.TASK_QUEUE_KIND_STICKY and hasattr(
        message, "normal_name"
    ):
        message.name = "sticky"  # type: ignore[attr-defined]
    for part in _parts(message):
        _clear(part)


def _parts(message: Message) -> Iterator[Message]:
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if not field.is_repeated:
            yield value
        elif field.message_type.GetOptions().map_entry:
            yield from (part for part in value.values() if isinstance(part, Message))
        else:
            yield from value
