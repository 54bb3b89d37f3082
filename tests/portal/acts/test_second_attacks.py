"""Attacks on acts that wait for a second signature: by whom they are about, by strangers, past a withdrawal."""

import re
from collections.abc import AsyncIterator

import psycopg
import pytest
from starlette.applications import Starlette

from selection.application import events as a
from selection.kernel.actor import Role
from selection.register.key_commands import EnrolKey
from selection.signing.possession import enrol
from starter.client.errors import ActMissing
from tests.attacks.test_enrolment_codes import ADMIN, HERE, Place, founded_place
from tests.ledger.conftest import unfounded_url
from tests.portal.acts.test_signed_acts import challenge_in, sign_challenge
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer
from tests.portal.support.acting import EXAMINED, DecidingBackend, retell, tell_round
from tests.portal.support.browsing import ORIGIN, Browser
from tests.portal.support.enrolling import enrol_expert
from tests.portal.support.fixtures import app, decide
from tests.portal.support.sheets import fill_in, send_with_files
from tests.selection import story
from tests.selection.signing.keys import Authenticator
from tests.selection.story import ref

__all__ = ["app", "founded_place", "unfounded_url"]
NUMBER = "0200"
UPHOLD = f"/do/uphold-objection/{story.ROUND}/{NUMBER}"
BECAUSE = "Proven by the register"
STAFF = {
    "officer-1": Role.OFFICER,
    "officer-2": Role.OFFICER,
    "officer-3": Role.OFFICER,
    "admin-2": Role.ADMIN,
}
EXAMINERS = ("examiner-1", "examiner-2", "examiner-3")
PASSKEYS = {name: Authenticator(site="localhost", origin=ORIGIN) for name in ("admin-1", *STAFF, *EXAMINERS)}
SECOND_CASE = (
    (
        story.OBJECTOR,
        a.ObjectionRaised(
            objection="objection-2", objector="objector-1", text=ref("other-text"), evidence=()
        ),
    ),
    (story.OFFICER, a.ExaminersAppointed(objection="objection-2", examiners=("examiner-3", "examiner-4"))),
)


@pytest.fixture
async def backend(founded_place: Place, unfounded_url: str) -> AsyncIterator[DecidingBackend]:
    async with decide(unfounded_url, founded_place.ledger) as made:
        yield made


@pytest.fixture
async def staff(founded_place: Place) -> None:
    """Three officers and two administrators with passkeys."""
    for name, role in STAFF.items():
        await enrol_expert(founded_place, PASSKEYS[name], name, role)
    enrolment = enrol(PASSKEYS["admin-1"], "admin-1", HERE)  # type: ignore[arg-type]  # signs as a key does
    assert await founded_place.act(EnrolKey(keys=(enrolment,)), ADMIN) == ""


@pytest.fixture
async def objections(founded_place: Place) -> None:
    """Two objections to one application, with examiners of their own."""
    await tell_round(founded_place.ledger)
    await retell(founded_place.ledger, NUMBER, EXAMINED, *SECOND_CASE)
    for name in EXAMINERS:
        await enrol_expert(founded_place, PASSKEYS[name], name)


async def enter(page: Browser, name: str) -> Browser:
    await page.speak("en")
    await page.send("/sign-in", await answer(page, PASSKEYS[name], name))
    return page


async def sign(page: Browser, name: str) -> str:
    """Sign what the page shows, and return where that leads."""
    path = page.page.split('action="/acts/')[1].split('"')[0]
    return (await page.send(f"/acts/{path}", sign_challenge(PASSKEYS[name], challenge_in(page)))).url.path


async def uphold(page: Browser) -> str:
    """Sign an upholding of the first objection as its first examiner, and return where it waits."""
    assert await fill_in(page, UPHOLD, {"f.objection": "objection-1", "f.text": BECAUSE}) == 200, page.text
    waits = await sign(page, "examiner-1")
    assert waits.startswith("/seconds/"), page.text
    return waits


