"""A record that nobody founded: it does not say whether acts must be signed, so that none is decided on it."""

from collections.abc import AsyncIterator

import pytest

from ledger.database.store import RECORDER_ROLE
from ledger.errors import NotFounded
from ledger.record import Ledger
from selection.decision.machine import Report
from selection.register.commands import Registered, RegisterPeople
from selection.register.key_commands import FoundInstallation
from selection.register.state import INSTALLATION
from tests import factories as f
from tests.databases import found_local
from tests.ledger.support.deciding import ROUND, RULES, act, code
from tests.registering import ADMIN

FIRST = RegisterPeople(people=(Registered(person="admin-1", roles={}, identity="0" * 64),))


@pytest.fixture
async def bare(unfounded_url: str) -> AsyncIterator[Ledger]:
    opened = await Ledger.connect(unfounded_url, role=RECORDER_ROLE)
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    ("stream", "command", "actor"),
    [(INSTALLATION, FIRST, ADMIN), (ROUND, f.open_round(RULES), f.OFFICER)],
    ids=["installation", "round"],
)
async def test_on_a_record_that_nobody_founded_no_act_is_decided(
    bare: Ledger, unfounded_url: str, stream: str, command: object, actor: object
) -> None:
    task = act(stream, command, actor)  # type: ignore[arg-type]
    refused = await bare.deciding.decide(stream, task)
    assert (code(refused), refused.receipts, await bare.reading.logs()) == ("not-founded", (), {})
    with pytest.raises(NotFounded, match="selection db found"):
        await bare.keys.get_founding()
    await found_local(unfounded_url)
    assert code(await bare.deciding.decide(stream, task)) != "not-founded"


async def test_an_installation_is_founded_by_the_engine_alone_and_once(bare: Ledger, url: str) -> None:
    founding = FoundInstallation(installation="mine", local=True, code="")
    by_somebody = act(INSTALLATION, founding, ADMIN)
    assert code(await bare.deciding.decide(INSTALLATION, by_somebody)) == "not-founded"
    assert (
        code(await bare.deciding.decide(INSTALLATION, Report(founding, "founding", ADMIN))) == "not-founded"
    )
    assert await bare.reading.logs() == {}
    founded = await Ledger.connect(url, role=RECORDER_ROLE, size=1)
    again = await founded.deciding.decide(INSTALLATION, Report(founding, "founding-2"))
    assert (code(again), await founded.reading.logs()) == ("already-founded", {INSTALLATION: 1})
    await founded.close()
