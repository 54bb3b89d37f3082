"""The record of a running stack is signed: keys in files, checkpoints at gates, a signer that refuses aloud."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from selection.transparency.checkpoint import open_checkpoint, verifier_of
from selection.transparency.note import Verifier
from tests.starter.stack import Up

pytestmark = pytest.mark.stack


def soon(ask: Callable[[], Any]) -> Any:
    """Ask until the answer is something, for at most 30 s."""
    until = time.monotonic() + 30
    while not (found := ask()) and time.monotonic() < until:
        time.sleep(0.3)
    assert found
    return found


def test_up_makes_a_key_for_its_owner_only_and_says_where_the_public_one_is(up: Up) -> None:
    public = up.data / "keys" / "signing.vkey"
    assert str(public) in up.said.replace("\n", "").replace(" ", "")
    assert (up.data / "keys" / "signing.key").stat().st_mode & 0o777 == 0o600
    shown = up.json("keys", "show")["key"]
    assert shown["vkey"] == public.read_text().strip() == up.json("keys", "show", str(public))["key"]["vkey"]
    code, _, err = up("keys", "new")
    assert (code, err.partition(":")[0]) == (2, "key-exists")


def test_the_opened_round_is_under_a_checkpoint_at_once(up: Up, opened: str) -> None:
    found = soon(lambda: up.json("checkpoint", "list", opened)["checkpoints"])
    assert found[0]["size"] >= 1
    public = Verifier.parse((up.data / "keys" / "signing.vkey").read_text())
    note = up.data / "checkpoint"
    assert up("checkpoint", "export", opened, "-o", str(note))[0] == 0
    checkpoint, _ = open_checkpoint(note.read_text("utf-8"), verifier_of(public, opened))
    assert checkpoint.size >= found[0]["size"]
