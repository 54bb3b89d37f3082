"""What programs read is what the read service gives their person; and who they are, no cookie says."""

from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.api.routes import describe_all
from portal.app import create_app
from portal.guard.cookies import SESSION
from reading.access.authentication import Entrance, LocalAssertion
from reading.errors import Hidden
from reading.service import ReadService
from selection.streams import application_stream
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import EXPERT, PLACE, DecidingBackend, tell_panel
from tests.portal.support.browsing import ORIGIN, make_link
from tests.portal.support.programs import API, Program, run
from tests.reading.streams import MAIN, STRANGER
from tests.selection import story

NUMBER = MAIN.stream.rsplit("/", 1)[-1]
REVIEWED = "0008"
HERE = f"/applications/{story.ROUND}/{NUMBER}"
PEOPLE = ("officer-1", EXPERT, STRANGER)


@pytest.fixture
async def programs(app: Starlette, recorder: Ledger) -> AsyncIterator[dict[str, Program]]:
    """Programs of several people of a local installation."""
    async with AsyncExitStack() as opened:
        found = {}
        for person in PEOPLE:
            program = await opened.enter_async_context(run(app, person))
            found[person] = await program.sign_in_by_link(await make_link(recorder))
        yield found


async def read(reads: ReadService, entrance: Entrance, person: str) -> dict[str, Any]:
    """What the read service gives a person, by the path at which the API does."""
    subject = await entrance.admit(LocalAssertion(person=person, session="test"))
    round_id, stream = story.ROUND, application_stream(story.ROUND, NUMBER)
    beside, other = HERE.replace(NUMBER, REVIEWED), application_stream(story.ROUND, REVIEWED)
    asked: dict[str, Awaitable[Any]] = {
        "/tasks": reads.tasks.list_open(subject),
        "/rounds": reads.rounds.list_rounds(subject),
        f"/rounds/{round_id}": reads.rounds.get_progress(subject, round_id),
        f"/rounds/{round_id}/applications": reads.applications.list_of_round(subject, round_id),
        HERE: reads.applications.get(subject, stream),
        f"{HERE}/timeline": reads.applications.list_timeline(subject, stream),
        beside: reads.applications.get(subject, other),
        f"{beside}/timeline": reads.applications.list_timeline(subject, other),
        "/receipts": reads.receipts.list_acts(subject, 1_000),
    }
    found: dict[str, Any] = {}
    for path, reading in asked.items():
        try:
            answer = await reading
        except Hidden:
            found[path] = None
            continue
        found[path] = (
            [item.model_dump(mode="json", exclude_unset=True) for item in answer]
            if isinstance(answer, tuple)
            else answer.model_dump(mode="json", exclude_unset=True)
        )
    return found


async def test_each_program_reads_what_the_read_service_gives_its_person(
    programs: dict[str, Program], recorder: Ledger
) -> None:
    reads, entrance = ReadService(recorder), Entrance(recorder.people, recorder.keys)
    hidden = 0
    for person, program in programs.items():
        for path, expected in (await read(reads, entrance, person)).items():
            answer = await program.get(f"{path}?size=200" if isinstance(expected, list) else path)
            if expected is None:
                hidden += 1
                assert (answer.status_code, answer.json()["code"]) == (404, "hidden"), (person, path)
                continue
            told = answer.json()
            assert (told["items"] if isinstance(expected, list) else told) == expected, (person, path)
            fits(
                path.replace(story.ROUND, "{round}")
                .replace(NUMBER, "{number}")
                .replace(REVIEWED, "{number}"),
                told,
            )
    assert hidden > 1


def fits(path: str, told: Any) -> None:
    """See that an answer is as the description says."""
    document = describe_all()
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator({**schema, "components": document["components"]}).validate(told)


