"""A real round's bundle, with its histories, tampered with by seeds: whatever is untrue in them is found."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.claims import Verdict
from audit.log_claims import Outside
from audit.verify import verify
from runtime.endpoints import Endpoints
from tests.tamper.hands import HISTORY_CASES, KEY, Case
from tests.tamper.judging import Judge
from tests.tamper.parts import Parts
from tests.workflows.installation import installation
from tests.workflows.issued_round import export, issue, sign


@pytest.fixture(scope="module")
def bundle(servers: Endpoints, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an auditor gets of a round of two applications that was led to its issued list."""
    return asyncio.run(_made(servers, tmp_path_factory.mktemp("issued") / "round.zip"))


async def _made(servers: Endpoints, path: Path) -> Path:
    async with installation(servers) as place, place.worker():
        await place.open_round()
        await issue(place)
        await sign(place)
        return await export(place, path)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    made = Judge(tmp_path_factory.mktemp("judged"), histories=True)
    yield made
    made.close()


def test_the_judge_says_what_a_verification_says(bundle: Path, judge: Judge) -> None:
    outside = Outside(key=KEY)
    report = verify(bundle, outside)
    assert report.verdict is Verdict.PROVEN
    whole = Parts.of(bundle)
    assert judge.report(whole, outside).claims == report.claims
    case = next(case for case in HISTORY_CASES if case.kind == "act removed")
    parts = case.tampered(whole, 1)
    assert parts is not None
    assert (
        judge.report(parts, outside).claims == verify(parts.write(bundle.with_name("t.zip")), outside).claims
    )


@pytest.mark.parametrize("case", HISTORY_CASES, ids=lambda case: f"{case.id} {case.hand}")
def test_all_is_found(
    bundle: Path, judge: Judge, case: Case, record_property: Callable[[str, Any], None]
) -> None:
    judge.all_found(case, [Parts.of(bundle)]).tell(record_property)
