"""A new installation where every act is signed and every reader shown, by its command line alone."""

import json
import mailbox
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from starter.keys import pkcs8
from starter.keys.key_file import KeyFile
from starter.keys.session_file import SessionFile
from starter.keys.waiting_act import WaitingAct
from tests.starter.support.stack import STAFF, UpHere, application_file, rules_file

pytestmark = pytest.mark.stack

CODE = re.compile(r"([0-9A-Z]{5}-){5}[0-9A-Z]")
PEOPLE = {
    "admin-1": "admin",
    "officer-1": "officer",
    "officer-2": "officer",
    "host-1": "applicant",
    "unit-bj": "recommender=bj",
}
VOUCHED_BY = {person: "admin-1" if person in ("admin-1", "officer-1") else "officer-1" for person in PEOPLE}
"""The administrator registered and invited them, and vouches for as long as nobody else has a key."""


class SigningUp(UpHere):
    """Its people act with keys; `as_` chooses whose."""

    def as_(self, person: str, *words: str) -> tuple[int, str, str]:
        return self("--key", self.key(person), *words)

    def key(self, person: str) -> str:
        return str(self.data / f"{person}.key")

    def read_json(self, person: str, *words: str) -> Any:
        code, out, err = self.as_(person, "--json", *words)
        assert code == 0, err
        return json.loads(out)

    def refuse(self, *words: str) -> str:
        code, _, err = self(*words)
        assert code == 2, err
        return err.partition(":")[0]

    @property
    def session(self) -> Path:
        """The file of the session on this machine."""
        (found,) = (self.data / "state").glob("session-*.json")
        return found

    def log_in(self, person: str) -> str:
        """Log a person in, and return the name of the session's key."""
        self.read_json(person, "login", "--hours", "1")
        return SessionFile.model_validate_json(self.session.read_text()).key.key.key

    def enrol(self, person: str, by: str) -> None:
        """Enrol a person's first key: invited by the administrator, with the code of their letter, vouched for."""
        request = self.data / f"{person}.json"
        self.read_json("admin-1", "key", "invite", person)
        assert self("--as", person, "key", "new", self.key(person))[0] == 0
        code = self.letter(person)
        assert self("key", "request", self.key(person), str(request), "--code", code)[0] == 0
        self.read_json(by, "key", "vouch", str(request))

    def letter(self, person: str) -> str:
        """Return the code in the last letter to a person."""
        from tests.starter.support.acting import until

        found: list[str] = []

        def look() -> bool:
            for mail in mailbox.Maildir(self.data / "mail", create=False):
                body = mail.get_payload(decode=True)
                assert isinstance(body, bytes)
                if person in str(mail["X-Envelope-To"]) and (match := CODE.search(body.decode())):
                    found.append(match.group())
            return bool(found)

        until(look)
        return found[-1]


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SigningUp]:
    data = tmp_path_factory.mktemp("signed")
    passphrase = data / "passphrase"
    passphrase.touch(mode=0o600)
    passphrase.write_text("four words are better")
    found = SigningUp(
        data, SELECTION_KEY_PASSPHRASE_FILE=str(passphrase), SELECTION_STATE=str(data / "state")
    )
    with pytest.MonkeyPatch.context() as patch:
        # Nobody guesses here, and a key is opened by each of a hundred commands.
        patch.setattr(pkcs8, "ROUNDS", 1000)
        found.start(local=False)
        yield found
        found.stop()


@pytest.fixture(scope="module")
def founded_up(up: SigningUp) -> SigningUp:
    """The first administrator has a key, by the code that was printed."""
    (code,) = {match.group() for match in CODE.finditer(up.said)}
    assert up("--as", "admin-1", "key", "new", up.key("admin-1"))[0] == 0
    wrong = code.replace(code[0], "Z" if code[0] != "Z" else "Y")
    assert up.refuse("key", "enrol", up.key("admin-1"), "--code", wrong) == "signature-key"
    assert up("key", "enrol", up.key("admin-1"), "--code", code)[0] == 0
    others = {person: next(iter(roles)) for person, roles in STAFF.items() if person not in PEOPLE}
    for person, role in {**PEOPLE, **others}.items():
        told = ("--name", "Synthetic", "--mail", f"{person}@synthetic.example", "--role", role)
        more = ("--employer", f"99SYNTH{person}", "--language", "en")
        up.read_json("admin-1", "person", "add", person, *told, *more)
    return up


@pytest.fixture(scope="module")
def enrolled_up(founded_up: SigningUp) -> SigningUp:
    for person, by in VOUCHED_BY.items():
        if person != "admin-1":
            founded_up.enrol(person, by)
    return founded_up


