"""Every act sheet as it is drawn, and as it says what it cannot take; asked in this process, for a browser to show."""

from collections.abc import AsyncIterator, Iterator
from typing import NamedTuple

from ledger.record import Ledger
from portal.app import create_app
from portal.guard.cookies import LANGUAGE, SESSION
from portal.wording.doing.every import WORDS
from selection.decision.aggregate import Event, event_of
from selection.kernel.actor import SYSTEM, Role
from selection.round import events as r
from selection.streams import log_of, round_stream
from tests.portal.conftest import browse
from tests.portal.sheets.test_sheets import CHECKED, list_more, list_more_people, tell_checking
from tests.portal.support.acting import DecidingBackend, retell
from tests.portal.support.browsing import ORIGIN, Browser, make_link
from tests.portal.support.deciding import APPROVING, tell_candidates, tell_proposal, tell_return
from tests.portal.support.sheets import EACH, person_of, send_with_files
from tests.reading.streams import OPENED
from tests.registering import register
from tests.selection import round_stories, story
from tests.selection.story import Story

DRAWN, AMENDED, PROPOSED, REPORTED = "drawn-1", "amended-1", "proposed-1", "reported-1"
ENTERED = "entered-1"
BEFORE: dict[str, type[Event]] = {
    DRAWN: r.DrawNumbersEntered,
    AMENDED: r.RulesAmended,
    PROPOSED: r.PublicNoticeOpened,
    REPORTED: r.LobbyingRuled,
    ENTERED: r.PostChangeDeclined,
}
"""Rounds, each as far as a story goes until this happens first."""
OFFICER, SUPERVISOR, APPROVER, ADMIN = "officer-1", "supervisor-1", "approver-1", "admin-1"
CLERK = "clerk-1"
"""An officer by the register."""
CHECKING = dict.fromkeys(("pass-check", "send-back", "fail-check"), (OFFICER, CHECKED))
LISTS = {
    "recommend-on-paper": (OFFICER, f"{story.ROUND}/bj"),
    "rank-recommendations": ("recommender-1", f"{story.ROUND}/prov-bj"),
}
ROUNDS = {
    "enter-draw-numbers": (OFFICER, DRAWN),
    "open-draw": (OFFICER, DRAWN),
    "void-draw": (SUPERVISOR, DRAWN),
    "open-public-notice": (OFFICER, PROPOSED),
    "fill-places": (OFFICER, APPROVING),
    "record-integrity-check": (SUPERVISOR, APPROVING),
    "clear-integrity-hit": (SUPERVISOR, APPROVING),
    "uphold-integrity-hit": (SUPERVISOR, APPROVING),
    "lift-integrity-stop": (SUPERVISOR, APPROVING),
    "reverse-integrity-decision": (SUPERVISOR, APPROVING),
    "decline-integrity-reversal": (SUPERVISOR, APPROVING),
    "approve": (APPROVER, APPROVING),
    "send-back-proposal": (APPROVER, APPROVING),
    "issue-list": (OFFICER, APPROVING),
    "open-call": (OFFICER, OPENED),
    "extend-deadline": (OFFICER, OPENED),
    "record-outage": (OFFICER, OPENED),
    "amend-rules": (OFFICER, AMENDED),
    "rule-on-amendment": (APPROVER, AMENDED),
    "change-post": (SUPERVISOR, AMENDED),
    "agree-on-post": (APPROVER, ENTERED),
    "decline-post-change": (SUPERVISOR, ENTERED),
    "delegate": (OFFICER, AMENDED),
    "end-delegation": (OFFICER, AMENDED),
    "report-lobbying": ("expert-1", REPORTED),
    "rule-on-lobbying": (SUPERVISOR, REPORTED),
    "repeat-batch": (OFFICER, AMENDED),
    "cancel-round": (OFFICER, AMENDED),
}
REGISTER = {
    **dict.fromkeys(("register-people", "register-staff", "register-agents", "register-units"), (ADMIN, "")),
    **dict.fromkeys(
        ("declare-tie", "invite-signer", "name-portals", "revoke-key", "revoke-lost-key"), (ADMIN, "")
    ),
    "settle-letters": (CLERK, ""),
    "erase-person": (ADMIN, ""),
}
OVERTAKEN = {"version": "0"}
"""What a page sends that was shown before anything was kept."""