async def test_lists_are_cut_into_pages_and_filtered(programs: dict[str, Program]) -> None:
    path = f"/rounds/{story.ROUND}/applications"
    officer = programs["officer-1"]
    whole = (await officer.get(path)).json()
    one = (await officer.get(f"{path}?size=1&page=2")).json()
    assert whole["total"] == one["total"] == one["pages"] > 1
    assert one["items"] == whole["items"][1:2]
    stage = whole["items"][0]["stage"]
    kept = (await officer.get(f"{path}?stage={stage}")).json()["items"]
    assert kept == [item for item in whole["items"] if item["stage"] == stage]
    assert (await officer.get(f"{path}?page=99")).json()["items"] == []
    for odd in ("page=0", "size=201", "page=x", "page=" + "9" * 400, "typed=by-somebody"):
        answer = await officer.get(f"{path}?{odd}")
        assert (answer.status_code, answer.json()["code"]) == (400, "query-unfit")
        assert "typed" not in answer.text


async def test_what_is_public_needs_no_token(app: Starlette) -> None:
    async with run(app, "nobody") as program:
        rounds = (await program.get("/public/rounds")).json()["items"]
        assert story.ROUND in [item["round"] for item in rounds]
        call = (await program.get(f"/public/rounds/{story.ROUND}")).json()
        fits("/public/rounds/{round}", call)
        noticed = (await program.get(f"/public/rounds/{story.ROUND}/notice")).json()
        issued = (await program.get(f"/public/rounds/{story.ROUND}/list")).json()
        assert NUMBER in [item["number"] for item in noticed["items"]]
        assert [item["place"] for item in issued["items"]] == [1]
        assert (await program.get("/public/rounds/nowhere")).json()["code"] == "hidden"
        for path in ("/tasks", "/session", "/rounds", HERE):
            answer = await program.get(path)
            assert (answer.status_code, answer.json()["code"]) == (401, "token-needed")
            assert answer.headers["www-authenticate"] == "Bearer"


async def test_no_cookie_opens_the_api_and_no_token_a_page(
    app: Starlette, programs: dict[str, Program], recorder: Ledger
) -> None:
    async with browse(app) as browser:
        await sign_in(browser, recorder, "officer-1")
        cookie = browser.client.cookies[SESSION]
        assert (await browser.client.get(f"{API}/tasks")).status_code == 401
        bearer = {"Authorization": f"Bearer {cookie}"}
        assert (await browser.client.get(f"{API}/tasks", headers=bearer)).status_code == 401
    token = programs["officer-1"].headers["Authorization"].partition(" ")[2]
    async with browse(app) as browser:
        for held, status in ((cookie, 200), (token, 303)):
            shown = await browser.client.get("/tasks", headers={"Cookie": f"{SESSION}={held}"})
            assert shown.status_code == status


async def test_a_session_says_whose_it_is_and_ends(programs: dict[str, Program]) -> None:
    program = programs["officer-1"]
    told = (await program.get("/session")).json()
    assert (told["person"], told["means"]) == ("officer-1", "local")
    ended = await program.client.delete(f"{API}/session", headers=program.headers)
    assert (ended.status_code, ended.content) == (204, b"")
    assert (await program.get("/session")).status_code == 401


async def test_on_a_local_installation_an_act_counts_without_a_signature(url: str, recorder: Ledger) -> None:
    await tell_panel(recorder)
    backend = DecidingBackend(url, recorder)
    async with backend.open(), run(create_app(backend, ORIGIN), EXPERT) as program:
        await program.sign_in_by_link(await make_link(recorder))
        body = {"role": "expert", "command": {"kind": "decline-invitation"}}
        done = await program.post(f"/acts/application/{PLACE}", body, **{"Idempotency-Key": "once"})
        assert done.status_code == 201, done.text
        # Nobody acts as another: whose act it is, the token says.
        again = {**body, "person": "expert-2"}
        assert (
            await program.post(f"/acts/application/{PLACE}", again, **{"Idempotency-Key": "b"})
        ).status_code == 422
