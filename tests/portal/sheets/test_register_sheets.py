"""Act sheets of the register: tables of people, erasures, and ids that were mistyped."""

import re
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import DecidingBackend, DecidingClient, retell
from tests.portal.support.fixtures import app, client, decide
from tests.portal.support.sheets import Typed, faults_in, fill_in, person_of, send_with_files
from tests.reading.streams import MAIN, UNIT
from tests.registering import register
from tests.selection import story
from tests.selection.signing.keys import Authenticator

__all__ = ["app", "client"]


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    async with decide(url, recorder) as made:
        yield made


async def test_an_administrator_registers_people_of_a_table_or_is_told_each_fault_by_its_cell(
    app: Starlette, recorder: Ledger, client: DecidingClient
) -> None:
    heading = "Id,Name,Mail,Language,Employer's code,Employer's name,Roles\n"
    wrong = (
        heading + "expert-77,Li,no-address,zh,none,,expert\nexpert-77,Li,li@univ.example,zh,none,,expert\n"
    )
    sound = heading + "expert-77,Li,li@univ.example,zh,none,,expert\n"
    path = "/do/register-people"
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "admin-1")
        await page.open("/do")
        assert path in page.links
        assert (await page.client.get(f"{path}/template.xlsx")).content[:2] == b"PK"
        assert await send_with_files(page, path, {}, {}) == 422
        assert await send_with_files(page, path, {}, {"u.people": ("people.csv", b"\x00\x01")}) == 422
        assert await send_with_files(page, path, {}, {"u.people": ("people.csv", wrong.encode())}) == 422
        assert "C2: " in page.text, page.text
        assert await send_with_files(page, path, {}, {"u.people": ("people.csv", sound.encode())}) == 200
        assert "expert-77" in page.text
        [act_page] = re.findall(r'action="(/acts/[^"]+)"', page.page)
        await page.open(f"{act_page}?lang=zh")
        assert "评审专家" in page.text
        await page.open(f"{act_page}?lang=en")
        await page.send(re.findall(r'action="(/acts/[^"]+)"', page.page)[0], {})
        assert "Recorded" in page.text
    assert "expert-77" in await recorder.people.facts(["expert-77"])
    (act,) = client.sent
    assert "li@univ.example" not in act.model_dump_json()


async def test_what_an_erasure_takes_and_how_a_unit_is_spelled_is_read_before_it_is_signed(
    app: Starlette, recorder: Ledger
) -> None:
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "admin-1")
        typed: Typed = {"f.person": "expert-10", "f.force": "yes", "f.because": "On request"}
        assert await fill_in(page, "/do/erase-person", typed) == 200, faults_in(page, "erase-person")
        for shown in ("the identity and", "On request", "Yes, erase all the same"):
            assert shown in page.text
        typed = {"f.tie": "project", "f.unit": "91-host\u3000", "f.holds": "yes"}
        assert await fill_in(page, "/do/declare-tie", typed) == 200, faults_in(page, "declare-tie")
        assert re.search(r"\b91-HOST\b", page.text), page.text
        wrong = typed | {"f.unit": "91-h\u043est"}
        assert await fill_in(page, "/do/declare-tie", wrong) == 422


async def test_a_tie_is_declared_with_units_suggested_and_its_standing_said(
    app: Starlette, recorder: Ledger
) -> None:
    path = "/do/declare-tie"
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "expert-1")
        await page.open(path)
        assert 'list="f.unit-list"' in page.page
        assert f'<option value="{UNIT}"' in page.page
        assert re.search(r'name="f.holds" value="yes" checked', page.page)
        assert "Does this tie exist now?" in page.text
        for said, status in (({}, 422), ({"f.holds": "yes"}, 200)):
            typed: Typed = {"f.tie": "project", "f.unit": UNIT, **said}
            assert await fill_in(page, path, typed) == status, faults_in(page, path)


MISTYPED: tuple[tuple[str, str, Typed, str, str], ...] = (
    (
        "officer-1",
        f"/do/appoint-survey-team/{story.ROUND}/0400",
        {"f.members": "surveyor-1\nsurveyor-2\nsurveyor-x", "f.lead": "surveyor-1"},
        "members",
        "is not registered",
    ),
    (
        "admin-1",
        "/do/erase-person",
        {"f.person": "expert-x", "f.force": "no", "f.because": "On request"},
        "person",
        "is not registered",
    ),
    (
        "admin-1",
        "/do/erase-person",
        {"f.person": "admin-1", "f.force": "no", "f.because": "On request"},
        "person",
        "A second administrator",
    ),
    (
        "admin-1",
        "/do/revoke-lost-key",
        {"f.person": "expert-x", "f.key": Authenticator().key.key},
        "key",
        "Name of the key: No key of this name",
    ),
)
"""Who types what where; the field at which a fault is told, and how."""


async def test_a_mistyped_id_is_told_at_its_field_before_anything_is_signed(
    app: Starlette, recorder: Ledger
) -> None:
    await register(recorder, [person_of("surveyor-2")], command_id="more")
    await retell(recorder, "0400", 39)
    for person, path, typed, field, told in MISTYPED:
        async with browse(app) as page:
            await page.speak("en")
            await sign_in(page, recorder, person)
            assert await fill_in(page, path, typed) == 422, faults_in(page, path)
            assert told in faults_in(page, path)
            assert f"f-{field}" in faults_in(page, path) or f"f.{field}" in faults_in(page, path)
            assert "You are not registered" not in page.text


async def test_a_paper_that_leaves_is_recorded_by_its_file_and_found_by_it(
    app: Starlette, recorder: Ledger, client: DecidingClient
) -> None:
    path, file = f"/rounds/{story.ROUND}/sent", {"paper": ("letter.pdf", b"%PDF-1.7 a letter that leaves")}
    number = MAIN.stream.rpartition("/")[2]
    typed: Typed = {"kind": "letter", "application": number, "language": "zh"}
    async with browse(app) as page:
        await page.speak("en")
        await sign_in(page, recorder, "officer-1")
        await page.open(f"/applications/{story.ROUND}")
        assert path in page.links
        assert await send_with_files(page, path, {}, {}) == 422
        for unfit in ({"application": "9999"}, {"kind": "proposal"}, {"language": "fr"}):
            assert await send_with_files(page, path, {**typed, **unfit}, file) == 422, unfit
        # Of what is still under way no letter can have left.
        assert await send_with_files(page, path, {**typed, "application": "0008"}, file) == 422
        assert "does not hold yet" in page.text
        assert await send_with_files(page, path, typed, file) == 200
        assert "Record the papers that leave" in page.text
        assert f"Decision letter Number of the application {number}" in page.text
        await page.send(re.findall(r'action="(/acts/[^"]+)"', page.page)[0], {})
        assert "Recorded" in page.text
        checking: Typed = {"round": story.ROUND}
        assert await send_with_files(page, "/check/paper", checking, file) == 200
        assert "This paper left as it is" in page.text
        await sign_in(page, recorder, "supervisor-1")
        assert (await page.open(path)).status_code == 404
    (act,) = client.sent
    assert (act.kind, act.stream) == ("record-papers", "installation")