@pytest.fixture(scope="module")
def opened_round(enrolled_up: SigningUp) -> str:
    """A round whose rules ask for two signatures of who opens a draw and cancels."""
    rules = rules_file(enrolled_up.data, "60", False)
    words, waiting = ("round", "open", "r1", str(rules)), enrolled_up.data / "opening.json"
    assert enrolled_up.refuse("--key", enrolled_up.key("officer-1"), *words) == "second-missing"
    enrolled_up.read_json("officer-1", *words, "--for-second", str(waiting))
    shown = enrolled_up.read_json("officer-2", "second", str(waiting))
    assert shown["rules"]["sha256"] == shown["act"]["- rules_hash"]
    enrolled_up.read_json("officer-2", "second", str(waiting), "--yes")
    return "r1"


def test_an_assertion_is_no_act(enrolled_up: SigningUp, opened_round: str) -> None:
    told = ("--name", "Synthetic", "--mail", "x@synthetic.example", "--role", "expert")
    assert enrolled_up.refuse("--as", "admin-1", "person", "add", "x", *told) == "login-needed"
    file = str(application_file(enrolled_up.data, "host-1", "The form"))
    assert enrolled_up.refuse("--as", "host-1", "apply", "submit", opened_round, file) == "login-needed"


def test_an_assertion_opens_nothing_and_a_login_is_noted_with_each_read(
    enrolled_up: SigningUp, opened_round: str
) -> None:
    for words in (("status",), ("status", opened_round), ("task", "list"), ("person", "list"), ("whoami",)):
        assert enrolled_up.refuse("--as", "admin-1", *words) == "login-needed"
    session = enrolled_up.log_in("officer-1")
    assert [item["round"] for item in json.loads(enrolled_up("--json", "status")[1])["rounds"]] == [
        opened_round
    ]
    assert enrolled_up.refuse("--as", "admin-1", "status") == "login-needed"
    assert enrolled_up("logout")[0] == 0
    assert enrolled_up.read_json("officer-1", "status")["rounds"]
    own = KeyFile.read(Path(enrolled_up.key("officer-1"))).key.key
    noted = [
        item for item in enrolled_up.read_json("admin-1", "reads")["reads"] if item["person"] == "officer-1"
    ]
    assert [(item["means"], item["session"]) for item in noted] == [("key", own), ("session", session)]


def test_a_session_that_was_ended_is_worth_nothing_to_whoever_copied_it(
    enrolled_up: SigningUp, opened_round: str
) -> None:
    session = enrolled_up.log_in("host-1")
    file, stolen = enrolled_up.session, enrolled_up.session.read_text()
    assert enrolled_up("logout")[0] == 0
    assert not file.exists()
    file.touch(mode=0o600)
    file.write_text(stolen)
    form = str(application_file(enrolled_up.data, "host-1", "The form"))
    for words in (("status",), ("apply", "submit", opened_round, form), ("key", "list")):
        assert enrolled_up.refuse(*words) == "signature-key"
    listed = {
        item["key"]: item["revoked_by"] for item in enrolled_up.read_json("host-1", "key", "list")["keys"]
    }
    assert listed[session] == "host-1"
    # With their own key its owner was let in, and the session that ended was forgotten.
    assert not file.exists()
    file.touch(mode=0o600)
    file.write_text(stolen)
    assert enrolled_up("logout")[0] == 0
    assert enrolled_up.refuse("logout") == "nothing-found"
    former = enrolled_up.log_in("host-1")
    assert enrolled_up.log_in("host-1") != former
    assert enrolled_up("logout")[0] == 0
    ended = {
        item["key"]: item["revoked_by"] for item in enrolled_up.read_json("host-1", "key", "list")["keys"]
    }
    assert ended[former] == "host-1"


def test_the_keys_are_listed_with_who_vouched_for_them(enrolled_up: SigningUp) -> None:
    listed = [
        item
        for item in enrolled_up.read_json("officer-1", "key", "list", "--all")["keys"]
        if item["assurance"] != "session"
    ]
    by = {item["person"]: (item["scheme"], item["assurance"], item["by"], item["revoked"]) for item in listed}
    assert by == {person: ("ed25519", "signed", who, None) for person, who in VOUCHED_BY.items()}
    told = {item["key"] for item in listed}
    assert told == {KeyFile.read(Path(enrolled_up.key(person))).key.key for person in PEOPLE}


