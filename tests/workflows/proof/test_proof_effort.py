"""What proving histories takes: as many processes as asked, told step by step, and a limit for each history."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from audit.bundle.archive import ArchivedRun
from audit.bundle.reader import Bundle
from audit.claims import Claim, Verdict
from audit.histories.replayer import Replaying
from audit.histories.workflow import Following, Task
from audit.log.verification import Outside
from audit.verify import Effort, verify
from selection.kernel.canonical import sha256_hex
from tests import factories as f
from tests.audit.support import bundles as b
from tests.workflows.support.installation import ROUND, Installation, application
from tests.workflows.support.proof import Material

Step = tuple[str, int, int]
"""A part's name, how much of it is done, and how much there is."""


def claims_and_progress(bundle: Path, processes: int) -> tuple[tuple[Claim, ...], list[Step]]:
    """The claims about a bundle, and what was told on the way."""
    told: list[Step] = []
    effort = Effort(processes=processes, progress=lambda *step: told.append(step))
    return verify(bundle, Outside(b.KEY), effort).claims, told


def _list_steps(*parts: str) -> list[Step]:
    return [(part, done, 1) for part in parts for done in (0, 1)]


def _workflow_by_workflow(workflows: int) -> list[Step]:
    steps = [("histories", done, workflows) for done in range(1, workflows + 1)]
    return [("histories", 0, 1), *steps, ("histories", 1, 1)]


async def test_what_the_replayer_does_not_come_back_from_is_not_provable(
    open_place: Installation, tmp_path: Path
) -> None:
    made = await Material.take(open_place)
    ((name, kept),) = made.histories.items()
    digest = sha256_hex(kept.SerializeToString(deterministic=True))
    task = Task(ROUND, (ArchivedRun(*name, len(kept.events), False, digest, 0),), b"")
    with Bundle(made.write(tmp_path / "round.zip")) as bundle:
        claims = (await Following(bundle, task, Replaying(seconds=0.0)).follow()).claims
    stuck = {claim.code: claim.point for claim in claims if claim.finding == "replay-stuck"}
    assert stuck == dict.fromkeys(
        ("histories-replay", "histories-agree"), f"{ROUND}@{name[1]}#{len(kept.events)}"
    )
    assert not [
        claim for claim in claims if claim.code in stuck and claim.verdict is not Verdict.NOT_PROVABLE
    ]


async def test_the_command_proves_histories_with_as_many_processes_as_asked(
    open_place: Installation, tmp_path: Path
) -> None:
    numbers = range(1, 22)
    await asyncio.gather(
        *(open_place.client.act(application(number), f.submit(), actor=f.APPLICANT) for number in numbers)
    )
    bundle, key = (await Material.take(open_place)).write(tmp_path / "round.zip"), tmp_path / "test.vkey"
    key.write_text(b.KEY.vkey)
    words = ("audit", "verify", bundle, "--key", key, "--processes", "2", "--json")
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "starter.cli.main", *map(str, words)],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (5, "")
    claims = json.loads(done.stdout)["claims"]
    # The round goes on, so nobody has an outcome yet; nobody signs here; and the bundle is without its texts.
    open_ = {item["code"] for item in claims if item["verdict"] != "proven"}
    assert open_ == {"acts-signed", "answers-fit-form", "contents-present", "list-equals-outcomes"}
    assert {item["code"]: item["counted"] for item in claims}["entries-matched"] == 22
    for processes in (1, 2):
        found, told = await asyncio.to_thread(claims_and_progress, bundle, processes)
        assert [claim.model_dump(mode="json") for claim in found] == claims
        assert told == [
            *_list_steps("files", "logs", "acts", "register", "contents", "papers", "outcomes"),
            *_workflow_by_workflow(22),
        ]
