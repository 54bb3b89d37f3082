"""The quota board of a recommending unit, as who acts for it keeps the list without scripts."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from selection.decision.aggregate import leaf_of
from selection.kernel.actor import SYSTEM, Role
from selection.recommendation.events import ListClosed
from selection.recommendation.state import ListState
from selection.streams import aggregate, application_stream, log_of, recommender_stream
from tests.portal.conftest import sign_in
from tests.portal.rounds.test_rounds import sign
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.applying import ROUND, tell_open_round
from tests.portal.support.browsing import Browser
from tests.portal.support.checking import NAMES
from tests.portal.support.fixtures import app, client, decide
from tests.portal.support.sheets import Typed, fill_in
from tests.registering import register
from tests.selection import story
from tests.selection.story import Story

__all__ = ["app", "client"]
UNIT, PERSON, OF_TWO = "bj", "recommender-9", "recommender-7"
HERE = f"/rounds/{ROUND}/list/{UNIT}"
NUMBERS = tuple(NAMES)


async def tell_submitted(recorder: Ledger) -> None:
    """Record applications of the open round that may be recommended, and register who recommends for two units."""
    identity = Identity(name="Synthetic Recommender", mail="recommender@synthetic.example")
    people = [
        NewPerson(person=PERSON, roles={Role.RECOMMENDER: (UNIT,)}, employer="e-1", identity=identity),
        NewPerson(
            person="recommender-8", roles={Role.RECOMMENDER: ("tj",)}, employer="e-1", identity=identity
        ),
        NewPerson(person=OF_TWO, roles={Role.RECOMMENDER: ("sh", UNIT)}, employer="e-1", identity=identity),
    ]
    await register(recorder, people, command_id="recommenders")
    for number, (english, chinese) in NAMES.items():
        handed_in = story.make_application_submitted(1)
        submission = handed_in.submission.with_(name_en=english, name_zh=chinese)
        told = Story(application_stream(ROUND, number))
        told.tell(story.AGENT, handed_in.with_(round=ROUND, submission=submission))
        await recorder.record.append(log_of(told.stream), told.stream, told.leaves)


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    await tell_open_round(recorder)
    await tell_submitted(recorder)
    async with decide(url, recorder) as made:
        yield made


async def read_list(recorder: Ledger) -> ListState:
    stream = recommender_stream(ROUND, UNIT)
    snapshot = await recorder.reading.snapshot(stream)
    assert snapshot is not None
    found = aggregate(stream).load(snapshot.state)
    assert isinstance(found, ListState)
    return found


async def recommend(browser: Browser, number: str) -> None:
    path = f"/do/recommend/{ROUND}/{number}"
    assert await fill_in(browser, path, {"a.checked": "papers", "a.opinion_note": "Sound"}) == 200, (
        browser.text
    )
    await sign(browser)


async def test_a_unit_keeps_its_list_from_its_board(browser: Browser, recorder: Ledger) -> None:
    await browser.speak("en")
    await sign_in(browser, recorder, PERSON)
    await browser.open(f"/rounds/{ROUND}")
    assert HERE in browser.links
    await browser.open("/do")
    assert HERE in browser.links
    await browser.open(HERE)
    assert "2 of 2 places left" in browser.text
    for number in NUMBERS:
        assert f"/do/recommend/{ROUND}/{number}" in browser.links
    for number in NUMBERS[:2]:
        await recommend(browser, number)
    await browser.open(HERE)
    assert "0 of 2 places left" in browser.text
    assert browser.text.count("quota of 2 is used up; withdraw one") >= 2
    assert not [link for link in browser.links if link.startswith(f"/do/recommend/{ROUND}")]
    assert "was put on the recommendation list" in browser.text
    assert [item.application for item in (await read_list(recorder)).listed] == list(NUMBERS[:2])


async def test_the_order_is_changed_and_a_place_is_freed(browser: Browser, recorder: Ledger) -> None:
    await browser.speak("en")
    await sign_in(browser, recorder, PERSON)
    for number in NUMBERS[:2]:
        await recommend(browser, number)
    await browser.open(HERE)
    rank = f"/do/rank-recommendations/{ROUND}/{UNIT}"
    assert rank in browser.links
    order: Typed = {f"f.order.{NUMBERS[0]}": "2", f"f.order.{NUMBERS[1]}": "1"}
    assert await fill_in(browser, rank, order) == 200, browser.text
    await sign(browser)
    assert [item.application for item in (await read_list(recorder)).listed] == [NUMBERS[1], NUMBERS[0]]


async def test_from_a_board_one_acts_for_its_unit_though_one_acts_for_others_too(
    browser: Browser, recorder: Ledger
) -> None:
    await browser.speak("en")
    await sign_in(browser, recorder, OF_TWO)
    await browser.open(HERE)
    way = f"/do/recommend/{ROUND}/{NUMBERS[0]}?unit={UNIT}"
    assert way in browser.links
    assert await fill_in(browser, way, {"a.checked": "papers", "a.opinion_note": "Sound"}) == 200
    await sign(browser)
    assert [item.application for item in (await read_list(recorder)).listed] == [NUMBERS[0]]
    await browser.open(HERE)
    assert f"/do/withdraw-recommendation/{ROUND}/{NUMBERS[0]}?unit={UNIT}" in browser.links


async def test_a_board_is_for_who_acts_for_the_unit_alone(browser: Browser, recorder: Ledger) -> None:
    await browser.speak("en")
    for person in ("recommender-8", "officer-1", "agent-1", "stranger-1"):
        await sign_in(browser, recorder, person)
        assert (await browser.open(HERE)).status_code == 404
        assert "Stage Machinery" not in browser.text
        assert (await browser.open(f"/rounds/{ROUND}")).status_code == 200
        assert HERE not in browser.links
    await sign_in(browser, recorder, PERSON)
    assert (await browser.open(f"/rounds/{ROUND}/list/no-such-unit")).status_code == 404


async def test_a_task_of_the_unit_leads_to_its_board_while_something_waits(
    browser: Browser, recorder: Ledger
) -> None:
    await browser.speak("en")
    await sign_in(browser, recorder, PERSON)
    await browser.open("/tasks")
    assert "look at the applications, and recommend within the quota" in browser.text
    assert HERE in browser.links
    await browser.open("/tasks?lang=zh")
    assert "审阅申报并在名额内推荐" in browser.text
    for number in NUMBERS[:2]:
        await recommend(browser, number)
    await browser.open("/tasks")
    assert HERE not in browser.links


async def test_a_closed_list_offers_nothing_and_tells_how_many_places_were_used(
    browser: Browser, recorder: Ledger
) -> None:
    await browser.speak("en")
    await sign_in(browser, recorder, PERSON)
    for number in NUMBERS[:2]:
        await recommend(browser, number)
    await browser.open(HERE)
    assert "May be recommended" in browser.text
    assert browser.text.count("What you can do") == 2
    last, at = await read_list(recorder), datetime.now(UTC)
    closed = leaf_of(ListClosed(deadline=at), state=last, offset=1, actor=SYSTEM, at=at, command_id="closing")
    await recorder.record.append(ROUND, closed.stream, [closed])
    await browser.open(HERE)
    assert "The list is closed; 2 of 2 places used." in browser.text
    for open_only in (
        "May be recommended",
        "What you can do",
        "places left",
        "Change the order",
        'class="share',
    ):
        assert open_only not in browser.page
    assert not [link for link in browser.links if link.startswith("/do/") and ROUND in link]
    await browser.open(f"{HERE}?lang=zh")
    assert "名单已截止，已用名额 2/2 个。" in browser.text
