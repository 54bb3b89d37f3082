"""Who signs second checks in the page what the first signed; what was altered where it waits is not shown at all."""

import json
import re
from collections.abc import AsyncIterator, Callable
from html import unescape
from unittest.mock import AsyncMock

import psycopg
import pytest
from starlette.applications import Starlette

from ledger.people.register import Identity, NewPerson
from reading.access.seconds import SecondReads
from selection.kernel.actor import Role
from selection.kernel.canonical import sha256_hex
from selection.register.commands import split_registrations
from selection.register.key_commands import RevokeKey
from selection.signing.base64 import decode, encode
from tests import factories as f
from tests.attacks.test_enrolment_codes import ADMIN, Place, founded_place
from tests.ledger.conftest import unfounded_url
from tests.portal.acts.test_signed_acts import challenge_in, sign_challenge
from tests.portal.acts.test_two_signatures import PASSKEYS, SHEET, TYPED, backend, enter, sign_first
from tests.portal.conftest import browse
from tests.portal.entering.test_passkeys import answer
from tests.portal.support.acting import retell
from tests.portal.support.browsing import ORIGIN, Browser
from tests.portal.support.enrolling import enrol_expert
from tests.portal.support.fixtures import app
from tests.portal.support.sheets import PROOF, fill_in, send_with_files
from tests.selection import story
from tests.selection.signing.keys import Authenticator

__all__ = ["app", "backend", "founded_place", "unfounded_url"]
REASON, OTHER = "Proven by the register", "Not proven by anything"
OFFICERS = {name: Authenticator(site="localhost", origin=ORIGIN) for name in ("officer-1", "officer-2")}
Row = dict[str, str]


