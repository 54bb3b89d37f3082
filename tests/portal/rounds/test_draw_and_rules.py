"""In pages: a draw is committed, and the rules of a round are read and sealed."""

import re
from hashlib import sha256

from ledger.record import Ledger
from selection.decision.aggregate import Event, event_of
from selection.kernel.stages import RoundStage
from selection.round import events as r
from tests.portal.rounds.test_rounds import app, enter, sign, state
from tests.portal.support.browsing import ORIGIN, Browser
from tests.portal.support.deciding import tell_round_until
from tests.reading.streams import DRAWING
from tests.selection import round_stories, story
from tests.selection.story import Story

__all__ = ["app"]


async def test_a_draw_is_committed_with_a_deposit_that_nobody_reads(
    browser: Browser, recorder: Ledger
) -> None:
    await enter(browser, recorder, "officer-1")
    path = f"/rounds/{DRAWING}/draw"
    await browser.open(path)
    numbers = re.findall(r'<option value="(ssq [^"]*)"', browser.page)
    assert (await browser.send(path, {"numbers": "ssq"})).status_code == 422
    source, raw = story.RULES.draws.sources[0], numbers[0].partition(" ")[2]
    said = raw.replace("T", " ")
    assert f"{said} · {source.en} (public from" in browser.text
    await browser.send(path, {"numbers": numbers[0]})
    assert "Commit a draw" in browser.text
    assert source.en in browser.text
    assert said in browser.text
    await sign(browser)
    drawing = await state(recorder, DRAWING)
    assert drawing.waiting_draw is not None
    draw = drawing.draws[drawing.waiting_draw]
    assert draw.deposit is not None
    _, body = await recorder.contents.get(draw.deposit.id)
    assert sha256(bytes.fromhex(body.decode())).hexdigest() == draw.commitment
    await browser.open(path)
    assert f"committed to the numbers of {source.en} {said}." in browser.text
    assert raw not in browser.text
    assert f"/do/open-draw/{DRAWING}" in browser.links
    for page in (path, f"/do/open-draw/{DRAWING}", f"/rounds/{DRAWING}"):
        await browser.open(page)
        assert body.decode() not in browser.page


async def seal_round(recorder: Ledger, round_id: str, *more: Event) -> None:
    """Record a round of other rules whose call nobody opened yet, and what came after."""
    rules = story.RULES.model_dump(mode="json") | {"places": 14}
    told = Story(f"round/{round_id}")
    for event in (event_of(round_stories.round_story().steps[0].leaf), *more):
        changed = {"rules": rules} if isinstance(event, r.RoundOpened) else {}
        told.tell(story.OFFICER, event.model_copy(update=changed))
    await recorder.record.append(round_id, told.stream, told.leaves)


async def test_rules_are_read_with_every_fault_and_sealed(browser: Browser, recorder: Ledger) -> None:
    # Neither is the last round, though of rounds that are called on one day the last by its id is.
    await seal_round(recorder, "uncalled-1")
    cancelled = r.RoundCancelled(reason=story.ref("cancelled"))
    await seal_round(recorder, "void-1", r.CallOpened(), cancelled)
    await enter(browser, recorder, "admin-1")
    await browser.open("/open-round")
    token = re.findall(r'name="form_token" value="([^"]*)"', browser.page)[0]

    async def hand_over(text: str) -> int:
        answer = await browser.client.post(
            "/open-round",
            data={"form_token": token, "round": "third-1"},
            files={"rules": ("rules.yaml", text.encode())},
            headers={"sec-fetch-site": "same-origin", "origin": ORIGIN},
            follow_redirects=True,
        )
        browser.page = answer.text
        return answer.status_code

    faulty = story.TEXT.replace("places: 12", "places: none\nplacez: 1")
    assert await hand_over(faulty) == 422
    assert "The rules have 2 faults" in browser.text
    assert await hand_over(f"local: true\n{story.TEXT}") == 200
    for shown in ("Open a round", "Hash of the rules", "call opens", f"{story.RULES.approval[0].en} (1/"):
        assert shown in browser.text
    assert await hand_over(f"local: true\n{story.TEXT.replace('places: 12', 'places: 13')}") == 200
    assert "places 12 13" in browser.text
    assert "In the last round" in browser.text
    [path] = re.findall(r'action="(/acts/[^"]+)"', browser.page)
    await browser.open(f"{path}?lang=zh")
    assert "建设名额 12 13" in browser.text
    # In Chinese, whose characters take three bytes each, rules may be too large for an act in bytes alone.
    title = story.RULES.title.zh
    assert await hand_over(f"local: true\n{story.TEXT.replace(title, title * 40)}") == 422
    await enter(browser, recorder, "stranger-1")
    assert (await browser.open("/open-round")).status_code == 404


async def test_a_draw_that_filled_no_seat_says_so_and_what_helps(browser: Browser, recorder: Ledger) -> None:
    running, stream = "unfilled-1", "application/unfilled-1/0001"
    told = tell_round_until(running, RoundStage.DRAWING)
    round_stories.tell_draw(told, None, "load", stream)
    await recorder.record.append(running, told.stream, told.leaves)
    await enter(browser, recorder, "officer-1")
    await browser.open(f"/rounds/{running}/draw")
    assert (
        "main filled no seat: no panels exist for 0001 (so many applications for each expert" in browser.text
    )
    assert {f"/do/amend-rules/{running}", f"/do/settle-panel/{running}/0001"} <= set(browser.links)
    assert "filled no seat" in browser.text.partition("Draws so far")[2]
    await enter(browser, recorder, "approver-1")
    await browser.open(f"/rounds/{running}/draw")
    assert "0001" not in browser.text
