"""Histories that earlier code made are replayed by the code as it is: what a running round needs of every upgrade."""

import re
from pathlib import Path

import pytest

from tests.golden.crossing import workflows
from tests.golden.files import TELLTALE, UNRELEASED, Golden, goldens, goldens_of, versions
from tests.golden.guards import replay_broken, sequence_broken
from tests.golden.replays import replays

pytestmark = pytest.mark.long

CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
BEFORE = ("0.1.0", "0.2.0")
"""Releases without golden histories: no round that anybody runs was opened on one."""
AT_MOST = 1_000_000
"""Bytes of all files of a version."""
NOTICED_WITHIN = 60
"""Seconds after which what a dead worker had begun is begun anew by another: its heartbeat's, or its whole time."""


@pytest.mark.parametrize("golden", goldens(), ids=str)
def test_the_code_does_what_the_history_holds(golden: Golden) -> None:
    replayed = replays()[golden]
    if replayed.fault:
        pytest.fail(replay_broken(golden, replayed), pytrace=False)


@pytest.mark.parametrize("golden", goldens(), ids=str)
def test_the_sequence_that_people_read_is_that_of_the_history(golden: Golden) -> None:
    replayed = replays()[golden]
    wanted = golden.sequence.read_text(encoding="utf-8").splitlines()
    if replayed.sequence != wanted and not replayed.fault:
        pytest.fail(sequence_broken(golden, wanted, replayed.sequence), pytrace=False)


@pytest.mark.parametrize("version", versions())
def test_every_workflow_has_a_history_and_none_is_large(version: str) -> None:
    found = goldens_of(version)
    names = {golden.run().start.workflow_type.name for golden in found}
    if version == UNRELEASED:
        assert names == {*workflows()}, (
            "a workflow has no golden history: let tests/golden/course.py come by it"
        )
    assert sum(golden.file.stat().st_size for golden in found) < AT_MOST


@pytest.mark.parametrize("golden", goldens(), ids=str)
def test_no_history_tells_of_a_machine_or_a_person(golden: Golden) -> None:
    body = golden.body()
    assert not TELLTALE.findall(body)
    assert b"canary" not in body.lower()


@pytest.mark.parametrize("golden", goldens_of(UNRELEASED), ids=str)
def test_a_dead_worker_is_noticed_within_a_minute(golden: Golden) -> None:
    asked = (event.activity_task_scheduled_event_attributes for event in golden.run().events)
    noticed = {
        item.activity_type.name: (item.heartbeat_timeout.seconds or item.start_to_close_timeout.seconds)
        for item in asked
        if item.activity_id
    }
    assert {name: seconds for name, seconds in noticed.items() if seconds > NOTICED_WITHIN} == {}


@pytest.mark.repo
def test_every_release_keeps_its_histories() -> None:
    released = re.findall(r"^## (\d+\.\d+\.\d+)", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert {*released} - {*BEFORE} == {*versions()} - {UNRELEASED}, (
        "a release without golden histories could be upgraded from, and nothing would say that its open workflows "
        "stop; run: git mv tests/golden/unreleased tests/golden/<version> && python -m tests.golden.make"
    )
