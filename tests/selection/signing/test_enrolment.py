"""What a key says of itself when it is enrolled, and the codes that show who may enrol one."""

import pytest

from selection.signing.key import Founded
from selection.signing.one_time_code import code_of, fingerprint_code, shows, token_of
from selection.signing.possession import enrol
from tests.selection.signing.keys import Authenticator, software

HERE = "installation-1"
FOUNDED = Founded(installation=HERE, local=False)
CODE = code_of(bytes(range(26)))


def test_a_key_shows_that_whoever_hands_it_in_has_it() -> None:
    assert enrol(software(1), "officer-1", HERE).holds_on(FOUNDED)


def test_what_a_key_says_of_itself_counts_for_this_person_and_place_alone() -> None:
    said, other = enrol(software(1), "officer-1", HERE), enrol(software(2), "officer-1", HERE)
    assert not said.holds_on(FOUNDED.with_(installation="installation-2"))
    assert not said.with_(person="officer-2").holds_on(FOUNDED)
    assert not said.with_(key=other.key).holds_on(FOUNDED)
    assert not said.with_(key=other.key.with_(key=said.key.key)).holds_on(FOUNDED)
    assert not said.with_(key=Authenticator().key).holds_on(FOUNDED)
    assert not said.with_(key=said.key.with_(expires=None, level="session")).holds_on(FOUNDED)


SAID = enrol(software(1), "officer-1", HERE)


def test_a_code_is_known_however_it_is_typed() -> None:
    for typed in (CODE.lower().replace("-", " "), CODE.replace("0", "O").replace("1", "l")):
        assert fingerprint_code(typed, HERE) == fingerprint_code(CODE, HERE)
        assert shows(token_of(typed, SAID, HERE), fingerprint_code(CODE, HERE), SAID, HERE)
    assert len(CODE.replace("-", "")) == 26


@pytest.mark.parametrize(
    ("code", "place", "person"),
    [
        (CODE[:-1], HERE, ""),
        (CODE, "b", ""),
        ("", HERE, ""),
        (CODE[:-1] + "X", HERE, ""),
        (CODE, HERE, "officer-1"),
    ],
)
def test_another_code_or_another_persons_is_none(code: str, place: str, person: str) -> None:
    assert fingerprint_code(code, place, person) != fingerprint_code(CODE, HERE)
    assert not shows(token_of(code, SAID, place, person), fingerprint_code(CODE, HERE), SAID, HERE)


def test_what_a_code_shows_of_one_enrolment_shows_nothing_of_another() -> None:
    """Whoever confirms a key, runs a server or reads the log has seen it used, and has nothing of it."""
    token, known = token_of(CODE, SAID, HERE), fingerprint_code(CODE, HERE)
    others = (enrol(software(2), "officer-1", HERE), enrol(software(1), "officer-2", HERE))
    assert [shows(token, known, other, HERE) for other in (SAID, *others)] == [True, False, False]
    assert not shows(token, known, SAID, "installation-2")


@pytest.mark.parametrize(
    ("token", "known"), [("", ""), ("", "0" * 64), ("0" * 128, ""), ("0" * 128, "0" * 64)]
)
def test_nothing_shows_nothing(token: str, known: str) -> None:
    assert not shows(token, known, SAID, HERE)
    assert not shows(token_of(CODE, SAID, HERE), known, SAID, HERE)
