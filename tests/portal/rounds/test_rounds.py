"""The desk, the boards, the approval page and the acts on a round, as their people use them without scripts."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from html import unescape

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.app import create_app
from portal.pages.rounds import shortlist
from selection.decision.aggregate import leaf_of
from selection.kernel.actor import SYSTEM
from selection.round import events as r
from selection.round.state import RoundState
from selection.streams import aggregate, log_of, round_stream
from tests.portal.conftest import sign_in
from tests.portal.support import deciding
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.browsing import ORIGIN, Browser
from tests.portal.support.deciding import APPROVING, CHOOSING, RELEASED, RETURNED, SHORTLISTING
from tests.reading.streams import DRAWING, UNIT
from tests.selection import story

NAME = "单位"
AMENDING = f"/rounds/{story.ROUND}/amend-form"
BOARD, SHORT = f"/rounds/{CHOOSING}/proposal", f"/rounds/{SHORTLISTING}/shortlist"


@pytest.fixture
async def app(url: str, recorder: Ledger) -> AsyncIterator[Starlette]:
    made = DecidingBackend(url, recorder)
    async with made.open():
        yield create_app(made, ORIGIN)


async def state(recorder: Ledger, round_id: str) -> RoundState:
    snapshot = await recorder.reading.snapshot(round_stream(round_id))
    assert snapshot is not None
    found = aggregate(round_stream(round_id)).load(snapshot.state)
    assert isinstance(found, RoundState)
    return found


async def enter(browser: Browser, recorder: Ledger, person: str) -> None:
    await browser.speak("en")
    await sign_in(browser, recorder, person)


def fields_of(browser: Browser) -> dict[str, str]:
    """What a browser would send of the board that is open, but for its buttons."""
    found = {}
    for tag in re.findall(r"<input [^>]*>", browser.page):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if told.get("type") == "checkbox" and " checked" not in tag:
            continue
        if "name" in told and told["name"] != "form_token":
            found[told["name"]] = unescape(told.get("value", ""))
    for name, text in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', browser.page, re.S):
        found[name] = unescape(text)
    return found


async def press(browser: Browser, path: str, button: str, **changed: str) -> int:
    typed = {**fields_of(browser), **changed, "do": button}
    return (await browser.send(path, typed)).status_code


def list_awaited(browser: Browser) -> list[str]:
    """Of whom each task of the list is awaited."""
    found = re.findall(r'<td data-label="Awaited from">(.*?)</td>', browser.page)
    return [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in found]


async def sign(browser: Browser) -> None:
    [path] = re.findall(r'action="(/acts/[^"]+)"', browser.page)
    await browser.send(path, {})
    assert "Recorded" in browser.text, browser.text


async def test_a_desk_shows_its_round_to_who_oversees_it_alone(browser: Browser, recorder: Ledger) -> None:
    desk = f"/rounds/{story.ROUND}/desk"
    await enter(browser, recorder, "officer-1")
    await browser.open("/rounds")
    assert desk in browser.links
    await browser.open(desk)
    for shown in ("Desk: list issued", "on the issued list: 1", "Where they stand now"):
        assert shown in browser.text
    for picture in ("funnel", "time-line", "loads"):
        assert f'aria-labelledby="{picture}-title {picture}-told"' in browser.page
    assert "style=" not in browser.page
    assert "answer the invitation: 7 open, 7 overdue" in browser.text
    one = f"/rounds/{story.ROUND}/waiting?late=late&role=expert&who=expert-7"
    assert one in browser.links
    await browser.open(one)
    assert list_awaited(browser) == ["expert Nm-expert-7"]
    await browser.open(desk)
    late = f"/rounds/{story.ROUND}/waiting?kind=answer-invitation&role=expert&late=late"
    assert late in browser.links
    await browser.open(late)
    assert "Nm-expert-1" in browser.text
    assert "officer" not in re.findall(r"<td data-label=\"Awaited from\">(\w+)", browser.page)
    await enter(browser, recorder, "approver-1")
    assert (await browser.open(desk)).status_code == 200
    for hidden in ("Quotas", "Who is late", "overdue"):
        assert hidden not in browser.text
    for person in ("agent-1", "expert-1", "stranger-1"):
        await enter(browser, recorder, person)
        for page in ("desk", "waiting", "approval", "proposal", "shortlist", "draw", "amend-form"):
            answer = await browser.open(f"/rounds/{story.ROUND}/{page}")
            assert answer.status_code in (404, 409), (person, page)
            assert "Centre for" not in browser.text
        await browser.open("/")
        assert desk not in browser.links


async def test_who_is_late_is_called_by_name_found_alone_and_noted(
    browser: Browser, recorder: Ledger
) -> None:
    # An id may be spelled like a unit's code, and is nobody's name then.
    await deciding.tell_unconfirmed(recorder, UNIT, f"{UNIT}2", "expert-2")
    await enter(browser, recorder, "officer-1")
    await browser.open(f"/rounds/{story.ROUND}/desk")
    assert "tasks" in {read.what for read in await recorder.read_log.find(story.ROUND)}
    one = f"/rounds/{story.ROUND}/waiting?late=late&role=applicant&who={UNIT}"
    assert one in browser.links
    assert f"{NAME} applicant 1" in browser.text
    assert f"{UNIT}2 applicant 1" in browser.text
    assert " expert-2 applicant 1" in browser.text
    await browser.open(one)
    assert list_awaited(browser) == [f"applicant {NAME}"]
    await browser.open(f"/rounds/{story.ROUND}/waiting?q={NAME}")
    assert list_awaited(browser) == [f"applicant {NAME}"]


VOTE_AND_VERDICT = ("vote 3 : 1 : 0", "survey: confirmed with reservations")


async def test_a_proposal_is_put_together_on_the_board_and_signed(browser: Browser, recorder: Ledger) -> None:
    await deciding.tell_choice(recorder)
    await enter(browser, recorder, "officer-1")
    await browser.open(BOARD)
    assert fields_of(browser)["place.0001"] == "1"
    for told in VOTE_AND_VERDICT:
        assert browser.text.count(told) == deciding.COUNT, told
    # The twelfth goes before the second: two need a reason, and all lack one.
    assert await press(browser, BOARD, "recalculate", **{"place.0012": "1.5", "place.0003": "x"}) == 200
    typed = fields_of(browser)
    assert (typed["place.0012"], typed["place.0002"], typed["place.0003"]) == ("2", "3", "x")
    assert "why.0012" in typed
    assert "Place of 0003" in browser.text
    assert await press(browser, BOARD, "check", **{"place.0003": ""}) == 422
    for told in ("Say why 0001 is proposed", "Say why the ranking or a limit is not followed for 0012"):
        assert told in browser.text
    chosen = {f"place.{number:04}": "" for number in range(1, deciding.COUNT + 1)}
    two = {**chosen, "place.0001": "1", "place.0002": "2", "reason.0001": "The best.", "reason.0002": "Next."}
    assert await press(browser, BOARD, "recalculate", **two) == 200
    assert "2 of 12 places given" in browser.text
    await browser.open(BOARD)
    assert fields_of(browser)["reason.0001"] == "The best."
    assert await press(browser, BOARD, "check") == 200
    for shown in ("Propose centres", "1. Centre for Immersive", "The best."):
        assert shown in browser.text
    await sign(browser)
    assert [item.application for item in (await state(recorder, CHOOSING)).items] == ["0001", "0002"]
    await browser.open(BOARD)
    assert "The proposal was signed and goes on" in browser.text
    assert "places given" not in browser.text
    assert "Check and sign" not in browser.text
    assert f"/rounds/{CHOOSING}/desk" in browser.links


async def test_a_board_saved_in_two_windows_is_overwritten_by_neither(
    browser: Browser, recorder: Ledger
) -> None:
    await deciding.tell_choice(recorder)
    await enter(browser, recorder, "officer-1")
    await browser.open(BOARD)
    first = fields_of(browser)
    assert await press(browser, BOARD, "recalculate", **{"place.0001": ""}) == 200
    for button in ("recalculate", "discard"):
        again = await browser.send(BOARD, {**first, "do": button})
        assert again.status_code == 409
        assert "Changed in another window" in browser.text
    await browser.open(BOARD)
    assert await press(browser, BOARD, "discard") == 200
    assert "The draft is erased" in browser.text
    assert fields_of(browser) == first


async def test_a_shortlist_asks_a_reason_for_each_departure_from_rank(
    browser: Browser, recorder: Ledger
) -> None:
    await deciding.tell_shortlisting(recorder)
    await enter(browser, recorder, "officer-1")
    await browser.open(SHORT)
    typed = {name: text for name, text in fields_of(browser).items() if name != "mark.0002"}
    assert (await browser.send(SHORT, {**typed, "do": "check"})).status_code == 422
    assert "Say why rank is not followed for 0002" in browser.text
    assert await press(browser, SHORT, "discard", **{"why.0002": "To be erased"}) == 200
    assert "The draft is erased" in browser.text
    assert "mark.0002" in fields_of(browser)
    assert (await browser.send(SHORT, {**typed, "version": "0", "do": "check"})).status_code == 422
    assert await press(browser, SHORT, "check", **{"why.0002": "It has moved abroad."}) == 200
    assert "It has moved abroad." in browser.text
    await sign(browser)
    listed = (await state(recorder, SHORTLISTING)).shortlist
    await browser.open(SHORT)
    assert "The shortlist was signed" in browser.text
    assert "Check and sign" not in browser.text
    assert len(listed) == deciding.COUNT - 1
    assert "0002" not in listed


async def test_a_shortlist_is_marked_page_by_page(
    browser: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortlist, "ON_A_PAGE", 5)
    await deciding.tell_shortlisting(recorder)
    await enter(browser, recorder, "officer-1")
    await browser.open(SHORT)
    typed = {name: text for name, text in fields_of(browser).items() if name != "mark.0002"}
    assert len([name for name in typed if name.startswith("mark.")]) == 4
    answer = await browser.send(SHORT, {**typed, "go": "2"})
    assert str(answer.url).endswith(f"{SHORT}?page=2")
    typed = {name: text for name, text in fields_of(browser).items() if name != "mark.0007"}
    assert "mark.0002" not in typed
    # One of another page, which this one did not show, can't be marked from here.
    assert (await browser.send(SHORT, {**typed, "mark.0002": "yes", "do": "check"})).status_code == 422
    # The page of the first fault, and the way to the other one.
    assert "why.0002" in fields_of(browser)
    assert f"{SHORT}?page=2#why.0007" in browser.page
    assert await press(browser, SHORT, "check", **{"why.0002": "It has moved abroad."}) == 422
    assert await press(browser, SHORT, "check", **{"why.0007": "Its host is gone."}) == 200
    for told in ("It has moved abroad.", "Its host is gone."):
        assert told in browser.text
    await sign(browser)
    listed = (await state(recorder, SHORTLISTING)).shortlist
    assert len(listed) == deciding.COUNT - 2
    assert not {"0002", "0007"} & {*listed}


async def test_an_officer_who_is_a_party_is_shown_no_ranking(browser: Browser, recorder: Ledger) -> None:
    await deciding.tell_choice(recorder)
    await deciding.tell_shortlisting(recorder)
    await enter(browser, recorder, deciding.RECUSED)
    for board in (BOARD, SHORT):
        assert (await browser.open(board)).status_code == 409
        assert "Leave it to another officer" in browser.text
        for shown in ("reviewers from", "rank 1"):
            assert shown not in browser.text


async def test_nothing_is_kept_for_who_is_no_officer(browser: Browser, recorder: Ledger) -> None:
    await enter(browser, recorder, "expert-1")
    typed = {"reason.0001": "x", "why.0001": "x", "version": "0", "proposal": "0", "do": "leave"}
    boards = [
        f"/rounds/{of}/{board}" for of in (story.ROUND, "none-1") for board in ("proposal", "shortlist")
    ]
    for path in (*boards, f"/rounds/{DRAWING}/draw", AMENDING):
        await browser.open("/tasks")
        answer = await browser.send(path, {**typed, "secret": "0" * 64, "kept": "yes"})
        assert answer.status_code == 404, path


async def test_why_a_form_changes_is_kept_as_a_draft_without_the_file_and_erased(
    browser: Browser, recorder: Ledger
) -> None:
    await enter(browser, recorder, "officer-1")
    await browser.open(AMENDING)
    first = browser.page
    left = await browser.send(AMENDING, {"reason": "Plainer words", "do": "leave"})
    assert left.json()["version"]
    await browser.open(AMENDING)
    assert ">Plainer words</textarea>" in browser.page
    assert (await browser.send(AMENDING, {"reason": "Plainer words still", "do": "check"})).status_code == 422
    assert "Choose the file" in browser.text
    browser.page = first
    assert (await browser.send(AMENDING, {"reason": "of old", "do": "save"})).status_code == 409
    await browser.open(AMENDING)
    assert "Plainer words still" in browser.page
    await browser.send(AMENDING, {"reason": "Plainer words still", "do": "discard"})
    assert "The draft is erased" in browser.text
    assert "Plainer" not in browser.page


async def test_a_proposal_made_meanwhile_is_not_replaced_unseen(browser: Browser, recorder: Ledger) -> None:
    await deciding.tell_choice(recorder)
    await deciding.tell_issued(recorder, "a-later", "Later batch", days=300)
    await deciding.tell_issued(recorder, "z-trial", "Trial batch", days=400, rehearsal=True)
    await enter(browser, recorder, "officer-1")
    await browser.open(BOARD)
    assert "the list of Later batch" in browser.text
    old = fields_of(browser)
    chosen = {f"place.{number:04}": "" for number in range(2, deciding.COUNT + 1)}
    assert await press(browser, BOARD, "check", **chosen, **{"reason.0001": "The best."}) == 200
    await sign(browser)
    answer = await browser.send(BOARD, {**old, "do": "check"})
    assert answer.status_code == 409
    assert "The proposal has become version 1" in browser.text
    # While it is carried out there is nothing to put together; once it is, the board is that of the next one.
    assert "proposal" not in fields_of(browser)
    done = r.BatchFinished(batch="place-in-proposal/1", touched=deciding.COUNT)
    proposed = await state(recorder, CHOOSING)
    command_id, now = "report/place-in-proposal/1", datetime.now(UTC)
    leaf = leaf_of(done, state=proposed, offset=1, actor=SYSTEM, at=now, command_id=command_id)
    await recorder.record.append(CHOOSING, leaf.stream, [leaf])
    await browser.open(BOARD)
    assert fields_of(browser)["proposal"] == "1"


async def test_a_proposal_sent_back_tells_why_and_counts_nothing_void(
    browser: Browser, recorder: Ledger
) -> None:
    for told in (deciding.tell_return(RETURNED), deciding.tell_release(RELEASED)):
        await recorder.record.append(log_of(told.stream), told.stream, told.leaves)
    await enter(browser, recorder, "approver-1")
    await browser.open(f"/rounds/{RETURNED}/approval")
    assert "canary of send-back-reason" in browser.text
    await browser.open(f"/rounds/{RELEASED}/approval")
    assert "Proposal 2" in browser.text
    assert "no longer proposed" not in browser.text
    for round_id in (RETURNED, RELEASED):
        await browser.open(f"/rounds/{round_id}/approval")
        assert "It has not been recorded yet" in browser.text
        for void in ("canary of integrity-text", "canary of hit-text", "approver-1,"):
            assert void not in browser.text
    await enter(browser, recorder, "officer-1")
    await browser.open(f"/rounds/{RETURNED}/proposal")
    assert "canary of send-back-reason" in browser.text
    await enter(browser, recorder, "admin-1")
    await browser.open(f"/rounds/{RETURNED}/approval")
    assert "There is a proposal" in browser.text
    assert f"/rounds/{RETURNED}/waiting" not in browser.links
    assert (await browser.open(f"/rounds/{RETURNED}/waiting")).status_code == 404


async def test_an_approver_reads_what_changed_and_agrees(browser: Browser, recorder: Ledger) -> None:
    await deciding.tell_approving(recorder)
    await enter(browser, recorder, "approver-1")
    await browser.open("/tasks")
    assert f"/rounds/{APPROVING}/approval" in browser.links
    await browser.open(f"/rounds/{APPROVING}/approval")
    # What each score is, is said beside it; and nothing is said to be decided by who decides nothing.
    assert re.search(r"appraisal [\d.]+ panel [\d.]+", browser.text)
    assert "What you can do here, and what it does" in browser.text
    told = ("was 2", "no longer proposed", "canary of proposal-reason", "canary of deviation")
    for shown in (*told, *VOTE_AND_VERDICT):
        assert shown in browser.text
    act = f"/do/approve/{APPROVING}"
    assert act in browser.links
    await browser.open(act)
    assert f"/rounds/{APPROVING}/approval" in browser.links
    assert await press(browser, act, "check", **{"f.reason": "Well founded."}) == 200
    assert "Well founded." in browser.text
    await sign(browser)
    assert (await state(recorder, APPROVING)).passed == ("department",)
    await browser.open(f"/rounds/{APPROVING}/approval")
    assert act not in browser.links


async def test_what_would_be_refused_is_told_before_it_is_signed(browser: Browser, recorder: Ledger) -> None:
    await deciding.tell_choice(recorder)
    await enter(browser, recorder, "officer-1")
    act = f"/do/cancel-round/{CHOOSING}"
    await browser.open(act)
    assert await press(browser, act, "check") == 422
    early = f"/do/extend-deadline/{SHORTLISTING}"
    await deciding.tell_shortlisting(recorder)
    outage = f"/do/record-outage/{SHORTLISTING}"
    await browser.open(outage)
    typed = {"f.began": "2024-08-28T09:00", "f.ended": "2024-08-28T08:00", "f.reason": "Power"}
    assert await press(browser, outage, "check", **typed) == 422
    assert "As things stand this would be refused" in browser.text
    assert await press(browser, outage, "check", **{**typed, "f.ended": "tomorrow"}) == 422
    assert "Give a day and a time" in browser.text
    assert (await browser.open(early)).status_code == 200
