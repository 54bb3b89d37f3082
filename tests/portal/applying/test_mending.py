"""What stays in mending is shown to be read: nobody types into it in vain, and nothing that is sent there counts."""

from types import SimpleNamespace
from typing import Any

import pytest

from ledger.record import Ledger
from portal.applying import handed_in
from portal.applying.checking import list_changed
from portal.applying.draft import ApplicationDraft
from portal.applying.sent_back import CheckFaults
from portal.forms.typed import KeptFile, Typed
from selection.forms.validation import beside_schema
from selection.rules.grounds import Ground
from tests.portal.applying.test_applying import MEND, SECTIONS, app, backend, page, send_back
from tests.portal.applying.test_drafts import hand_in
from tests.portal.support.applying import ANSWERS, APPLY, PDF, fill_in, save_section, send, state_of, upload
from tests.portal.support.browsing import Browser
from tests.selection.forms.test_checking import FORM

__all__ = ["app", "backend", "page"]
STAYS = "stays as handed in"
WHOLLY = 3
"""Sections of which all stays."""
WHOLE = "This section stays as it was handed in: mending cannot change it, so it is shown to be read."


@pytest.fixture
async def handed_in_page(page: Browser) -> Browser:
    """The applicant's browser, once the application was handed in."""
    await fill_in(page)
    await page.send(await hand_in(page, APPLY), {})
    return page


async def test_what_stays_is_read_and_all_else_is_mended(handed_in_page: Browser, recorder: Ledger) -> None:
    page = handed_in_page
    before = await state_of(recorder)
    await page.open(f"{MEND}/centre")
    assert STAYS not in page.text
    assert 'name="a.name_en"' in page.page
    await send_back(recorder)
    await page.open(MEND)
    assert "mending cannot change it" in page.text
    await page.open(f"{MEND}/centre")
    assert f"{WHOLE} Name in Chinese" in page.text
    assert ANSWERS["name_en"] in page.text
    assert 'name="a.name_en"' not in page.page
    # Whoever sends it all the same changes nothing, and loses nothing.
    await save_section(page, SECTIONS["centre"], MEND, **{"a.name_en": "Another centre"})
    await save_section(page, SECTIONS["people"], MEND, **{"a.staff": "99"})
    await page.open(f"{MEND}/centre")
    assert "Another centre" not in page.page
    await page.send(await hand_in(page, MEND), {})
    mended = await state_of(recorder)
    assert before.submission is not None
    assert mended.submission is not None
    assert (mended.submission.name_en, mended.submission.field) == (
        before.submission.name_en,
        before.submission.field,
    )
    assert mended.submission.staff == 99


async def test_a_question_that_the_rules_keep_says_so_before_and_stays(
    handed_in_page: Browser, recorder: Ledger
) -> None:
    page = handed_in_page
    await page.open(f"{MEND}/centre")
    assert "Research direction public once it is published; cannot be changed in mending" in page.text
    assert 'name="a.direction"' in page.page
    before = await state_of(recorder)
    await send_back(recorder)
    await page.open(f"{MEND}/centre")
    assert f"{WHOLE} Name in Chinese" in page.text
    assert "Research direction " in page.text
    assert 'name="a.direction"' not in page.page
    await save_section(page, SECTIONS["centre"], MEND, **{"a.direction": "Another direction"})
    await page.open(f"{MEND}/construction")
    assert "Milestones " in page.text
    await page.send(await hand_in(page, MEND), {})
    mended = await state_of(recorder)
    assert before.submission is not None
    assert mended.submission is not None
    assert mended.submission.public is not None
    assert before.submission.public is not None
    bodies = [
        (await recorder.contents.get(ref.id))[1]
        for ref in (before.submission.public, mended.submission.public)
    ]
    assert bodies[0] == bodies[1]
    assert b"Another" not in bodies[1]


async def test_a_draft_from_before_it_was_sent_back_has_it_as_it_was_handed_in(
    handed_in_page: Browser, recorder: Ledger
) -> None:
    page = handed_in_page
    await save_section(page, SECTIONS["centre"], MEND, **{"a.name_en": "Another centre"})
    await page.open(f"{MEND}/centre")
    assert "Another centre" in page.page
    await send_back(recorder)
    await page.open(MEND)
    await send(page, MEND, {"do": "keep"})
    await page.open(f"{MEND}/centre")
    assert "Another centre" not in page.page
    assert ANSWERS["name_en"] in page.text
    await page.send(await hand_in(page, MEND), {})
    mended = await state_of(recorder)
    assert mended.submission is not None
    assert mended.submission.name_en == ANSWERS["name_en"]


