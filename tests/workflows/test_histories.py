"""A history and the record say the same, and a record that says something else is noticed."""

import pytest
from temporalio.client import WorkflowHistory

from audit.claims import Verdict
from selection.application import commands as c
from selection.recommendation.commands import Recommend
from selection.refusals import Refused
from tests import factories as f
from tests.workflows import histories
from tests.workflows.installation import ROUND, Installation, application, slip_in, unit_list


async def test_every_leaf_of_a_history_is_in_the_record_and_the_other_way_round(
    open_place: Installation,
) -> None:
    stream = application(1)
    await open_place.client.act(stream, f.submit(), actor=f.APPLICANT)
    await open_place.client.act(
        unit_list("bj"), Recommend(application="0001", revision=1), actor=f.RECOMMENDER
    )
    with pytest.raises(Refused, match="wrong-stage"):
        await open_place.client.act(stream, c.PassCheck(revision=1), actor=f.OFFICER)
    assert await histories.compare_all(open_place) == {ROUND: 1, stream: 3, unit_list("bj"): 1}


async def test_an_entry_that_no_history_holds_is_noticed(open_place: Installation) -> None:
    stream = application(1)
    await open_place.client.act(stream, f.submit(), actor=f.APPLICANT)
    await histories.compare_with_record(open_place, stream)
    await slip_in(open_place, stream)
    with pytest.raises(AssertionError, match="beyond-archive"):
        await histories.compare_with_record(open_place, stream)


async def test_a_history_that_another_workflow_made_is_noticed(open_place: Installation) -> None:
    """Streams wait alike, so another's events may replay; what they were answered is not in this stream."""
    await open_place.client.act(application(1), f.submit(), actor=f.APPLICANT)
    [history] = await histories.histories_of(open_place, application(1))
    [opened] = await histories.histories_of(open_place, ROUND)
    mixed = WorkflowHistory(history.workflow_id, [*history.events[:1], *opened.events[1:]])
    entries = await open_place.ledger.reading.stream_entries(application(1))
    claims = await histories.claims_about(application(1), [mixed], entries)
    [matched] = [claim for claim in claims if claim.code == "entries-matched"]
    assert (matched.verdict, matched.finding) == (Verdict.REFUTED, "entry-differs")
