"""Act sheets in pages: each drawn, checked, shown to be signed, and done once, by who may do it."""

import html
import json
import re
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from portal.app import create_app
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.kernel.actor import SYSTEM, Role
from selection.streams import aggregate, application_stream, log_of
from tests.portal.acting import FAR, FORM, DecidingBackend, DecidingClient, put, retell
from tests.portal.browsing import ORIGIN, OWN, Browser
from tests.portal.conftest import browse, sign_in
from tests.portal.test_acts import SOUND
from tests.registering import register
from tests.selection import story
from tests.selection.signing.keys import Authenticator
from tests.selection.story import Story

Typed = dict[str, str | list[str]]
CHECKED = f"{story.ROUND}/0050"


def stream_of(place: str) -> str:
    return f"application/{place}"


async def state(recorder: Ledger, place: str) -> ApplicationState:
    stream = stream_of(place)
    snapshot = await recorder.reading.snapshot(stream)
    assert snapshot is not None
    found = aggregate(stream).load(snapshot.state)
    assert isinstance(found, ApplicationState)
    return found


async def tell_checking(ledger: Ledger) -> None:
    """Record an application in its legality check, which has no seals."""
    number = CHECKED.rpartition("/")[2]
    told = Story(application_stream(story.ROUND, number))
    handed_in = story.submitted(1, f"form-{number}")
    unsealed = handed_in.submission.with_(seals=None)
    told.tell(story.AGENT, handed_in.model_copy(update={"submission": unsealed}))
    told.tell(SYSTEM, story.taken(1), a.CheckOpened(deadline=FAR))
    await put(ledger, f"form-{number}", FORM)
    for leaf in told.leaves:
        await ledger.record.append(log_of(leaf.stream), leaf.stream, [leaf])


@pytest.fixture
async def backend(url: str, recorder: Ledger) -> AsyncIterator[DecidingBackend]:
    await tell_checking(recorder)
    made = DecidingBackend(url, recorder)
    async with made.opened():
        yield made


@pytest.fixture
async def client(backend: DecidingBackend) -> DecidingClient:
    return await backend.client()


@pytest.fixture
async def app(backend: DecidingBackend) -> Starlette:
    return create_app(backend, ORIGIN)


@pytest.fixture
async def officer(browser: Browser, recorder: Ledger) -> Browser:
    await browser.open("/language/en")
    await sign_in(browser, recorder, "officer-1")
    return browser


def hidden_in(page: Browser) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.page)
    return {name: value for name, value in found if name != "form_token"}


def faults_in(page: Browser, act: str) -> str:
    """What the page says is wrong."""
    found = re.search(r'<div class="faults".*?</div>', page.page, re.DOTALL)
    return f"{act}: " + (found[0] if found else page.text)


async def fill_in(page: Browser, path: str, typed: Typed) -> int:
    """Open a sheet, send what is typed with what the page hides, and return the status."""
    opened = await page.open(path)
    assert opened.status_code == 200, page.text
    return (await page.send(path, {**hidden_in(page), **typed, "do": "check"})).status_code


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
    assert (await state(recorder, CHECKED)).stage == "eligible"
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
    assert (await state(recorder, CHECKED)).stage == stage


async def test_what_was_tampered_with_or_changed_meanwhile_is_told_by_its_field(
    officer: Browser, client: DecidingClient
) -> None:
    path = f"/do/fail-check/{CHECKED}"
    sound: Typed = {"f.grounds": "direction-held", "f.text": "As the first"}
    assert await fill_in(officer, path, {**sound, "f.grounds": "made-up"}) == 422
    assert "choose from what is offered" in officer.text
    assert await fill_in(officer, path, {**sound, "seen.revision": "2"}) == 422
    assert "this changed since the page was opened" in officer.text
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
        await other.open("/language/en")
        await sign_in(other, recorder, "supervisor-1")
        for act in ("pass-check", "send-back", "fail-check"):
            assert (await other.open(f"/do/{act}/{CHECKED}")).status_code == 404
            assert "nothing here" in other.text
            await other.open("/tasks")
            sent = await other.send(f"/do/{act}/{CHECKED}", {"version": "0", "do": "check"})
            assert sent.status_code == 404


FINDINGS: Typed = {f"f.findings.{item.code}": "As handed in" for item in story.RULES.criteria}


def person_of(name: str, *roles: Role) -> NewPerson:
    identity = Identity(name="Synthetic", mail=f"{name}@synthetic.example")
    return NewPerson(
        person=name, roles=dict.fromkeys(roles, ()), employer=f"employer-{name}", identity=identity
    )


