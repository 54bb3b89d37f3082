"""The review in a page: its form, its faults, its draft."""

from typing import Any

import psycopg
import pytest
from starlette.applications import Starlette

from ledger.errors import RecordProtected
from ledger.record import Ledger
from reading.access.subject import Subject
from reading.forms import FormReads, MovedAnswers
from tests.portal.acts.test_acts import (
    REVIEW,
    app,
    backend,
    begin_review,
    client,
    page,
    version_in,
)
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import EXPERT, STREAM
from tests.portal.support.browsing import OWN, Browser
from tests.portal.support.reviewing import CRITERIA, SOUND

__all__ = ["app", "backend", "client", "page"]


async def test_the_sheet_of_the_rules_stands_beside_the_application(page: Browser) -> None:
    await begin_review(page)
    assert "Shared technology for stage machinery" in page.text
    for code in CRITERIA:
        assert f'name="s.{code}"' in page.page
        assert f'name="a.{code}_comment"' in page.page
    assert "for the panel only" in page.text
    assert 'data-shown="a.recommendation"' in page.page


async def test_every_fault_is_told_at_once_with_a_link_to_its_field(page: Browser) -> None:
    await begin_review(page)
    typed = {**SOUND, "s.positioning": "2000", "s.mechanism": "1.123", "s.technical": "x", "a.opinion": ""}
    refused = await page.send(REVIEW, {**typed, "a.conditions_named": "only if asked"})
    assert refused.status_code == 422
    linked = [link for link in page.links if link.startswith("#")]
    wanted = ("s.positioning", "s.mechanism", "s.technical", "a.opinion", "a.conditions_named")
    assert [f"#{name}" in linked for name in wanted] == [True] * 5
    for name in wanted:
        assert f'id="{name}"' in page.page
    # What was typed is still there, and kept.
    assert 'value="2000"' in page.page
    await page.open(REVIEW)
    assert 'value="2000"' in page.page


async def test_a_draft_is_kept_and_goes_once_the_review_is_recorded(page: Browser, url: str) -> None:
    await begin_review(page)
    saved = await page.send(REVIEW, {"a.opinion": "So far <b>so</b> good", "version": "0", "do": "save"})
    assert saved.url.query == b"saved=1"
    assert "The draft is saved" in page.text
    assert "So far &lt;b&gt;so&lt;/b&gt; good" in page.page
    checked = await page.send(REVIEW, {**SOUND, "version": version_in(page)})
    assert await count(url) == 1
    await page.send(checked.url.path, {})
    assert await count(url) == 0


async def test_a_window_that_is_behind_saves_over_nothing(page: Browser, url: str) -> None:
    await begin_review(page)
    first = page.page
    await page.send(REVIEW, {"a.opinion": "from the second window", "version": "0", "do": "save"})
    for do, status in (("save", 409), ("check", 409), ("leave", 409)):
        page.page = first
        behind = await page.send(REVIEW, {**SOUND, "a.opinion": "from the first", "do": do})
        assert behind.status_code == status
    page.page = first
    await page.send(REVIEW, {"a.opinion": "from the first", "version": "0", "do": "save"})
    assert "another window" in page.text
    assert "from the first" in page.page
    assert "from the second" not in page.page
    # Told, the writer may put theirs in its place.
    await page.send(REVIEW, {"a.opinion": "from the first", "version": version_in(page), "do": "save"})
    assert "from the first" in page.page
    assert "another window" not in page.text
    second = page.page
    await page.send(REVIEW, {"a.opinion": "third", "version": version_in(page), "do": "save"})
    page.page = second
    behind = await page.send(REVIEW, {"a.opinion": "lost", "version": version_in(page), "do": "save"})
    assert behind.status_code == 409
    # Nor does it erase what it has not seen.
    page.page = second
    assert (await page.send(REVIEW, {"version": version_in(page), "do": "discard"})).status_code == 409
    await page.open(REVIEW)
    assert "third" in page.page
    await page.send(REVIEW, {"version": version_in(page), "do": "discard"})
    assert "The draft is erased" in page.text
    assert "third" not in page.page
    assert await count(url) == 0