async def test_a_file_that_stays_has_no_page_to_replace_it(
    handed_in_page: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = handed_in_page
    monkeypatch.setattr(handed_in, "ALWAYS_KEPT", frozenset({"pledge"}))
    assert (await page.open(f"{MEND}/annexes/a.pledge")).status_code == 200
    await send_back(recorder)
    assert (await page.open(f"{MEND}/annexes/a.pledge")).status_code == 404
    assert (await page.open(f"{MEND}/annexes/a.seals")).status_code == 200
    await page.open(f"{MEND}/annexes")
    assert f"Integrity pledge {STAYS}" in page.text


async def test_a_section_of_which_all_stays_is_read_and_nothing_is_saved_there(
    handed_in_page: Browser, recorder: Ledger
) -> None:
    page = handed_in_page
    await page.open(f"{MEND}/construction")
    assert "Save and continue" in page.text
    await send_back(recorder)
    await page.open(MEND)
    # What the centre is called, its contents and its construction; and the sentence that explains the mark.
    assert page.text.count(STAYS) == 1 + WHOLLY
    for section, following in (("construction", f"{MEND}/annexes"), ("contents", f"{MEND}/construction")):
        await page.open(f"{MEND}/{section}")
        assert WHOLE in page.text
        assert STAYS not in page.text
        for asked in ("Save", "draft", "<textarea", "<form method", "draft.js"):
            assert asked not in page.page.partition("<main")[2].partition("</main>")[0], asked
        assert f'<a class="button" href="{following}">Continue</a>' in page.page
    await page.open(f"{MEND}/annexes")
    assert STAYS in page.text
    assert WHOLE not in page.text
    assert "Save and continue" in page.text
    # What is sent there all the same changes nothing.
    await save_section(page, SECTIONS["construction"], MEND, **{"a.plan": "Another plan"})
    await page.open(f"{MEND}/construction")
    assert "Another plan" not in page.text


async def test_a_section_is_to_be_corrected_until_what_the_check_found_fault_with_was_changed(
    page: Browser, recorder: Ledger
) -> None:
    seals, all_done = "annexes/a.seals", f"{len(SECTIONS)} of {len(SECTIONS)} sections complete"
    await fill_in(page)
    await upload(page, f"{APPLY}/{seals}", PDF + b"seals")
    await page.open(f"{APPLY}/annexes")
    assert "Page with the seals Optional." in page.text
    await page.send(await hand_in(page, APPLY), {})
    await send_back(recorder)
    for _ in range(2):
        await page.open(MEND)
        assert f'<span class="tag late" id="state-{len(SECTIONS)}">to be corrected</span>' in page.page
        assert f"{len(SECTIONS) - 1} of {len(SECTIONS)} sections complete" in page.text
        await page.open(f"{MEND}/annexes")
        assert "Page with the seals Optional." not in page.text
        # The very same file once more corrects nothing, and neither does another section.
        await upload(page, f"{MEND}/{seals}", PDF + b"seals")
        await save_section(page, SECTIONS["people"], MEND, **{"a.staff": "99"})
    await upload(page, f"{MEND}/{seals}", PDF + b"other seals")
    await page.open(MEND)
    assert "to be corrected" not in page.text
    assert all_done in page.text


def test_fields_that_a_ground_is_about_are_open_until_one_was_changed_and_what_is_kept_is_never() -> None:
    bid = Ground(code="same-kind-bid", en="Two bids", zh="重复")
    host, builders = FORM.by_entry["host"].code, FORM.by_entry["co_builders"].code
    faults = CheckFaults((bid, Ground(code="late", en="Late", zh="迟")), "")
    assert faults.list_open(FORM, (), ()) == {host, builders}
    assert faults.list_open(FORM, (host,), ()) == {builders}
    assert faults.list_open(FORM, (host,), (host,)) == {builders}
    assert faults.list_open(FORM, (), (host,)) == frozenset()
    assert faults.list_open(FORM, (host, builders), ()) == frozenset()


def test_what_the_co_builder_is_to_confirm_is_said_at_its_field_and_not_to_be_corrected() -> None:
    builders = FORM.by_entry["co_builders"].code
    unconfirmed = Ground(code="co-builder-unconfirmed", en="Not confirmed", zh="未确认")
    bid = Ground(code="same-kind-bid", en="Two bids", zh="重复")
    faults = CheckFaults((unconfirmed,), "")
    assert faults.note(FORM, "en") == {builders: ("Not confirmed",)}
    assert faults.list_open(FORM, (), ()) == frozenset()
    # With another ground about the same field it is.
    assert builders in CheckFaults((unconfirmed, bid), "").list_open(FORM, (), ())


def test_the_same_file_under_another_id_and_a_blank_more_are_no_change() -> None:
    file = {"f-1": KeptFile("seals.pdf", "application/pdf", 9, "1" * 64)}
    before: Typed = {"a.seals": ("f-1",), "a.staff": ("30",), "a.name_en": ("Centre",)}
    for typed, files, changed in (
        (before, file, set()),
        ({**before, "a.staff": (" 30 ",), "a.seals": ("f-2",)}, {"f-2": file["f-1"]}, set()),
        ({**before, "a.seals": ("f-2",)}, {"f-2": file["f-1"]._replace(sha256="2" * 64)}, {"seals"}),
        ({"a.staff": ("31",)}, {}, {"seals", "staff", "name_en"}),
    ):
        filling: Any = SimpleNamespace(
            form=SimpleNamespace(form=FORM),
            draft=ApplicationDraft(typed=dict(typed), files=files),
            handed_in=SimpleNamespace(typed=before, files=file),
        )
        assert list_changed(filling) == changed


async def test_an_answer_that_was_taken_with_less_asked_of_it_is_handed_in_again(
    page: Browser, recorder: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        # As in the versions in which nothing was asked of a telephone number.
        before.setattr(beside_schema, "CONTACTS", {})
        await fill_in(page)
        await save_section(page, SECTIONS["people"], APPLY, **{"a.leader.phone": "see our site"})
        await page.send(await hand_in(page, APPLY), {})
    await send_back(recorder)
    people = {"a.leader.phone": "on the site", "a.staff": "99"}
    await save_section(page, SECTIONS["people"], MEND, **people)
    await page.open(MEND)
    assert (await send(page, MEND, {"do": "check"})).url.path == MEND
    assert "is no telephone number" in page.text
    await save_section(page, SECTIONS["people"], MEND, **people | {"a.leader.phone": "see our site"})
    await page.send(await hand_in(page, MEND), {})
    mended = await state_of(recorder)
    assert mended.submission is not None
    assert (mended.revision, mended.submission.staff) == (2, 99)
