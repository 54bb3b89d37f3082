"""A place on a list belongs to an application that took the recommendation."""

import pytest

from selection.recommendation.decide import Recommend
from selection.refusals import Refused
from tests import factories as f
from tests.workflows.histories import compare_with_record
from tests.workflows.installation import Installation, application, unit_list

UNIT = unit_list("unit-1")
AGENT = f.actor("recommender-2")


async def test_a_place_held_for_an_application_that_never_came_is_free_again(
    open_place: Installation,
) -> None:
    ghost = Recommend(application="0009", revision=1)
    with pytest.raises(Refused, match="ended"):
        await open_place.client.act(UNIT, ghost, actor=AGENT, command_id="ghost-1")
    assert await open_place.types(UNIT) == ["list.recommended", "list.freed", "act.refused"]
    # The unit's quota is one.
    await open_place.client.act(application(1), f.submit(), actor=f.APPLICANT)
    await open_place.client.act(UNIT, Recommend(application="0001", revision=1), actor=AGENT)
    assert (await open_place.state(application(1))).unit == "unit-1"
    await compare_with_record(open_place, UNIT)