EACH: dict[str, tuple[int, str, Typed]] = {
    "withdraw": (3, "agent-1", {}),
    "withdraw-recommendation": (7, "recommender-1", {}),
    "recommend": (3, "recommender-9", {"a.checked": "papers", "a.opinion_note": "Sound"}),
    "confirm-co-building": (3, "partner-1", {}),
    "appoint-chair": (29, "officer-1", {"f.chair": "expert-2"}),
    "correct-review": (29, "expert-1", {**SOUND, "s.positioning": "21", "f.reason": "Interchanged"}),
    "report-conflict": (29, "officer-2", {"f.expert": "expert-2", "f.text": "A former employee"}),
    "rule-on-conflict": (
        32,
        "supervisor-2",
        {"f.report": "report-1", "f.upheld": "no", "f.text": "No proof"},
    ),
    "appoint-survey-team": (
        39,
        "officer-1",
        {"f.members": "surveyor-1\nsurveyor-2\nsurveyor-3", "f.lead": "surveyor-1"},
    ),
    "report-survey": (
        40,
        "surveyor-1",
        {"f.day": "2024-08-20", "f.verdict": "confirmed", **FINDINGS, "a.met": "The head"},
    ),
    "record-appraisal": (
        41,
        "expert-1",
        {
            "f.present": ["expert-1", "expert-2", "expert-3", "expert-5", "expert-8"],
            "f.dissents.expert-2": "Too early",
            "f.score": "80.5",
            "f.votes_for": "4",
            "f.votes_against": "1",
            "f.abstained": "0",
            "f.text": "Minutes",
            "a.strengths": "Its staff",
            "a.weaknesses": "Its funds",
        },
    ),
    "raise-objection": (44, "objector-1", {"f.text": "Not their work", "a.about": "truth"}),
    "appoint-examiners": (
        45,
        "officer-1",
        {"f.objection": "objection-1", "f.examiners": "examiner-1\nexaminer-2"},
    ),
    "settle-objection": (
        46,
        "examiner-1",
        {"f.objection": "objection-1", "f.outcome": "dismissed", "f.text": "No proof"},
    ),
    "uphold-objection": (46, "examiner-1", {"f.objection": "objection-1", "f.text": "Proven"}),
}
"""By act: after how many steps of the story, by whom, and what is typed."""
ROLES = {
    "withdraw": "applicant",
    "confirm-co-building": "applicant",
    "correct-review": "expert",
    "record-appraisal": "chair",
}
"""In which role an act is done, where its person is not called by it."""
LISTS = {
    "recommend": f"recommender/{story.ROUND}/bj",
    "withdraw-recommendation": f"recommender/{story.ROUND}/prov-bj",
}
"""On which stream an act is done that is not done on its application."""


def signed_as(page: Browser) -> tuple[str, str]:
    """The role and the stream of the statement that a page asks to be signed."""
    statement = json.loads(
        html.unescape(page.page.partition('<pre id="statement">')[2].partition("</pre>")[0])
    )
    return statement["role"], statement["stream"]


async def test_each_sheet_of_an_application_is_drawn_filled_in_and_shown_to_be_signed(
    app: Starlette, recorder: Ledger
) -> None:
    several = person_of("recommender-8").model_copy(update={"roles": {Role.RECOMMENDER: ("bj", "sh")}})
    partner = person_of("partner-1", Role.APPLICANT).model_copy(update={"employer": story.CO_BUILDER})
    recommender = person_of("recommender-9").model_copy(update={"roles": {Role.RECOMMENDER: ("bj",)}})
    people = [
        partner,
        recommender,
        several,
        person_of("objector-1", Role.OBJECTOR),
        *(person_of(name) for name in ("surveyor-2", "surveyor-3", "examiner-2")),
    ]
    await register(recorder, people, command_id="more")
    for act, (steps, person, typed) in EACH.items():
        number = f"01{list(EACH).index(act):02d}"
        await retell(recorder, number, steps)
        async with browse(app) as page:
            await page.open("/language/en")
            await sign_in(page, recorder, person)
            await page.open(f"/applications/{story.ROUND}/{number}")
            path = f"/do/{act}/{story.ROUND}/{number}"
            assert path in page.links, (act, page.text)
            assert await fill_in(page, path, typed) == 200, faults_in(page, act)
            assert 'action="/acts/' in page.page, act
            expected = (
                ROLES.get(act, person.partition("-")[0]),
                LISTS.get(act, stream_of(f"{story.ROUND}/{number}")),
            )
            assert signed_as(page) == expected, act
    async with browse(app) as page:
        await page.open("/language/en")
        await sign_in(page, recorder, "recommender-8")
        # Who acts for several units is told so before they type.
        early = await page.open(f"/do/recommend/{story.ROUND}/01{list(EACH).index('recommend'):02d}")
        assert early.status_code == 409
        assert "You act for several units" in page.text


