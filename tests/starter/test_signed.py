"""The record of a running stack is signed: keys in files, checkpoints at gates, a signer that refuses aloud."""

from collections.abc import Callable
from typing import Any

import pytest

from selection.transparency.checkpoint import Checkpoint, open_checkpoint, verifier_of
from selection.transparency.note import COSIGNATURE, Note, NoteSigner, Verifier
from selection.transparency.proof import PROOF_LIMIT
from tests.starter.support.acting import until
from tests.starter.support.stack import Up, UpHere

pytestmark = pytest.mark.stack


def soon(ask: Callable[[], Any]) -> Any:
    """Ask until the answer is something, and return it."""
    found: list[Any] = []

    def is_answered() -> bool:
        found.append(ask())
        return bool(found[-1])

    until(is_answered)
    return found[-1]


def test_up_makes_a_key_for_its_owner_only_and_says_where_the_public_one_is(up: Up, here: UpHere) -> None:
    public = here.data / "keys" / "signing.vkey"
    assert str(public) in up.said.replace("\n", "").replace(" ", "")
    assert (here.data / "keys" / "signing.key").stat().st_mode & 0o777 == 0o600
    shown = here.json("keys", "show")["key"]
    assert (
        shown["vkey"] == public.read_text().strip() == here.json("keys", "show", str(public))["key"]["vkey"]
    )
    code, _, err = here("keys", "new")
    assert (code, err.partition(":")[0]) == (2, "key-exists")
    words = ("keys", "new", str(here.data / "other" / "signing.key"), "--name")
    assert here(*words, "two words")[2].startswith("key-name: ")
    assert here.json(*words, "selection.example.cn")["key"]["vkey"].startswith("selection.example.cn+")


def test_the_opened_round_is_under_a_checkpoint_at_once(here: UpHere, opened_round: str) -> None:
    found = soon(lambda: here.json("checkpoint", "list", opened_round)["checkpoints"])
    assert found[0]["size"] >= 1
    public = Verifier.parse((here.data / "keys" / "signing.vkey").read_text())
    note = here.data / "checkpoint"
    assert here("checkpoint", "export", opened_round, "-o", str(note))[0] == 0
    checkpoint, _ = open_checkpoint(note.read_text("utf-8"), verifier_of(public, opened_round))
    assert checkpoint.size >= found[0]["size"]


def test_an_act_is_proven_by_a_file_with_the_public_key_alone(here: UpHere, opened_round: str) -> None:
    told = here.json("receipt", "opening", person="officer-1")["receipt"]
    file = here.data / "opening.tlog-proof"
    soon(lambda: here("receipt", "opening", "-o", str(file), person="officer-1")[0] == 0)
    assert len(file.read_bytes()) <= PROOF_LIMIT
    nowhere = UpHere(here.data / "nothing-here")
    words = ("audit", "receipt", str(file), "--key", str(here.data / "keys" / "signing.vkey"), "--leaf-hash")
    proven = nowhere.json(*words, told["leaf_hash"])["proven"]
    assert (proven["log"], proven["seq"]) == (opened_round, told["seq"])
    assert nowhere(*words, "0" * 64)[0] == 1


def test_a_witness_s_cosignature_is_kept_once_it_holds(here: UpHere, opened_round: str) -> None:
    soon(lambda: here.json("checkpoint", "list", opened_round)["checkpoints"])
    kept, back = here.data / "to-cosign", here.data / "cosigned"
    assert here("checkpoint", "export", opened_round, "-o", str(kept))[0] == 0
    witness = NoteSigner("witness.example", bytes(32), COSIGNATURE)
    (here.data / "witness.vkey").write_text(witness.verifier.vkey)
    words = ("checkpoint", "cosign", opened_round, str(back), "--witness", str(here.data / "witness.vkey"))

    note = Note.parse(kept.read_text("utf-8"))
    back.write_text(note.with_line(witness.line(note.text + "x", at=1)).encoded, "utf-8")
    code, _, err = here(*words)
    assert (code, err.partition(":")[0]) == (2, "cosignature-wrong")

    line = witness.line(note.text, at=1_700_000_000)
    back.write_text(note.with_line(line).encoded, "utf-8")
    assert [here.json(*words)["cosignature"]["new_line"] for _ in range(2)] == [True, False]
    size = str(Checkpoint.parse(note.text).size)
    assert here("checkpoint", "export", opened_round, "--size", size, "-o", str(kept))[0] == 0
    assert kept.read_text("utf-8") == back.read_text("utf-8")
