"""What was typed into a form whose session has ended: shown whole, back in its form in a new one, never a secret."""

import re
from html import unescape
from pathlib import Path

import pytest
from starlette.applications import Starlette

import portal
from ledger.record import Ledger
from portal.giving_back import FORMS, SECRET, TECHNICAL
from portal.guard.cookies import SESSION
from portal.pages.applying import BASES
from portal.pages.reviews import PATH as REVIEWS
from tests.portal.acts.test_acts import INVITATION, REVIEW, app, backend, begin_review, client, page
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import EXPERT
from tests.portal.support.browsing import OWN, Browser
from tests.selection import story

__all__ = ["app", "backend", "client", "page"]
TYPED = {
    "s.positioning": "17.5",
    "a.opinion": "Sound.",
    "a.recommendation": "support",
    "a.visit_day": "2026-11-28",
    "a.table.0.cell": "  First row\nof two lines",
}
SECRETS = {
    "token": "tkn-1",
    "signature": "sig-1",
    "authenticator_data": "auth-1",
    "client_data": "data-1",
    "made_attestation": "made-1",
    "code": "ABCD-EFGH",
    "secret": "a draw secret",
    "challenge": "chall-1",
}


def again_in(page: Browser) -> dict[str, str]:
    """Return what the page sends into the form again."""
    (form,) = re.findall(r'<form method="post" action="' + REVIEW + r'".*?</form>', page.page, re.DOTALL)
    return {name: unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form)}


async def test_all_that_was_typed_or_chosen_comes_back_and_goes_into_its_form_after_signing_in(
    page: Browser, recorder: Ledger
) -> None:
    await begin_review(page)
    page.client.cookies.delete(SESSION)
    sent = {**TYPED, "version": "0", "form_version": "", "do": "check"}
    assert (await page.send(REVIEW, sent)).status_code == 403
    for label, value in (
        ("Score · positioning", "17.5"),
        ("Field opinion", "Sound."),
        ("Field recommendation", "support"),
        ("Field visit_day", "2026-11-28"),
        ("Field table · 1 · cell", "First row of two lines"),
    ):
        assert f"{label} {value}" in page.text
    assert "/sign-in?next=" + REVIEW in page.links
    waiting = page.page
    assert "form_token" not in again_in(page)
    # Before anybody is signed in, nothing is taken.
    assert (await page.send(REVIEW, again_in(page))).status_code == 403
    await sign_in(page, recorder, EXPERT)
    page.page = waiting
    # Signed in it is no form of this session either: it is shown, and taken when that is asked for.
    answer = await page.client.post(REVIEW, data=again_in(page), headers=OWN)
    page.page = answer.text
    assert answer.status_code == 403
    assert "You are signed in again" in page.text
    taken = await page.client.post(REVIEW, data=again_in(page), headers=OWN)
    page.page = taken.text
    assert taken.status_code == 422
    assert 'value="17.5"' in page.page
    assert ">Sound.</textarea>" in page.page
    await page.open(REVIEW)
    assert ">Sound.</textarea>" in page.page


async def test_what_another_typed_than_who_is_signed_in_now_is_shown_to_nobody(
    app: Starlette, page: Browser, recorder: Ledger
) -> None:
    await begin_review(page)
    theirs = {**page.hidden, **TYPED, "version": "0", "form_version": "", "do": "check"}
    page.client.cookies.delete(SESSION)
    await page.send(REVIEW, theirs)
    waiting = again_in(page)
    async with browse(app) as other:
        await other.speak("en")
        await sign_in(other, recorder, "expert-2")
        # At once, or from the page that showed it before anybody was signed in; with a mark made up, or without one.
        for sent, told in (
            (theirs, "Somebody else than you opened this form"),
            (waiting, "Somebody else than you opened this form"),
            ({**theirs, "whose": "made-up"}, "Somebody else than you opened this form"),
            ({**theirs, "whose": "."}, "Somebody else than you opened this form"),
            ({**theirs, "whose": ""}, "belongs to a session that has ended"),
        ):
            answer = await other.client.post(REVIEW, data=sent, headers=OWN)
            other.page = answer.text
            assert answer.status_code == 403
            assert told in other.text
            assert "17.5" not in other.page
            assert f'action="{REVIEW}"' not in other.page


