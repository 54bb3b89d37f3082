"""An expert's acts in pages: prepared, shown, sent once, and by nobody else."""

import re
from collections.abc import AsyncIterator

import psycopg
import pytest
from starlette.applications import Starlette

from ledger.errors import RecordUnavailable
from ledger.record import Ledger
from reading.receipts import ReceiptReads
from selection.refusals.refused import Refused
from starter.client.errors import ActMissing, Broken, Pending
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import (
    EXPERT,
    NUMBER,
    PLACE,
    STREAM,
    DecidingBackend,
    DecidingClient,
    tell_panel,
)
from tests.portal.support.browsing import OWN, Browser
from tests.portal.support.fixtures import app, client, decide, state_of
from tests.portal.support.reviewing import SOUND
from tests.selection import story

__all__ = ["app", "client"]
INVITATION = f"/invitations/{PLACE}"
REVIEW = f"/reviews/{PLACE}"
ACCEPT = {"answer": "accept", "pledge": "yes"}


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    await tell_panel(recorder)
    async with decide(url, recorder) as made:
        yield made


@pytest.fixture
async def page(browser: Browser, recorder: Ledger) -> Browser:
    """The expert's browser, signed in, in English."""
    await browser.speak("en")
    await sign_in(browser, recorder, EXPERT)
    return browser


async def accept(page: Browser) -> str:
    """Prepare the acceptance and return the path of the act."""
    await page.open(INVITATION)
    shown = await page.send(INVITATION, ACCEPT)
    assert shown.status_code == 200, page.text
    return shown.url.path


async def begin_review(page: Browser) -> None:
    await page.send(await accept(page), {})
    await page.open(REVIEW)


def version_in(page: Browser) -> str:
    (found,) = re.findall(r'name="version" value="(\d+)"', page.page)
    return str(found)


async def test_a_task_leads_to_its_page_and_through_the_review_to_the_next(
    page: Browser, recorder: Ledger
) -> None:
    await tell_panel(recorder, "0043")
    await page.open("/tasks")
    assert INVITATION in page.links
    path = await accept(page)
    assert re.fullmatch(r"/acts/[0-9a-f-]{36}", path)
    for shown in ("Accept the invitation to review", "I accept the review of application", PLACE):
        assert shown in page.text
    assert (await state_of(recorder, STREAM)).seats[0].status == "invited"
    receipt = await page.send(path, {})
    assert receipt.url.path == f"{path}/done"
    assert "Recorded" in page.text
    assert (await state_of(recorder, STREAM)).seats[0].status == "accepted"
    assert [link for link in page.links if link.startswith(("/invitations/", "/reviews/"))]
    assert re.search(r"Centre for [\w ]+ · \d{4} · [\w ]+ · Until", page.text)
    done = page.page
    [receipt_of] = [link for link in page.links if link.startswith("/receipts/")]
    await page.open(receipt_of)
    # What programs need is folded away.
    for shown in (done, page.page):
        before, _, folded = shown.partition("<summary>For programs and checks</summary>")
        for word in ("Id of the act", "Log", "Place in the log", "Hash of the entry"):
            assert f"<dt>{word}</dt>" in folded
            assert f"<dt>{word}</dt>" not in before
    await page.open(REVIEW)
    checked = await page.send(REVIEW, SOUND)
    assert checked.status_code == 200, page.text
    for shown in ("Submit the review", "Comment on positioning", "(for the applicant)", "80 / 100"):
        assert shown in page.text
    await page.send(checked.url.path, {})
    (review,) = (await state_of(recorder, STREAM)).reviews
    assert review.total == 80
    assert [link for link in page.links if link.startswith("/invitations/")]
    assert (await page.open(REVIEW)).status_code == 404


async def test_every_fault_of_an_answer_is_told_at_once(page: Browser, recorder: Ledger) -> None:
    await page.open(INVITATION)
    for typed, told in (
        ({}, "Choose one of the three answers"),
        ({"answer": "accept"}, "To accept, give the pledge"),
        ({"answer": "conflict"}, "Say which conflict"),
        ({"answer": "decline", "text": "x" * 5001}, "Shorten the text"),
    ):
        assert (await page.send(INVITATION, typed)).status_code == 422
        assert told in page.text
    assert (await state_of(recorder, STREAM)).seats[0].status == "invited"


