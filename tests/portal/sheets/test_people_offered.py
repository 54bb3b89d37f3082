"""Survey teams and examiners are chosen by name from those who serve in the round, beside ids that are typed."""

import re

import pytest

from ledger.record import Ledger
from portal.sheets.choices import people
from reading.service import ReadService
from selection.application import events as a
from selection.kernel.actor import Role
from selection.streams import application_stream
from tests.portal.sheets.test_sheets import backend
from tests.portal.support.acting import DecidingClient, retell
from tests.portal.support.browsing import Browser
from tests.portal.support.fixtures import app, client
from tests.portal.support.sheets import Typed, faults_in, fill_in, person_of
from tests.reading.functions import as_person
from tests.registering import register
from tests.selection import story

__all__ = ["app", "backend", "client"]
NUMBER = "0501"
HERE = f"{story.ROUND}/{NUMBER}"
TEAM, EXAMINING = f"/do/appoint-survey-team/{HERE}", f"/do/appoint-examiners/{HERE}"
BEFORE_TEAM, WITH_TEAM, BEFORE_EXAMINERS, WITH_EXAMINERS = 39, 40, 58, 59


def list_offered(page: Browser, field: str) -> list[tuple[str, str]]:
    """The boxes of a field: which id each stands for, and what it says."""
    return re.findall(
        rf'<input type="checkbox" id="[^"]*" name="{field}" value="([^"]*)"[^>]*>\s*<label[^>]*>([^<]*)</label>',
        page.page,
    )


async def test_an_officer_chooses_a_team_by_name_and_types_who_is_not_among_them(
    officer: Browser, recorder: Ledger, client: DecidingClient
) -> None:
    new = [person_of(name, Role.EXPERT) for name in ("visitor-2", "visitor-3")]
    await register(recorder, new, command_id="more")
    await retell(recorder, NUMBER, BEFORE_TEAM)
    await retell(recorder, "0500", WITH_TEAM)
    await officer.open(TEAM)
    # Of the register nobody else is named.
    assert list_offered(officer, "f.members") == [("surveyor-1", "Nm-surveyor-1")]
    assert '<option value="surveyor-1">Nm-surveyor-1</option>' in officer.page
    typed: Typed = {"f.members": ["surveyor-1"], "f.members.beside": "visitor-2\nsurveyor-1\n visitor-3 "}
    assert await fill_in(officer, TEAM, {**typed, "f.lead": "officer-1"}) == 422
    assert re.search(r'name="f.members" value="surveyor-1" checked', officer.page)
    assert ">visitor-2\nvisitor-3</textarea>" in officer.page
    assert await fill_in(officer, TEAM, {**typed, "f.lead": "surveyor-1"}) == 200, faults_in(officer, TEAM)
    await officer.send(re.findall(r'action="(/acts/[^"]+)"', officer.page)[0], {})
    assert client.sent[0].command["members"] == ["surveyor-1", "visitor-2", "visitor-3"]


async def test_examiners_are_offered_in_a_page_that_stays_short(
    officer: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    await retell(recorder, NUMBER, BEFORE_EXAMINERS)
    await retell(recorder, "0500", WITH_EXAMINERS)
    await officer.open(EXAMINING)
    offered = list_offered(officer, "f.examiners")
    # Who is on several applications comes first.
    assert offered == [(name, f"Nm-{name}") for name in ("examiner-1", "decider-1", "decider-2")]
    monkeypatch.setattr(people, "OFFERED", 1)
    await officer.open(EXAMINING)
    assert list_offered(officer, "f.examiners") == offered[:1]


async def test_whom_the_application_keeps_from_it_is_not_offered_and_nobody_is_to_others(
    officer: Browser, recorder: Ledger
) -> None:
    await retell(recorder, "0500", WITH_EXAMINERS)
    team = a.SurveyTeamAppointed(lead="examiner-1", members=("examiner-1", "surveyor-2", "surveyor-3"))
    await retell(recorder, NUMBER, BEFORE_TEAM, (story.OFFICER, team))
    stream, reads = application_stream(story.ROUND, NUMBER), ReadService(recorder).register
    found = await reads.list_serving(await as_person(recorder, "officer-1"), stream, "examiner")
    assert found == ("decider-1", "decider-2")
    for other in ("surveyor-1", "agent-1", "expert-1"):
        assert await reads.list_serving(await as_person(recorder, other), stream, "examiner") == ()