async def send_with_files(page: Browser, path: str, typed: Typed, files: dict[str, tuple[str, bytes]]) -> int:
    """Open a sheet and send it with files, as a browser sends a form that has some."""
    await page.open(path)
    token = re.findall(r'name="form_token" value="([^"]*)"', page.page)[0]
    fields = {**hidden_in(page), "form_token": token, "do": "check", **typed}
    taken = await page.client.post(path, data=fields, files=files, headers=OWN, follow_redirects=True)
    page.page = taken.text
    return taken.status_code


async def test_files_come_with_a_sheet_and_nobody_types_a_reference(
    app: Starlette, recorder: Ledger, client: DecidingClient
) -> None:
    await register(recorder, [person_of("objector-1", Role.OBJECTOR)], command_id="more")
    await retell(recorder, "0300", 44)
    path = f"/do/raise-objection/{story.ROUND}/0300"
    forged = '["public-3", "' + "0" * 64 + '", "theirs.pdf", "application/pdf", 9]'
    async with browse(app) as page:
        await page.open("/language/en")
        await sign_in(page, recorder, "objector-1")
        scan = {"u.evidence": ("a scan.pdf", b"%PDF-1.7 of theirs")}
        # A fault elsewhere loses no file.
        assert await send_with_files(page, path, {"k.evidence": forged}, scan) == 422
        assert "a scan.pdf" in page.text
        empty = {"u.evidence": ("empty.pdf", b"")}
        assert await send_with_files(page, path, EACH["raise-objection"][2], empty) == 422
        assert "the file is empty" in page.text
        assert await fill_in(page, path, EACH["raise-objection"][2]) == 200, faults_in(page, path)
        assert "a scan.pdf" in page.text
        await page.send(re.findall(r'action="(/acts/[^"]+)"', page.page)[0], {})
        assert "Recorded" in page.text
    (evidence,) = client.sent[0].command["evidence"]
    card, body = await recorder.contents.get(evidence["id"])
    assert (body, card.media_type, card.stored_by) == (b"%PDF-1.7 of theirs", "application/pdf", "objector-1")


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
        await page.open("/language/en")
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
        await page.send(re.findall(r'action="(/acts/[^"]+)"', page.page)[0], {})
        assert "Recorded" in page.text
    assert "expert-77" in await recorder.people.facts(["expert-77"])
    (act,) = client.sent
    assert "li@univ.example" not in act.model_dump_json()


async def test_what_an_erasure_takes_is_read_before_it_is_signed(app: Starlette, recorder: Ledger) -> None:
    async with browse(app) as page:
        await page.open("/language/en")
        await sign_in(page, recorder, "admin-1")
        typed: Typed = {"f.person": "expert-10", "f.force": "yes", "f.because": "On request"}
        assert await fill_in(page, "/do/erase-person", typed) == 200, faults_in(page, "erase-person")
        for shown in ("the identity and", "On request", "Yes, erase all the same"):
            assert shown in page.text


async def test_a_unit_puts_its_list_in_order(app: Starlette, recorder: Ledger) -> None:
    path = f"/do/rank-recommendations/{story.ROUND}/prov-bj"
    async with browse(app) as page:
        await page.open("/language/en")
        await sign_in(page, recorder, "recommender-1")
        # What was emptied stays empty: no place comes back that nobody gave.
        assert await fill_in(page, path, {"f.order.0001": ""}) == 422
        assert re.findall(r'name="f.order.0001"[^>]* value="([^"]*)"', page.page) == [""]
        assert await fill_in(page, path, {"f.order.0001": "2"}) == 422
        assert "give each a place of its own" in page.text
        assert await fill_in(page, path, {"f.order.0001": "1"}) == 200, faults_in(page, path)
        assert (await page.open(path.replace("prov-bj", "prov-sh"))).status_code == 404


async def test_a_mistyped_id_is_told_at_its_field_before_anything_is_signed(
    app: Starlette, recorder: Ledger
) -> None:
    await register(recorder, [person_of("surveyor-2")], command_id="more")
    await retell(recorder, "0400", 39)
    place = f"{story.ROUND}/0400"
    mistyped: tuple[tuple[str, str, Typed, str, str], ...] = (
        (
            "officer-1",
            f"/do/appoint-survey-team/{place}",
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
    for person, path, typed, field, told in mistyped:
        async with browse(app) as page:
            await page.open("/language/en")
            await sign_in(page, recorder, person)
            assert await fill_in(page, path, typed) == 422, faults_in(page, path)
            assert told in faults_in(page, path)
            assert f"f-{field}" in faults_in(page, path) or f"f.{field}" in faults_in(page, path)
            assert "You are not registered" not in page.text
