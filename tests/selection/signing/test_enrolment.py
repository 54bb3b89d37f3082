"""What a key says of itself when it is enrolled, and the codes that show who may enrol one."""

import pytest

from selection.signing.one_time_code import check_of, code_of, token_of
from selection.signing.possession import enrol
from tests.selection.signing.keys import Authenticator, software

HERE = "installation-1"
CODE = code_of(bytes(range(26)))


def test_a_key_shows_that_whoever_hands_it_in_has_it() -> None:
    assert enrol(software(1), "officer-1", HERE).holds_on(HERE)


def test_what_a_key_says_of_itself_counts_for_this_person_and_place_alone() -> None:
    said, other = enrol(software(1), "officer-1", HERE), enrol(software(2), "officer-1", HERE)
    assert not said.holds_on("installation-2")
    assert not said.with_(person="officer-2").holds_on(HERE)
    assert not said.with_(key=other.key).holds_on(HERE)
    assert not said.with_(key=other.key.with_(key=said.key.key)).holds_on(HERE)
    assert not said.with_(key=Authenticator().key).holds_on(HERE)
    assert not said.with_(key=said.key.with_(expires=None, level="session")).holds_on(HERE)


def test_a_code_is_known_however_it_is_typed() -> None:
    assert token_of(CODE.lower().replace("-", " "), "a") == token_of(CODE, "a")
    assert token_of(CODE.replace("0", "O").replace("1", "l"), "a") == token_of(CODE, "a")
    assert len(CODE.replace("-", "")) == 26


@pytest.mark.parametrize(("code", "salt"), [(CODE[:-1], "a"), (CODE, "b"), ("", "a"), (CODE[:-1] + "X", "a")])
def test_another_code_or_another_persons_is_none(code: str, salt: str) -> None:
    assert token_of(code, salt) != token_of(CODE, "a")


def test_what_the_record_holds_is_not_what_is_shown() -> None:
    token = token_of(CODE, "a")
    assert check_of(token) not in (token, CODE)
    assert check_of(token) == check_of(token_of(CODE, "a"))
