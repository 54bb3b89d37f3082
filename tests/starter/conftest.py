import pytest

from tests.starter.commands import Cli


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
