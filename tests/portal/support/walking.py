"""Every page of the story as each of its people sees it, and every sheet with what is shown of it to be signed."""

from collections.abc import AsyncIterator
from typing import NamedTuple

from starlette.applications import Starlette

from ledger.record import Ledger
from portal.app import create_app
from portal.guard.cookies import LANGUAGE, SESSION
from tests.browser.support.sheets import AMENDED, ENTERED, REPORTED, list_places, tell_places
from tests.portal.conftest import browse
from tests.portal.sheets.test_posts import DELEGATED, RUNNING, SIGNED, tell_entered
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.browsing import ORIGIN, make_link
from tests.portal.support.deciding import APPROVING
from tests.portal.support.sheets import EACH, FILES, Typed, fill_in, send_with_files
from tests.reading.streams import DRAWING, MAIN, OPENED, UNIT
from tests.selection import story

PLACE = MAIN.stream.partition("/")[2]
OF_ROUNDS = ("", "/desk", "/waiting", "/timeline", "/forms", "/approval", "/proposal", "/draw", "/sent")
PAGES = (
    *("/rounds", "/tasks", "/do", "/receipts", "/seconds", "/sessions", "/ties", "/units"),
    *("/keys", "/keys/everyone", "/keys/confirm"),
    *("/parts", "/checkpoints", f"/units/{UNIT}"),
    *(f"/rounds/{name}{page}" for name in (story.ROUND, RUNNING, APPROVING) for page in OF_ROUNDS),
    *(f"/rounds/{name}/desk" for name in (DRAWING, OPENED, AMENDED, REPORTED, ENTERED)),
    *(f"/rounds/{name}/timeline" for name in (AMENDED, REPORTED, ENTERED)),
    *(f"/rounds/{story.ROUND}/{page}" for page in ("notice", "list", "list/prov-bj", "audit", "checks")),
    f"/applications/{story.ROUND}",
    *(f"/applications/{story.ROUND}/{number}" for number in ("0001", "0008", "0101", "0122", "0131")),
    f"/applications/{PLACE}/changes",
    *(f"/applications/{story.ROUND}/{number}/written" for number in ("0001", "0008", "0101", "0122", "0131")),
    f"/invitations/{story.ROUND}/0008",
    f"/reviews/{story.ROUND}/0008",
)
"""What everybody asks for; to who may not see it the page says that there is nothing."""
BY_ID = ("/people", f"/rounds/{story.ROUND}/reads")
"""Lists that show the id beside the name, as they are searched by it (docs/decisions/0089)."""
PEOPLE = (
    *("officer-1", "supervisor-1", "approver-1", "auditor-1", "admin-1", "agent-1", "recommender-1"),
    *("expert-1", "surveyor-1", "examiner-1", "objector-1", "decider-1"),
)
NOBODY = ""


class SeenPage(NamedTuple):
    """A page as somebody saw it; `act` is the one that it is a sheet of."""

    address: str
    person: str
    page: str
    act: str = ""


async def tell_all(recorder: Ledger) -> None:
    """Record all that the pages are of."""
    await tell_places(recorder)
    await tell_entered(recorder, DELEGATED)


async def walk(backend: DecidingBackend, recorder: Ledger, language: str) -> AsyncIterator[SeenPage]:
    """Yield every page as each person sees it, and every sheet in a language."""
    app, reach = create_app(backend, ORIGIN), await backend.reach()
    tokens = {NOBODY: ""}
    for person in {*PEOPLE, *(person for _, person, _ in _list_sheets())}:
        link = (await make_link(recorder)).rpartition("/")[2]
        tokens[person] = await reach.sessions.begin_by_link(link, person, "Chromium")
    for person in (NOBODY, *PEOPLE):
        async with browse(app) as page:
            page.client.cookies.update({SESSION: tokens[person], LANGUAGE: language})
            for address in (*PAGES, *BY_ID):
                await page.open(address)
                yield SeenPage(address, person, page.page)
    for act, person, where in _list_sheets():
        cookies = {SESSION: tokens[person], LANGUAGE: language}
        async for seen in _fill_in(app, cookies, act, f"/do/{act}/{where}".rstrip("/")):
            yield seen._replace(person=person)


def _list_sheets() -> list[tuple[str, str, str]]:
    return [*list_places(), *((act, person, RUNNING) for act, (person, _) in SIGNED.items())]


async def _fill_in(app: Starlette, cookies: dict[str, str], act: str, path: str) -> AsyncIterator[SeenPage]:
    """Yield a sheet as it is opened, and as it is shown to be signed where it is known what is typed."""
    typed: Typed | None = EACH[act][2] if act in EACH else None
    if path.endswith(RUNNING):
        typed = SIGNED[act][1]
    async with browse(app) as page:
        page.client.cookies.update(cookies)
        await page.open(path)
        yield SeenPage(path, "", page.page, act)
        if typed is None:
            return
        status = (
            await send_with_files(page, path, typed, FILES[act])
            if act in FILES
            else await fill_in(page, path, typed)
        )
        assert status == 200, (path, page.text)
        yield SeenPage(f"{path}, to be signed", "", page.page, act)