async def test_an_answer_is_kept_as_a_draft_until_it_is_erased_or_signed(page: Browser) -> None:
    await page.open(INVITATION)
    assert re.search(r'<details id="discard" hidden>', page.page)
    first, typed = page.page, {"answer": "conflict", "text": "We share <a> patent", "do": "leave"}
    version = (await page.send(INVITATION, typed)).json()["version"]
    await page.open(INVITATION)
    for kept in (
        'value="conflict" checked',
        "We share &lt;a&gt; patent",
        f'name="version" value="{version}"',
    ):
        assert kept in page.page
    # A window that is behind saves, signs and erases nothing.
    for do in ("leave", "save", "check", "discard"):
        page.page = first
        assert (await page.send(INVITATION, {**typed, "text": "of old", "do": do})).status_code == 409
    assert "of old" in page.page
    assert "another window" in page.text
    await page.open(INVITATION)
    erased = await page.send(INVITATION, {**typed, "do": "discard"})
    assert erased.status_code == 200
    assert "The draft is erased" in page.text
    assert "&lt;a&gt; patent" not in page.page
    saved = await page.send(INVITATION, {**typed, "do": "save"})
    assert saved.url.query == b"saved=1"
    assert "The draft is saved" in page.text
    shown = await page.send(INVITATION, {**typed, "do": "check"})
    await page.send(shown.url.path, {})
    assert "Recorded" in page.text


@pytest.mark.parametrize(
    ("answer", "event"), [("decline", "panel.seat-vacated.v1"), ("conflict", "conflict.declared.v1")]
)
async def test_an_invitation_is_declined_or_answered_with_a_conflict(
    page: Browser, recorder: Ledger, answer: str, event: str
) -> None:
    await page.open(INVITATION)
    shown = await page.send(INVITATION, {"answer": answer, "text": "We share a patent"})
    assert "We share a patent" in page.text
    await page.send(shown.url.path, {})
    assert "Recorded" in page.text
    assert event in [entry.leaf.type for entry in await recorder.reading.stream_entries(STREAM)]


async def test_an_act_sent_again_is_done_once(page: Browser, recorder: Ledger) -> None:
    path = await accept(page)
    check = page.page
    before = await recorder.reading.head(story.ROUND)
    for _ in range(3):
        page.page = check
        assert (await page.send(path, {})).url.path.endswith("/done")
    assert await recorder.reading.head(story.ROUND) == before + 1
    # The back button, and a second tab.
    assert (await page.open(path)).url.path.endswith("/done")


async def test_nobody_else_sends_or_sees_what_was_prepared(
    app: Starlette, page: Browser, recorder: Ledger, client: DecidingClient
) -> None:
    path = await accept(page)
    async with browse(app) as other:
        for person in ("expert-2", EXPERT, "officer-1"):
            await sign_in(other, recorder, person)
            assert (await other.open(path)).status_code == 404
            await other.open("/sessions")
            assert (await other.send(path, {})).status_code == 404
        other.client.cookies.clear()
        assert (await other.open(path)).url.path == "/sign-in"
    assert client.sent == []


async def test_nothing_that_travels_changes_the_act(
    page: Browser, recorder: Ledger, client: DecidingClient
) -> None:
    path = await accept(page)
    await page.send(
        path, {"command": "{}", "stream": "application/other/0001", "person": "expert-2", "id": "x"}
    )
    (sent,) = client.sent
    assert (sent.stream, sent.actor.person, sent.kind) == (STREAM, EXPERT, "accept-invitation")
    for unknown in (f"{path}0", "/acts/00000000-0000-4000-8000-000000000000", "/acts/%2e%2e"):
        await page.open("/sessions")
        assert (await page.send(unknown, {})).status_code == 404
    assert len(client.sent) == 1


