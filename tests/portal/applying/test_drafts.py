"""What becomes of a draft when something else was handed in, saved or signed since it was begun."""

from datetime import UTC, datetime

import psycopg

from ledger.record import Ledger
from selection.application import events as a
from selection.decision.aggregate import leaf_of
from selection.kernel.actor import Actor, Role
from tests.portal.applying.test_applying import MEND, SECTIONS, app, backend, page, send_back
from tests.portal.support.applying import (
    APPLICANT,
    APPLY,
    ROUND,
    end_intake,
    fill_in,
    save_section,
    send,
    state_of,
)
from tests.portal.support.browsing import Browser
from tests.selection import story

__all__ = ["app", "backend", "page"]
CENTRE = SECTIONS["centre"]


async def hand_in(page: Browser, base: str) -> str:
    """Check a draft without a fault, and return where it is signed."""
    await page.open(base)
    checked = await send(page, base, {"do": "check"})
    assert checked.url.path.startswith("/acts/"), page.text
    return checked.url.path


async def hand_in_elsewhere(recorder: Ledger, revision: int) -> None:
    """Record another version of the application, as the command line hands one in."""
    state = await state_of(recorder)
    assert state.submission is not None
    event = story.make_application_submitted(revision).model_copy(
        update={"round": ROUND, "submission": state.submission, "agent": APPLICANT}
    )
    leaf = leaf_of(
        a.ApplicationSubmitted.model_validate(event.model_dump()),
        state=state,
        offset=1,
        actor=Actor(person=APPLICANT, role=Role.APPLICANT),
        at=datetime.now(UTC),
        command_id=f"elsewhere-{revision}",
    )
    await recorder.record.append(ROUND, leaf.stream, [leaf])
    assert (await state_of(recorder)).revision == revision


async def summary_in(page: Browser) -> str:
    """What stands in the draft as the public summary, on the page of its section."""
    await page.open(f"{MEND}/centre")
    return page.page.partition('name="a.summary"')[2].partition(">")[2].partition("</textarea>")[0]


async def test_a_draft_takes_the_place_of_no_version_that_came_since_unless_that_is_chosen(
    page: Browser, recorder: Ledger, url: str
) -> None:
    await fill_in(page)
    await page.send(await hand_in(page, APPLY), {})
    await page.open(f"{MEND}/centre")
    window = page.page
    await save_section(page, CENTRE, MEND, **{"a.summary": "Begun on the first version"})
    await page.open(MEND)
    listed = page.page
    await hand_in_elsewhere(recorder, 2)
    # Neither the page that was open nor the one that is opened now hands it in.
    page.page = listed
    assert (await send(page, MEND, {"do": "check"})).status_code == 409
    assert "version 2 has been handed in" in page.text
    assert (await send(page, MEND, {"do": "check"})).status_code == 409
    assert (await state_of(recorder)).revision == 2
    assert await summary_in(page) == "Begun on the first version"
    assert "version 2 has been handed in" in page.text
    await page.open(MEND)
    await send(page, MEND, {"do": "anew"})
    assert "version 2" not in page.text
    assert await summary_in(page) != "Begun on the first version"
    # A page that showed the first version saves nothing over the second, though nobody saved the section since.
    page.page = window
    assert (await send(page, f"{MEND}/centre", {"a.summary": "x", "do": "save"})).status_code == 409
    await _go_on_with_it(page, recorder, url)


async def _go_on_with_it(page: Browser, recorder: Ledger, url: str) -> None:
    """Choose the draft; sign it while another window types on; then find what that typed, to be mended."""
    await save_section(page, CENTRE, MEND, **{"a.summary": "Begun on the second version"})
    await hand_in_elsewhere(recorder, 3)
    await page.open(MEND)
    await send(page, MEND, {"do": "keep"})
    await _was_typed_into_an_earlier_form(url)
    signing = await hand_in(page, MEND)
    await save_section(page, CENTRE, MEND, **{"a.summary": "Typed while it was signed"})
    await page.open(signing)
    assert "Begun on the second version" in page.text
    await page.send(signing, {})
    assert (await state_of(recorder)).revision == 4
    assert await summary_in(page) == "Typed while it was signed"
    assert "version 4 has been handed in" in page.text
    await page.open(MEND)
    await send(page, MEND, {"do": "keep"})
    assert "has been handed in" not in page.text
    # What was begun to be a new version does not mend unseen.
    await send_back(recorder)
    await page.open(MEND)
    assert "it was sent back to be mended" in page.text
    assert (await send(page, MEND, {"do": "check"})).status_code == 409


async def _was_typed_into_an_earlier_form(url: str) -> None:
    """Make the draft one of an earlier version of the form; what it holds has its place in the one in force."""
    earlier = (
        "UPDATE selection.portal_drafts SET body = jsonb_set(body::jsonb, '{form}', '\"earlier\"')::text"
    )
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as superuser:
        await superuser.execute(earlier)


async def test_what_was_typed_is_still_read_once_the_deadline_has_passed(
    page: Browser, recorder: Ledger
) -> None:
    section, typed = f"{APPLY}/centre", "Typed in the last minute"
    await page.open(section)
    await save_section(page, CENTRE, APPLY, **{"a.summary": typed})
    await page.open(section)
    before = page.page
    await end_intake(recorder)
    for address in (APPLY, section):
        assert (await page.open(address)).status_code == 200
        assert "This can be handed in no more" in page.text
    assert typed in page.page
    page.page = before
    kept = await send(page, section, {"a.summary": f"{typed}!", "do": "leave"})
    assert (kept.status_code, kept.json()["closed"]) == (200, True)
    # As a page that was opened before sends it.
    page.page = before
    assert (await send(page, APPLY, {"do": "check"})).status_code == 409
    assert "Check and sign" not in page.text
    await page.open(section)
    assert f"{typed}!" in page.page


async def test_where_nothing_was_typed_a_round_that_is_closed_says_so(
    page: Browser, recorder: Ledger
) -> None:
    await end_intake(recorder)
    for address in (APPLY, f"{APPLY}/centre"):
        assert (await page.open(address)).status_code == 409
