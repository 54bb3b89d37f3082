"""A stack that `selection up` started, and its command line as processes of their own."""

import asyncio
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from runtime.embedded import own_network
from runtime.embedded.plan import ANY
from runtime.embedded.stack import EmbeddedStack
from runtime.endpoints import connect
from runtime.settings import Settings
from runtime.temporal.namespace import wait_for_worker
from starter.cli.main import run
from starter.commands.operator.up import plan_stack
from tests.running.stacks import run_stack
from tests.running.waiting import STUCK_AFTER

CANARY = "Canary-Zhang-San"
PEOPLE: dict[str, dict[str, list[str]]] = {
    "admin-1": {"admin": []},
    "officer-1": {"officer": []},
    "host-1": {"applicant": []},
    "host-2": {"applicant": []},
    "unit-bj": {"recommender": ["bj"]},
    "expert-1": {"expert": []},
}


class Up:
    """A stack started by `selection up`, and commands on it, each a process of its own."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.command = [sys.executable, "-m", "starter.cli.main", "--data", str(data)]
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SELECTION_", "TEMPORAL_", "LC_", "LANG"))
        }
        if not own_network.is_possible():
            self.environment["SELECTION_ALLOW_PLAINTEXT"] = "temporal"
        self.environment |= environment
        self.process: subprocess.Popen[str] | None = None
        self.said = ""

    def start(self, *options: str, local: bool = True, portal: bool = False) -> str:
        """Start the stack and return what it said until it was ready; local, so that tests may act by --as."""
        self.process = subprocess.Popen(
            [
                *self.command,
                "up",
                *(["--local"] if local else []),
                *([] if portal else ["--no-portal"]),
                *options,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=self.environment,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if line.startswith("Ready"):
                self.said = said
                return said
        raise AssertionError(said)

    def stop(self, asked_by: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """Ask the stack to end; return its exit code and last words. Ctrl-C is SIGINT."""
        assert self.process is not None
        self.process.send_signal(asked_by)
        said, _ = self.process.communicate(timeout=STUCK_AFTER)
        return self.process.returncode, said

    def running(self, *arguments: str, person: str) -> subprocess.Popen[str]:
        """Start a command and leave it running, to be read when it has ended."""
        return subprocess.Popen(
            [*self.command, "--as", person, *arguments],
            stdout=subprocess.PIPE,
            text=True,
            env=self.environment,
        )

    def __call__(self, *arguments: str, person: str = "") -> tuple[int, str, str]:
        named = ["--as", person] if person else []
        done = subprocess.run(
            [*self.command, *named, *arguments],
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=STUCK_AFTER,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def json(self, *arguments: str, person: str = "") -> Any:
        """Return the JSON answer of a command that must succeed."""
        code, out, err = self("--json", *arguments, person=person)
        assert code == 0, err
        return json.loads(out)


class UpHere(Up):
    """The same, with the commands in this process: a round is too many of them to start a process for each."""

    def __call__(self, *arguments: str, person: str = "") -> tuple[int, str, str]:
        named = ["--as", person] if person else []
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name in os.environ.keys() - self.environment.keys():
                patch.delenv(name)
            for name, value in self.environment.items():
                patch.setenv(name, value)
            code = run(["--data", str(self.data), *named, *arguments])
        return code, out.getvalue(), err.getvalue()


@contextmanager
def run_local(data: Path) -> Iterator[UpHere]:
    """Run what `selection up --local` plans, for tests of commands and not of `selection up`."""
    here = UpHere(data)
    settings = Settings.from_environment({**here.environment, "SELECTION_DATA": str(data)})
    plan = plan_stack(settings, ANY, workers=1, local=True)
    with run_stack(replace(plan, preferred=ANY, synced=False)) as stack:
        asyncio.run(_wait_for_worker(stack))
        yield here


async def _wait_for_worker(stack: EmbeddedStack) -> None:
    at = stack.endpoints
    client = await connect(at.temporal_address, at.temporal_namespace, stack.plan.settings)
    await wait_for_worker(client, at.task_queue)


STAFF: dict[str, dict[str, list[str]]] = {
    **{person: {"officer": []} for person in ("officer-1", "officer-2")},
    **{person: {"supervisor": []} for person in ("supervisor-1", "supervisor-2")},
    **{person: {"approver": []} for person in ("approver-1", "approver-2", "approver-3", "approver-4")},
    "auditor-1": {"auditor": []},
    "admin-1": {"admin": []},
}
"""Whom the example's rules name: a round opens only where the register gives them their roles."""


def people_file(folder: Path, people: dict[str, dict[str, list[str]]], surname: str) -> Path:
    """Write synthetic people, each of an employer of their own; with an officer among them, all of the staff."""
    everyone = {**STAFF, **people} if "officer-1" in people else people
    listed = [
        {
            "person": person,
            "roles": roles,
            "employer": f"99SYNTH{person}",
            "identity": {"name": f"{surname} {person}", "mail": f"{person}@synthetic.example"},
        }
        for person, roles in everyone.items()
    ]
    return _write(folder / "people.yaml", listed)


HOURLY = {
    "sources": [
        {
            "kind": "lottery",
            "code": "hourly",
            "en": "Lottery",
            "zh": "彩票",
            "times": [f"{hour:02d}:00" for hour in range(24)],
            "balls": [{"count": 3, "least": 0, "most": 99, "as_drawn": True}],
        }
    ],
    "ahead_days": 3000,
    "open_days": 3000,
}
"""Terms of draws for rounds in which a day lasts for seconds or less."""


def rules_file(folder: Path, seconds_per_day: str, local: bool = True, /, **changes: dict[str, Any]) -> Path:
    """Write the example's rules on the rehearsal clock from now on, with the changes."""
    rules = yaml.safe_load((files("examples") / "second_batch" / "rules.yaml").read_text(encoding="utf-8"))
    rules["local"] = local
    rules["clock"] = {
        "kind": "rehearsal",
        "start": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "day_zero": "2024-07-15",
        "seconds_per_day": seconds_per_day,
    }
    # Their applications are one text.
    del rules["forms"]
    rules["draws"] = HOURLY
    for section, values in changes.items():
        rules[section].update(values)
    return _write(folder / "rules.yaml", rules)


def application_file(folder: Path, host: str, form: Any, **more: Any) -> Path:
    """Write an application of a synthetic host unit, with more or other contents if any are given."""
    facts = {
        "field": "smart-tourism",
        "region": "CN-BJ",
        "priority": "frontier",
        "host": {"code": f"99SYNTH{host}", "kind": "enterprise", "region": "CN-BJ"},
        "form": form,
        "pledge": "We pledge",
        **more,
    }
    return _write(folder / f"{host}.yaml", facts)


def _write(file: Path, data: Any) -> Path:
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return file
