"""`selection receipt -o` on a record that nobody signs until the test does."""

import asyncio
from pathlib import Path

import pytest

from ledger.people.register import Identity, NewPerson
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import leaf_bytes, leaf_hash
from selection.transparency.checkpoint import verifier_of
from selection.transparency.proof import LogProof
from tests.ledger.support.signer_bench import KEY, STREAM, Bench
from tests.ledger.support.stand_in import OFFICER, leaf
from tests.registering import register
from tests.starter.support.commands import Answer, Cli

ADMIN = Actor(person="admin-1", role=Role.ADMIN)
READER = NewPerson(
    person=OFFICER.person,
    roles={Role.APPLICANT: ()},
    employer="99SYNTH",
    identity=Identity(name="Synthetic", mail="a@synthetic.example"),
)


async def test_a_receipt_is_pending_until_a_checkpoint_covers_it(
    bench: Bench,
    url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SELECTION_DATABASE_URL", url)
    cli, file = Cli(capsys), tmp_path / "act.tlog-proof"
    await register(bench.ledger, [READER])

    async def ask_receipt(version: int) -> Answer:
        words = ("--as", OFFICER.person, "--lang", "en", "receipt", f"{STREAM}-{version}", "-o", str(file))
        return await asyncio.to_thread(cli, *words)

    await bench.grow(3)
    answer = await ask_receipt(2)
    assert (answer.code, answer.err.partition(":")[0]) == (3, "not-yet-signed")
    assert not file.exists()

    await bench.turn()
    await bench.grow(4)
    assert (await ask_receipt(4)).code == 3
    assert (await ask_receipt(2)).code == 0
    proof = LogProof.parse(file.read_text("utf-8"))
    leaf_2 = leaf_hash(leaf_bytes(leaf(STREAM, 2, note="")))
    assert proof.check(leaf_2, verifier_of(KEY.verifier, "r")).size == 3

    changed = "UPDATE entries SET body = '{}', leaf_hash = sha256('\\x00'::bytea || '{}') WHERE seq = 0"
    await bench.tamper(url, changed)
    answer = await ask_receipt(2)
    assert (answer.code, answer.err.partition(":")[0]) == (1, "record-changed")
