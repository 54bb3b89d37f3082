"""The record decides: what a workflow asks of it, end to end."""

from datetime import timedelta

import pytest

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from tests import factories as f
from tests.workflows.support.installation import ROUND, Installation, application, unit_list

UNIT = unit_list("unit-1")
AGENT = f.actor("recommender-2")


async def test_an_act_is_decided_recorded_and_answered_as_before(open_place: Installation) -> None:
    stream, client = application(1), open_place.client
    receipt = await client.act(stream, f.submit(), actor=f.APPLICANT, command_id="first")
    assert (receipt.version, receipt.command_id) == (1, "first")
    assert await client.act(stream, f.submit(), actor=f.APPLICANT, command_id="first") == receipt
    assert await open_place.types(stream) == ["application.submitted"]


async def test_a_place_held_for_nobody_is_freed(open_place: Installation) -> None:
    with pytest.raises(Refused, match=r"unknown-application|ended"):
        await open_place.client.act(
            UNIT, Recommend(application="0009", revision=1), actor=AGENT, command_id="ghost-1"
        )
    assert await open_place.types(UNIT) == ["list.recommended", "list.freed", "act.refused"]
    with pytest.raises(Refused, match=r"unknown-application|ended"):
        await open_place.client.act(
            UNIT, Recommend(application="0009", revision=1), actor=AGENT, command_id="ghost-1"
        )
    await open_place.client.act(application(1), f.submit(), actor=f.APPLICANT)
    await open_place.client.act(UNIT, Recommend(application="0001", revision=1), actor=AGENT)
    assert (await open_place.state(application(1))).unit == "unit-1"


async def test_a_deadline_is_settled_by_its_timer(open_place: Installation) -> None:
    stream = application(1)
    await open_place.client.act(stream, f.submit(), actor=f.APPLICANT)
    await open_place.move(open_place.deadline("recommendation") + timedelta(hours=1), stream)
    assert await open_place.types(stream) == ["application.submitted", "application.lapsed"]


async def test_a_workflow_comes_back_for_a_request_for_review_and_ends_with_its_decision(
    open_place: Installation,
) -> None:
    stream, client = application(1), open_place.client
    await client.act(stream, f.submit(), actor=f.APPLICANT)
    reported = c.ReportFraud(text=f.ref("report"), evidence=(f.ref("evidence"),))
    await client.act(stream, reported, actor=f.OFFICER)
    await client.act(stream, c.RuleOnFraud(upheld=True, text=f.ref()), actor=f.SUPERVISOR)
    assert await open_place.handle(stream).result() == "ruled-out"
    with pytest.raises(Refused, match="not-entitled"):
        await client.act(stream, f.request_review(), actor=f.actor("applicant-2"))
    with pytest.raises(Refused, match=r"unknown-application|not-entitled"):
        await client.act(application(9), f.request_review(), actor=f.APPLICANT)
    await client.act(stream, f.request_review(), actor=f.APPLICANT)
    people = ("examiner-1", "examiner-2")
    appointed = c.AppointDeciders(ground="conflict-overlooked", deciders=people)
    await client.act(stream, appointed, actor=f.OFFICER)
    for person in people:
        await client.act(stream, f.rule_on_request(""), actor=f.actor(person, Role.EXAMINER))
    assert await open_place.handle(stream).result() == "ruled-out"
    assert (await open_place.state(stream)).requests["conflict-overlooked"].outcome == "dismissed"
    with pytest.raises(Refused, match="ended"):
        await client.act(stream, appointed, actor=f.OFFICER)


async def test_a_workflow_comes_back_for_a_check_that_failed_and_goes_on(open_place: Installation) -> None:
    stream, client = application(1), open_place.client
    other, reverse = f.OPENER, c.ReverseDecision(decision="check", text=f.ref("why"))
    await client.act(stream, f.submit(), actor=f.APPLICANT)
    await client.act(UNIT, Recommend(application="0001", revision=1), actor=AGENT)
    await open_place.move(open_place.deadline("recommendation") + timedelta(hours=1), stream, ROUND)
    failed = c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref())
    await client.act(stream, failed, actor=f.OFFICER)
    assert await open_place.handle(stream).result() == "ineligible"
    await client.act(stream, reverse, actor=other)
    # What one of them entered keeps no workflow: it waits in the record.
    assert await open_place.handle(stream).result() == "ineligible"
    await client.act(stream, reverse, actor=f.SUPERVISOR)
    await client.act(stream, c.PassCheck(revision=1), actor=other)
    assert (await open_place.state(stream)).stage == "eligible"
