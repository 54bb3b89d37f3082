"""Files within the form of an act: sent with its page, kept in its draft, cited by what is handed in."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette

from ledger.record import Ledger
from selection.decision.aggregate import leaf_of
from selection.forms.built_in import find_form
from selection.forms.changing.field_map import map_fields
from selection.forms.form import Form, FormName
from selection.kernel.actor import Role
from selection.kernel.canonical import canonical_bytes, sha256_hex
from selection.round import events as r
from selection.streams import aggregate, application_stream, round_stream
from tests import factories as f
from tests.portal.acts.test_acts import REVIEW, app, backend, begin_review, client, page, version_in
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import EXPERT, STREAM, retell
from tests.portal.support.browsing import Browser
from tests.portal.support.reviewing import SOUND
from tests.portal.support.sheets import EACH, person_of, read_hidden, send_with_files
from tests.registering import register
from tests.selection import story

__all__ = ["app", "backend", "client", "page"]
PDF = b"%PDF-1.7 one"
ANNEX = {"code": "annex", "kind": "file", "required": True, "types": ["application/pdf"], "megabytes": 1}
PROOF = {"code": "proof", "kind": "file", "required": False, "many": True, "most": 2}
NAMED = {"annex": {"en": "Annex", "zh": "附件"}, "proof": {"en": "Proofs", "zh": "证明"}}


@pytest.fixture
async def review_page(recorder: Ledger, page: Browser) -> Browser:
    """An expert before a review whose form asks for files."""
    await ask_for_files(recorder, "review")
    await begin_review(page)
    return page


async def ask_for_files(recorder: Ledger, name: FormName, renamed: Mapping[str, str] | None = None) -> None:
    """Record that a form of the round was amended, and asks for files; or that these fields are called otherwise."""
    stream = round_stream(story.ROUND)
    snapshot = await recorder.reading.snapshot(stream)
    assert snapshot is not None
    state = aggregate(stream).load(snapshot.state)
    old = find_form(story.RULES.forms, name)
    assert old is not None
    new = change_form(old, {})
    if renamed:
        old, new = new, change_form(old, renamed)
    event = r.FormAmended(
        number=10 if renamed else 9,
        form_name=name,
        was=old.version,
        form_version=new.version,
        form_hash=sha256_hex(canonical_bytes(new)),
        definition=new.model_dump(mode="json"),
        by=map_fields(old, new, renamed or {}),
        until=None,
        reason=f.ref("reason"),
    )
    about = f"files-{new.version}"
    leaf = leaf_of(event, state=state, offset=1, actor=story.OFFICER, at=datetime.now(UTC), command_id=about)
    await recorder.record.append(story.ROUND, stream, [leaf])


def change_form(old: Form, renamed: Mapping[str, str]) -> Form:
    shape = old.model_dump(mode="json")
    shape["version"] = f"with-files-{len(renamed)}"
    shape["sections"][-1]["fields"] += [
        {**field, **NAMED[str(field["code"])], "code": renamed.get(str(field["code"]), field["code"])}
        for field in (ANNEX, PROOF)
    ]
    return Form.model_validate(shape)


async def send(page: Browser, typed: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]) -> int:
    return await send_with_files(page, REVIEW, {**typed, "version": version_in(page)}, dict(files))


async def test_a_file_is_kept_shown_checked_and_handed_in(review_page: Browser, recorder: Ledger) -> None:
    assert 'name="u.a.annex"' in review_page.page
    before = set(await recorder.contents.list_stored_by(EXPERT))
    assert await send(review_page, SOUND, {}) == 422
    assert "Annex" in review_page.text
    assert await send(review_page, {**SOUND, "do": "save"}, {"u.a.annex": ("annex.pdf", PDF)}) == 200
    assert "annex.pdf" in review_page.text
    (stored,) = set(await recorder.contents.list_stored_by(EXPERT)) - before
    # As one pauses it stays; and what a page says of it is nothing.
    await review_page.send(
        REVIEW, {**SOUND, "a.annex": "another's", "version": version_in(review_page), "do": "leave"}
    )
    await review_page.open(REVIEW)
    shown = await review_page.send(
        REVIEW, {**SOUND, "version": version_in(review_page), "a.annex": "another's"}
    )
    assert shown.status_code == 200, review_page.text
    assert "annex.pdf" in review_page.text
    await review_page.send(shown.url.path, {})
    last = (await recorder.reading.stream_entries(STREAM))[-1].leaf
    assert last.type == "review.submitted.v1"
    assert [file["id"] for file in last.data["form"]["files"]] == [stored]


async def test_what_a_form_does_not_take_is_told_and_not_stored(
    review_page: Browser, recorder: Ledger
) -> None:
    before = await recorder.contents.list_stored_by(EXPERT)
    for name, body, told in (
        ("notes.txt", b"no PDF", "of another type"),
        ("large.pdf", PDF + bytes(1_000_001), "larger than 1 MB"),
        ("empty.pdf", b"", "The file is empty."),
    ):
        assert await send(review_page, {**SOUND, "do": "save"}, {"u.a.annex": (name, body)}) == 422
        assert told in review_page.text
    assert await recorder.contents.list_stored_by(EXPERT) == before


async def test_another_takes_the_place_of_one_and_of_several_each_can_be_removed(
    review_page: Browser,
) -> None:
    for name in ("first.pdf", "second.pdf"):
        await send(review_page, {"do": "save"}, {"u.a.annex": (name, PDF + name.encode())})
    assert "second.pdf" in review_page.text
    assert "first.pdf" not in review_page.text
    for name in ("a.png", "b.png"):
        await send(review_page, {"do": "save"}, {"u.a.proof": (name, name.encode())})
    assert await send(review_page, {"do": "save"}, {"u.a.proof": ("c.png", b"c")}) == 422
    assert "has more than 2 entries" in review_page.text
    kept = re.findall(r'name="drop.a.proof" value="([^"]+)"', review_page.page)
    await send(review_page, {"drop.a.proof": kept[0], "do": "save"}, {})
    assert "a.png" not in review_page.text
    assert "b.png" in review_page.text


async def test_a_page_that_was_overtaken_says_which_file_is_not_kept(
    review_page: Browser, app: Starlette, recorder: Ledger
) -> None:
    first = review_page.page
    async with browse(app) as other:
        await other.speak("en")
        await sign_in(other, recorder, EXPERT)
        await other.open(REVIEW)
        await send(other, {"do": "save"}, {"u.a.annex": ("theirs.pdf", PDF)})
    review_page.page = first
    stored = await recorder.contents.list_stored_by(EXPERT)
    assert await send(review_page, {"do": "save"}, {"u.a.annex": ("mine.pdf", PDF + b"2")}) == 409
    assert "The file that you sent with this page was not kept" in review_page.text
    assert "theirs.pdf" in review_page.text
    assert "mine.pdf" not in review_page.text
    assert await recorder.contents.list_stored_by(EXPERT) == stored


async def test_a_sheet_takes_files_of_its_own_and_of_its_form_at_once(
    page: Browser, recorder: Ledger
) -> None:
    await register(recorder, [person_of("objector-1", Role.OBJECTOR)], command_id="more")
    await retell(recorder, "0300", 57)
    await ask_for_files(recorder, "objection")
    path = f"/do/raise-objection/{story.ROUND}/0300"
    await sign_in(page, recorder, "objector-1")
    typed = EACH["raise-objection"][2]
    files = {"u.evidence": ("evidence.pdf", PDF), "u.a.annex": ("annex.pdf", PDF + b"2")}
    assert await send_with_files(page, path, typed, {"u.a.annex": ("annex.txt", b"no PDF")}) == 422
    assert "of another type" in page.text
    assert await send_with_files(page, path, typed, files) == 200
    for name in ("evidence.pdf", "annex.pdf"):
        assert name in page.text
    (act,) = set(re.findall(r'action="(/acts/[0-9a-f-]+)"', page.page))
    await page.send(act, {})
    last = (await recorder.reading.stream_entries(application_stream(story.ROUND, "0300")))[-1].leaf
    assert last.type == "objection.raised.v1"
    assert (len(last.data["evidence"]), len(last.data["form"]["files"])) == (1, 1)


async def test_a_file_stays_where_its_field_is_called_otherwise_later(
    review_page: Browser, recorder: Ledger
) -> None:
    await send(review_page, {"do": "save"}, {"u.a.annex": ("annex.pdf", PDF)})
    await ask_for_files(recorder, "review", {"annex": "appendix"})
    for do in ("leave", "save"):
        await review_page.open(REVIEW)
        assert 'name="u.a.appendix"' in review_page.page
        assert "annex.pdf" in review_page.text, do
        await review_page.send(REVIEW, {**read_hidden(review_page), "a.opinion": "typed on", "do": do})
    await review_page.open(REVIEW)
    assert "annex.pdf" in review_page.text