@pytest.fixture
async def superuser(unfounded_url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """Whoever runs the database."""
    async with await psycopg.AsyncConnection.connect(unfounded_url, autocommit=True) as made:
        yield made


def hashes_shown(page: Browser) -> set[str]:
    """Hash each text that stands on a page with its salt, as the page's script does."""
    found = re.findall(r'data-salt="([^"]+)">([^<]*)<', page.page)
    return {sha256_hex(decode(salt) + unescape(text).encode()) for salt, text in found}


def hashes_asked(page: Browser) -> set[str]:
    """The hashes of the texts without which the page's script signs nothing."""
    return set(re.findall(r'data-texts="([^"]*)"', page.page)[0].split())


def command_in(page: Browser) -> Row:
    (shown,) = re.findall(r'<pre id="command">([^<]*)</pre>', page.page)
    command: Row = json.loads(unescape(shown))
    return command


async def read_row(superuser: psycopg.AsyncConnection, table: str) -> Row:
    """Return what the pages keep of the act that was shown last."""
    found = await superuser.execute(
        f"SELECT to_jsonb(t) FROM selection.{table} AS t ORDER BY ctid DESC LIMIT 1"
    )
    row: Row = (await found.fetchone() or ({},))[0]
    return row


def put_other_text(body: str) -> str:
    return body.replace(REASON, OTHER)


def put_other_chinese(body: str) -> str:
    return body.replace(f'"value_zh":"{REASON}"', f'"value_zh":"{OTHER}"')


def drop_the_text(body: str) -> str:
    kept = json.loads(body)
    return json.dumps({**kept, "lines": [line for line in kept["lines"] if line["value_en"] != REASON]})


def call_it_salted(body: str) -> str:
    kept = json.loads(body)
    lines = [{**line, "salt": encode(bytes(16))} for line in kept["lines"] if line["value_en"] == REASON]
    return put_other_text(json.dumps({**kept, "lines": lines}))


async def test_the_second_has_all_that_their_page_checks_the_texts_by(
    app: Starlette, superuser: psycopg.AsyncConnection
) -> None:
    async with browse(app) as first, browse(app) as second:
        await enter(first, "examiner-1")
        waits = await sign_first(first)
        await enter(second, "examiner-2")
        await second.open(waits)
        await second.send(waits, {})
        cited = command_in(second)["text"]["sha256"]  # type: ignore[index]  # a reference
        assert hashes_shown(second) == hashes_asked(second) == {cited}
        # The salt stays with the text: an erasure takes both.
        salts = set(re.findall(r'data-salt="([^"]+)"', second.page))
        for table in ("portal_seconds", "portal_acts", "portal_drafts"):
            kept = str(await read_row(superuser, table))
            assert not any(salt in kept or decode(salt).hex() in kept for salt in salts), table


@pytest.mark.parametrize("alter", [put_other_text, put_other_chinese, drop_the_text, call_it_salted])
async def test_an_act_with_other_texts_than_were_signed_is_not_shown(
    app: Starlette, superuser: psycopg.AsyncConnection, alter: Callable[[str], str]
) -> None:
    async with browse(app) as first, browse(app) as second:
        await enter(first, "examiner-1")
        waits = await sign_first(first)
        await enter(second, "examiner-2")
        await second.open(waits)
        shown = (await second.send(waits, {})).url.path
        # Altered while the second looks at it, where their own page of it is kept.
        kept = await read_row(superuser, "portal_acts")
        altered = alter(kept["body"])
        assert altered != kept["body"]
        await superuser.execute(
            "UPDATE selection.portal_acts SET body = %s WHERE id = %s", [altered, shown.rpartition("/")[2]]
        )
        await refuse(second, shown)
        # Altered where it waits.
        await second.open(waits)
        offered = await read_row(superuser, "portal_seconds")
        await superuser.execute("UPDATE selection.portal_seconds SET body = %s", [alter(offered["body"])])
        assert (await second.send(waits, {})).status_code == 409
        await refuse(second, waits)
        # Who signed it first can take it back all the same.
        assert (await first.open(waits)).status_code == 200
        await first.send(f"{waits}/withdraw", {})
        assert (await first.open(waits)).status_code == 404


async def test_an_act_whose_first_signer_revoked_their_key_has_ended_and_nobody_is_alarmed(
    app: Starlette, founded_place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    async with browse(app) as first, browse(app) as second:
        await enter(first, "examiner-1")
        waits = await sign_first(first)
        await enter(second, "examiner-2")
        await second.speak("en")
        await second.open(waits)
        shown = (await second.send(waits, {})).url.path
        own = f.actor("examiner-1", Role.EXAMINER)
        key = PASSKEYS["examiner-1"]
        assert await founded_place.act(RevokeKey(key=key.key.key), own, key) == ""  # type: ignore[arg-type]
        for path in (waits, shown):
            assert (await second.open(path)).status_code == 410
            assert "their signature no longer counts" in second.text
            assert "operator" not in second.text
        assert "is not as it was signed" not in caplog.text
        # What another key than any of theirs signed is another thing.
        assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_an_act_that_was_signed_at_a_former_address_has_ended_too(
    app: Starlette, superuser: psycopg.AsyncConnection, caplog: pytest.LogCaptureFixture
) -> None:
    async with browse(app) as first, browse(app) as second:
        await enter(first, "examiner-1")
        waits = await sign_first(first)
        await enter(second, "examiner-2")
        await second.speak("en")
        await superuser.execute("""UPDATE selection.founding SET portals = '["https://new.example"]'""")
        assert (await second.open(waits)).status_code == 410
        assert "an address that the system had before" in second.text
        assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_an_act_that_tells_of_more_people_than_lines_is_shown_without_their_names(
    app: Starlette, superuser: psycopg.AsyncConnection
) -> None:
    async with browse(app) as first, browse(app) as second:
        await enter(first, "examiner-1")
        waits = await sign_first(first)
        offered = await read_row(superuser, "portal_seconds")
        kept = json.loads(offered["body"])
        lines = [{**line, "people": ["examiner-1", "examiner-2", "officer-1"]} for line in kept["lines"]]
        altered = json.dumps({**kept, "lines": lines})
        await superuser.execute("UPDATE selection.portal_seconds SET body = %s", [altered])
        await enter(second, "examiner-2")
        for page in (first, second):
            assert (await page.open(waits)).status_code == 200


async def test_an_act_that_its_first_signer_did_not_sign_is_not_shown(
    app: Starlette, superuser: psycopg.AsyncConnection
) -> None:
    async with browse(app) as first, browse(app) as second:
        await enter(first, "examiner-1")
        waits = await sign_first(first)
        # They wrote this too, and signed it not.
        assert await fill_in(first, SHEET, {**TYPED, "f.text": OTHER}) == 200, first.text
        written = command_in(first)["text"]
        offered = await read_row(superuser, "portal_seconds")
        head = json.loads(offered["head"])
        head["act"]["command"]["text"] = written
        await superuser.execute(
            "UPDATE selection.portal_seconds SET head = %s, body = %s",
            [json.dumps(head), put_other_text(offered["body"])],
        )
        await enter(second, "examiner-2")
        await second.open("/seconds")
        await refuse(second, waits)
        assert (await second.send(waits, {})).status_code in (403, 409)


async def refuse(page: Browser, path: str) -> None:
    """See that a page shows nothing of an act that was altered, and says what to do."""
    assert (await page.open(path)).status_code == 409
    assert "does not wait here as it was signed first" in page.text
    assert REASON not in page.page
    assert OTHER not in page.page
    assert 'id="sign"' not in page.page


async def test_the_answers_of_a_form_are_checked_in_the_page_and_files_are_not_asked_for(
    app: Starlette, founded_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The round of the story waits for no paper, which the core would say.
    monkeypatch.setattr(SecondReads, "_foresee", AsyncMock(return_value=None))
    identity = Identity(name="Synthetic", mail="recommender-1@synthetic.example")
    recommender = NewPerson(person="recommender-1", roles={Role.RECOMMENDER: ("bj",)}, identity=identity)
    for name, passkey in OFFICERS.items():
        await enrol_expert(founded_place, passkey, name, Role.OFFICER)
    known = await founded_place.ledger.people.store_identities([recommender], ADMIN.person, "more")
    for command in split_registrations(known):
        assert await founded_place.act(command, ADMIN) == ""
    await retell(founded_place.ledger, "0301", 3)
    path = f"/do/recommend-on-paper/{story.ROUND}/bj"
    typed: dict[str, str | list[str]] = {"f.application": "0301", "f.revision": "1"}
    typed |= {"f.agent": "recommender-1", "f.sent": "2024-08-12"}
    typed |= {"a.checked": "papers", "a.opinion_note": "Sound"}
    async with browse(app) as first, browse(app) as second:
        for page, name in ((first, "officer-1"), (second, "officer-2")):
            await page.speak("en")
            await page.send("/sign-in", await answer(page, OFFICERS[name], name))
        assert await send_with_files(first, path, typed, PROOF) == 200, first.text
        shown = first.page.split('action="/acts/')[1].split('"')[0]
        signed = sign_challenge(OFFICERS["officer-1"], challenge_in(first))
        waits = (await first.send(f"/acts/{shown}", signed)).url.path
        await second.open("/seconds")
        assert waits in second.links
        await second.open(waits)
        await _open_file(second, first, waits)
        await second.send(waits, {})
        answers = command_in(second)["form"]["answers"]["sha256"]  # type: ignore[index]  # a reference in a form
        assert answers in hashes_asked(second) == hashes_shown(second)


async def _open_file(second: Browser, first: Browser, waits: str) -> None:
    """The second opens what the first handed in, before signing it; nobody else is shown that there is any."""
    file = f"{waits}/files/1"
    assert file in second.links
    ((_, body),) = PROOF.values()
    fetched = await second.client.get(file)
    assert (fetched.content, fetched.headers["content-type"]) == (body, "application/pdf")
    assert fetched.headers["content-disposition"].startswith("attachment")
    for page, path in ((second, f"{waits}/files/2"), (second, f"{waits}/files/x"), (first, file)):
        assert (await page.client.get(path)).status_code == 404, path
