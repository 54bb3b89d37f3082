"""Every page of the portal as it is shown to everybody: addresses by route, or why nobody looks at one here."""

import re
import zipfile
from collections.abc import AsyncIterator, Mapping
from html import unescape
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import httpx
from starlette.routing import Route

from portal.app import PAGES, create_app
from portal.backend import Backend
from portal.sheets.tables.table import SHEETS
from runtime.databases import Databases
from runtime.settings import Settings
from starter.papers.makers import OF_APPLICATION, OF_ROUND
from starter.people.portal_link import make_sign_in_link
from tests.leaks.acting import ROUND
from tests.leaks.reading import Look
from tests.papers.pdf import read_lines
from tests.portal.conftest import browse
from tests.portal.support.browsing import ORIGIN, OWN, Browser

POSTS = (
    *(
        "admin",
        "officer",
        "supervisor",
        "auditor",
        "approver",
        "agent",
        "partner",
        "unit",
        "seat",
        "own_seat",
    ),
    *("objector", "stranger"),
)
"""Who looks in the midst of the review: one of each role and standing that there is by then."""
LATER = (*POSTS, "chair", "surveyor", "examiner")
"""Who looks at the end: those too who had their part after the review."""
SENDERS = ("stranger", "agent", "unit", "seat", "auditor", "officer")
NOBODY = "nobody-k4w9p"
"""Who is not registered, and so has no session."""
SHOWN: Mapping[str, tuple[str, ...]] = {
    "/": ("/?lang=en", "/?lang=zh"),
    "/rounds": ("/rounds?lang=en", "/rounds?lang=zh"),
    "/rounds/{round}": ("/rounds/{round}",),
    "/rounds/{round}/notice": ("/rounds/{round}/notice",),
    "/rounds/{round}/list": ("/rounds/{round}/list",),
    "/rounds/{round}/centres/{number}": ("/rounds/{round}/centres/0001", "/rounds/{round}/centres/0002"),
    "/rounds/{round}/object/{number}": ("/rounds/{round}/object/0001",),
    "/health": ("/health",),
    "/health/alive": ("/health/alive",),
    "/health/ready": ("/health/ready",),
    "/health/deciding": ("/health/deciding",),
    "/rounds/{round}/desk": ("/rounds/{round}/desk",),
    "/rounds/{round}/waiting": ("/rounds/{round}/waiting", "/rounds/{round}/waiting?q={seat}"),
    "/rounds/{round}/proposal": ("/rounds/{round}/proposal",),
    "/rounds/{round}/approval": ("/rounds/{round}/approval",),
    "/rounds/{round}/draw": ("/rounds/{round}/draw",),
    "/open-round": ("/open-round",),
    "/rounds/{round}/sent": ("/rounds/{round}/sent",),
    "/rounds/{round}/amend-form": ("/rounds/{round}/amend-form",),
    "/rounds/{round}/shortlist": ("/rounds/{round}/shortlist",),
    "/rounds/{round}/checks": ("/rounds/{round}/checks",),
    "/rounds/{round}/checks/together": ("/rounds/{round}/checks/together",),
    "/rounds/{round}/by-table/{table}": (
        "/rounds/{round}/by-table/appointments",
        "/rounds/{round}/by-table/conflicts",
    ),
    "/rounds/{round}/by-table/{table}/template.xlsx": (
        "/rounds/{round}/by-table/appointments/template.xlsx",
    ),
    "/together/{id}": ("/together/{act}",),
    "/rounds/{round}/list/{unit}": ("/rounds/{round}/list/{list}",),
    "/rounds/{round}/audit": ("/rounds/{round}/audit",),
    "/rounds/{round}/audit/bundle": ("/rounds/{round}/audit/bundle",),
    "/rounds/{round}/audit/report": ("/rounds/{round}/audit/report",),
    "/applications/{round}/{number}/replay": ("/applications/{round}/0001/replay?at=9&as={seat}",),
    "/rounds/{round}/audit/archive": ("/rounds/{round}/audit/archive",),
    "/rounds/{round}/replay": ("/rounds/{round}/replay?at=1",),
    "/rounds/{round}/list/{unit}/replay": ("/rounds/{round}/list/{list}/replay?at=1",),
    "/rounds/{round}/audit/replay": ("/rounds/{round}/audit/replay?number=0001",),
    "/rounds/{round}/audit/what-if": ("/rounds/{round}/audit/what-if?places=1",),
    "/rounds/{round}/timeline": ("/rounds/{round}/timeline",),
    "/rounds/{round}/reads": ("/rounds/{round}/reads", "/rounds/{round}/reads?person={seat}"),
    "/check": ("/check",),
    "/check/paper": ("/check/paper", "/check/paper?code={act}"),
    "/checkpoints": ("/checkpoints",),
    "/checkpoints/{log}/{size}": ("/checkpoints/{round}/1", "/checkpoints/installation/1"),
    "/units": ("/units",),
    "/ties": ("/ties",),
    "/units/{code:path}": ("/units/{list}",),
    "/parts": ("/parts",),
    "/people": ("/people", "/people?q={seat}"),
    "/sign-in": ("/sign-in",),
    "/sign-in/link/{link}": ("/sign-in/link/guessed",),
    "/sign-in/provider": ("/sign-in/provider",),
    "/sign-in/provider/back": ("/sign-in/provider/back?code=1&state=2",),
    "/language/{choice}": ("/language/en?back=/tasks",),
    "/text-size/{choice}": ("/text-size/normal?back=/sessions",),
    "/sessions": ("/sessions",),
    "/left-forms/{id}": ("/left-forms/guessed",),
    "/keys": ("/keys",),
    "/keys/new": ("/keys/new",),
    "/keys/everyone": ("/keys/everyone",),
    "/enrol": ("/enrol",),
    "/keys/confirm": ("/keys/confirm",),
    "/keys/confirm/{person:path}": ("/keys/confirm/{seat}", "/keys/confirm/{agent}"),
    "/tasks": ("/tasks", "/tasks?q={seat}&sort=-until"),
    "/applications/{round}": ("/applications/{round}?sort=-stage", "/applications/{round}?q={agent}"),
    "/rounds/{round}/forms": ("/rounds/{round}/forms",),
    "/applications/{round}/{number}/changes": ("/applications/{round}/0001/changes",),
    "/applications/{round}/{number}/written": (
        "/applications/{round}/0001/written",
        "/applications/{round}/0002/written",
    ),
    "/applications/{round}/{number}": ("/applications/{round}/0001", "/applications/{round}/0002"),
    "/tables/{round}/{kind}": ("/tables/{round}/json", "/tables/{round}/xlsx"),
    "/rounds/{round}/apply": ("/rounds/{round}/apply",),
    "/rounds/{round}/apply/{section}": ("/rounds/{round}/apply/people",),
    "/rounds/{round}/apply/{section}/{name}": ("/rounds/{round}/apply/annexes/a.agreement",),
    "/rounds/{round}/apply/{section}/{name}/{count}": ("/rounds/{round}/apply/annexes/a.agreement/1",),
    "/rounds/{round}/apply-many": ("/rounds/{round}/apply-many",),
    "/rounds/{round}/apply-many/template.xlsx": ("/rounds/{round}/apply-many/template.xlsx",),
    "/rounds/{round}/apply-many/{row}": ("/rounds/{round}/apply-many/1",),
    "/applications/{round}/{number}/mend": ("/applications/{round}/0001/mend",),
    "/applications/{round}/{number}/mend/{section}": ("/applications/{round}/0001/mend/people",),
    "/applications/{round}/{number}/mend/{section}/{name}": (
        "/applications/{round}/0001/mend/annexes/a.agreement",
    ),
    "/applications/{round}/{number}/mend/{section}/{name}/{count}": (
        "/applications/{round}/0001/mend/annexes/a.agreement/1",
    ),
    "/acts/{id}": ("/acts/{act}",),
    "/acts/{id}/done": ("/acts/{act}/done",),
    "/do": ("/do",),
    "/do/{act}/template.xlsx": ("/do/register-people/template.xlsx",),
    "/do/{act}": tuple(f"/do/{kind}" for kind, sheet in SHEETS.items() if sheet.where == "register"),
    "/do/{act}/{round}": tuple(
        f"/do/{kind}/{{round}}" for kind, sheet in SHEETS.items() if sheet.where == "round"
    ),
    "/do/{act}/{round}/{part}": tuple(
        f"/do/{kind}/{{round}}/{'0001' if sheet.where == 'application' else '{list}'}"
        for kind, sheet in SHEETS.items()
        if sheet.where in ("application", "list")
    ),
    "/seconds": ("/seconds",),
    "/seconds/{id}": ("/seconds/{act}",),
    "/seconds/{id}/files/{count}": ("/seconds/{act}/files/1",),
    "/invitations/{round}/{number}": ("/invitations/{round}/0001",),
    "/reviews/{round}/{number}": ("/reviews/{round}/0001", "/reviews/{round}/0002"),
    "/reviews/{round}/{number}/offline": ("/reviews/{round}/0001/offline",),
    "/reviews/{round}/{number}/offline/sheet.xlsx": (
        "/reviews/{round}/0001/offline/sheet.xlsx",
        "/reviews/{round}/0002/offline/sheet.xlsx",
    ),
    "/receipts": ("/receipts?sort=at",),
    "/receipts/{id:path}": ("/receipts/{act}",),
    "/proofs/{id:path}": ("/proofs/{act}",),
    "/papers/{round}/{kind}": tuple(f"/papers/{{round}}/{kind}" for kind in (*OF_ROUND, "outgoing")),
    "/papers/{round}/{number}/{kind}": (
        "/papers/{round}/0001/appraisal",
        "/papers/{round}/0001/review",
        "/papers/{round}/0001/review?of={seat}",
        "/papers/{round}/0001/receipt?act={act}",
    ),
    "/files/{round}/{number}/{content:path}": ("/files/{round}/0001/{text}", "/files/{round}/0001/{file}"),
}
"""Route -> the addresses at which everybody is shown it."""
AT_THE_END = (
    *("/tasks", "/receipts", "/do", "/rounds/{round}/notice", "/rounds/{round}/list", "/rounds/{round}/desk"),
    "/rounds/{round}/object/0001",
    *("/rounds/{round}/proposal", "/rounds/{round}/approval", "/rounds/{round}/timeline"),
    *("/applications/{round}", "/applications/{round}/0001", "/applications/{round}/0002"),
    *("/applications/{round}/0001/written", "/applications/{round}/0002/written"),
    *("/tables/{round}/json", "/files/{round}/0001/{text}", "/files/{round}/0001/{file}"),
    *(f"/papers/{{round}}/{kind}" for kind in OF_ROUND),
    *(f"/papers/{{round}}/0001/{kind}" for kind in (*OF_APPLICATION, "review", "objection?of={objection}")),
)
"""What shows of the round when all of it has happened: lists, boards, both applications, and every paper."""
SENT = {
    "/do/report-survey": "its own address is one of /do/{act}, as those of all acts that take files",
    "/do/raise-objection": "the same",
    "/do/register-people": "the same",
    "/do/register-staff": "the same",
    "/do/register-agents": "the same",
    "/do/register-units": "the same",
    "/sign-in": "it begins a session",
    "/sign-in/link/{link}": "the same",
    "/person": "it goes on as somebody else",
    "/sign-out": "it ends the session",
    "/sessions": "it ends one's own session",
    "/rounds/{round}/audit": "it copies the record: of bundles all that is in them is searched, see `audit export`",
    "/rounds/{round}/audit/drop": "it deletes one's own copy",
}
"""Route that takes a form -> why nobody sends an empty one here; of an act that has more addresses all of them."""
SKIPPED = {
    "/person": "on a local installation one goes on as whoever one chooses: it lists who is registered",
}
"""Route that shows a page -> why nobody looks at it here."""


