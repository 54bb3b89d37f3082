"""Many acts of an officer or supervisor from one table: read, tried, signed once; what would be refused is left out."""

import re
from collections.abc import AsyncIterator
from hashlib import sha256

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from reading.rehearsals import UNSTORED
from selection.application import events as a
from selection.kernel.actor import SYSTEM, Role
from selection.kernel.model import Ref
from selection.streams import application_stream
from starter.imports.conflicts import ConflictRow, report_row
from tables.child import parse_table
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import DecidingBackend, DecidingClient, retell
from tests.portal.support.browsing import OWN, Browser
from tests.portal.support.fixtures import app, client, decide, state_of
from tests.portal.support.sheets import person_of
from tests.registering import register
from tests.selection import story

__all__ = ["app", "client"]
OWN_DESK = f"/rounds/{story.ROUND}/desk"
APPOINTMENTS = f"/rounds/{story.ROUND}/by-table/appointments"
CONFLICTS = f"/rounds/{story.ROUND}/by-table/conflicts"
UNTIL_CHAIR = [step.leaf.type for step in story.application_listed().steps].index(a.ChairAppointed.TYPE)
SHORTLISTED = a.PlacedOnShortlist(rank=1, reason=story.ref("shortlist-reason"))
NUMBERS = ("0071", "0072", "0073")
"""Applications that wait for a survey team, and for a chair."""
HEADING = "Application,Chair,Leader,Survey team\n"
ROWS = (
    "Application,Chair,Chair's reason\n0071,expert-1,Knows the field\n0072,expert-2,Knows the field\n"
    "0073,expert-99,Knows the field\n9999,expert-1,Knows the field\n"
)


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    for number in NUMBERS:
        await retell(recorder, number, UNTIL_CHAIR, (SYSTEM, SHORTLISTED))
    async with decide(url, recorder) as made:
        yield made


async def upload(page: Browser, path: str, text: str) -> int:
    """Read a table in, and stay on the page that tells what it would do."""
    await page.open(path)
    files = {"table": ("table.csv", text.encode("utf-8-sig"))} if text else None
    fields = {**page.hidden, "do": "read"}
    answer = await page.client.post(path, data=fields, files=files, headers=OWN, follow_redirects=True)
    page.page = answer.text
    return answer.status_code


async def press(page: Browser, path: str, button: str, *unmarked: str, **changed: str) -> int:
    """Press a button of the page with the marks that stand on it but these."""
    typed = dict(re.findall(r'<input type="hidden" name="(version|seen)" value="([^"]*)"', page.page))
    marked = re.findall(r'name="(m\.[^"]+)" value="yes" checked', page.page)
    marks = {name: "yes" for name in marked if name not in unmarked}
    return (await page.send(path, {**typed, **marks, **changed, "do": button})).status_code


async def see_faults(officer: Browser) -> None:
    """Read in no table, a faulty one and one of too many rows."""
    assert await upload(officer, APPOINTMENTS, "") == 422
    assert await upload(officer, APPOINTMENTS, f"{HEADING}0071,,,\n0072,expert-1,,\n0072,expert-2,,\n") == 422
    for told in ("A2: Empty", "A4: Stands in row 3 already"):
        assert told in officer.text, officer.text
    many = HEADING + "".join(f"{number:04},expert-1,,\n" for number in range(1, 102))
    assert await upload(officer, APPOINTMENTS, many) == 422
    assert "At most 100 acts" in officer.text


async def test_a_table_is_tried_row_by_row_and_signed_once(
    officer: Browser, recorder: Ledger, client: DecidingClient
) -> None:
    await officer.open(OWN_DESK)
    assert {APPOINTMENTS, CONFLICTS} <= set(officer.links)
    waiting = (await officer.client.get(f"{APPOINTMENTS}/template.xlsx")).content
    assert {*NUMBERS} <= {row[0] for row in parse_table(waiting, None).rows}
    await see_faults(officer)
    assert await upload(officer, APPOINTMENTS, ROWS) == 200
    assert "2 of 4 are marked and can be done" in officer.text, officer.text
    assert "no application 9999" in officer.text
    # Marks and rows are kept: another way back shows the same, and a window that is behind signs nothing.
    behind = officer.page
    assert await press(officer, APPOINTMENTS, "try", "m.3-chair") == 200
    assert "1 of 4 are marked and can be done" in officer.text
    officer.page = behind
    assert await press(officer, APPOINTMENTS, "check") == 409
    await officer.open(APPOINTMENTS)
    assert "1 of 4 are marked and can be done" in officer.text
    assert await press(officer, APPOINTMENTS, "try", **{"m.3-chair": "yes"}) == 200
    assert await press(officer, APPOINTMENTS, "check", seen="2-chair") == 422
    assert "is not what this page showed" in officer.text
    assert client.sent == []
    assert await press(officer, APPOINTMENTS, "check") == 200
    assert "Chair: Nm-expert-2 (expert-2) Reason: Knows the field" in officer.text
    assert "9999" not in officer.text
    [path] = set(re.findall(r'action="(/together/[^"]+)"', officer.page))
    await officer.send(path, {})
    assert "2 recorded, 0 refused" in officer.text
    chairs = [(await state_of(recorder, application_stream(story.ROUND, number))).chair for number in NUMBERS]
    assert chairs == ["expert-1", "expert-2", ""]
    # Once all are answered nothing is kept of the table, and read again each row is told that it stands.
    await officer.open(APPOINTMENTS)
    assert "expert-2" not in officer.text
    assert await upload(officer, APPOINTMENTS, "Application,Chair\n0073,expert-3\n") == 200
    assert "Fill in the reason why this member is to chair the panel" in officer.text
    assert await upload(officer, APPOINTMENTS, ROWS) == 200
    assert "0 of 4 are marked and can be done" in officer.text


