"""In which order a desk lists what it counts."""

import pytest

from ledger.log.reading import Reading
from ledger.record import Ledger
from reading.service import ReadService
from selection.kernel.stages import Outcome
from tests.reading.functions import as_person
from tests.selection.story import ROUND


async def test_a_desk_counts_outcomes_in_the_order_in_which_they_can_come(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_code = dict.fromkeys(sorted(outcome.value for outcome in Outcome), 1)

    async def count(*_: object) -> dict[str, int]:
        return by_code

    monkeypatch.setattr(Reading, "outcomes", count)
    desk = await ReadService(ledger).desks.get(await as_person(ledger, "auditor-1"), ROUND)
    assert [*desk.outcomes] == [outcome.value for outcome in Outcome] != [*by_code]