def find_unlooked() -> set[str]:
    """Return the routes of pages that are neither looked at nor skipped, and what is named and is no route."""
    shown = {route.path for route in PAGES if isinstance(route, Route) and "GET" in (route.methods or ())}
    return shown ^ (SHOWN.keys() | SKIPPED.keys())


def list_forms() -> dict[str, str]:
    """Return where an empty form is sent, by route: where its page is shown, or at what there is."""
    taken = [route.path for route in PAGES if isinstance(route, Route) and "POST" in (route.methods or ())]
    alone = [path for path in taken if not any(path.startswith(skipped) for skipped in ACTS_WITH_FILES)]
    return {path: SHOWN.get(path, (path,))[0].partition("?")[0] for path in alone if path not in SENT}


ACTS_WITH_FILES = tuple(path for path in SENT if path.startswith("/do/"))


async def look_at_pages(data: Path, moment: str, known: Mapping[str, str]) -> list[Look]:
    """Look at every page as one of each role, and as nobody; some of them send every form empty.

    At the end everybody looks at what has come since, those too who had no part before.
    """
    settings, found = Settings(data=data), []
    filled = {"round": ROUND, "list": known["unit"].removeprefix("unit-"), **known}
    backend = Backend(settings)
    async with backend.open():
        app = create_app(backend, ORIGIN)
        ends = moment == "end"
        addresses = AT_THE_END if ends else [address for route in SHOWN.values() for address in route]
        for person in (NOBODY, *(known[post] for post in (LATER if ends else POSTS))):
            async with browse(app) as browser:
                if person != NOBODY:
                    link = (await make_sign_in_link(Databases.find(settings), ORIGIN)).address
                    await browser.open(link.removeprefix(ORIGIN))
                    await browser.send(link.removeprefix(ORIGIN), {"person": person})
                    assert (await browser.open("/sessions")).url.path == "/sessions", person
                for address in addresses:
                    answer = await browser.client.get(address.format(**filled))
                    found.append(_make_look(moment, person, f"page {address.format(**filled)}", answer))
                if not ends and person in {known[post] for post in SENDERS}:
                    found += [item async for item in _send_forms(browser, moment, person, filled)]
    return found


