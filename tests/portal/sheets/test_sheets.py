"""Act sheets in pages: each drawn, checked, shown to be signed, and done once, by who may do it."""

import html
import json
import re
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from ledger.people.register import NewPerson
from ledger.record import Ledger
from selection.application import events as a
from selection.application.reversing.dependents import describe_decision, list_dependents
from selection.application.reversing.events import ReversalEntered
from selection.decision.aggregate import Event
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.stages import RoundStage
from selection.streams import application_stream, log_of, round_stream
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import FAR, FORM, DecidingBackend, DecidingClient, put, retell
from tests.portal.support.browsing import Browser
from tests.portal.support.deciding import tell_round_until
from tests.portal.support.fixtures import app, client, decide, state_of
from tests.portal.support.sheets import (
    AFTER_THE_END,
    EACH,
    FILES,
    LISTS,
    PROOF,
    ROLES,
    Typed,
    faults_in,
    fill_in,
    person_of,
    see_names,
    send_with_files,
    stream_of,
)
from tests.registering import register
from tests.selection import request_story, story
from tests.selection.story import Story

__all__ = ["app", "client"]
CHECKED = f"{story.ROUND}/0050"


async def tell_checking(ledger: Ledger) -> None:
    """Record an application in its legality check, which has no seals."""
    number = CHECKED.rpartition("/")[2]
    told = Story(application_stream(story.ROUND, number))
    handed_in = story.make_application_submitted(1, f"form-{number}")
    unsealed = handed_in.submission.with_(seals=None)
    told.tell(story.AGENT, handed_in.model_copy(update={"submission": unsealed}))
    told.tell(SYSTEM, story.make_recommendation(1), a.CheckOpened(deadline=FAR))
    await put(ledger, f"form-{number}", FORM)
    await ledger.record.append(log_of(told.stream), told.stream, told.leaves)


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    await tell_checking(recorder)
    async with decide(url, recorder) as made:
        yield made


async def test_an_officer_is_led_to_the_check_and_rules_on_what_was_found(
    officer: Browser, recorder: Ledger
) -> None:
    await officer.open("/tasks")
    assert f"/do/pass-check/{CHECKED}" in officer.links
    await officer.open(f"/applications/{CHECKED}")
    assert f"/do/fail-check/{CHECKED}" in officer.links
    await officer.open(f"/do/pass-check/{CHECKED}")
    assert "seals are missing (found)" in officer.text
    assert f"/do/send-back/{CHECKED}" in officer.links
    assert await fill_in(officer, f"/do/pass-check/{CHECKED}", {}) == 422
    assert "rule on each that was found" in officer.text
    await officer.send(f"/do/pass-check/{CHECKED}", {"f.text": "To be erased", "do": "save"})
    assert "To be erased" in officer.page
    sheet = officer.page
    await officer.open("/tasks")
    assert "draft begun" in officer.text
    officer.page = sheet
    await officer.send(f"/do/pass-check/{CHECKED}", {"f.text": "To be erased", "do": "discard"})
    assert "The draft is erased" in officer.text
    assert "To be erased" not in officer.page
    found: Typed = {"f.rulings": ["seals-missing", "co-builder-unconfirmed"], "f.text": "Seals came by post"}
    assert await fill_in(officer, f"/do/pass-check/{CHECKED}", found) == 200, officer.text
    for shown in (
        "Pass the legality check",
        "Seals came by post",
        "seals are missing",
        "Version of the application",
    ):
        assert shown in officer.text
    path = re.findall(r'action="(/acts/[^"]+)"', officer.page)[0]
    await officer.send(path, {})
    assert "Recorded" in officer.text
    assert (await state_of(recorder, stream_of(CHECKED))).stage == "eligible"
    assert (await officer.open(f"/do/pass-check/{CHECKED}")).status_code == 404


@pytest.mark.parametrize(
    ("act", "typed", "stage"),
    [
        ("send-back", {"f.faults": "seals-missing", "f.text": "Add the seals"}, "mending"),
        ("fail-check", {"f.grounds": ["direction-held"], "f.text": "As the first"}, "ended"),
    ],
)
async def test_an_officer_decides_otherwise(
    officer: Browser, recorder: Ledger, act: str, typed: Typed, stage: str
) -> None:
    path = f"/do/{act}/{CHECKED}"
    assert await fill_in(officer, path, {}) == 422
    assert officer.page.count('class="fault"') == len(typed)
    assert await fill_in(officer, path, typed) == 200, officer.text
    await officer.send(re.findall(r'action="(/acts/[^"]+)"', officer.page)[0], {})
    assert "Recorded" in officer.text
    assert (await state_of(recorder, stream_of(CHECKED))).stage == stage