def test_a_session_signs_what_it_is_enough_for_without_the_key(
    enrolled_up: SigningUp, opened_round: str
) -> None:
    enrolled_up.read_json("host-1", "login", "--hours", "1")
    shown = json.loads(enrolled_up("--json", "whoami")[1])["whoami"]
    assert (shown["person"], shown["key"], shown["local"]) == ("host-1", None, False)
    assert shown["session"] is not None
    (kept,) = (enrolled_up.data / "state").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    file = str(application_file(enrolled_up.data, "host-1", "The form"))
    code, out, err = enrolled_up("--json", "apply", "submit", opened_round, file)
    assert code == 0, err
    stream = json.loads(out)["receipt"]["stream"].removeprefix("application/")
    assert stream == "r1/0001"
    own = KeyFile.read(Path(enrolled_up.key("host-1"))).key.key
    assert enrolled_up.refuse("key", "revoke", own, "--yes") == "key-needed"
    assert enrolled_up("logout")[0] == 0
    assert enrolled_up.refuse("--as", "host-1", "apply", "submit", opened_round, file) == "login-needed"


def test_an_act_for_two_waits_in_a_file_for_the_second(enrolled_up: SigningUp) -> None:
    spare = enrolled_up.data / "spare.key"
    assert enrolled_up("--as", "host-1", "key", "new", str(spare))[0] == 0
    enrolled_up.read_json("host-1", "key", "enrol", str(spare))
    lost, waiting = KeyFile.read(spare).key.key, enrolled_up.data / "lost.json"
    words = ("key", "revoke", lost, "--person", "host-1")
    assert enrolled_up.refuse("--key", enrolled_up.key("officer-1"), *words) == "second-missing"
    enrolled_up.read_json("officer-1", *words, "--for-second", str(waiting))
    assert waiting.stat().st_mode & 0o777 == 0o600
    assert enrolled_up.refuse("--key", enrolled_up.key("officer-1"), "second", str(waiting)) == "second-same"
    assert enrolled_up.refuse("--key", enrolled_up.key("host-1"), "second", str(waiting)) == "not-entitled"
    shown = enrolled_up.read_json("officer-2", "second", str(waiting))
    assert (shown["act"]["person"], shown["act"]["- key"], "receipt" in shown) == ("officer-1", lost, False)
    changed = WaitingAct.read(waiting)
    other = {**changed.act.command, "key": KeyFile.read(Path(enrolled_up.key("host-1"))).key.key}
    changed = changed.with_(act=changed.act.with_(command=other))
    changed.write(enrolled_up.data / "changed.json")
    tampered = (
        "--key",
        enrolled_up.key("officer-2"),
        "second",
        str(enrolled_up.data / "changed.json"),
        "--yes",
    )
    assert enrolled_up.refuse(*tampered) == "signature-wrong"
    receipt = enrolled_up.read_json("officer-2", "second", str(waiting), "--yes")["receipt"]
    assert enrolled_up.read_json("officer-2", "second", str(waiting), "--yes")["receipt"] == receipt
    listed = {
        item["key"]: item["revoked_by"] for item in enrolled_up.read_json("host-1", "key", "list")["keys"]
    }
    assert listed[lost] == "officer-1"


def test_whoever_revokes_their_only_key_is_asked_before(
    enrolled_up: SigningUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions: list[str] = []

    def decline(question: str, **_: object) -> bool:
        questions.append(question)
        return False

    monkeypatch.setattr("typer.confirm", decline)
    file, spare = enrolled_up.key("host-1"), enrolled_up.data / "another.key"
    own = KeyFile.read(Path(file)).key.key
    assert enrolled_up.refuse("--key", file, "key", "revoke", own) == "not-agreed"
    assert "This is your only key" in questions.pop()
    assert enrolled_up("--as", "host-1", "key", "new", str(spare))[0] == 0
    enrolled_up.read_json("host-1", "key", "enrol", str(spare))
    assert enrolled_up("--key", file, "key", "revoke", KeyFile.read(spare).key.key)[0] == 0
    assert questions == []


def test_what_one_may_sign_alone_is_not_left_for_a_second(enrolled_up: SigningUp) -> None:
    words = ("key", "invite", "host-1", "--for-second", str(enrolled_up.data / "alone.json"))
    assert enrolled_up.refuse("--key", enrolled_up.key("officer-1"), *words) == "second-not-needed"


def test_an_installation_that_is_not_local_never_becomes_so(enrolled_up: SigningUp) -> None:
    enrolled_up.log_in("host-1")
    enrolled_up.stop()
    code, _, err = enrolled_up("logout")
    assert (code, err.partition(":")[0]) == (1, "session-goes-on")
    assert str(enrolled_up.session.parent) in err
    code, _, err = SigningUp(enrolled_up.data)("up", "--local", "--no-portal")
    assert (code, err.partition(":")[0]) == (1, "not-local")
    enrolled_up.start(local=False)
    assert not CODE.search(enrolled_up.said)
    assert enrolled_up("logout")[0] == 0