async def _send_forms(
    browser: Browser, moment: str, person: str, filled: Mapping[str, str]
) -> AsyncIterator[Look]:
    await browser.open("/sessions")
    token = re.findall(r'name="form_token" value="([^"]*)"', browser.page)[0]
    for address in list_forms().values():
        path = re.sub(r"{(\w+)[^}]*}", lambda part: filled.get(part[1], "0001"), address)
        answer = await browser.client.post(path, data={"form_token": token, "do": "check"}, headers=OWN)
        yield _make_look(moment, person, f"form {path}", answer)


def _make_look(moment: str, person: str, line: str, answer: httpx.Response) -> Look:
    """What one was answered: the page, or what stands in the file, and the headers that may hold names."""
    told = [answer.headers.get(name, "") for name in ("content-disposition", "location")]
    number = re.search(rf"{ROUND}/(\d{{4}})", line)
    stream = f"application/{ROUND}/{number[1]}" if number else ""
    code = 0 if answer.status_code == HTTPStatus.OK else 2
    return Look(moment, person, line, stream, code, "\n".join([*told, _read(answer)]))


def _read(answer: httpx.Response) -> str:
    kind = answer.headers.get("content-type", "")
    if kind == "application/pdf":
        return read_lines(answer.content)
    if zipfile.is_zipfile(BytesIO(answer.content)):
        with zipfile.ZipFile(BytesIO(answer.content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return unescape(answer.content.decode("utf-8", "replace"))