class ShownSheet(NamedTuple):
    """A page of a sheet: of which act, in which language, whether as it says what it cannot take, and the page."""

    act: str
    language: str
    faulty: bool
    page: str

    @property
    def name(self) -> str:
        """What a test calls it."""
        return f"{self.language} {self.act}{' with faults' if self.faulty else ''}"


def list_places() -> Iterator[tuple[str, str, str]]:
    """Yield acts, by whom each is done here and where."""
    for place, (act, (_, person, _)) in enumerate(EACH.items()):
        yield act, person, f"{story.ROUND}/01{place:02}"
    for act, (person, where) in {**CHECKING, **LISTS, **ROUNDS, **REGISTER}.items():
        yield act, person, where


async def tell_places(recorder: Ledger) -> None:
    """Record applications and rounds, each as far as one act needs it."""
    await register(recorder, [*list_more_people(), person_of(CLERK, Role.OFFICER)], command_id="more")
    await tell_checking(recorder)
    for place, (act, (steps, _, _)) in enumerate(EACH.items()):
        await retell(recorder, f"01{place:02}", steps, *list_more(act))
    for name in (DRAWN, AMENDED, REPORTED, ENTERED):
        told = cut(name, round_stories.round_story())
        await recorder.record.append(log_of(told.stream), told.stream, told.leaves)
    await tell_candidates(recorder, PROPOSED, cut(PROPOSED, tell_return(PROPOSED)), appraised=True)
    approving = tell_proposal(APPROVING).tell(SYSTEM, r.ItemsLeft(removed=("0004",)))
    await tell_candidates(recorder, APPROVING, approving, appraised=True)


def cut(name: str, whole: Story) -> Story:
    """A round of another name, as far as this one goes until that happens for which it is here."""
    told = Story(round_stream(name))
    for step in whole.steps:
        if step.leaf.type == BEFORE[name].TYPE:
            break
        told.tell(step.leaf.actor, event_of(step.leaf))
    return told


async def draw_sheets(backend: DecidingBackend, recorder: Ledger, language: str) -> AsyncIterator[ShownSheet]:
    """Yield every sheet in a language, each as it is opened and then as it is sent with nothing typed."""
    reach, app = await backend.reach(), create_app(backend, ORIGIN)
    for act, person, where in list_places():
        link = (await make_link(recorder)).rpartition("/")[2]
        token = await reach.sessions.begin_by_link(link, person, "Chromium")
        async with browse(app) as page:
            page.client.cookies.update({SESSION: token, LANGUAGE: language})
            path = f"/do/{act}/{where}".rstrip("/")
            opened = await page.open(path)
            assert opened.status_code == 200, (path, page.text)
            yield ShownSheet(act, language, faulty=False, page=page.page)
            yield ShownSheet(act, language, faulty=True, page=await send_nothing(page, path))


async def send_nothing(page: Browser, path: str) -> str:
    """Send a sheet with nothing typed, and return the page that says what is wrong.

    An act that takes nothing is sent again, from a page that was overtaken. Where there is nothing for an act, no form
    stands there that could have faults.
    """
    if any(text in page.page for text in WORDS["nothing-here"]):
        return page.page
    status = await send_with_files(page, path, {}, {})
    if status == 200:
        await page.open(path)
        status = (await page.send(path, {**OVERTAKEN, "do": "check"})).status_code
        assert status == 409, (path, page.text)
    else:
        assert status == 422, (path, page.text)
    assert 'class="faults"' in page.page, path
    return page.page