async def test_what_was_tampered_with_or_changed_meanwhile_is_told_by_its_field(
    officer: Browser, client: DecidingClient
) -> None:
    path = f"/do/fail-check/{CHECKED}"
    sound: Typed = {"f.grounds": "direction-held", "f.text": "As the first"}
    assert await fill_in(officer, path, {**sound, "f.grounds": "made-up"}) == 422
    assert "Choose from what is offered" in officer.text
    assert await fill_in(officer, path, {**sound, "seen.revision": "2"}) == 422
    assert "This changed since the page was opened" in officer.text
    # What the engine knows is nobody's to type.
    assert await fill_in(officer, path, {**sound, "f.revision": "7"}) == 200
    await officer.send(re.findall(r'action="(/acts/[^"]+)"', officer.page)[0], {})
    assert client.sent[0].command["revision"] == 1


async def test_an_act_of_another_role_or_stage_is_hidden(
    officer: Browser, app: Starlette, recorder: Ledger
) -> None:
    assert (await officer.open(f"/do/settle-objection/{CHECKED}")).status_code == 404
    assert (await officer.open("/do/no-such-act")).status_code == 404
    async with browse(app) as other:
        await other.speak("en")
        await sign_in(other, recorder, "supervisor-1")
        for act in ("pass-check", "send-back", "fail-check"):
            assert (await other.open(f"/do/{act}/{CHECKED}")).status_code == 404
            assert "nothing here" in other.text
            await other.open("/tasks")
            sent = await other.send(f"/do/{act}/{CHECKED}", {"version": "0", "do": "check"})
            assert sent.status_code == 404


async def test_of_a_fresh_panel_applicants_may_report_a_conflict_too(
    officer: Browser, recorder: Ledger
) -> None:
    await sign_in(officer, recorder, story.AGENT.person)
    # Once it is ordered, and no more once it scored.
    for number, steps, offered in (("0091", 5, False), ("0092", 6, True), ("0093", 7, False)):
        told = request_story.not_selected(number, steps)
        await recorder.record.append(story.ROUND, told.stream, told.leaves)
        path = f"/do/report-conflict/{story.ROUND}/{number}"
        await officer.open(f"/applications/{story.ROUND}/{number}")
        assert (path in officer.links) is offered, number
        assert (await officer.open(path)).status_code == (200 if offered else 404), number


def enter_reversal(steps: int, decision: str) -> Event:
    """What an officer enters to reverse a decision after so many steps of the story."""
    state = story.application_listed().steps[steps - 1].after
    return ReversalEntered(
        decision=decision,
        was=describe_decision(state, decision, ""),
        stage=state.stage.value,
        void=list_dependents(state, decision, ""),
        text=story.ref("reversal-text"),
    )


def read_statement(page: Browser) -> tuple[str, str]:
    """The role and the stream of the statement that a page asks to be signed."""
    statement = json.loads(
        html.unescape(page.page.partition('<pre id="statement">')[2].partition("</pre>")[0])
    )
    return statement["role"], statement["stream"]


def list_more(act: str) -> list[tuple[Actor, Event]]:
    """What is told before an act beside the story: a reversal; what ended the application, and came after its end."""
    if act == "decline-reversal":
        return [(story.OFFICER, enter_reversal(EACH[act][0], "survey"))]
    if act not in AFTER_THE_END:
        return []
    ended = (a.PlacedInReserve(proposal=1), a.ApplicationNotSelected(proposal=1))
    return [*((SYSTEM, event) for event in ended), *request_story.AFTER_THE_END[: AFTER_THE_END[act]]]


def list_more_people() -> list[NewPerson]:
    """Everyone whom the sheets name or who fills one in, and who is in no story."""
    employer = "91110000MA00000000"
    held = {
        "recommender-8": {Role.RECOMMENDER: ("bj", "sh")},
        "recommender-9": {Role.RECOMMENDER: ("bj",)},
    }
    return [
        *(person_of(name).model_copy(update={"roles": roles}) for name, roles in held.items()),
        person_of("partner-1", Role.APPLICANT).model_copy(update={"employer": story.CO_BUILDER}),
        person_of("insider-1", Role.EXPERT).model_copy(update={"employer": employer}),
        person_of("agent-9", Role.APPLICANT).model_copy(update={"employer": employer}),
        person_of("objector-1", Role.OBJECTOR),
        *(person_of(name) for name in ("decider-1", "surveyor-2", "surveyor-3", "examiner-2")),
    ]


