"""A person's key in a file: behind its passphrase, for its owner only, and readable by other programs."""

import json
import subprocess
from pathlib import Path

import pytest

from selection.kernel.proof import Assurance
from selection.signing.software_key import SoftwareKey
from selection.signing.verify import holds
from starter.cli.options import hoist_global_options
from starter.keys.at_hand import KeysAtHand
from starter.keys.faults import KeyFault
from starter.keys.key_file import KeyFile
from starter.keys.session_file import SessionFile
from tests.factories import OPENED
from tests.needing import needs_openssl
from tests.starter.support.commands import Cli

pytestmark = pytest.mark.long

PASSPHRASE = "four words are better"


@pytest.fixture(autouse=True)
def passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "passphrase"
    file.touch(mode=0o600)
    file.write_text(PASSPHRASE + "\n")
    monkeypatch.setenv("SELECTION_KEY_PASSPHRASE_FILE", str(file))
    return file


def make_key(cli: Cli, file: Path, person: str = "officer-1") -> KeyFile:
    answer = cli("--as", person, "--json", "key", "new", str(file))
    assert answer.code == 0, answer.err
    found = KeyFile.read(file)
    told = {"key": found.key.key, "scheme": "ed25519", "site": "", "person": person}
    told["private_file"] = str(file)
    assert json.loads(answer.out) == {"key": told}
    return found


def code(failed: pytest.ExceptionInfo[KeyFault]) -> str:
    return failed.value.code


def test_a_new_key_signs_once_its_passphrase_is_given(cli: Cli, tmp_path: Path) -> None:
    file = make_key(cli, tmp_path / "a.key")
    assert file.person == "officer-1"
    key = file.unseal(PASSPHRASE)
    assert holds(key.sign(b"a statement"), file.key, b"a statement", ("https://selection.example",))


def test_a_key_file_is_its_owners_only_and_none_is_overwritten(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    make_key(cli, path)
    before = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert cli("--as", "officer-1", "key", "new", str(path)).err.startswith("key-exists")
    assert path.read_bytes() == before
    path.chmod(0o640)
    with pytest.raises(KeyFault) as failed:
        KeyFile.read(path)
    assert code(failed) == "key-open"


def test_another_passphrase_opens_nothing(cli: Cli, tmp_path: Path) -> None:
    file = make_key(cli, tmp_path / "a.key")
    with pytest.raises(KeyFault) as failed:
        file.unseal(PASSPHRASE + "!")
    assert code(failed) == "passphrase-wrong"


def test_a_public_part_put_in_place_of_another_is_found(cli: Cli, tmp_path: Path) -> None:
    file, other = make_key(cli, tmp_path / "a.key"), make_key(cli, tmp_path / "b.key")
    with pytest.raises(KeyFault) as failed:
        file.with_(key=other.key).unseal(PASSPHRASE)
    assert code(failed) == "passphrase-wrong"


@needs_openssl
def test_another_program_reads_the_key(cli: Cli, tmp_path: Path, passphrase: Path) -> None:
    make_key(cli, tmp_path / "a.key")
    asked = ["openssl", "pkey", "-in", str(tmp_path / "a.key"), "-passin", f"file:{passphrase}", "-noout"]
    assert subprocess.run(asked, check=False).returncode == 0
    shown = subprocess.run(
        ["openssl", "asn1parse", "-in", str(tmp_path / "a.key")], capture_output=True, text=True, check=True
    )
    assert f"{600_000:06X}" in shown.stdout


def test_a_passphrase_that_is_short_or_nobody_can_be_asked_for_makes_no_key(
    cli: Cli, tmp_path: Path, passphrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passphrase.write_text("too short")
    assert cli("--as", "a", "key", "new", str(tmp_path / "a.key")).err.startswith("passphrase-short")
    monkeypatch.delenv("SELECTION_KEY_PASSPHRASE_FILE")
    assert cli("--as", "a", "key", "new", str(tmp_path / "a.key")).err.startswith("passphrase-missing")
    assert not (tmp_path / "a.key").exists()


@pytest.mark.parametrize("text", ["", "Person: a\n", "Person: a\nKey: {}\n", "Key: x\nPerson: y\n"])
def test_what_is_no_key_file_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.key"
    path.touch(mode=0o600)
    path.write_text(text)
    with pytest.raises(KeyFault) as failed:
        KeyFile.read(path)
    assert code(failed) == "own-key-wrong"


def test_a_sessions_key_does_for_what_a_session_is_enough_for(
    cli: Cli, tmp_path: Path, passphrase: Path
) -> None:
    file = make_key(cli, tmp_path / "a.key")
    session = SessionFile.of("here", "officer-1", SoftwareKey(seed=bytes(32), expires=OPENED))
    keys = KeysAtHand("officer-1", "en", file, session, passphrase)
    assert keys.find_key("officer-1", Assurance.SESSION) == session.key
    assert session.key.level is Assurance.SESSION
    own = keys.find_key("officer-1", Assurance.SIGNED)
    assert own.key == file.key
    # Asked for once in a command.
    passphrase.unlink()
    assert keys.find_key("officer-1", Assurance.SIGNED_BY_TWO) is own


def test_keys_that_are_not_enough_or_not_ones_own_are_refused() -> None:
    session = SessionFile.of("here", "officer-1", SoftwareKey(seed=bytes(32), expires=OPENED))
    keys = KeysAtHand("officer-1", "en", None, session)
    with pytest.raises(KeyFault) as failed:
        keys.find_key("officer-1", Assurance.SIGNED)
    assert code(failed) == "key-needed"
    with pytest.raises(KeyFault) as failed:
        keys.find_key("officer-2", Assurance.SESSION)
    assert code(failed) == "key-of-another"


def test_an_audits_own_key_option_stays_its_own() -> None:
    audit = ["audit", "verify", "bundle", "--key", "public.vkey", "--json"]
    assert hoist_global_options(audit) == ["--json", "audit", "verify", "bundle", "--key", "public.vkey"]
    acting = ["round", "issue", "r", "--key", "mine.key"]
    assert hoist_global_options(acting) == ["--key", "mine.key", "round", "issue", "r"]
