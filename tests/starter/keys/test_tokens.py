"""Keys on a token: what it signs holds for the engine, and what goes wrong has a code."""

from pathlib import Path

import pytest
from fido2.hid import CtapHidDevice

from selection.signing.verify import holds
from starter.keys.at_hand import open_key
from starter.keys.faults import KeyFault
from starter.keys.key_file import KeyFile
from tests.starter.support.commands import Cli
from tests.starter.support.token import SoftwareToken


@pytest.fixture
def plugged_token(monkeypatch: pytest.MonkeyPatch) -> SoftwareToken:
    """A token that is plugged in."""
    found = SoftwareToken()
    monkeypatch.setattr(CtapHidDevice, "list_devices", lambda: iter([found]))
    return found


def make_key(cli: Cli, file: Path, *more: str) -> KeyFile:
    answer = cli("--as", "officer-1", "key", "new", str(file), "--token", *more)
    assert answer.code == 0, answer.err
    return KeyFile.read(file)


@pytest.mark.parametrize(
    ("site", "portal"),
    [("localhost", "http://localhost:8701"), ("selection.example", "https://selection.example:8443")],
)
def test_a_token_makes_a_key_and_signs_with_it(
    cli: Cli, tmp_path: Path, plugged_token: SoftwareToken, site: str, portal: str
) -> None:
    file = make_key(cli, tmp_path / "a.key", "--site", site)
    assert (file.key.scheme, file.key.site, file.key.is_named_well) == ("webauthn", site, True)
    key = open_key(file, None, (portal,), "en")
    assert holds(key.sign(b"a statement"), file.key, b"a statement", (portal,))
    assert not holds(key.sign(b"a statement"), file.key, b"another one", (portal,))
    assert not holds(key.sign(b"a statement"), file.key, b"a statement", (f"https://{site}:1",))


def test_a_tokens_file_holds_no_secret(cli: Cli, tmp_path: Path, plugged_token: SoftwareToken) -> None:
    make_key(cli, tmp_path / "a.key")
    (private,) = plugged_token.keys.values()
    assert "PRIVATE KEY" not in (tmp_path / "a.key").read_text()
    assert (tmp_path / "a.key").stat().st_mode & 0o777 == 0o600
    assert private.private_numbers().private_value


def test_another_token_does_not_sign(
    cli: Cli, tmp_path: Path, plugged_token: SoftwareToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make_key(cli, tmp_path / "a.key")
    monkeypatch.setattr(CtapHidDevice, "list_devices", lambda: iter([SoftwareToken()]))
    with pytest.raises(KeyFault) as failed:
        open_key(file, None, (), "en").sign(b"a statement")
    assert failed.value.code == "token-failed"


def test_a_token_that_nobody_touches_does_not_sign(
    cli: Cli, tmp_path: Path, plugged_token: SoftwareToken
) -> None:
    file = make_key(cli, tmp_path / "a.key")
    plugged_token.touched = False
    with pytest.raises(KeyFault) as failed:
        open_key(file, None, (), "en").sign(b"a statement")
    assert failed.value.code == "token-failed"


def test_without_a_token_it_is_said_what_to_do(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CtapHidDevice, "list_devices", lambda: iter([]))
    answer = cli("--as", "officer-1", "key", "new", str(tmp_path / "a.key"), "--token")
    assert (answer.code, answer.err.partition(":")[0]) == (1, "token-missing")
    assert not (tmp_path / "a.key").exists()