async def refuse_to_show(page: Browser, waits: str) -> None:
    """See that a page tells nothing of an act that waits, and signs nothing of it."""
    await page.open("/tasks")
    assert "/seconds" not in page.links
    await page.open("/seconds")
    assert waits not in page.links
    assert (await page.open(waits)).status_code == 404
    await page.open("/tasks")
    assert (await page.send(waits, {})).status_code == 404


@pytest.mark.usefixtures("staff")
async def test_whom_an_act_is_about_is_not_shown_it_and_cannot_spend_the_first_signature(
    app: Starlette, founded_place: Place, backend: DecidingBackend
) -> None:
    stolen = PASSKEYS["officer-2"].key.key
    async with browse(app) as first, browse(app) as thief, browse(app) as other:
        await enter(first, "officer-1")
        typed: dict[str, str | list[str]] = {"f.person": "officer-2", "f.key": stolen}
        assert await fill_in(first, "/do/revoke-lost-key", typed) == 200, first.text
        waits = await sign(first, "officer-1")
        await enter(thief, "officer-2")
        await refuse_to_show(thief, waits)
        assert (await backend.client()).sent == []
        await enter(other, "officer-3")
        await other.open("/tasks")
        assert "/seconds" in other.links
        await other.open(waits)
        await other.send(waits, {})
        assert "/done" in await sign(other, "officer-3"), other.text
        assert "Recorded" in other.text
        keys = await founded_place.ledger.keys.of(["officer-2"])
        assert stolen not in {key.key for key in keys["officer-2"]}


@pytest.mark.usefixtures("staff")
async def test_whoever_is_to_be_erased_is_not_shown_it(app: Starlette) -> None:
    async with browse(app) as first, browse(app) as target:
        await enter(first, "admin-1")
        typed: dict[str, str | list[str]] = {
            "f.person": "admin-2",
            "f.force": "yes",
            "f.because": "On request",
        }
        assert await fill_in(first, "/do/erase-person", typed) == 200, first.text
        waits = await sign(first, "admin-1")
        await enter(target, "admin-2")
        await refuse_to_show(target, waits)


@pytest.mark.usefixtures("objections")
async def test_an_examiner_of_another_objection_reads_nothing_and_who_reads_is_noted(
    app: Starlette, founded_place: Place
) -> None:
    async with browse(app) as first, browse(app) as other, browse(app) as second:
        await enter(first, "examiner-1")
        waits = await uphold(first)
        await enter(other, "examiner-3")
        await refuse_to_show(other, waits)
        await enter(second, "examiner-2")
        await second.open("/seconds")
        assert waits in second.links
        await second.open(waits)
        assert BECAUSE in second.text
    noted = [
        (read.person, read.item)
        for read in await founded_place.ledger.read_log.find(story.ROUND)
        if read.what == "waiting"
    ]
    assert noted == [("examiner-2", waits.rpartition("/")[2]), ("examiner-2", "")]


@pytest.mark.usefixtures("objections")
async def test_what_was_taken_back_while_the_second_looked_at_it_is_not_done(
    app: Starlette, backend: DecidingBackend
) -> None:
    async with browse(app) as first, browse(app) as second:
        await enter(first, "examiner-1")
        waits = await uphold(first)
        await enter(second, "examiner-2")
        await second.open(waits)
        shown = (await second.send(waits, {})).url.path
        challenge = challenge_in(second)
        await first.open(waits)
        await first.send(f"{waits}/withdraw", {})
        taken = await second.send(shown, sign_challenge(PASSKEYS["examiner-2"], challenge))
        assert taken.status_code == 410
        assert "no longer" in second.text
        assert (await backend.client()).sent == []
        assert (await second.open(shown)).status_code == 410