async def test_a_draft_of_an_earlier_form_is_moved_and_what_has_no_field_is_shown(
    page: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begin_review(page)
    find = FormReads.get_form

    async def find_version(reads: FormReads, subject: Subject, at: str, name: Any, version: str = "") -> Any:
        found = await find(reads, subject, at, name)
        return found.with_(form=found.form.with_(version=version)) if version else found

    async def move(_: FormReads, subject: Subject, at: str, name: str, filled: Any, new: str) -> MovedAnswers:
        old = filled.answers
        return MovedAnswers({"opinion": old["remark"]}, {"gone": old["gone"]})

    monkeypatch.setattr(FormReads, "get_form", find_version)
    monkeypatch.setattr(FormReads, "move_answers", move)
    old = {"a.remark": "said before", "a.gone": "without a field", "s.positioning": "7", "form_version": "v0"}
    form = page.page
    await page.send(REVIEW, {**old, "version": "0", "do": "save"})
    for told in ("The form changed", "said before", "without a field", 'value="7"'):
        assert told in page.page
    page.page = form
    checked = await page.send(REVIEW, {**old, "version": "1", "do": "check"})
    assert checked.status_code == 409
    assert "without a field" in page.page


async def test_as_one_leaves_the_draft_is_saved_and_its_version_told(page: Browser) -> None:
    await begin_review(page)
    left = await page.send(REVIEW, {"a.opinion": "half a", "version": "0", "do": "leave"})
    version = left.json()["version"]
    again = await page.client.post(
        REVIEW, data={"a.opinion": "x", "version": str(version), "do": "leave"}, headers=OWN
    )
    assert again.status_code == 403
    await page.open(REVIEW)
    assert "half a" in page.page
    assert version_in(page) == str(version)


async def test_a_draft_is_its_writers_alone(app: Starlette, page: Browser, recorder: Ledger) -> None:
    await begin_review(page)
    await page.send(REVIEW, {"a.opinion": "a secret of mine", "version": "0", "do": "save"})
    async with browse(app) as other:
        for person in ("expert-2", "officer-1", "admin-1"):
            await sign_in(other, recorder, person)
            await other.open(REVIEW)
            assert "a secret of mine" not in other.page
        await sign_in(other, recorder, EXPERT)
        await other.open(REVIEW)
        assert "a secret of mine" in other.page
    # Nor does another login of the database read it.
    with pytest.raises(RecordProtected):
        await recorder.portal_work.read_draft(EXPERT, f"review {STREAM}")


async def test_odd_drafts_do_no_harm(page: Browser) -> None:
    await begin_review(page)
    form = page.page
    for version in ("-1", "x", "٣", "9" * 30):
        page.page = form
        assert (await page.send(REVIEW, {"version": version, "do": "save"})).status_code == 400
    page.page = form
    odd = {"a.no-such-field": "x", "a.opinion.0.x": "y", "s.no-such": "1", "version": "0", "do": "check"}
    assert (await page.send(REVIEW, odd)).status_code == 422
    page.page = form
    assert (
        await page.send(REVIEW, {"version": "0", "do": "save", "a.opinion": "x" * 300_000})
    ).status_code == 400
    # A large table is read, though it comes from a window that is behind by now; more than any form has is not.
    for count, status in ((4_000, 409), (5_100, 400)):
        page.page = form
        many = {f"a.table.{number}.cell": "x" for number in range(count)}
        assert (await page.send(REVIEW, {**many, "version": "0", "do": "check"})).status_code == status


async def test_who_is_erased_leaves_no_draft_and_no_act_that_waits(page: Browser, url: str) -> None:
    await begin_review(page)
    await page.send(REVIEW, SOUND)
    assert (await count(url), await count(url, "portal_acts")) == (1, 2)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as superuser:
        await superuser.execute("UPDATE selection.people SET erased = true WHERE person = %s", [EXPERT])
    assert (await count(url), await count(url, "portal_acts")) == (0, 0)


async def count(url: str, table: str = "portal_drafts") -> int:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as superuser:
        rows = await superuser.execute(f"SELECT count(*) FROM selection.{table}".encode())
        (found,) = await rows.fetchone() or (0,)
        return int(found)
