from pathlib import Path

import pytest

from activities.key_files import KeyFileFault, public_file, read_key, read_verifier, write_key
from selection.transparency.private_key import PrivateKey

KEY = PrivateKey(name="selection.example", seed=bytes(range(32)))


def test_a_key_is_read_as_it_was_written_and_closed_to_others(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "signing.key"
    assert read_verifier(write_key(path, KEY)) == KEY.verifier
    assert read_key(path) == KEY
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("public", [False, True])
def test_no_key_is_overwritten(tmp_path: Path, public: bool) -> None:
    path = tmp_path / "signing.key"
    standing = public_file(path) if public else path
    standing.write_text("mine")
    with pytest.raises(KeyFileFault) as found:
        write_key(path, KEY)
    assert found.value.code == "key-exists"
    assert standing.read_text() == "mine"


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "signing.key"
    write_key(path, KEY)
    path.chmod(0o644)
    with pytest.raises(KeyFileFault) as found:
        read_key(path)
    assert found.value.code == "key-open"


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"PRIVATE+KEY+x+00000000+AAAA"])
def test_what_is_no_key_is_said_without_showing_it(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "signing.key"
    if content is not None:
        path.write_bytes(content)
        path.chmod(0o600)
    for read in (read_key, read_verifier):
        with pytest.raises(KeyFileFault) as found:
            read(path)
        assert found.value.code == "key-file-wrong"
        assert "AAAA" not in str(found.value)
