"""What anyone sees of a round: call, public notice, issued list."""

from urllib.parse import quote

import pytest

from ledger.record import Ledger
from reading.calls import call_of
from reading.rounds import name_things
from selection.application.events import ApplicationMended, ApplicationSubmitted
from selection.application.submission import Unit
from selection.decision.aggregate import event_of
from selection.kernel.actor import Role
from selection.streams import application_stream, log_of
from tests.portal.conftest import sign_in
from tests.portal.support.acting import FAR
from tests.portal.support.browsing import Browser
from tests.portal.support.sheets import person_of
from tests.reading.streams import MAIN, OPENED
from tests.registering import register
from tests.selection import story
from tests.selection.story import Story

NUMBER = MAIN.stream.rsplit("/", 1)[-1]
ROUND = f"/rounds/{story.ROUND}"


async def test_the_call_says_what_is_asked_until_when_and_who_may_apply(
    browser: Browser, recorder: Ledger
) -> None:
    await browser.open("/?lang=en")
    assert ROUND in browser.links
    await browser.open(f"{ROUND}?lang=en")
    for said in (
        "Who may apply",
        "recommending units",
        "Deadlines",
        "Criteria",
        "of the full marks",
        "What follows",
    ):
        assert said in browser.text
    assert call_of(story.RULES).rules_hash in browser.text
    # In the open: what changed since the seal stands with the call, and neither who entered it nor who agreed.
    assert "Changes to the rules" in browser.text
    assert "most panels of one expert" in browser.text
    assert (await browser.open(f"{ROUND}?lang=zh")).status_code == 200
    assert "申报条件" in browser.text
    for person in ("agent-1", "officer-1", "expert-1", *story.RULES.staff.supervisors):
        assert person not in browser.page


async def test_the_start_is_the_rounds_for_everyone_and_what_waits_for_who_signed_in(
    browser: Browser, recorder: Ledger
) -> None:
    for path in ("/", "/rounds"):
        assert (await browser.open(f"{path}?lang=en")).url.path == path
        assert ROUND in browser.links
        assert '<a href="/rounds" aria-current="page">' in browser.page
    await sign_in(browser, recorder, "stranger-1")
    assert (await browser.open("/")).url.path == "/tasks"
    for language, words in (("en", '<html lang="en"'), ("zh", '<html lang="zh-CN"')):
        assert (await browser.open(f"/?lang={language}")).url.path == "/tasks"
        assert words in browser.page
    assert {"/rounds", "/"} <= set(browser.links)
    assert (await browser.open("/rounds")).url.path == "/rounds"
    assert ROUND in browser.links
    await browser.open(ROUND)
    assert browser.page.count('href="/rounds"') == 2


async def test_notice_and_list_name_their_centres_and_nobody(browser: Browser, recorder: Ledger) -> None:
    for part, heading in (("notice", "Public notice"), ("list", "Issued list")):
        answer = await browser.open(
            f"{ROUND}/{part}?lang=en&sort=-centre&q={NUMBER if part == 'notice' else ''}"
        )
        assert answer.status_code == 200
        assert heading in browser.text
        assert "1 entry" in browser.text
        # Neither who applied, nor how it was scored, nor by whom; and no way to what only some may see.
        assert not [link for link in browser.links if link.startswith("/applications/")]
        for person in ("agent-1", "officer-1", "expert-1"):
            assert person not in browser.page
        assert (await browser.open(f"{ROUND}/{part}?field=no-such&page=99&sort=score")).status_code == 200
        await browser.open(f"{ROUND}/{part}?lang=en&q=nothing-like-this")
        assert "Nothing here fits this search" in browser.text


async def test_from_the_notice_one_who_is_signed_in_goes_on_to_object(
    browser: Browser, recorder: Ledger
) -> None:
    await sign_in(browser, recorder, "stranger-1")
    await browser.open(f"{ROUND}/notice")
    assert f"{ROUND}/centres/{NUMBER}" in browser.links
    await browser.open(f"{ROUND}/centres/{NUMBER}")
    path = f"/applications/{MAIN.stream.partition('/')[2]}"
    assert path in browser.links
    assert (await browser.open(path)).status_code == 200


async def test_that_the_time_for_objections_is_over_stands_first(browser: Browser) -> None:
    await browser.open(f"{ROUND}/object/{NUMBER}?lang=en")
    assert "The time for objections ended" in browser.text
    assert "Objections can no longer be made." in browser.text
    assert "To object you sign in" not in browser.text
    assert not [link for link in browser.links if "raise-objection" in link]