async def test_a_long_review_in_chinese_comes_back_as_well(page: Browser) -> None:
    await begin_review(page)
    page.client.cookies.delete(SESSION)
    texts = {f"t.{number}": f"{number} 该中心的技术创新能力突出。" * 300 for number in range(5)}
    sent = {**TYPED, **texts, "version": "0", "form_version": "", "do": "check"}
    assert (await page.send(REVIEW, sent)).status_code == 403
    assert all(text in page.page for text in texts.values())


APPLY, ROUND = f"/rounds/{story.ROUND}/apply/units", f"/rounds/{story.ROUND}"
MEND = f"/applications/{story.ROUND}/0001/mend/units"
NAMED: tuple[tuple[str, str, str, str], ...] = (
    *(
        (path, name, en, zh)
        for path in (APPLY, MEND)
        for name, en, zh in (
            ("a.host.name_zh", "Host unit · Name in Chinese", "依托单位 · 中文名称"),
            ("a.co_builders.1.region", "Co-builders · 2 · Region", "共建单位 · 2 · 地区"),
            ("a.contact.1.name_zh", "Field contact · 2 · Name in Chinese", "栏目 contact · 2 · 中文名称"),
        )
    ),
    (REVIEW, "a.text", "Comment for the applicant", "给申报单位的意见"),
    (f"/do/correct-review/{story.ROUND}/0001", "a.text", "Comment for the applicant", "给申报单位的意见"),
    # What another form calls so is no name of a question of this one.
    (REVIEW, "a.host.name_zh", "Field host · Name in Chinese", "栏目 host · 中文名称"),
    (f"/do/raise-objection/{story.ROUND}/0001", "a.text", "Field text", "栏目 text"),
    (f"/do/recommend/{story.ROUND}/0001", "a.field", "Field field", "栏目 field"),
    (REVIEW, "round", "Round", "轮次"),
    (REVIEW, "f.odd", "Field odd", "栏目 odd"),
    (f"{ROUND}/checks", "m.0001", "Application 0001", "申报 0001"),
    (f"{ROUND}/checks/together", "m.0012", "Application 0012", "申报 0012"),
    (f"{ROUND}/by-table/conflicts", "m.3", "Row 3 of the table", "表格第 3 行"),
    (f"{ROUND}/by-table/appointments", "m.3-chair", "Row 3 of the table · Chair", "表格第 3 行 · 组长"),
    (f"{ROUND}/by-table/appointments", "m.3-mark-one", "Row 3 of the table", "表格第 3 行"),
    (f"{ROUND}/shortlist", "mark.0001", "Application 0001 · On the shortlist", "申报 0001 · 入围"),
    (
        f"{ROUND}/shortlist",
        "why.0001",
        "Application 0001 · Why rank is not followed",
        "申报 0001 · 未按排名的理由",
    ),
    (f"{ROUND}/proposal", "place.0001", "Application 0001 · Place", "申报 0001 · 位次"),
    (
        f"{ROUND}/proposal",
        "why.0001",
        "Application 0001 · Why the ranking or a limit is not followed",
        "申报 0001 · 未按排名或限额的理由",
    ),
)


async def test_fields_are_called_as_pages_and_built_in_forms_call_them(page: Browser) -> None:
    page.client.cookies.delete(SESSION)
    for place, language in enumerate(("en", "zh")):
        await page.open(f"/language/{language}")
        for path, name, *labels in NAMED:
            answer = await page.client.post(path, data={name: "Typed"}, headers=OWN)
            assert answer.status_code == 403, path
            assert f"<dt>{labels[place]}</dt>" in answer.text, (path, name)


def test_each_page_of_a_form_is_known_by_its_address() -> None:
    pages = {REVIEWS: "review", **dict.fromkeys(BASES, "application")}
    for address, form in pages.items():
        path = address.format(round="r", number="0001")
        assert [name for known, name in FORMS if known.fullmatch(path)] == [form], path
    assert not any(known.fullmatch("/rounds/r/apply-many") for known, _ in FORMS)


