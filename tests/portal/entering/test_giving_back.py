"""What was typed into a form whose session has ended: shown whole, back in its form in a new one, never a secret."""

import re
from html import unescape
from pathlib import Path

from starlette.applications import Starlette

import portal
from ledger.record import Ledger
from portal.giving_back import SECRET, TECHNICAL
from portal.guard.cookies import SESSION
from tests.portal.acts.test_acts import INVITATION, REVIEW, app, backend, begin_review, client, page
from tests.portal.conftest import browse, sign_in
from tests.portal.support.acting import EXPERT
from tests.portal.support.browsing import OWN, Browser

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
        ("Positioning", "17.5"),
        ("Opinion", "Sound."),
        ("Recommendation", "support"),
        ("Visit day", "2026-11-28"),
        ("Table · 1 · Cell", "First row of two lines"),
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


async def test_a_long_review_in_chinese_comes_back_as_well(page: Browser) -> None:
    await begin_review(page)
    page.client.cookies.delete(SESSION)
    texts = {f"t.{number}": f"{number} 该中心的技术创新能力突出。" * 300 for number in range(5)}
    sent = {**TYPED, **texts, "version": "0", "form_version": "", "do": "check"}
    assert (await page.send(REVIEW, sent)).status_code == 403
    assert all(text in page.page for text in texts.values())


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
    # A field for a file that was left empty is none.
    answer = await page.client.post(REVIEW, data=fields, files={"u.a.annex": ("", b"")}, headers=OWN)
    assert "choose them again" not in answer.text


async def test_secrets_and_tokens_are_given_back_to_nobody(
    app: Starlette, page: Browser, recorder: Ledger
) -> None:
    await page.open(INVITATION)
    token = page.hidden["form_token"]
    async with browse(app) as other:
        await sign_in(other, recorder, "officer-1")
        for browser in (page, other):
            browser.client.cookies.delete(SESSION) if browser is page else None
            sent = {**SECRETS, "text": "Words of mine", "form_token": token}
            answer = await browser.client.post(INVITATION, data=sent, headers=OWN)
            assert answer.status_code == 403
            assert "Words of mine" in answer.text
            assert token not in answer.text
            for value in SECRETS.values():
                assert value not in answer.text
            # What a secret was sent with does not go on by itself.
            assert f'action="{INVITATION}"' not in answer.text


def test_each_field_that_a_page_hides_is_known_as_a_secret_or_as_technical() -> None:
    templates = Path(portal.__file__).parent / "templates"
    hidden = {
        name
        for file in templates.rglob("*.html")
        for name in re.findall(r'type="hidden" name="([^"{]+)"', file.read_text())
    }
    assert "form_version" in hidden
    assert {name for name in hidden if not (SECRET.fullmatch(name) or TECHNICAL.fullmatch(name))} == set()
