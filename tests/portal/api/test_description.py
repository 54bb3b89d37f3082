"""The API does what its description says, whatever is sent: schemathesis asks each operation, rightly and wrongly."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import positive_data_acceptance

from portal.api.operations import ROOT
from portal.api.routes import OPERATIONS, describe_all
from tests.portal.support.acting import EXPERT, NUMBER
from tests.portal.support.programs import Program
from tests.portal.support.serving import serve_record
from tests.portal.support.signing import OWN, url
from tests.selection import story

__all__ = ["url"]
CLOSER: list[CheckFunction] = [positive_data_acceptance]
"""Not asked of acts and texts: what fits of numbers, codes and letters is said more closely than a schema can."""
ENDING = "DELETE /session"
"""The one operation that is not asked: it would end the session of all others."""
REAL = GenerationMode.POSITIVE
THERE = {"round": story.ROUND, "number": NUMBER, "unit": "prov-bj"}
EXAMPLES = 3
"""Of each operation, of requests that fit and of such that do not."""


@pytest.fixture
def origin(url: str) -> Iterator[str]:
    with serve_record(url) as found:
        yield found


async def _sign_in(origin: str) -> dict[str, str]:
    async with httpx.AsyncClient(base_url=origin) as client:
        return (await Program(client, EXPERT, OWN.seed).sign_in()).headers


def test_every_operation_does_what_its_description_says(origin: str) -> None:
    token = asyncio.run(_sign_in(origin))
    schema = schemathesis.openapi.from_dict(describe_all())
    schema.config.update(base_url=origin + ROOT)
    asked = {ENDING}
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # the description is read without faults
        if operation.label != ENDING:
            excluded = CLOSER if operation.path.startswith(("/acts/", "/contents")) else []
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _ask(operation.as_strategy(generation_mode=mode), token, excluded, real=mode is REAL)
            asked.add(operation.label)
    assert len(asked) == len(OPERATIONS)


def _ask(cases: Any, token: dict[str, str], excluded: list[CheckFunction], *, real: bool) -> None:
    @given(case=cases)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Case[Any]) -> None:
        if real:
            # A name of chance names nothing.
            case.path_parameters = {
                name: THERE.get(name, value) for name, value in case.path_parameters.items()
            }
            case.query = {name: THERE.get(name, value) for name, value in case.query.items()}
        case.call_and_validate(headers=token, excluded_checks=excluded)

    ask()