@pytest.mark.parametrize("with_file", [True, False])
async def test_what_is_too_much_to_be_given_back_is_said_to_be_lost(page: Browser, with_file: bool) -> None:
    await begin_review(page)
    page.client.cookies.delete(SESSION)
    files = {"u.a.annex": ("annex.pdf", b"%PDF-1.7")} if with_file else None
    for length, status in ((150_000, 403), (500_000, 413), (1_500_000, 413)):
        sent = {"a.opinion": "S" * length, "a.strengths": "T" * 100_000}
        answer = await page.client.post(REVIEW, data=sent, files=files, headers=OWN)
        assert answer.status_code == status
        assert ("none of it was taken or kept" in answer.text) == (status == 413)


async def test_what_was_chosen_is_said_in_the_words_of_the_page(page: Browser) -> None:
    await page.open(INVITATION)
    page.client.cookies.delete(SESSION)
    await page.send(INVITATION, {"answer": "decline", "pledge": "yes", "text": "Away", "do": "check"})
    for said in ("Your answer I decline", "Pledge Chosen", "conflict of interest Away"):
        assert said in page.text
    assert ">check<" not in page.page


async def test_files_are_to_be_chosen_again_and_until_then_nothing_is_asked_to_be_signed(
    page: Browser,
) -> None:
    await begin_review(page)
    form = page.hidden["form_token"]
    page.client.cookies.delete(SESSION)
    fields = {"a.opinion": "Sound.", "do": "check", "version": "0", "form_token": form}
    answer = await page.client.post(
        REVIEW, data=fields, files={"u.a.annex": ("annex.pdf", b"%PDF-1.7")}, headers=OWN
    )
    page.page = answer.text
    assert "choose them again" in page.text
    assert 'enctype="multipart/form-data"' in page.page
    assert again_in(page) == {"a.opinion": "Sound.", "do": "save", "version": "0"}
    # However large they are, what was typed comes back.
    large = {f"u.a.annex.{number}": ("annex.pdf", b"%PDF\r\n--" * 400_000) for number in range(3)}
    answer = await page.client.post(
        REVIEW, data={**fields, "a.opinion": "S" * 200_000}, files=large, headers=OWN
    )
    page.page = answer.text
    assert answer.status_code == 403
    assert "choose them again" in page.text
    assert again_in(page)["a.opinion"] == "S" * 200_000
    # A field for a file that was left empty is none.
    answer = await page.client.post(REVIEW, data=fields, files={"u.a.annex": ("", b"")}, headers=OWN)
    assert "choose them again" not in answer.text


async def test_secrets_and_tokens_are_given_back_to_nobody(
    app: Starlette, page: Browser, recorder: Ledger
) -> None:
    await page.open(INVITATION)
    token, whose = page.hidden["form_token"], page.hidden["whose"]
    async with browse(app) as other:
        await other.speak("en")
        await sign_in(other, recorder, EXPERT)
        for browser in (page, other):
            browser.client.cookies.delete(SESSION) if browser is page else None
            sent = {**SECRETS, "text": "Words of mine", "form_token": token, "whose": whose}
            answer = await browser.client.post(INVITATION, data=sent, headers=OWN)
            assert answer.status_code == 403
            assert "Words of mine" in answer.text
            assert token not in answer.text
            for value in SECRETS.values():
                assert value not in answer.text
            # What a secret was sent with does not go on by itself, and no button is spoken of.
            assert f'action="{INVITATION}"' not in answer.text
            assert "begin the form anew" in answer.text
            assert "put it into the form again" not in answer.text


async def test_a_number_of_a_row_of_thousands_of_digits_is_a_name_like_another(page: Browser) -> None:
    await begin_review(page)
    page.client.cookies.delete(SESSION)
    assert (await page.send(REVIEW, {f"a.table.{'9' * 5_000}.cell": "Sound."})).status_code == 403
    assert "Sound." in page.page


def test_each_field_that_a_page_hides_is_known_as_a_secret_or_as_technical() -> None:
    templates = Path(portal.__file__).parent / "templates"
    hidden = {
        name
        for file in templates.rglob("*.html")
        for name in re.findall(r'type="hidden" name="([^"{]+)"', file.read_text())
    }
    assert "form_version" in hidden
    assert {name for name in hidden if not (SECRET.fullmatch(name) or TECHNICAL.fullmatch(name))} == set()
