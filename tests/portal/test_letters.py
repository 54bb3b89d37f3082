"""Every kind of letter: its page is there and opens for its reader, it says whom to ask, and nothing is to be typed."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest
from starlette.applications import Starlette
from starlette.routing import Match, Route

from ledger.people.register import NewPerson
from ledger.record import Ledger
from portal.app import PAGES
from runtime.embedded.postgres import EmbeddedPostgres
from selection.kernel.actor import Role
from selection.letters.pages import AWAITED, DONE_ON, PAGES as TASK_PAGES, SHOWN_ON, WITHOUT_PAGE, find_path
from selection.letters.rendering import TEXTS, Office, render
from selection.letters.writing import Letter, list_outgoing
from selection.register.key_letters import LETTERS as ABOUT_KEYS
from selection.streams import log_of
from selection.wording.round_words import words_of
from tests.portal.conftest import browse, sign_in
from tests.portal.support.browsing import ORIGIN, Browser
from tests.reading.streams import everybody, make_person, store_contents
from tests.registering import register
from tests.running.servers import copy_for_test
from tests.selection import round_stories, story
from tests.starter.support.commands import every_command

OFFICE = Office(portal=ORIGIN)
WORDS = words_of(story.RULES)
LANGUAGES = ("en", "zh")
STORIES = round_stories.everything()
_STREAMS = {told.stream: told for told in reversed(STORIES)}
LEAVES = sorted((leaf for told in _STREAMS.values() for leaf in told.leaves), key=lambda leaf: leaf.recorded)
"""Of every stream; of a round that is told twice the first telling, to the issued list."""
OF_NO_CENTRE = {
    "recommended-on-paper": "a unit's list knows an application by its number; the page that it leads to names it"
}
"""Letters about an application that do not name its centre -> why."""
OVER = {
    "form-changed-anew": "the story's submission ended years ago, and then this page says that nothing waits"
}
"""Letters whose page is shut in the story, by the clock on the wall -> why."""


@pytest.fixture
async def url(server: EmbeddedPostgres) -> AsyncIterator[str]:
    """A local installation in which nothing has happened yet."""
    async with copy_for_test(server.url, "founded") as made:
        yield made


class Readers:
    """The browsers of those who get letters, each signed in once."""

    def __init__(self, app: Starlette, recorder: Ledger, until: AsyncExitStack) -> None:
        self._app, self._recorder, self._until = app, recorder, until
        self._browsers: dict[str, Browser] = {}

    async def open(self, person: str, path: str, number: str) -> int | str:
        """Open a page as a person, by the way that leads there from a letter, and return its status.

        Where it leads elsewhere, or is an application's and does not show its number, return where it ends.
        """
        if person not in self._browsers:
            address = f"10.0.0.{len(self._browsers) + 1}"
            browser = await self._until.enter_async_context(browse(self._app, address))
            await sign_in(browser, self._recorder, person)
            self._browsers[person] = browser
        browser = self._browsers[person]
        answer = await browser.open(path)
        shows_it = answer.url.path == path and (f"/{number}" not in path or number in browser.text)
        return answer.status_code if answer.status_code != 200 or shows_it else answer.url.path


def list_people() -> Iterator[NewPerson]:
    """Everybody of the story, and whoever else gets a letter of it."""
    for name in {*everybody(), *(letter.to for letter in list_letters())}:
        made = make_person(name)
        if name == story.RECOMMENDER.person:
            made = made.model_copy(update={"roles": {Role.RECOMMENDER: ("bj", "prov-bj")}})
        if name == story.PARTNER.person:
            made = made.model_copy(update={"roles": {Role.APPLICANT: ()}, "employer": story.CO_BUILDER})
        yield made


async def test_each_letter_leads_its_reader_to_a_page_that_opens_for_them(
    app: Starlette, recorder: Ledger
) -> None:
    await register(recorder, [*list_people()])
    await store_contents(recorder, LEAVES)
    shut, opened, last = list[tuple[object, ...]](), set[tuple[str, str, str]](), 0
    async with AsyncExitStack() as until:
        readers = Readers(app, recorder, until)
        for leaf in LEAVES:
            await recorder.record.append(log_of(leaf.stream), leaf.stream, [leaf])
            rows = [row for row in await recorder.outbox.letters(log_of(leaf.stream)) if row["id"] > last]
            for row in rows:
                last, letter = max(last, row["id"]), row["body"]
                # The story calls the unit otherwise than its rules do.
                path = find_path(letter["template"], letter["params"]).replace("prov-bj", "bj")
                what = (letter["template"], letter["to"], path)
                if not path or what in opened or letter["due"]:
                    continue
                opened.add(what)
                expected = 404 if letter["template"] in OVER else 200
                if (
                    status := await readers.open(letter["to"], path, letter["params"].get("application", ""))
                ) != expected:
                    shut.append((*what, leaf.type, status))
    assert shut == [], "\n".join(map(str, shut))
    walked = {template for template, *_ in opened}
    # Reminders are sent at a day of their own, and lead where the letter before them did; keys are of no round.
    later = {"invitation-reminder", "review-reminder", "co-building-reminder"}
    # It is written in the other telling of the round, and leads its officers where the letter of a voided draw does.
    later.add("draw-unfilled")
    assert walked == set(TEXTS) - set(WITHOUT_PAGE) - set(ABOUT_KEYS) - later


def test_each_page_that_a_letter_or_a_task_can_lead_to_is_one_of_the_portals() -> None:
    for page in {*DONE_ON.values(), *SHOWN_ON.values(), *TASK_PAGES.values()} - {AWAITED}:
        paths = [page.format(place=place, round="r", unit="u") for place in ("r", "r/0001")]
        scopes = [{"type": "http", "method": "GET", "path": path} for path in paths]
        routes = [route for route in PAGES if isinstance(route, Route)]
        assert any(route.matches(scope)[0] is Match.FULL for route in routes for scope in scopes), page


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_letter_names_round_and_centre_whom_to_ask_and_where_to_go(language: str) -> None:
    rules = story.RULES
    assert rules.contact is not None
    title, contact = ((pair.zh if language == "zh" else pair.en) for pair in (rules.title, rules.contact))
    for letter in list_letters():
        _, body = render(letter.template, letter.params, language, WORDS, OFFICE)
        lines = body.split("\n")
        path = find_path(letter.template, letter.params)
        assert any(line.endswith(f"{ORIGIN}{path}") for line in lines) == bool(path), letter.template
        assert any(line.endswith(title) for line in lines), letter.template
        assert str(rules.contact.phone) in body
        assert str(rules.contact.mail) in body
        assert contact in body
        if "application" in letter.params and letter.template not in OF_NO_CENTRE:
            centre = "舞台工程技术创新中心" if language == "zh" else "Centre for Stage Engineering"
            assert any(line.endswith(centre) for line in lines), letter.template


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_call_a_level_of_approval_by_its_name(language: str) -> None:
    names = {level.code: level.name_in(language) for level in story.RULES.approval}
    seen = set()
    for letter in list_letters():
        codes = (letter.params.get("level") or letter.params.get("levels") or "-").split(", ")
        if codes != ["-"]:
            seen.add(letter.template)
            _, body = render(letter.template, letter.params, language, WORDS, OFFICE)
            assert [code for code in codes if names[code] not in body] == [], letter.template
    assert {"approval-wanted", "proposal-sent-back", "approval-voided"} <= seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_asks_for_anything_to_be_typed_but_in_a_browser(language: str) -> None:
    commands = "|".join({words[0] for words, _ in every_command()})
    typed = re.compile(rf"`|\bselection ({commands})\b|\s--[a-z]|/(enrol|tasks|do)\b")
    assert [name for name, text in TEXTS.items() if typed.search("".join(text[language]))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_in_words_where_to_go_and_whom_to_ask_where_nobody_said(language: str) -> None:
    for letter in list_letters():
        _, body = render(letter.template, letter.params, language)
        assert "://" not in body
        told = (
            ("遴选门户", "遴选工作办公室联系")
            if language == "zh"
            else ("portal of the selection", "selection office")
        )
        assert letter.template in WITHOUT_PAGE or told[0] in body
        assert told[1] in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_about_keys_lead_to_them_and_name_whom_the_installation_names(language: str) -> None:
    params = {"account": "expert-1", "code": "AB12", "until": story.UNTIL.isoformat(), "key": "k", "by": "b"}
    office = Office(portal=ORIGIN, contact="Office, 010-12345678\nBcc: x")
    pages = dict.fromkeys(("key-enrolled", "key-revoked", "address-changed"), "/keys")
    for template, page in {"signer-invited": "/enrol", **pages}.items():
        _, body = render(template, params, language, office=office)
        assert f"{ORIGIN}{page}\n" in body
        assert "Office, 010-12345678 Bcc: x\n" in body
    assert "expert-1\n" in render("signer-invited", params, language)[1]


def list_letters() -> Iterator[Letter]:
    """Those of the story but broadcasts, each kind more than once."""
    for told in STORIES:
        for step in told.steps:
            sent = list_outgoing(step.before, step.leaf, step.after)
            yield from (item for item in sent if isinstance(item, Letter))
