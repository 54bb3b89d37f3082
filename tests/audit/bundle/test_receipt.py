"""`selection audit receipt` without database or network: what it proves, and what it refuses."""

import json
from pathlib import Path

import pytest

from activities.key_files import write_key
from selection.kernel.leaf import leaf_hash
from selection.kernel.merkle import inclusion_proof, root_of
from selection.transparency.checkpoint import Checkpoint, origin_of, signer_of
from selection.transparency.private_key import PrivateKey
from selection.transparency.proof import proof_of
from tests.starter.support.commands import Cli

KEY = PrivateKey(name="selection.example", seed=bytes(range(32)))
OTHER = PrivateKey(name="selection.example", seed=bytes(32))
BODIES = [b'{"entry":%d}' % number for number in range(11)]
HASHES = [leaf_hash(body) for body in BODIES]
INDEX = 5


def write_receipt(folder: Path, key: PrivateKey = KEY, log: str = "r1") -> list[str]:
    """Write a receipt, a key file and an entry; return the words that name the first two."""
    text = Checkpoint(origin=origin_of(key.name, log), size=len(HASHES), root=root_of(HASHES)).text
    note = signer_of(key.name, key.seed, log).sign(text)
    proof = proof_of(inclusion_proof(HASHES, INDEX), INDEX, note.encoded)
    (folder / "act.tlog-proof").write_text(proof.encoded, encoding="utf-8")
    (folder / "entry").write_bytes(BODIES[INDEX] + b"\n")
    public = write_key(folder / "signing.key", KEY)
    return [str(folder / "act.tlog-proof"), "--key", str(public)]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    return Cli(capsys)


def test_a_receipt_is_proven_by_the_hash_that_was_told_or_by_the_entry(cli: Cli, tmp_path: Path) -> None:
    words = write_receipt(tmp_path)
    for named in (["--leaf-hash", HASHES[INDEX].hex()], ["--entry", str(tmp_path / "entry")]):
        answer = cli("--json", "audit", "receipt", *words, *named)
        assert answer.code == 0, answer.err
        assert json.loads(answer.out)["proven"] == {
            "log": "r1",
            "seq": INDEX,
            "leaf_hash": HASHES[INDEX].hex(),
            "entries": len(HASHES),
            "root": root_of(HASHES).hex(),
        }


def test_another_entry_is_refuted(cli: Cli, tmp_path: Path) -> None:
    answer = cli("audit", "receipt", *write_receipt(tmp_path), "--leaf-hash", HASHES[INDEX + 1].hex())
    assert (answer.code, answer.err.partition(":")[0]) == (1, "receipt-refuted")


def test_a_receipt_signed_by_another_key_of_the_same_name_is_refuted(cli: Cli, tmp_path: Path) -> None:
    answer = cli("audit", "receipt", *write_receipt(tmp_path, OTHER), "--leaf-hash", HASHES[INDEX].hex())
    assert (answer.code, answer.err.partition(":")[0]) == (1, "receipt-refuted")


def test_every_changed_byte_is_refuted(cli: Cli, tmp_path: Path) -> None:
    words = write_receipt(tmp_path)
    file = Path(words[0])
    whole = file.read_bytes()
    for at in range(0, len(whole), 37):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cli("audit", "receipt", *words, "--leaf-hash", HASHES[INDEX].hex()).code != 0, at


@pytest.mark.parametrize("named", [[], ["--leaf-hash", "00"], ["--leaf-hash", "x" * 64]])
def test_without_the_leaf_nothing_is_proven(cli: Cli, tmp_path: Path, named: list[str]) -> None:
    answer = cli("audit", "receipt", *write_receipt(tmp_path), *named)
    assert (answer.code, answer.err.partition(":")[0]) == (2, "leaf-needed")
