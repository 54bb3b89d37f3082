from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.starter.support.commands import Cli
from tests.starter.support.stack import CANARY, PEOPLE, Up, UpHere, application_file, people_file, rules_file


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> Cli:
    """A command line that finds no stack and no server."""
    for name in (
        "SELECTION_DATABASE_URL",
        "TEMPORAL_ADDRESS",
        "SELECTION_SMTP_HOST",
        "LC_ALL",
        "LC_MESSAGES",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("SELECTION_DATA", str(tmp_path))
    return Cli(capsys)


@pytest.fixture(scope="package")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    found = Up(tmp_path_factory.mktemp("up"))
    found.start()
    yield found
    if found.process is not None and found.process.poll() is None:
        found.stop()


@pytest.fixture(scope="package")
def here(up: Up) -> UpHere:
    """The same stack with each command in this process, for tests of what it does and not of how it ends."""
    return UpHere(up.data)


@pytest.fixture(scope="package")
def people(here: UpHere) -> Path:
    file = people_file(here.data, PEOPLE, CANARY)
    assert here("person", "import", str(file), person="admin-1")[0] == 0
    return file


@pytest.fixture(scope="package")
def opened_round(here: UpHere, people: Path) -> str:
    file = rules_file(here.data, "60")
    code, _, err = here("round", "open", "r1", str(file), "--command-id", "opening", person="officer-1")
    assert code == 0, err
    return "r1"


@pytest.fixture(scope="package")
def submitted_application(here: UpHere, opened_round: str) -> str:
    file = str(application_file(here.data, "host-1", f"The form of {CANARY}"))
    answer = here.json("apply", "submit", opened_round, file, "--command-id", "first", person="host-1")
    return str(answer["receipt"]["stream"]).removeprefix("application/")
