"""What one reads after signing in: one's own acts, papers as PDF, files; each as an attachment that runs nothing."""

import psycopg
import pytest
from httpx import Response
from starlette.applications import Starlette

from audit.log.receipt import prove_receipt
from ledger.record import Ledger
from portal.shown.downloads import BYTES, attach
from selection.timeline.events import name_act
from selection.timeline.sentences import SENTENCES
from selection.transparency.note import NoteSigner
from tests.ledger.test_exporting import NAME, SEED
from tests.portal.conftest import sign_in
from tests.portal.support.browsing import Browser
from tests.reading.streams import MAIN
from tests.selection import story

PLACE = MAIN.stream.partition("/")[2]
ACT = f"{MAIN.stream}/c-0"


def is_kept_file(answer: Response, media_type: str, end: str) -> bool:
    headers = answer.headers
    return (
        answer.status_code == 200
        and headers["content-type"].partition(";")[0] == media_type
        and headers["content-disposition"].startswith('attachment; filename="')
        and headers["content-disposition"].endswith(f'.{end}"')
        and headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        and headers["x-content-type-options"] == "nosniff"
        and headers["cache-control"] == "no-store"
    )


async def test_my_acts_lead_to_receipts_that_prove_them(browser: Browser, recorder: Ledger) -> None:
    await sign_in(browser, recorder, "agent-1")
    await browser.open("/receipts?lang=en&sort=since")
    assert f"/receipts/{ACT}" in browser.links
    assert "officer-1" not in browser.page
    # An application is told by its number, beside the title of its round, of which a code tells a person nothing.
    told = story.RULES.title.en
    assert f"{PLACE.partition('/')[2]} {told}" in browser.text
    assert story.ROUND not in browser.text
    await browser.open(f"/receipts/{ACT}?lang=en")
    assert f"{PLACE.partition('/')[2]} · {told}" in browser.text
    assert PLACE not in browser.text.partition("For programs and checks")[0]
    [leaf] = {word for word in browser.text.split() if len(word) == 64}
    proof = await browser.client.get(f"/proofs/{ACT}")
    assert is_kept_file(proof, BYTES, "tlog-proof")
    proven = prove_receipt(proof.text, bytes.fromhex(leaf), NoteSigner(NAME, SEED).verifier)
    assert proven.log == story.ROUND
    assert (await browser.client.get(f"/papers/{PLACE}/receipt?act={ACT}")).content.startswith(b"%PDF")


async def test_acts_of_others_are_not_among_mine_and_do_not_open(browser: Browser, recorder: Ledger) -> None:
    await sign_in(browser, recorder, "stranger-1")
    await browser.open("/receipts?lang=en")
    assert "You have done nothing yet." in browser.text
    for path in (
        f"/receipts/{ACT}",
        f"/proofs/{ACT}",
        "/receipts/none",
        f"/papers/{PLACE}/receipt?act={ACT}",
    ):
        assert (await browser.open(path)).status_code == 404


async def test_what_was_refused_says_why(browser: Browser, recorder: Ledger) -> None:
    acts = [
        receipt.command_id
        for receipt, kind in await recorder.reading.acts("agent-1", 1000)
        if "refused" in kind
    ]
    await sign_in(browser, recorder, "agent-1")
    for act in acts:
        await browser.open(f"/receipts/{act}?lang=en")
        assert "This act was refused." in browser.text
        assert "`" not in browser.text


async def test_who_waits_for_a_paper_does_not_wait_for_a_second(
    app: Starlette, browser: Browser, recorder: Ledger
) -> None:
    await sign_in(browser, recorder, "agent-1")
    app.state.portal.backend.printing_for.add("agent-1")
    assert (await browser.open(f"/papers/{PLACE}/receipt?act={ACT}&lang=en")).status_code == 429
    assert "Code: printing" in browser.text
    app.state.portal.backend.printing_for.clear()
    assert (await browser.open(f"/papers/{PLACE}/receipt?act={ACT}")).status_code == 200
    assert app.state.portal.backend.printing_for == set()


