"""Seeded changes of real histories by somebody without the signing key: each is found, whatever it touches."""

import asyncio
import os
from pathlib import Path
from random import Random

from audit.claims import Verdict
from audit.log_claims import Outside
from audit.verify import verify
from tests.audit import bundles as b
from tests.tamper.kinds import HISTORY_KINDS
from tests.tamper.parts import Parts
from tests.workflows.installation import Installation
from tests.workflows.test_proof import material

TAMPERINGS = int(os.environ.get("TAMPERINGS", "12"))


async def test_what_temporal_holds_can_not_be_changed_unseen(
    open_place: Installation, tmp_path: Path
) -> None:
    made = await material(open_place)
    whole = Parts.of(made.write(tmp_path / "whole.zip"))
    assert await refutations(whole, tmp_path) == []
    for kind, make in HISTORY_KINDS.items():
        changed = 0
        for number in range(max(1, TAMPERINGS // 3)):
            parts = make(whole, Random(f"{kind} {number}"))
            if parts is None:
                continue
            changed += 1
            assert any(await refutations(parts, tmp_path)), (kind, number)
        assert changed, kind


async def refutations(parts: Parts, folder: Path) -> list[str]:
    """The first points of difference that a verification names."""
    path = parts.write(folder / "bundle.zip")
    report = await asyncio.to_thread(verify, path, Outside(key=b.KEY))
    return [claim.point for claim in report.claims if claim.verdict is Verdict.REFUTED]
