"""An installation on which acts are signed, with an expert's panel, and two experts with keys of their programs."""

from collections.abc import AsyncIterator

import pytest

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from runtime.embedded.postgres import EmbeddedPostgres
from selection.decision.machine import Report
from selection.register.key_commands import FoundInstallation
from selection.register.state import INSTALLATION
from selection.signing.one_time_code import fingerprint_code
from tests.attacks.test_enrolment_codes import CODE, HERE, Place
from tests.portal.support.acting import EXPERT, DecidingBackend, tell_panel, tell_round
from tests.portal.support.enrolling import enrol_expert
from tests.portal.support.fixtures import app, client, decide
from tests.running.servers import copy_for_test, make_once
from tests.selection.signing.keys import software

__all__ = ["app", "client"]
OWN, OTHER = software(21), software(22)


@pytest.fixture(scope="session")
def signed_template(server: EmbeddedPostgres) -> str:
    """A database from which each test has its own."""
    return make_once(server.url, "signed", "migrated", _tell_once)


async def _tell_once(url: str) -> None:
    ledger = await Ledger.connect(url, role=RECORDER_ROLE)
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
