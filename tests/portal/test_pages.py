import re
from collections.abc import Collection

import pytest

from ledger.people.contents import CONTENT_LIMIT, Contents, KnownText
from ledger.record import Ledger
from portal.guard.cookies import SESSION
from portal.pages.applications import group_tasks
from selection.kernel.actor import Role
from selection.process.task import OpenTask
from starter.papers.blocks import TEXT_BYTES, TEXT_LIMIT
from tests.portal.conftest import sign_in
from tests.portal.support.acting import FAR, PLACE, expert, tell_panel
from tests.portal.support.browsing import Browser
from tests.reading.streams import MAIN
from tests.registering import register
from tests.selection import story


async def test_tasks_lead_to_their_applications(browser: Browser, recorder: Ledger) -> None:
    await sign_in(browser, recorder, "officer-1")
    await browser.open("/tasks?lang=en")
    assert "My tasks" in browser.text
    leading = [link for link in browser.links if link.startswith("/applications/")]
    assert leading
    assert (await browser.open(f"{leading[0]}?lang=en")).status_code == 200
    assert "What happened" in browser.text


async def test_an_application_shows_form_panel_and_timeline_to_staff(
    browser: Browser, recorder: Ledger
) -> None:
    await sign_in(browser, recorder, "officer-1")
    path = f"/applications/{MAIN.stream.partition('/')[2]}"
    assert (await browser.open(f"{path}?lang=zh")).status_code == 200
    assert "办理过程" in browser.text
    assert "专家组" in browser.text
    await browser.open(f"/applications/{story.ROUND}?lang=en&q=0001&sort=-number")
    assert path in browser.links


async def test_what_is_hidden_and_what_there_is_not_look_alike(browser: Browser, recorder: Ledger) -> None:
    await sign_in(browser, recorder, "stranger-1")
    hidden = await browser.open(f"/applications/{story.ROUND}/0008?lang=en")
    there_is_none = await browser.open(f"/applications/{story.ROUND}/9999?lang=en")
    assert hidden.status_code == there_is_none.status_code == 404
    assert hidden.text.replace("0008", "9999") == there_is_none.text


async def test_who_is_signed_in_stays_so_on_the_page_of_a_fault(browser: Browser, recorder: Ledger) -> None:
    at = f"/applications/{story.ROUND}"
    await sign_in(browser, recorder, "stranger-1")
    # What is hidden, what no address can name, what no route has, and a way of asking that no page takes.
    for path in (f"{at}/0008", f"{at}/-1", "/no/such/page", "/keys/confirm/nobody"):
        assert (await browser.open(f"{path}?lang=en")).status_code == 404
        assert "Signed in as" in browser.text
    assert (await browser.send("/tasks?lang=en", {})).status_code == 405
    assert "Signed in as" in browser.text


async def test_where_something_may_be_hidden_a_stranger_is_offered_to_sign_in(browser: Browser) -> None:
    for path, offered in (("/rounds/no-such-round", True), ("/rounds/-1", True), ("/no/such/page", False)):
        assert (await browser.open(f"{path}?lang=en")).status_code == 404
        assert (f"/sign-in?next={path}" in browser.links) is offered
        assert ("You are not signed in" in browser.text) is offered


async def test_who_comes_from_elsewhere_is_not_told_that_they_are_not_signed_in(
    browser: Browser, recorder: Ledger
) -> None:
    """A browser sends no cookie along on a link in a mail, whoever is signed in."""
    for path in ("/rounds/no-such-round", "/rounds/-1"):
        for site in ("cross-site", "same-site"):
            answer = await browser.client.get(f"{path}?lang=en", headers={"sec-fetch-site": site})
            assert answer.status_code == 404
            assert "You are not signed in" not in answer.text
            assert "opens this page as if you were not signed in" in answer.text
            assert f'href="/sign-in?next={path}"' in answer.text
        for site in ("none", "same-origin"):
            answer = await browser.client.get(f"{path}?lang=en", headers={"sec-fetch-site": site})
            assert "You are not signed in" in answer.text
    # Whom the cookie of a session that has ended comes along with is not signed in, wherever they come from.
    browser.client.cookies.set(SESSION, "ended")
    answer = await browser.client.get(
        "/rounds/no-such-round?lang=en", headers={"sec-fetch-site": "cross-site"}
    )
    assert "You are not signed in" in answer.text
    browser.client.cookies.delete(SESSION)
    # Who is signed in is led on by the same link.
    await sign_in(browser, recorder, "stranger-1")
    assert (await browser.client.get("/sign-in?next=/tasks")).headers["location"] == "/tasks"