async def test_a_team_in_the_place_of_another_has_its_reason_in_the_table(
    officer: Browser, recorder: Ledger, client: DecidingClient
) -> None:
    stream, others = application_stream(story.ROUND, "0071"), "surveyor-2,surveyor-2 surveyor-3 surveyor-4"
    newcomers = [person_of(person, Role.EXPERT) for person in others.partition(",")[2].split()]
    await register(recorder, newcomers, command_id="newcomers")
    first = f"{HEADING}0071,,surveyor-1,surveyor-1 surveyor-2 surveyor-3\n"
    unexplained = f"{HEADING}0071,,{others}\n"
    explained = f"Application,Leader,Survey team,Team's reason\n0071,{others},Went abroad\n"
    for table, would in ((first, 1), (unexplained, 0), (explained, 1)):
        assert await upload(officer, APPOINTMENTS, table) == 200
        assert f"{would} of 1 are marked and can be done" in officer.text, officer.text
        if not would:
            team = "Nm-surveyor-1, Synthetic (surveyor-2), Synthetic (surveyor-3)"
            assert f"{team} were appointed before" in officer.text, officer.text
            continue
        assert await press(officer, APPOINTMENTS, "check") == 200
        assert ("Reason: Went abroad" in officer.text) is (table == explained)
        [path] = set(re.findall(r'action="(/together/[^"]+)"', officer.page))
        await officer.send(path, {})
        assert "1 recorded, 0 refused" in officer.text
    assert (await state_of(recorder, stream)).team == ("surveyor-2", "surveyor-3", "surveyor-4")
    assert client.sent[-1].command["reason"]["id"] != UNSTORED.id


async def test_conflicts_of_a_table_are_reported_with_their_texts(
    officer: Browser, recorder: Ledger, client: DecidingClient
) -> None:
    row = "0071,expert-1,Former employee of the host\n"
    assert (
        await upload(officer, CONFLICTS, f"Application,Expert,Grounds\n{row}{row}0072,expert-2,A patent\n")
        == 200
    )
    assert "2 of 2 are marked and can be done" in officer.text, officer.text
    assert await press(officer, CONFLICTS, "check", "m.4") == 200
    assert "Former employee of the host" in officer.text
    assert "A patent" not in officer.text
    [path] = set(re.findall(r'action="(/together/[^"]+)"', officer.page))
    await officer.send(path, {})
    assert "1 recorded" in officer.text
    (sent,) = client.sent
    assert "Former employee" not in sent.model_dump_json()
    _, stored = await recorder.contents.get(sent.command["text"]["id"])
    assert stored.decode() == "Former employee of the host"
    # Its name is that of the command line's, and no hash of what somebody could try.
    row_read = ConflictRow(application="0071", expert="expert-1", text="Former employee of the host")
    assert sent.command["report"] == report_row(row_read, Ref(**sent.command["text"])).report
    plain = sha256(f"0071/expert-1/{row_read.text}".encode()).hexdigest()
    assert plain[:16] not in sent.model_dump_json()
    # The same row is the same report, and is refused where it was made before.
    assert await upload(officer, CONFLICTS, f"Application,Expert,Grounds\n{row}") == 200
    assert "0 of 1 are marked and can be done" in officer.text


async def test_a_supervisor_reports_conflicts_by_a_table_and_appoints_nobody(
    app: Starlette, recorder: Ledger, client: DecidingClient
) -> None:
    async with browse(app) as supervisor:
        await supervisor.speak("en")
        await sign_in(supervisor, recorder, "supervisor-1")
        await supervisor.open(OWN_DESK)
        assert CONFLICTS in supervisor.links
        assert APPOINTMENTS not in supervisor.links
        assert (await supervisor.open(APPOINTMENTS)).status_code == 404
        rows = "Application,Expert,Grounds\n0071,expert-1,A patent\n"
        assert await upload(supervisor, CONFLICTS, rows) == 200, supervisor.text
        assert "1 of 1 are marked and can be done" in supervisor.text, supervisor.text
        assert f"/rounds/{story.ROUND}/checks" not in supervisor.links
        assert await press(supervisor, CONFLICTS, "check") == 200
        [path] = set(re.findall(r'action="(/together/[^"]+)"', supervisor.page))
        await supervisor.send(path, {})
        assert "1 recorded" in supervisor.text
    (sent,) = client.sent
    assert sent.actor.role is Role.SUPERVISOR


async def test_who_may_do_no_such_acts_in_the_round_has_no_table(app: Starlette, recorder: Ledger) -> None:
    async with browse(app) as other:
        await other.speak("en")
        for person in ("agent-1", "expert-1", "stranger-1"):
            await sign_in(other, recorder, person)
            for path in (APPOINTMENTS, f"{APPOINTMENTS}/template.xlsx", CONFLICTS):
                assert (await other.open(path)).status_code == 404
            await other.open("/tasks")
            assert (await other.send(APPOINTMENTS, {"do": "read"})).status_code == 404
            assert APPOINTMENTS not in other.links
