import pytest

from selection.transparency.note import NoteInvalid
from selection.transparency.private_key import PrivateKey, usual_name

KEY = PrivateKey(name="selection.example", seed=bytes(range(32)))


def test_a_known_private_key_of_go_is_read() -> None:
    # The example key of golang.org/x/mod/sumdb/note's documentation.
    known = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    key = PrivateKey.parse(known)
    assert key.verifier.vkey == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert key.encoded == known


def test_a_key_is_read_as_it_was_written() -> None:
    assert PrivateKey.parse(KEY.encoded + "\n") == KEY


def test_a_key_shows_itself_to_nobody() -> None:
    assert KEY.seed.hex() not in repr(KEY)
    assert repr(KEY.seed) not in repr(KEY)


@pytest.mark.parametrize(
    "broken",
    ["", KEY.verifier.vkey, KEY.encoded[:-4], KEY.encoded.replace("example", "examplf"), KEY.encoded + "é"],
)
def test_what_is_no_private_key_is_refused_without_showing_it(broken: str) -> None:
    with pytest.raises(NoteInvalid) as found:
        PrivateKey.parse(broken)
    assert KEY.encoded[-20:-4] not in str(found.value)


def test_keys_without_a_name_have_names_of_their_own() -> None:
    assert usual_name(bytes(32)) != usual_name(KEY.seed)
    assert usual_name(KEY.seed) == usual_name(KEY.seed)
