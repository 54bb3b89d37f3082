"""Whose the numbers of applications are, and what an act is answered that is sent again: on a local installation."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from portal.api.acts import UNUSED_AT_MOST
from portal.app import create_app
from selection.decision.aggregate import leaf_of
from selection.decision.envelope import envelope_of
from selection.decision.machine import Act
from selection.decision.reference import Decision
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.recommendation.commands import Recommend
from selection.recommendation.events import ApplicationRecommended
from selection.register.commands import ReportUnreached
from selection.register.state import INSTALLATION
from selection.streams import aggregate, application_stream, recommender_stream
from starter.client.errors import Pending
from tests.portal.support.acting import EXPERT, DecidingBackend
from tests.portal.support.browsing import ORIGIN, make_link
from tests.portal.support.fixtures import decide
from tests.portal.support.programs import Program, run
from tests.reading.streams import MAIN, STRANGER
from tests.registering import register
from tests.selection import story
from tests.selection.story import Story

NUMBER = MAIN.stream.rsplit("/", 1)[-1]


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    async with decide(url, recorder) as made:
        yield made


@pytest.fixture
async def agent(backend: DecidingBackend, recorder: Ledger) -> AsyncIterator[Program]:
    """The program of who handed in the application that is told, whose acts are decided."""
    async with run(create_app(backend, ORIGIN), "agent-1") as program:
        yield await program.sign_in_by_link(await make_link(recorder))


@pytest.fixture
async def applicant(backend: DecidingBackend, recorder: Ledger) -> AsyncIterator[Program]:
    """The program of an applicant who handed nothing in yet."""
    identity = Identity(name="Synthetic Applicant", mail="applicant@synthetic.example")
    person = NewPerson(
        person="applicant-7", roles={Role.APPLICANT: ()}, employer="99SYNTHUNIT", identity=identity
    )
    await register(recorder, [person], command_id="applicant")
    async with run(create_app(backend, ORIGIN), "applicant-7") as program:
        yield await program.sign_in_by_link(await make_link(recorder))


NEW = f"/acts/application/{story.ROUND}"


async def submitting(program: Program) -> dict[str, Any]:
    text = await program.store(json.dumps({"a": 1}), story.ROUND)
    submission = {
        "field": "f",
        "region": "CN-BJ",
        "priority": "",
        "host": {"code": "99SYNTHX", "kind": "university", "region": "CN-BJ"},
        "form_version": "1",
        "form": text,
        "pledge": text,
    }
    return {"role": "applicant", "command": {"kind": "submit", "submission": submission}}


async def test_a_round_gives_a_new_application_the_same_number_for_the_same_id(
    applicant: Program, backend: DecidingBackend
) -> None:
    body = await submitting(applicant)
    for command_id in ("new-1", "new-1", "new-2"):
        refused = await applicant.post(NEW, body, **{"Idempotency-Key": command_id})
        assert refused.status_code == 409, refused.text
    # What the record holds already is not sent again.
    first, second = [envelope.stream for envelope in (await backend.client()).sent]
    assert first != second
    nowhere = await applicant.post("/acts/application/nowhere", body, **{"Idempotency-Key": "x"})
    assert nowhere.status_code == 404


async def test_nobody_takes_a_number_of_their_choice(
    agent: Program, backend: DecidingBackend, recorder: Ledger
) -> None:
    body = await submitting(agent)
    async with run(create_app(backend, ORIGIN), STRANGER) as other:
        await other.sign_in_by_link(await make_link(recorder))
        mine = application_stream(story.ROUND, NUMBER)
        for program, number in ((agent, "0043"), (agent, "zzz"), (other, "0043"), (other, NUMBER)):
            squatted = await program.post(f"{NEW}/{number}", body, **{"Idempotency-Key": "squat"})
            assert (squatted.status_code, squatted.json()["code"]) == (404, "hidden"), number
        assert (await backend.client()).sent == []
        assert await recorder.reading.snapshot(application_stream(story.ROUND, "0043")) is None
    # A later version of an application that is theirs goes to the core.
    assert (await agent.post(f"{NEW}/{NUMBER}", body, **{"Idempotency-Key": "later"})).status_code == 409
    assert [envelope.stream for envelope in (await backend.client()).sent] == [mine]


async def test_numbers_are_for_applicants_and_few_wait_for_a_signature(
    applicant: Program, backend: DecidingBackend, recorder: Ledger
) -> None:
    body = await submitting(applicant)
    client, numbers = await backend.client(), recorder.numbers
    async with run(create_app(backend, ORIGIN), EXPERT) as program:
        await program.sign_in_by_link(await make_link(recorder))
        refused = await program.post(NEW, body, **{"Idempotency-Key": "not-mine"})
        assert (refused.status_code, refused.json()["code"]) == (409, "not-entitled")
        assert await numbers.list_numbered(story.ROUND, EXPERT, "") == []
    for count in range(UNUSED_AT_MOST):
        await numbers.application_number(story.ROUND, "applicant-7", f"unused-{count}")
    flood = await applicant.post(NEW, body, **{"Idempotency-Key": "one-more"})
    assert (flood.status_code, flood.json()["code"]) == (409, "numbers-unused")
    assert client.sent == []
    assert await numbers.list_numbered(story.ROUND, "applicant-7", "one-more") == []
    # Under an id that has a number, that is used.
    for command_id in ("unused-3", "one-more"):
        used = await applicant.post(NEW, body, **{"Idempotency-Key": command_id})
        assert used.json()["code"] != "numbers-unused"


async def test_an_act_that_reached_no_stream_is_refused_the_same_when_it_is_sent_again(
    agent: Program, recorder: Ledger
) -> None:
    reported = ReportUnreached(target="application/x/0001", act="withdraw", code="ended", params={})
    actor = Actor(person="agent-1", role=Role.APPLICANT)
    envelope = envelope_of(INSTALLATION, reported, actor, "late-1")
    assert (await recorder.deciding.decide(INSTALLATION, Act(envelope))).refused is None
    body = {"role": "applicant", "command": {"kind": "withdraw"}}
    again = await agent.post(f"{NEW}/{NUMBER}", body, **{"Idempotency-Key": "late-1"})
    assert again.status_code == 409
    assert again.json()["code"] != "command-reused", again.text


async def test_what_an_application_may_still_refuse_is_pending_when_it_is_sent_again(
    backend: DecidingBackend, recorder: Ledger
) -> None:
    client, number = await backend.client(), "0099"
    stream, bid = recommender_stream(story.ROUND, "prov-late"), application_stream(story.ROUND, number)
    asked = envelope_of(stream, Recommend(application=number, revision=2), story.RECOMMENDER, "recommend-1")
    event = ApplicationRecommended(
        round=story.ROUND,
        rules_hash="0" * 64,
        unit="prov-late",
        quota=2,
        application=number,
        revision=2,
        agent=story.RECOMMENDER.person,
    )
    leaf = leaf_of(
        event,
        state=aggregate(stream).initial(stream),
        offset=1,
        actor=story.RECOMMENDER,
        at=story.START,
        command_id="recommend-1",
        command_hash=asked.digest,
    )
    await recorder.record.append(story.ROUND, stream, [leaf])
    with pytest.raises(Pending):
        await client.find_answer(asked)
    told = Story(bid).tell(story.AGENT, story.make_application_submitted(1))
    taken = leaf_of(
        story.make_recommendation(1),
        state=told.state,
        offset=1,
        actor=SYSTEM,
        at=story.START,
        command_id=Decision(stream=stream, version=1).command_id,
    )
    await recorder.record.append(story.ROUND, told.stream, [*told.leaves, taken])
    receipt = await client.find_answer(asked)
    assert receipt is not None
    assert receipt.stream == stream
