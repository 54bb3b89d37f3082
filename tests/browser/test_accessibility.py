"""Every page and every error of the portal in Chromium: nothing that axe finds, and nothing too wide for a phone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page

from ledger.database.store import RECORDER_ROLE
from ledger.record import Ledger
from portal.app import create_app
from portal.guard.cookies import SESSION
from portal.shown.rendering import TEMPLATES, render
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.settings import SignInProvider
from selection.kernel.actor import Role
from tests.browser.support.auditing import audit, prepare_copy
from tests.browser.support.axe import bring_axe, find_violations
from tests.browser.support.checking import check_several, keep_list, put_on_list
from tests.browser.support.chromium import PATIENCE
from tests.browser.support.guide import LANGUAGES, SECOND, Guide
from tests.browser.support.keys import invite, sign_founding, tour_founder, tour_keys
from tests.browser.support.many import hand_in_many
from tests.browser.support.portal import serve_portal
from tests.browser.support.tour import Tour
from tests.browser.test_portal import make_closed_place
from tests.portal.acts.test_signed_together import prepare
from tests.portal.acts.test_two_signatures import NUMBER, PASSKEYS, enter, sign_first
from tests.portal.applying.test_applying import send_back
from tests.portal.conftest import browse, sign_in, story_template
from tests.portal.entering.test_passkeys import answer
from tests.portal.rounds.test_unit_list import tell_submitted
from tests.portal.support import deciding
from tests.portal.support.acting import EXAMINED, DecidingBackend, retell, tell_panel, tell_round
from tests.portal.support.applying import APPLICANT, APPLY, fill_in, send, tell_open_round
from tests.portal.support.browsing import ORIGIN
from tests.portal.support.checking import SOUND, tell_checks
from tests.portal.support.enrolling import enrol_expert
from tests.portal.test_every_route import SHOWN
from tests.running.servers import copy_database
from tests.selection.signing.keys import Authenticator

__all__ = ["story_template"]
TOLD = (
    deciding.tell_choice,
    deciding.tell_shortlisting,
    deciding.tell_approving,
    tell_panel,
    tell_open_round,
    tell_checks,
    tell_submitted,
)
NO_PAGES = {
    "/health",
    "/health/alive",
    "/health/ready",
    "/health/deciding",
    "/language/{choice}",
    "/text-size/{choice}",
    "/do/{act}/template.xlsx",
    "/rounds/{round}/by-table/{table}/template.xlsx",
    "/rounds/{round}/apply-many/template.xlsx",
    "/reviews/{round}/{number}/offline/sheet.xlsx",
    "/rounds/{round}/apply/{section}/{name}/{count}",
    "/applications/{round}/{number}/mend/{section}/{name}/{count}",
    "/seconds/{id}/files/{count}",
    "/proofs/{id:path}",
    "/checkpoints/{log}/{size}",
    "/papers/{round}/{kind}",
    "/papers/{round}/{number}/{kind}",
    "/files/{round}/{number}/{content:path}",
    "/tables/{round}/{kind}",
    "/rounds/{round}/audit/bundle",
    "/rounds/{round}/audit/replay",
}
"""What answers with a file, a word, or the way to a page."""
LEADS_ON = "again.html"
"""Leads on at once, so that nobody reads it."""
AWAY = SignInProvider(issuer="http://localhost:1", client="portal", secret="secret", name="Ministry")
"""A provider of sign-ins that does not answer."""


FAULTY = '<!doctype html><html><img src="x"><p style="width: 400px; margin: 0">x</p></html>'


async def test_every_page_and_every_error_can_be_used_by_all(
    browser: Browser, server: EmbeddedPostgres, story_template: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: set[str] = set()

    def note_and_render(template: str, *rest: object) -> str:
        drawn.add(template)
        return render(template, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("portal.visit.render", note_and_render)
    async with open_page(browser) as page:
        local = Tour(page, "")
        await tour_local(local, await copy_database(server.url, story_template))
        signed = Tour(page, "", seen=local.seen, wrong=local.wrong)
        await tour_founding(signed, await copy_database(server.url, "migrated"))
        await tour_closed(signed, await copy_database(server.url, "migrated"))
    assert local.wrong == []
    assert {route.path for route in SHOWN} - local.seen == NO_PAGES
    every = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if "extends" in path.read_text()
    }
    assert every - drawn == {LEADS_ON}


@asynccontextmanager
async def open_page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context()
    context.set_default_timeout(PATIENCE)
    await bring_axe(context)
    try:
        yield await context.new_page()
    finally:
        await context.close()


async def tour_local(tour: Tour, url: str) -> None:
    """Go through an installation on which nobody signs, with rounds in every stage."""
    recorder = await Ledger.connect(url, role=RECORDER_ROLE)
    for tell in TOLD:
        await tell(recorder)
    await tell_panel(recorder, SECOND)
    backend = DecidingBackend(url, recorder)
    async with serve_portal(url, backend) as tour.origin:
        await have_one_sent_back(backend, recorder)
        await put_on_list(backend, recorder)
        await prepare_copy(backend, recorder)
        guide = Guide(tour, backend, recorder, url)
        for language in LANGUAGES:
            await tour.speak(language)
            await guide.show_public()
            await guide.show_officers()
            await guide.answer_invitation()
            await guide.review()
            await guide.leave()
            await guide.apply()
            await hand_in_many(tour)
            await guide.show_others()
            await check_several(guide)
            await keep_list(guide)
            await audit(guide)
    await recorder.close()


async def have_one_sent_back(backend: DecidingBackend, recorder: Ledger) -> None:
    """Hand in an application, and have the check find a fault in it."""
    async with browse(create_app(backend, ORIGIN)) as applicant:
        await sign_in(applicant, recorder, APPLICANT)
        await fill_in(applicant)
        await applicant.open(APPLY)
        checked = await send(applicant, APPLY, {})
        await applicant.send(checked.url.path, {})
        await send_back(recorder)


async def tour_founding(tour: Tour, url: str) -> None:
    """Go through an installation on which nobody has a key yet, until somebody has."""
    async with (
        make_closed_place(url) as place,
        serve_portal(url, DecidingBackend(url, place.ledger)) as tour.origin,
    ):
        for language in LANGUAGES:
            await tour.speak(language)
            passkey = await tour_founder(tour)
        await sign_founding(tour, passkey)


async def tour_closed(tour: Tour, url: str) -> None:
    """Go through an installation on which acts are signed, one of them by two."""
    async with make_closed_place(url) as place:
        await tell_round(place.ledger)
        await tell_checks(place.ledger)
        await retell(place.ledger, NUMBER, EXAMINED)
        for name, passkey in PASSKEYS.items():
            await enrol_expert(place, passkey, name)
        officers = Authenticator(site="localhost", origin=ORIGIN)
        await enrol_expert(place, officers, "officer-1", Role.OFFICER)
        backend = DecidingBackend(url, place.ledger, AWAY)
        async with serve_portal(url, backend) as tour.origin:
            app = create_app(backend, ORIGIN)
            async with browse(app) as first, browse(app) as second, browse(app) as officer:
                await enter(first, "examiner-1")
                await enter(second, "examiner-2")
                waits = await sign_first(first)
                await officer.speak("en")
                await officer.send("/sign-in", await answer(officer, officers, "officer-1"))
                together, _ = await prepare(officer, *SOUND[:2])
                tokens = [one.client.cookies[SESSION] for one in (first, second)]
                officer_token = officer.client.cookies[SESSION]
            code = await invite(place)
            for language in LANGUAGES:
                await tour.speak(language)
                await Guide(tour, backend, place.ledger, url).sign(waits, *tokens)
                await tour.enter(officer_token)
                await tour.go(together)
                await tour.look("/together to be signed")
                await tour_keys(tour, backend, tokens[0], code)


async def test_what_would_be_wrong_is_found(browser: Browser) -> None:
    async with open_page(browser) as page:
        await page.set_content(FAULTY)
        found = " ".join(await find_violations(page))
    for rule in ("image-alt", "html-has-lang", "document-title", "408 px wide"):
        assert rule in found