async def test_each_sheet_of_an_application_is_drawn_filled_in_and_shown_to_be_signed(
    app: Starlette, recorder: Ledger
) -> None:
    await register(recorder, list_more_people(), command_id="more")
    for act, (steps, person, typed) in EACH.items():
        number = f"01{list(EACH).index(act):02d}"
        await retell(recorder, number, steps, *list_more(act))
        async with browse(app) as page:
            await page.speak("en")
            await sign_in(page, recorder, person)
            await page.open(f"/applications/{story.ROUND}/{number}")
            path = f"/do/{act}/{story.ROUND}/{number}"
            assert path in page.links, (act, page.text)
            status = (
                await send_with_files(page, path, typed, FILES[act])
                if act in FILES
                else await fill_in(page, path, typed)
            )
            assert status == 200, faults_in(page, act)
            assert 'action="/acts/' in page.page, act
            see_names(page, act)
            expected = (
                ROLES.get(act, person.partition("-")[0]),
                LISTS.get(act, stream_of(f"{story.ROUND}/{number}")),
            )
            assert read_statement(page) == expected, act


async def test_files_come_with_a_sheet_and_nobody_types_a_reference(
    app: Starlette, recorder: Ledger, client: DecidingClient
) -> None:
    await register(recorder, [person_of("objector-1", Role.OBJECTOR)], command_id="more")
    await retell(recorder, "0300", 57)
    path = f"/do/raise-objection/{story.ROUND}/0300"
    forged = '["public-3", "' + "0" * 64 + '", "theirs.pdf", "application/pdf", 9]'
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "objector-1")
        scan = {"u.evidence": ("a scan.pdf", b"%PDF-1.7 of theirs")}
        # A fault elsewhere loses no file.
        assert await send_with_files(page, path, {"k.evidence": forged}, scan) == 422
        assert "a scan.pdf" in page.text
        empty = {"u.evidence": ("empty.pdf", b"")}
        assert await send_with_files(page, path, EACH["raise-objection"][2], empty) == 422
        assert "The file is empty." in page.text
        assert await fill_in(page, path, EACH["raise-objection"][2]) == 200, faults_in(page, path)
        assert "a scan.pdf" in page.text
        await page.send(re.findall(r'action="(/acts/[^"]+)"', page.page)[0], {})
        assert "Recorded" in page.text
    (evidence,) = client.sent[0].command["evidence"]
    card, body = await recorder.contents.get(evidence["id"])
    assert (body, card.media_type, card.stored_by) == (b"%PDF-1.7 of theirs", "application/pdf", "objector-1")


async def test_an_officer_enters_on_a_unit_s_list_what_came_on_paper(
    app: Starlette, recorder: Ledger
) -> None:
    await retell(recorder, "0301", 3)
    path = f"/do/recommend-on-paper/{story.ROUND}/bj"
    typed = {"f.application": "0301", "f.revision": "1", "f.agent": "recommender-1", "f.sent": "2024-08-12"}
    opinion = {"a.checked": "papers", "a.opinion_note": "Sound"}
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "officer-1")
        assert await fill_in(page, path, {**typed, **opinion}) == 422
        assert await send_with_files(page, path, {**typed, **opinion}, PROOF) == 200, faults_in(page, path)
        assert read_statement(page) == ("officer", f"recommender/{story.ROUND}/bj")
    async with browse(app) as page:
        await sign_in(page, recorder, "recommender-1")
        assert (await page.open(path)).status_code == 404


async def test_a_unit_puts_its_list_in_order(app: Starlette, recorder: Ledger) -> None:
    path = f"/do/rank-recommendations/{story.ROUND}/prov-bj"
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "recommender-1")
        # What was emptied stays empty: no place comes back that nobody gave.
        assert await fill_in(page, path, {"f.order.0001": ""}) == 422
        assert re.findall(r'name="f.order.0001"[^>]* value="([^"]*)"', page.page) == [""]
        assert await fill_in(page, path, {"f.order.0001": "2"}) == 422
        assert "Give each a place of its own" in page.text
        assert await fill_in(page, path, {"f.order.0001": "1"}) == 200, faults_in(page, path)
        assert (await page.open(path.replace("prov-bj", "prov-sh"))).status_code == 404


