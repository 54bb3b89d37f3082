"""Many acts of one command, some of which two must sign: those are left for the second person, each in a file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from selection.application import commands as c
from selection.decision.envelope import Envelope
from selection.kernel.actor import Role
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance
from selection.rooms import LEAST_ASSURANCE
from starter.cli.failures import CommandFailed
from starter.cli.manifest import PlannedAct, act_all
from starter.cli.output import Output
from starter.cli.session import Session
from starter.keys.faults import KeyFault
from starter.keys.waiting_act import WaitingAct
from tests import factories as f
from tests.signatures import Signatures, terms_at

STREAM = f"application/{f.ROUND}/0001"
CHAIR = PlannedAct(
    STREAM, c.AppointChair(chair="expert-1", reason=f.ref()), "appoint-chair.0001", {"row": "1"}
)
TEAM = PlannedAct(STREAM, f.team(), "appoint-survey-team.0001", {"row": "2"})
OTHER_CHAIR = replace(CHAIR, stream=STREAM.replace("0001", "0002"), step="appoint-chair.0002")
ANOTHER = replace(CHAIR, command=c.AppointChair(chair="expert-2", reason=f.ref()))


class Signing:
    """Signs with a key at hand, once for all, or with none."""

    def __init__(self, *, key: bool) -> None:
        self.asked: list[str] = []
        self.now = datetime.now(UTC)
        self._key = Signatures().own("officer-1") if key else None

    async def level(self, envelope: Envelope) -> Assurance:
        return LEAST_ASSURANCE[envelope.kind]

    async def sign_all(self, envelopes: Sequence[Envelope]) -> list[Envelope]:
        self.asked += [item.command_id for item in envelopes]
        if self._key is None:
            return list(envelopes)
        proofs = self._key.prove_all([(item.intent, terms_at(self.now)) for item in envelopes])
        return [item.with_(proof=proof) for item, proof in zip(envelopes, proofs, strict=True)]


class Client:
    """Keeps what is sent."""

    def __init__(self, *, key: bool) -> None:
        self.signing = Signing(key=key)
        self.sent: list[str] = []

    async def send(self, envelope: Envelope, command: Frozen) -> Receipt:
        self.sent.append(envelope.kind)
        told = {"log": f.ROUND, "seq": 1, "version": 1, "leaf_hash": "00" * 32, "at": f.OPENED}
        return Receipt(stream=envelope.stream, command_id=envelope.command_id, **told)


def make_session(client: Client, for_second: Path | None) -> Session:
    options = SimpleNamespace(for_second=for_second, command_id="id", lang="en", json=True)
    out = Output("en", as_json=True)
    made = SimpleNamespace(options=options, person="officer-1", out=out, client=client, traced=False)
    return cast("Session", made)


async def test_what_two_must_sign_is_left_in_a_file_of_its_own_and_the_rest_is_sent(tmp_path: Path) -> None:
    client = Client(key=True)
    await act_all(make_session(client, tmp_path / "many.json"), [CHAIR, TEAM], Role.OFFICER, yes=True)
    assert client.sent == ["appoint-survey-team"]
    (file,) = tmp_path.iterdir()
    assert file.name == "many-appoint-chair.0001.json"
    left = WaitingAct.read(file).act
    assert (left.kind, left.command_id) == ("appoint-chair", "id.appoint-chair.0001")
    assert left.proof is not None
    assert left.proof.manifest is not None


@pytest.mark.parametrize(
    ("planned", "key", "code"),
    [
        ([TEAM], True, "second-not-needed"),
        ([CHAIR], False, "key-needed"),
        ([TEAM, CHAIR], False, "key-needed"),
    ],
)
async def test_nothing_is_left_that_needs_no_second_or_was_signed_by_nobody(
    tmp_path: Path, planned: list[PlannedAct], key: bool, code: str
) -> None:
    client = Client(key=key)
    with pytest.raises(CommandFailed) as failed:
        await act_all(make_session(client, tmp_path / "many.json"), planned, Role.OFFICER, yes=True)
    assert failed.value.code == code
    assert (client.sent, list(tmp_path.iterdir())) == ([], [])


async def test_a_repetition_after_a_break_goes_on_with_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, planned = tmp_path / "many.json", [CHAIR, OTHER_CHAIR, TEAM]
    write = WaitingAct.write

    def write_first(self: WaitingAct, file: Path) -> None:
        if any(tmp_path.iterdir()):
            raise KeyFault("file-unwritable", text="full")
        write(self, file)

    broken, client = Client(key=True), Client(key=True)
    with monkeypatch.context() as amid:
        amid.setattr(WaitingAct, "write", write_first)
        with pytest.raises(KeyFault):
            await act_all(make_session(broken, path), planned, Role.OFFICER, yes=True)
    # What one may sign was sent before, and the first file stays as it is.
    assert broken.sent == ["appoint-survey-team"]
    (first,) = tmp_path.iterdir()
    body = first.read_bytes()
    await act_all(make_session(client, path), [CHAIR, OTHER_CHAIR], Role.OFFICER, yes=True)
    assert client.signing.asked == ["id.appoint-chair.0002"]
    assert first.read_bytes() == body
    assert len(list(tmp_path.iterdir())) == 2
    # Once all wait nothing is signed any more.
    client = Client(key=True)
    await act_all(make_session(client, path), [CHAIR, OTHER_CHAIR], Role.OFFICER, yes=True)
    assert (client.signing.asked, client.sent) == ([], [])


@pytest.mark.parametrize("stands", ["another act", "another chair", "expired", "no act"])
async def test_a_file_that_holds_anything_else_is_told_before_anything_is_signed(
    tmp_path: Path, stands: str
) -> None:
    path, earlier = tmp_path / "many.json", Client(key=True)
    if stands == "expired":
        earlier.signing.now -= timedelta(days=400)
    other = {"another act": OTHER_CHAIR, "another chair": ANOTHER}.get(stands, CHAIR)
    await act_all(make_session(earlier, path), [other], Role.OFFICER, yes=True)
    (file,) = tmp_path.iterdir()
    file = file.rename(tmp_path / "many-appoint-chair.0001.json")
    if stands == "no act":
        file.write_text("{}", encoding="utf-8")
    body, client = file.read_bytes(), Client(key=True)
    with pytest.raises(KeyFault) as fault:
        await act_all(make_session(client, path), [TEAM, CHAIR], Role.OFFICER, yes=True)
    assert fault.value.code == "key-exists"
    assert (client.signing.asked, client.sent, file.read_bytes()) == ([], [], body)


async def test_without_the_option_all_are_sent_and_the_record_says_what_it_lacks(tmp_path: Path) -> None:
    client = Client(key=True)
    await act_all(make_session(client, None), [CHAIR, TEAM], Role.OFFICER, yes=True)
    assert sorted(client.sent) == ["appoint-chair", "appoint-survey-team"]
    assert list(tmp_path.iterdir()) == []