async def test_papers_come_as_files_as_far_as_one_may_see_them(browser: Browser, recorder: Ledger) -> None:
    await sign_in(browser, recorder, "officer-1")
    await browser.open(f"/applications/{story.ROUND}")
    assert f"/papers/{story.ROUND}/list" in browser.links
    for path in (f"{story.ROUND}/list?both", f"{PLACE}/opinions"):
        assert is_kept_file(await browser.client.get(f"/papers/{path}"), "application/pdf", "pdf")
    await browser.open(f"/applications/{PLACE}")
    assert f"/papers/{PLACE}/letter" in browser.links
    review = f"/papers/{PLACE}/review?of=expert-2"
    assert review in browser.links
    assert is_kept_file(await browser.client.get(review), "application/pdf", "pdf")
    not_yet = await browser.open(f"/papers/{story.ROUND}/0008/certificate?lang=en")
    assert (not_yet.status_code, "Code: paper-not-yet" in browser.text) == (404, True)
    for path in ("no-such", f"{story.ROUND}/no-such", f"{PLACE}/no-such"):
        assert (await browser.open(f"/papers/{path}")).status_code == 404


async def test_what_a_refusal_tells_was_read_and_is_noted(
    browser: Browser, recorder: Ledger, url: str
) -> None:
    """That a paper is not there yet tells how far an application is."""
    await sign_in(browser, recorder, "officer-1")
    refused = await browser.open(f"/papers/{PLACE.partition('/')[0]}/0008/certificate")
    assert refused.status_code == 404
    async with await psycopg.AsyncConnection.connect(url) as connection:
        cursor = await connection.execute(
            "SELECT person, target FROM selection.reads ORDER BY id DESC LIMIT 1"
        )
        assert await cursor.fetchone() == ("officer-1", f"application/{story.ROUND}/0008")


async def test_papers_of_staff_are_not_for_others(browser: Browser, recorder: Ledger) -> None:
    await sign_in(browser, recorder, "agent-1")
    await browser.open(f"/applications/{PLACE}")
    assert f"/papers/{PLACE}/opinions" not in browser.links
    # Who asks for a review learns nothing by whom they guess.
    told: set[object] = set()
    for person in ("expert-2", "expert-77", ""):
        told.add((await browser.open(f"/papers/{PLACE}/review?of={person}&lang=en")).status_code)
        told.add(browser.text)
    assert len(told) == 2, told
    for path in (f"{story.ROUND}/list", f"{story.ROUND}/approval", f"{PLACE}/opinions", f"{PLACE}/letter"):
        answer = await browser.open(f"/papers/{path}?lang=en")
        assert (answer.status_code, "Code: hidden" in browser.text) == (404, True), path


async def test_files_come_as_attachments_to_whom_they_show(browser: Browser, recorder: Ledger) -> None:
    path = f"/files/{PLACE}/form-3"
    assert (await browser.client.get(path)).status_code == 303
    await sign_in(browser, recorder, "officer-1")
    await browser.open(f"/applications/{PLACE}")
    assert path in browser.links
    answer = await browser.client.get(path)
    assert is_kept_file(answer, "text/plain", "txt")
    assert "canary of form-3" in answer.text
    assert (await browser.client.get(f"/files/{story.ROUND}/0008/form-3")).status_code == 404
    await sign_in(browser, recorder, "stranger-1")
    assert (await browser.client.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("stored", "sent", "end"),
    [
        ("application/pdf", "application/pdf", "pdf"),
        ("TEXT/PLAIN; charset=utf-7", "text/plain; charset=utf-8", "txt"),
        ("text/html", BYTES, "bin"),
        ("image/svg+xml", BYTES, "bin"),
        ("application/xhtml+xml", BYTES, "bin"),
        ("text/javascript", BYTES, "bin"),
        ("application/pdf\r\nSet-Cookie: a=b", BYTES, "bin"),
        ("", BYTES, "bin"),
    ],
)
def test_no_type_that_a_browser_runs_is_handed_on(stored: str, sent: str, end: str) -> None:
    answer = attach(b"x", 'a"b\r\nc: d/../e名', stored)
    assert answer.headers["content-type"] == sent
    assert answer.headers["content-disposition"] == f'attachment; filename="a-b--c--d----e-.{end}"'


def test_every_act_has_a_name_that_tells_nothing_else() -> None:
    for kind in SENTENCES:
        for language in ("en", "zh"):
            assert name_act(kind, language)