async def test_how_to_object_is_there_for_everyone_and_the_form_for_who_signs_in(
    browser: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, form = f"{ROUND}/object/{NUMBER}", f"/do/raise-objection/{story.ROUND}/{NUMBER}"
    sign_in_first = f"/sign-in?next={quote(form)}"
    monkeypatch.setattr("reading.public.PublicRound.objections_until", FAR)
    await browser.open(f"{ROUND}/notice?lang=en")
    assert "who may object" in browser.text
    await browser.open(f"{ROUND}/centres/{NUMBER}?lang=en")
    assert page in browser.links
    await browser.open(f"{page}?lang=en")
    for said in (
        "Objections are taken until",
        "To object you sign in",
        "2099-12-30",
        "Anybody registered as an objector",
        "What it is about: what the application says; a conflict of interest",
        "at most 20 MB",
        "at least 2 examiners",
        "15 days",
    ):
        assert said in browser.text, said
    for person in ("agent-1", "officer-1", "expert-1", "objector-1"):
        assert person not in browser.page
    assert sign_in_first in browser.links
    await browser.open(f"{page}?lang=zh")
    assert "谁可以提出异议" in browser.text
    assert (await browser.open(f"{ROUND}/object/0008?lang=en")).status_code == 404
    await sign_in(browser, recorder, "stranger-1")
    await browser.open(f"{page}?lang=en")
    assert "not registered as an objector" in browser.text
    assert form not in browser.links
    await register(recorder, [person_of("objector-1", Role.OBJECTOR)], command_id="more")
    await sign_in(browser, recorder, "objector-1")
    await browser.open(f"{page}?lang=en")
    assert form in browser.links


async def test_who_builds_with_the_host_is_called_by_name(browser: Browser, recorder: Ledger) -> None:
    named = Unit(
        code=story.CO_BUILDER,
        kind="university",
        region="CN-BJ",
        name_en="School of Light",
        name_zh="光影学院",
    )
    told = Story(application_stream(story.ROUND, "0043"))
    for step in MAIN.steps:
        event = event_of(step.leaf)
        if isinstance(event, ApplicationSubmitted | ApplicationMended):
            event = event.with_(submission=event.submission.with_(co_builders=(named,)))
        told.tell(step.leaf.actor, event)
    await recorder.record.append(log_of(told.stream), told.stream, told.leaves)
    for language, name in (("en", "School of Light"), ("zh", "光影学院")):
        await browser.open(f"{ROUND}/centres/0043?lang={language}")
        assert name in browser.text
        assert story.CO_BUILDER not in browser.text


async def test_what_the_form_makes_public_is_shown_to_everyone_and_nothing_else(
    browser: Browser, recorder: Ledger
) -> None:
    await browser.open(f"{ROUND}/centres/{NUMBER}?lang=en")
    for shown in (
        "Centre for Stage Engineering",
        "Research direction",
        "canary of public-",
        story.CO_BUILDER,
    ):
        assert shown in browser.text
    assert "canary of form" not in browser.text
    assert (await browser.open(f"{ROUND}/centres/0008?lang=en")).status_code == 404
    assert "Code: not-yet-public" in browser.text
    # Who may not read the form reads of the application what everyone may.
    await sign_in(browser, recorder, "stranger-1")
    await browser.open(f"/applications/{MAIN.stream.partition('/')[2]}?lang=en")
    assert "canary of public-" in browser.text


async def test_what_was_not_published_yet_is_not_there(browser: Browser, recorder: Ledger) -> None:
    for part in ("notice", "list"):
        assert (await browser.open(f"/rounds/{OPENED}/{part}?lang=en")).status_code == 404
        assert "Code: not-yet-public" in browser.text
        assert (await browser.open(f"/rounds/no-such-round/{part}?lang=en")).status_code == 404
        assert "Code: hidden" in browser.text


async def test_a_round_without_a_public_notice_shows_none_once_its_list_is_issued(
    browser: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reading.public.call_of", lambda _: call_of(story.RULES).with_(notice_days=None))
    assert (await browser.open(f"{ROUND}/notice?lang=en")).status_code == 404
    assert "Code: not-yet-public" in browser.text
    assert (await browser.open(f"{ROUND}/list")).status_code == 200
    assert f"{ROUND}/list" in browser.links
    assert f"{ROUND}/notice" not in browser.links


async def test_no_public_page_promises_a_page_that_is_not_there(browser: Browser, recorder: Ledger) -> None:
    for path in ("/", ROUND, f"{ROUND}/notice"):
        await browser.open(f"{path}?lang=en")
        for promise in ("Sign in to apply", "Sign in to object", "review or approve"):
            assert promise not in browser.text
    await browser.open(f"{ROUND}?lang=en")
    # Its time to apply is over.
    assert f"{ROUND}/apply" not in browser.links


async def test_a_round_on_a_rehearsal_clock_says_so_on_each_of_its_pages(
    browser: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = ("", "/notice", "/list")
    for part in pages:
        await browser.open(f"{ROUND}{part}?lang=en")
        assert "rehearsal clock" not in browser.text
    marked = name_things(story.RULES).with_(rehearsal=True)
    monkeypatch.setattr("reading.public.find_names", lambda *_: marked)
    for part in pages:
        await browser.open(f"{ROUND}{part}?lang=en")
        assert "This round runs on a rehearsal clock" in browser.text
        await browser.open(f"{ROUND}{part}?lang=zh")
        assert "本轮次按演练时钟运行" in browser.text
    await browser.open("/?lang=en")
    assert "Rehearsal" in browser.text


async def test_the_call_says_which_deadlines_moved_for_which_cause_and_why(browser: Browser) -> None:
    await browser.open(f"{ROUND}?lang=en")
    assert "Deadlines that moved" in browser.text
    assert "Cause: a delay on the organiser's side." in browser.text
    assert "Reason: canary of extension-reason" in browser.text
    assert "(this system failed)" in browser.text
    assert "Reason: canary of outage-reason" in browser.text
    assert "officer-1" not in browser.page
    await browser.open(f"{ROUND}?lang=zh")
    assert "期限变更" in browser.text
    assert "canary of extension-reason" in browser.text
    assert "事由：组织方原因。" in browser.text
