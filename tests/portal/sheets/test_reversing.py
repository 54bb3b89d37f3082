"""Before a reversal is signed its page lists all that falls with the decision, to officers and supervisors alike."""

import re
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from portal.sheets import drawing
from selection.application import events as a
from selection.application.reversing.dependents import describe_decision, list_dependents
from selection.application.reversing.events import ReversalEntered
from selection.decision.aggregate import event_of
from selection.kernel.actor import SYSTEM
from selection.kernel.stages import RoundStage
from selection.streams import log_of, recommender_stream
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import DecidingBackend, retell
from tests.portal.support.browsing import Browser
from tests.portal.support.deciding import CHOOSING, tell_candidate, tell_round_until
from tests.portal.support.fixtures import app, decide
from tests.portal.support.sheets import Typed, faults_in, fill_in
from tests.selection import story
from tests.selection.story import Story, ref

__all__ = ["app"]
PLACE = f"{CHOOSING}/0001"


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    around = tell_round_until(CHOOSING, RoundStage.PROPOSAL)
    told = tell_candidate(CHOOSING, 1, appraised=False)
    told.tell(SYSTEM, a.PlacedOnShortlist(rank=1, reason=ref("shortlist-reason")))
    met = story.appraisal()
    opened = a.AppraisalOpened(meeting=1, present=met.present, aside=met.aside)
    told.tell(story.CHAIR, opened).tell(story.CHAIR, met)
    told.tell(SYSTEM, a.PlacedInReserve(proposal=1))
    listed = Story(recommender_stream(CHOOSING, told.state.unit))
    for step in story.list_story().steps:
        listed.tell(step.leaf.actor, event_of(step.leaf))
    for each in (around, told, listed):
        await recorder.record.append(log_of(each.stream), each.stream, each.leaves)
    async with decide(url, recorder) as made:
        yield made


async def test_all_that_falls_is_listed_before_it_is_signed(app: Starlette, recorder: Ledger) -> None:
    typed: Typed = {"f.decision": "appraisal", "f.text": "The minutes are of another meeting"}
    for person in ("officer-1", "supervisor-1"):
        async with browse(app) as page:
            await page.speak("en")
            await sign_in(page, recorder, person)
            assert await fill_in(page, f"/do/reverse-decision/{PLACE}", typed) == 200, faults_in(page, "-")
            for shown in ("What falls with it", "the panel's meeting with its votes", "or in reserve"):
                assert shown in page.text, person
            nothing: Typed = {**typed, "f.decision": "survey"}
            status = await fill_in(page, f"/do/reverse-decision/{PLACE}", nothing)
            # An officer is told at once that nothing stands; a supervisor when it is sent.
            assert status == (422 if person == "officer-1" else 200)
            assert "What falls with it" not in page.text


async def test_what_need_not_be_chosen_is_not_chosen_already_or_not_asked_for(
    app: Starlette, recorder: Ledger
) -> None:
    """Else who reverses a survey signs along a report on a conflict that they did not mean."""
    await retell(recorder, "0055", 55)
    path = f"/do/reverse-decision/{story.ROUND}/0055"
    typed: Typed = {"f.decision": "survey", "f.text": "The photos show another site"}
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "supervisor-2")
        await page.open(path)
        assert "Which report (only for a ruling on a conflict)" in page.text
        assert re.findall(r'name="f.report" value="([^"]*)"( checked)?', page.page) == [
            ("", " checked"),
            ("report-1", ""),
        ]
        assert "Which objection" not in page.text
        for sent in ({}, {"f.report": ""}):
            assert await fill_in(page, path, {**typed, **sent}) == 200, faults_in(page, path)
            assert "Which report" not in page.text
        ruling: Typed = {**typed, "f.decision": "conflict", "f.report": "report-1"}
        assert await fill_in(page, path, ruling) == 200, faults_in(page, path)
        assert "Which report" in page.text
        assert await fill_in(page, path, {**typed, "f.objection": "objection-1"}) == 422
        assert "Which objection" in faults_in(page, path)


async def test_of_a_ruling_it_is_to_be_chosen_what_it_was_on(app: Starlette, recorder: Ledger) -> None:
    """Else the page shows to be signed what is refused once it is signed."""
    await retell(recorder, "0056", 55)
    path = f"/do/reverse-decision/{story.ROUND}/0056"
    async with browse(app) as page:
        await sign_in(page, recorder, "supervisor-2")
        for language, report, objection in (
            ("en", "Choose which report the ruling was on.", "Choose which objection the ruling was on."),
            ("zh", "请选择所撤销的裁定针对哪一份报告。", "请选择所撤销的处理结果针对哪一项异议。"),
        ):
            await page.open(f"/language/{language}")
            for decision, said in (("conflict", report), ("objection", objection)):
                typed: Typed = {"f.decision": decision, "f.text": "Another one"}
                assert await fill_in(page, path, typed) == 422
                assert f'<p class="fault">{said}</p>' in page.page


async def test_none_of_them_stays_chosen_on_a_page_with_faults_and_in_a_draft(
    app: Starlette, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    await retell(recorder, "0058", 55)
    path = f"/do/reverse-decision/{story.ROUND}/0058"
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "supervisor-2")
        # As a button of its own each, and as a list, which says by its first line that it is none of them.
        for few in (drawing.FEW, 1):
            monkeypatch.setattr(drawing, "FEW", few)
            assert await fill_in(page, path, {"f.decision": "survey", "f.report": ""}) == 422
            assert read_report(page) == [("", True), ("report-1", False)]
            await page.open(path)
            assert read_report(page) == [("", True), ("report-1", False)]
            ruling: Typed = {"f.decision": "conflict", "f.report": "report-1"}
            assert await fill_in(page, path, ruling) == 422
            assert read_report(page) == [("", False), ("report-1", True)]


def read_report(page: Browser) -> list[tuple[str, bool]]:
    """What can be chosen as the report, and whether it is chosen."""
    field = page.page.partition('id="f.report"')[2].partition('id="f.text"')[0]
    found = re.findall(r'value="([^"]*)"( checked| selected)?>', field)
    return [(code, bool(chosen)) for code, chosen in found]


def enter(decision: str, report: str = "") -> ReversalEntered:
    """What an officer enters to reverse a decision after the steps that are told here."""
    state = story.application_listed().steps[54].after
    return ReversalEntered(
        decision=decision,
        report=report,
        was=describe_decision(state, decision, report),
        stage=state.stage.value,
        void=list_dependents(state, decision, report),
        text=ref("reversal-text"),
    )


@pytest.mark.parametrize("alone", [True, False])
async def test_a_ruling_is_chosen_already_where_nothing_else_can_be_declined(
    app: Starlette, recorder: Ledger, *, alone: bool
) -> None:
    more = [(story.OFFICER, enter("conflict", "report-1"))]
    if not alone:
        more.append((story.OFFICER, enter("survey")))
    await retell(recorder, "0057", 55, *more)
    path = f"/do/decline-reversal/{story.ROUND}/0057"
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "supervisor-2")
        await page.open(path)
        chosen = re.findall(r'name="f.(?:decision|report)" value="([^"]*)" checked', page.page)
        assert chosen == (["conflict", "report-1"] if alone else [""])
        typed: Typed = {"f.decision": "conflict", "f.text": "It is sound"}
        assert await fill_in(page, path, typed) == 422
        assert "Choose which report the ruling was on." in faults_in(page, path)
        assert await fill_in(page, path, {**typed, "f.report": "report-1"}) == 200, faults_in(page, path)