async def test_no_other_site_and_no_form_of_another_session_sends_an_act(
    page: Browser, client: DecidingClient
) -> None:
    path = await accept(page)
    for headers in (
        {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"},
        {"origin": "null", "sec-fetch-site": "same-site"},
        {},
    ):
        assert (await page.client.post(path, data={}, headers=headers)).status_code == 403
    for token in ("", "0" * 64):
        sent = await page.client.post(path, data={"form_token": token}, headers=OWN)
        assert sent.status_code == 403
    assert client.sent == []


async def test_what_is_open_for_more_than_an_hour_is_not_sent(
    page: Browser, client: DecidingClient, url: str
) -> None:
    path = await accept(page)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as superuser:
        await superuser.execute("UPDATE selection.portal_acts SET until = now()")
    assert (await page.send(path, {})).status_code == 410
    assert INVITATION in page.links
    assert client.sent == []


async def test_a_pending_act_says_so_and_comes_to_its_receipt(page: Browser, client: DecidingClient) -> None:
    path = await accept(page)
    client.before = Pending(path.rsplit("/", 1)[-1], STREAM)
    assert (await page.send(path, {})).url.path == path
    assert "will be decided" in page.text
    assert "/static/pending.js" in page.page
    assert (await page.open(path)).url.path == path
    (envelope,) = client.sent
    await client.send(envelope, envelope)
    assert (await page.open(path)).url.path.endswith("/done")


async def test_an_act_that_was_sent_is_on_its_way_in_each_session_of_its_person_alone(
    app: Starlette, page: Browser, recorder: Ledger, client: DecidingClient
) -> None:
    path = await accept(page)
    async with browse(app) as later:
        await later.speak("en")
        await sign_in(later, recorder, EXPERT)
        assert (await later.open(path)).status_code == 404
        client.before = Pending(path.rsplit("/", 1)[-1], STREAM)
        await page.send(path, {})
        assert "will be decided" in (await later.open(path)).text
        await later.open("/receipts")
        assert path in later.links
        assert "0 of 1 answered" in later.text
        assert (await later.send(path, {})).url.path.endswith("/done")
        await later.open("/receipts")
        assert path not in later.links
        await sign_in(later, recorder, "expert-2")
        assert (await later.open(path)).status_code == 404


async def test_an_act_that_was_done_as_the_record_went_away_is_not_told_to_be_nothing(
    page: Browser, recorder: Ledger, client: DecidingClient
) -> None:
    path = await accept(page)
    client.after = RecordUnavailable("x")
    assert (await page.send(path, {})).url.path.endswith("/done")
    assert "Nothing was recorded" not in page.text
    assert (await state_of(recorder, STREAM)).seats[0].status == "accepted"


async def test_once_an_act_was_sent_its_own_page_looks_for_the_receipt(
    page: Browser, client: DecidingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await accept(page)
    read = ReceiptReads.get

    async def go_away(*_: object) -> None:
        raise RecordUnavailable("x")

    monkeypatch.setattr(ReceiptReads, "get", go_away)
    assert (await page.send(path, {})).url.path == path
    for told in ("Code: away", "look at My acts"):
        assert told in page.text
    assert "othing that you sent was recorded" not in page.text
    monkeypatch.setattr(ReceiptReads, "get", read)
    assert (await page.open(path)).url.path.endswith("/done")


async def test_an_act_whose_receipt_does_not_come_is_signed_again_and_done_once(
    page: Browser, client: DecidingClient
) -> None:
    path = await accept(page)
    client.before = RecordUnavailable("x")
    assert (await page.send(path, {})).url.path == path
    assert f"{path}?again=1" in page.links
    await page.open(f"{path}?again=1")
    assert (await page.send(path, {})).url.path.endswith("/done")
    assert len({envelope.command_id for envelope in client.sent}) == 1


@pytest.mark.parametrize("fault", [ActMissing("x"), Broken("x")])
async def test_what_was_not_taken_can_be_sent_again(
    page: Browser, recorder: Ledger, client: DecidingClient, fault: Exception
) -> None:
    path = await accept(page)
    client.before = fault
    assert (await page.send(path, {})).status_code == 503
    assert "was not taken" in page.text
    await page.open(path)
    assert "Check and submit" in page.text
    assert (await page.send(path, {})).url.path.endswith("/done")
    assert (await state_of(recorder, STREAM)).seats[0].status == "accepted"


async def test_an_act_that_was_done_though_nothing_said_so_is_done_once(
    page: Browser, recorder: Ledger, client: DecidingClient
) -> None:
    path = await accept(page)
    client.after = ActMissing("x")
    assert (await page.send(path, {})).status_code == 503
    before = await recorder.reading.head(story.ROUND)
    assert (await page.send(path, {})).url.path.endswith("/done")
    assert await recorder.reading.head(story.ROUND) == before


async def test_a_refusal_is_told_in_the_cores_words_without_commands(page: Browser, recorder: Ledger) -> None:
    declined = await accept(page)
    await page.open(INVITATION)
    other = await page.send(INVITATION, {"answer": "conflict", "text": "We share a patent"})
    await page.send(other.url.path, {})
    refused = await page.send(declined, {})
    assert refused.url.path.endswith("/done")
    assert "Not possible" in page.text
    assert "`" not in page.text
    assert "Code: " in page.text


async def test_a_refusal_of_nobodys_act_is_told_and_the_act_can_be_signed_again(
    page: Browser, client: DecidingClient
) -> None:
    path = await accept(page)
    form = page.page
    for code, told in (
        ("signature-key", "not enrolled for you"),
        ("rules-local", "acts count without a signature"),
    ):
        page.page, client.before = form, Refused(code)
        assert (await page.send(path, {})).status_code == 409
        for shown in (told, "Nothing was recorded", f"Code: {code}"):
            assert shown in page.text
        assert INVITATION in page.links
    await page.open(path)
    assert "Check and submit" in page.text
    assert (await page.send(path, {})).url.path.endswith("/done")


async def test_another_persons_receipt_is_not_shown(app: Starlette, page: Browser, recorder: Ledger) -> None:
    path = await accept(page)
    receipt = (await page.send(path, {})).url.path
    async with browse(app) as other:
        await sign_in(other, recorder, "stranger-1")
        assert (await other.open(receipt)).status_code == 404


async def test_what_nobody_is_asked_for_has_no_page(page: Browser) -> None:
    assert (await page.open(REVIEW)).status_code == 404
    assert "This does not wait for you" in page.text
    assert (await page.open(f"/reviews/{story.ROUND}/9999")).status_code == 404
    assert (await page.open(f"/invitations/{story.ROUND}/{NUMBER}x")).status_code == 404
