"""What follows from bytes alone is made once for all tampered bundles that hold the same: leaves, registers, checks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

import pytest

from audit import history_claims, verify as verifier
from audit.bundle.entries import parse_leaf, read_leaf
from audit.bundle.reader import Bundle
from audit.bundle.register import LOG, Register, read_register, register_of
from audit.claims import Difference
from audit.decisions import batches, register_again
from audit.log import verification
from audit.rules import catalogue, fold
from selection.kernel.leaf import Leaf
from selection.signing import verify


@contextmanager
def remember() -> Iterator[None]:
    """Read each leaf and each register once, and check each signature once."""
    parse, read = _parse_leaves_once(), _read_registers_once()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verification, "read_leaf", lru_cache(None)(read_leaf))
        patch.setattr(verify, "_check_ed25519", lru_cache(None)(verify._check_ed25519))
        for module in (fold, register_again, batches):
            patch.setattr(module, "parse_leaf", parse)
        for module in (verifier, catalogue, history_claims):
            patch.setattr(module, "read_register", read)
        yield


def _parse_leaves_once() -> Callable[[bytes, str], Leaf]:
    known = lru_cache(None)(lambda body: parse_leaf(body, ""))

    def parse_once(body: bytes, point: str) -> Leaf:
        try:
            return known(body)
        except Difference:
            return parse_leaf(body, point)

    return parse_once


def _read_registers_once() -> Callable[[Bundle], Register]:
    known = lru_cache(None)(register_of)

    def read_once(bundle: Bundle) -> Register:
        try:
            held = tuple(bundle.entries(LOG)) if LOG in bundle.manifest.logs else None
        except Difference:
            held = None
        return read_register(bundle) if held is None else known(held)

    return read_once