async def test_anyone_reports_lobbying_in_a_page_and_a_supervisor_rules(
    app: Starlette, recorder: Ledger
) -> None:
    await register(recorder, [person_of("objector-1", Role.OBJECTOR)], command_id="more")
    running = "running-1"
    told = tell_round_until(running, RoundStage.SURVEY)
    await recorder.record.append(running, told.stream, told.leaves)
    reporting, ruling = (f"/do/{act}-lobbying/{running}" for act in ("report", "rule-on"))
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "objector-1")
        await page.open(f"/rounds/{running}")
        assert reporting in page.links
        assert (await page.open(ruling)).status_code == 404
        assert await fill_in(page, reporting, {"f.text": "A call", "f.named": "officer-2"}) == 200, page.text
        assert read_statement(page) == ("objector", round_stream(running))
        await page.send(re.findall(r'action="(/acts/[^"]+)"', page.page)[0], {})
        assert "Recorded" in page.text
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "supervisor-1")
        await page.open("/tasks")
        assert ruling in page.links
        await page.open(ruling)
        (report,) = re.findall(r'name="f.report"[^>]* value="([^"]+)"', page.page) or ("",)
        typed: Typed = {"f.report": report, "f.upheld": "yes", "f.text": "It was admitted"}
        assert await fill_in(page, ruling, typed) == 200, faults_in(page, ruling)
        assert read_statement(page) == ("supervisor", round_stream(running))


async def test_posts_and_levels_are_offered_by_name_to_who_may_change_them(
    app: Starlette, recorder: Ledger
) -> None:
    running, levels = "running-1", story.RULES.approval
    newcomer = person_of("newcomer-1", Role.SUPERVISOR, Role.OFFICER)
    await register(recorder, [newcomer], command_id="more")
    told = tell_round_until(running, RoundStage.SURVEY)
    await recorder.record.append(running, told.stream, told.leaves)
    offered = {
        "officer-1": ["supervisors"],
        "supervisor-1": ["officers", "auditors", "admins", "approvers"],
    }
    for person, posts in offered.items():
        async with browse(app) as page:
            await page.speak("zh")
            await sign_in(page, recorder, person)
            path = f"/do/change-post/{running}"
            await page.open(path)
            assert re.findall(r'name="f.post" value="([^"]*)"', page.page) == posts
            assert re.findall(r'name="f.level" value="([^"]*)"', page.page) == [
                "",
                *(level.code for level in levels),
            ]
            assert levels[0].zh in page.text
            typed: Typed = {"f.post": posts[0], "f.level": "", "f.add": "newcomer-1", "f.reason": "Gone"}
            assert await fill_in(page, path, typed) == 200, faults_in(page, path)
            assert "Synthetic（newcomer-1）" in page.text
            # Why it would be refused calls people by name too.
            holder = f"{posts[0].removesuffix('s')}-1"
            assert await fill_in(page, path, {**typed, "f.add": holder}) == 422
            assert f"Nm-{holder} 已" in page.text


async def test_a_change_of_rules_is_told_before_it_is_ruled_on_and_knows_no_limit_in_chinese(
    app: Starlette, recorder: Ledger, client: DecidingClient
) -> None:
    running = "running-1"
    told = tell_round_until(running, RoundStage.SURVEY)
    await recorder.record.append(running, told.stream, told.leaves)
    path = f"/do/amend-rules/{running}"
    async with browse(app) as page:
        await page.speak("zh")
        await sign_in(page, recorder, "officer-1")
        await page.open(path)
        assert "none" not in page.text
        # Routes and units by their names, not by the codes of the rules.
        for item in (story.RULES.routes[0], story.RULES.recommenders[0]):
            assert f" {item.zh} 的名额" in page.text or item.code not in page.text
        typed: Typed = {
            "f.path": "per_field_max",
            "f.before": "不设",
            "f.after": "3",
            "f.reason": "Balance",
        }
        assert await fill_in(page, path, typed) == 200, faults_in(page, path)
        await page.send(re.findall(r'action="(/acts/[^"]+)"', page.page)[0], {})
    assert client.sent[0].command["before"] == "none"
    async with browse(app) as page:
        await page.speak("zh")
        await sign_in(page, recorder, "approver-1")
        await page.open(f"/do/rule-on-amendment/{running}")
        assert "单一领域上限，不设 → 3" in page.text
        assert "Balance" in page.text