@pytest.mark.usefixtures("objections")
async def test_what_came_to_nothing_waits_again_and_what_was_sent_is_not_taken_back(
    app: Starlette, backend: DecidingBackend
) -> None:
    client = await backend.client()
    async with browse(app) as first, browse(app) as second:
        await enter(first, "examiner-1")
        waits = await uphold(first)
        await enter(second, "examiner-2")
        await second.open(waits)
        shown = (await second.send(waits, {})).url.path
        challenge = challenge_in(second)
        client.before = ActMissing("c")
        assert (
            await second.send(shown, sign_challenge(PASSKEYS["examiner-2"], challenge))
        ).status_code == 503
        assert (await first.open(waits)).status_code == 200
        assert "Take my signature back" in first.text
        assert "/done" in await sign(second, "examiner-2"), second.text
        await first.open("/tasks")
        assert (await first.send(f"{waits}/withdraw", {})).status_code == 404


@pytest.mark.usefixtures("staff")
async def test_a_name_is_shown_to_both_and_is_kept_with_no_act(app: Starlette, unfounded_url: str) -> None:
    heading = "Id,Name,Mail,Language,Employer's code,Employer's name,Roles\n"
    table = heading + "officer-9,Qiu Canary,q@univ.example,zh,,,officer\n"
    async with (
        browse(app) as first,
        browse(app) as second,
        await psycopg.AsyncConnection.connect(unfounded_url, autocommit=True) as superuser,
    ):

        async def count(what: str) -> int:
            row = await (await superuser.execute(f"SELECT count(*) FROM selection.{what}")).fetchone()
            assert row is not None
            return int(row[0])

        await enter(first, "admin-1")
        sent = {"u.people": ("people.csv", table.encode())}
        assert await send_with_files(first, "/do/register-staff", {}, sent) == 200, first.text
        assert "Qiu Canary" in first.text
        waits = await sign(first, "admin-1")
        await enter(second, "admin-2")
        await second.open(waits)
        assert "Qiu Canary" in second.text
        await second.send(waits, {})
        assert "Qiu Canary" in second.text
        for kept in ("portal_acts", "portal_seconds", "portal_drafts"):
            assert await count(f"{kept} AS t WHERE t::text LIKE '%Qiu Canary%'") == 0, kept
        assert await count("portal_seconds") == 1
        assert "/done" in await sign(second, "admin-2"), second.text
        # What has its answer is not kept for its second any more.
        assert await count("portal_seconds") == 0


@pytest.mark.usefixtures("objections")
async def test_what_cannot_be_read_or_ran_out_keeps_nobody_from_their_tasks(
    app: Starlette, unfounded_url: str
) -> None:
    async with (
        browse(app) as first,
        browse(app) as second,
        await psycopg.AsyncConnection.connect(unfounded_url, autocommit=True) as superuser,
    ):
        await enter(first, "examiner-1")
        broken, late, sound = await uphold(first), await uphold(first), await uphold(first)
        await superuser.execute(
            "UPDATE selection.portal_seconds SET body = '{}' WHERE id = %s", [broken.rpartition("/")[2]]
        )
        await enter(second, "examiner-2")
        assert (await second.open("/tasks")).status_code == 200
        assert (await second.open(broken)).status_code == 404
        await superuser.execute(
            "UPDATE selection.portal_seconds SET head = '{}' WHERE id = %s", [broken.rpartition("/")[2]]
        )
        await superuser.execute(
            "UPDATE selection.portal_seconds SET until = clock_timestamp() WHERE id = %s",
            [late.rpartition("/")[2]],
        )
        assert (await second.open("/tasks")).status_code == 200
        assert (await second.open("/seconds")).status_code == 200
        assert re.findall(r"/seconds/[^\"/?]+", second.page) == [sound]
        found = await (await superuser.execute("SELECT count(*) FROM selection.portal_seconds")).fetchone()
        # What ran out is gone as soon as anybody looks.
        assert found == (2,)
        await second.open("/seconds?act=uphold-objection&whose=theirs&sort=-until")
        assert sound in second.links