async def test_of_tasks_that_are_alike_staff_see_whom_each_awaits_and_others_how_many(
    browser: Browser, recorder: Ledger
) -> None:
    await tell_panel(recorder)
    await sign_in(browser, recorder, "officer-1")
    await browser.open(f"/applications/{PLACE}?lang=en")
    awaited = re.findall(r"<li>answer the invitation – expert · ([^<·]*)", browser.page)
    assert len(set(awaited)) == len(awaited) > 1
    assert "×" not in browser.text
    tasks = [
        OpenTask(key=f"t/{number}", kind="review", role=Role.EXPERT, person=f"expert-{number}", since=FAR)
        for number in range(3)
    ]
    assert [(who, alike) for _, who, alike in group_tasks(tasks, {})] == [("", 3)]
    assert [(who, alike) for _, who, alike in group_tasks(tasks, {"expert-1": "Li"})] == [("", 2), ("Li", 1)]


async def test_an_applicant_reads_in_a_page_what_reviewers_wrote_for_them(
    browser: Browser, recorder: Ledger
) -> None:
    await sign_in(browser, recorder, "agent-1")
    path = f"/applications/{MAIN.stream.partition('/')[2]}"
    await browser.open(f"{path}?lang=en")
    assert f"{path}/written" in browser.links
    assert (await browser.open(f"{path}/written?lang=en")).status_code == 200
    assert "Comment for the applicant canary of review-expert-1" in browser.text
    assert "canary of fault-text" in browser.text
    assert "canary of judged" not in browser.text
    assert "{" not in browser.text


async def test_staff_read_reviews_and_reports_as_forms_and_a_stranger_nothing(
    browser: Browser, recorder: Ledger
) -> None:
    await sign_in(browser, recorder, "officer-1")
    path = f"/applications/{MAIN.stream.partition('/')[2]}/written"
    await browser.open(f"{path}?lang=en")
    for seen in ("Comment for the panel only canary of judged-expert-1", "Why it is recommended canary of"):
        assert seen in browser.text
    await sign_in(browser, recorder, "stranger-1")
    await browser.open(f"{path}?lang=en")
    assert "canary" not in browser.text
    assert (await browser.open(f"/applications/{story.ROUND}/0008/written")).status_code == 404


async def test_of_a_text_of_any_length_a_page_reads_what_it_shows(
    browser: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    long, texts, sizes = ("长" * 40 * TEXT_LIMIT).encode(), Contents.texts, []

    async def read(
        contents: Contents, ids: Collection[str], limit: int = CONTENT_LIMIT
    ) -> dict[str, KnownText]:
        found = await texts(contents, ids, limit)
        if "fault-text" in found:
            found["fault-text"] = found["fault-text"].model_copy(update={"body": long[:limit]})
            sizes.append(len(found["fault-text"].body or b""))
        return found

    monkeypatch.setattr(Contents, "texts", read)
    await sign_in(browser, recorder, "officer-1")
    await browser.open(f"/applications/{MAIN.stream.partition('/')[2]}/written?lang=en")
    assert "too long to be printed" in browser.text
    assert max(sizes) == TEXT_BYTES


async def test_experts_to_avoid_have_names_for_staff_and_ids_for_who_named_them(
    browser: Browser, recorder: Ledger
) -> None:
    await tell_panel(recorder)
    await register(recorder, [expert("avoided-1")], command_id="more")
    name = "Synthetic Expert"
    for person, page, shown, hidden in (
        ("officer-1", "applications", name, "avoided-1"),
        # A sheet that shows the application beside it.
        ("officer-1", "do/report-fraud", name, "avoided-1"),
        ("agent-1", "applications", "avoided-1", name),
    ):
        await sign_in(browser, recorder, person)
        await browser.open(f"/{page}/{PLACE}?lang=en")
        _, _, after = browser.text.partition("Experts to avoid")
        assert after.startswith(f" {shown} ")
        assert hidden not in browser.text


async def test_papers_are_offered_once_there_are_such(browser: Browser, recorder: Ledger) -> None:
    await sign_in(browser, recorder, "officer-1")
    offered = {}
    for number in ("0001", "0008"):
        path = f"{story.ROUND}/{number}"
        await browser.open(f"/applications/{path}")
        links = {link for link in browser.links if link.startswith(f"/papers/{path}/")}
        offered[number] = {link.rpartition("/")[2].partition("?")[0] for link in links}
        for kind in offered[number] - {"review", "objection"}:
            assert (await browser.client.get(f"/papers/{path}/{kind}")).status_code == 200, (number, kind)
    assert offered["0008"] == {"application"}
    assert offered["0001"] >= {"application", "opinions", "survey", "appraisal", "letter", "certificate"}
