"""An installation on which acts are signed, with an expert's panel, and two experts with keys of their programs."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from psycopg.conninfo import make_conninfo

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from selection.decision.machine import Report
from selection.register.key_commands import FoundInstallation
from selection.register.state import INSTALLATION
from selection.signing.one_time_code import fingerprint_code
from tests.attacks.test_enrolment_codes import CODE, HERE, Place
from tests.ledger.conftest import copy_for_test, run_statement
from tests.portal.support.acting import EXPERT, DecidingBackend, tell_panel, tell_round
from tests.portal.support.enrolling import enrol_expert
from tests.portal.support.fixtures import app, client, decide
from tests.selection.signing.keys import software

__all__ = ["app", "client"]
OWN, OTHER = software(21), software(22)


@pytest.fixture(scope="session")
def signed_template(server: EmbeddedPostgres) -> str:
    """A database from which each test has its own."""
    asyncio.run(_tell_once(server.url))
    return "signed"


async def _tell_once(superuser: str) -> None:
    await run_statement(superuser, "CREATE DATABASE signed TEMPLATE migrated")
    ledger = await Ledger.connect(make_conninfo(superuser, dbname="signed"), role=RECORDER_ROLE)
    founding = FoundInstallation(installation=HERE, local=False, code=fingerprint_code(CODE, HERE))
    assert (await ledger.deciding.decide(INSTALLATION, Report(founding, "founding"))).refused is None
    await tell_round(ledger)
    await tell_panel(ledger)
    place = Place(ledger)
    await enrol_expert(place, OWN, EXPERT)  # type: ignore[arg-type]  # it signs its enrolment as a passkey does
    await enrol_expert(place, OTHER, "expert-2")  # type: ignore[arg-type]
    await ledger.close()


@pytest.fixture
async def url(server: EmbeddedPostgres, signed_template: str) -> AsyncIterator[str]:
    async with copy_for_test(server.url, signed_template) as made:
        yield made


@pytest.fixture
async def founded_place(url: str) -> AsyncIterator[Place]:
    recorder = await Ledger.connect(url, role=RECORDER_ROLE)
    place = Place(recorder)
    # Its acts have other ids than those that were told.
    place._ids = 100
    yield place
    await recorder.close()


@pytest.fixture
async def backend(url: str, founded_place: Place) -> AsyncIterator[DecidingBackend]:
    async with decide(url, founded_place.ledger) as made:
        yield made
