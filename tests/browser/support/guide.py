"""A guide through an installation: which pages there are for whom, and what each says of what it cannot take."""

from urllib.parse import parse_qs, urlsplit

from ledger.record import Ledger
from selection.refusals.refused import Refused
from starter.client.errors import ActMissing, Pending
from tests.browser.support.tour import Tour
from tests.portal.support import deciding
from tests.portal.support.acting import PLACE, DecidingBackend
from tests.portal.support.applying import APPLICANT, APPLY, ROUND
from tests.portal.support.browsing import make_link
from tests.reading.streams import DRAWING, MAIN, OPENED, UNIT
from tests.running.servers import run_statement
from tests.selection import story
from tests.selection.forms.test_checking import FORM

CALL, MAIN_PLACE = f"/rounds/{story.ROUND}", MAIN.stream.partition("/")[2]
NUMBER = MAIN_PLACE.rpartition("/")[2]
BOARD, SHORT = f"/rounds/{deciding.CHOOSING}/proposal", f"/rounds/{deciding.SHORTLISTING}/shortlist"
APPROVAL = f"/rounds/{deciding.APPROVING}/approval"
MEND = f"/applications/{ROUND}/0001/mend"
CHECK, SIGN = 'main button[value="check"]', 'main form[action^="/acts/"] button'
LENGTHEN = """one => {
  for (let n = 0; n < 20; n += 1) {
    const more = document.createElement("input");
    Object.assign(more, { type: "hidden", name: `a.more-${n}`, value: "A long text. ".repeat(1500) });
    one.form.append(more);
  }
}"""
"""Makes the form of a field longer than what is given back to who is not signed in."""
SECOND = "0043"
"""Another application with the same panel."""
SECOND_PLACE = f"{story.ROUND}/{SECOND}"
LANGUAGES = {"en": "expert-1", "zh": "expert-2"}
"""With the expert who answers an invitation in it."""
PUBLIC = (
    "/",
    "/rounds",
    CALL,
    f"{CALL}/notice",
    f"{CALL}/list",
    f"{CALL}/centres/{NUMBER}",
    f"{CALL}/object/{NUMBER}",
    "/sign-in",
    "/enrol",
    "/checkpoints",
)
OFFICERS = (
    "/tasks",
    "/sessions",
    "/keys",
    "/keys/new",
    "/person",
    "/do",
    f"{CALL}/desk",
    f"{CALL}/waiting",
    f"{CALL}/approval",
    f"/rounds/{DRAWING}/desk",
    f"/rounds/{deciding.CHOOSING}/desk",
    f"/applications/{story.ROUND}",
    f"/applications/{MAIN_PLACE}",
    f"/applications/{story.ROUND}/0008",
    f"/applications/{MAIN_PLACE}/changes",
    f"/applications/{MAIN_PLACE}/written",
    f"{CALL}/forms",
    "/units",
    "/ties",
    f"/units/{UNIT}",
    "/check/paper?code=nothing",
)
OTHERS = {
    "agent-1": (f"/applications/{MAIN_PLACE}", "/seconds", "/do"),
    "supervisor-1": ("/tasks",),
    "recommender-1": ("/do",),
    "auditor-1": (f"{CALL}/desk",),
    "stranger-1": ("/tasks", "/receipts", f"/applications/{MAIN_PLACE}"),
    "approver-1": (APPROVAL, f"/do/approve/{deciding.APPROVING}"),
}


class Guide:
    """Leads through an installation: as whom, and to what."""

    def __init__(self, tour: Tour, backend: DecidingBackend, recorder: Ledger, url: str) -> None:
        self.tour = tour
        self.backend = backend
        self.recorder = recorder
        self.url = url

    async def enter(self, person: str) -> None:
        """Go on as somebody."""
        link = (await make_link(self.recorder)).rpartition("/")[2]
        reach = await self.backend.reach()
        await self.tour.enter(await reach.sessions.begin_by_link(link, person, "Chromium"))

    async def show_public(self) -> None:
        """What anyone sees, with the ways in that fail."""
        tour = self.tour
        await tour.enter("")
        await tour.visit(*PUBLIC, await make_link(self.recorder))
        await tour.go("/check")
        await tour.look("/check")
        await tour.visit("/no-such-page", f"/rounds/{OPENED}/notice", status=404)
        await tour.visit("/sign-in/link/used", status=403)

    async def show_officers(self) -> None:
        """Lists, desks and boards, and what they say of a form without anything in it."""
        tour = self.tour
        await self.enter("officer-1")
        await tour.visit(*OFFICERS)
        for path, named in ((BOARD, "place.0001"), (SHORT, "mark.0001")):
            await tour.go(path)
            field = tour.page.locator(f'[name="{named}"]')
            await (field.fill("x") if path == BOARD else field.uncheck())
            await tour.press(CHECK, 422)
        await tour.go(f"/rounds/{DRAWING}/draw")
        await tour.page.locator("#numbers option").evaluate_all(
            "all => all.forEach(one => { one.value = 'x' })"
        )
        await tour.press("main form button", 422)
        for path in ("amend-form", "sent"):
            await tour.go(f"/rounds/{OPENED}/{path}")
            await tour.press("main form button", 422)
        await tour.go(f"/do/cancel-round/{deciding.CHOOSING}")
        await tour.press(CHECK, 422)
        await self.enter("admin-1")
        await tour.go("/open-round")
        await tour.press("main form button", 422)
        # What was typed is given back to whose session has ended.
        await tour.page.locator('[name="round"]').fill("Typed too late")
        await tour.enter("")
        await tour.press("main form button", 403)
        assert await tour.page.get_by_text("Typed too late").is_visible()
        await self.enter("admin-1")
        await tour.visit("/parts", "/do", "/do/declare-tie", "/keys/confirm", "/people", "/keys/everyone")
        await tour.visit("/keys/confirm/nobody", status=404)
        await tour.go("/do/register-people")
        await tour.press(CHECK, 422)

    async def show_others(self) -> None:
        """What the other roles see."""
        for person, addresses in OTHERS.items():
            await self.enter(person)
            await self.tour.visit(*addresses)

    async def answer_invitation(self) -> None:
        """An act from its form to its receipt, by way of whatever can come of it."""
        tour, client = self.tour, await self.backend.client()
        await self.enter(LANGUAGES[tour.language])
        await tour.visit("/tasks")
        await tour.go(f"/invitations/{PLACE}")
        await tour.press("main form button", 422)
        await tour.page.locator("#answer-1").check()
        await tour.page.locator("#pledge").check()
        await tour.press("main form button")
        act = tour.page.url.removeprefix(tour.origin)
        client.before = ActMissing("x")
        await tour.press(SIGN, 503)
        client.before = Refused("signature-key")
        await tour.press(SIGN, 409)
        await tour.visit(act)
        client.before = Pending(act.rpartition("/")[2], "x")
        await tour.press(SIGN)
        await tour.visit(f"{act}?again=1")
        await tour.press(SIGN)
        assert tour.page.url.endswith("/done")
        await tour.visit("/receipts", f"/receipts/{act.rpartition('/')[2]}")

    async def review(self) -> None:
        """A review with every fault, as another window overtook it, and what was open for too long."""
        tour = self.tour
        await tour.go(f"/reviews/{PLACE}")
        await tour.page.locator('main [name="version"]').evaluate("one => one.value = '7'")
        await tour.press(CHECK, 409)
        await tour.press(CHECK, 422)
        await tour.visit(f"/reviews/{PLACE}/offline")
        await tour.press("main form button", 422)
        await tour.go(f"/invitations/{SECOND_PLACE}")
        await tour.page.locator("#answer-2").check()
        await tour.press("main form button")
        await run_statement(self.url, "UPDATE selection.portal_acts SET until = now() WHERE sent IS NULL")
        await tour.visit(tour.page.url.removeprefix(tour.origin), status=410)

    async def leave(self) -> None:
        """A long review that is sent after its session has ended, and what is shown of it in the next one."""
        tour = self.tour
        await tour.go(f"/reviews/{PLACE}")
        await tour.page.locator("main textarea").first.evaluate(LENGTHEN)
        await run_statement(
            self.url, "UPDATE selection.portal_sessions SET seen = now() - interval '31 minutes'"
        )
        await tour.press(CHECK)
        (left,) = parse_qs(urlsplit(tour.page.url).query)["next"]
        await self.enter(LANGUAGES[tour.language])
        await tour.visit("/receipts", left)

    async def apply(self) -> None:
        """An application that is begun, with each of its sections and files, and one that is to be mended."""
        tour = self.tour
        await self.enter(APPLICANT)
        await tour.visit(f"/rounds/{ROUND}")
        await tour.go(APPLY)
        await tour.press(CHECK, 422)
        for part in FORM.sections:
            await tour.go(f"{APPLY}/{part.code}")
            await tour.press(CHECK, 422)
        await tour.go(f"{APPLY}/annexes/a.pledge")
        await tour.press('main button[value="send"]', 422)
        await tour.visit(f"/applications/{ROUND}/0001", MEND, f"{MEND}/annexes", f"{MEND}/annexes/a.pledge")

    async def sign(self, waits: str, first: str, second: str) -> None:
        """What is different where acts are signed: the ways in, and what waits for another's signature."""
        tour = self.tour
        await tour.enter("")
        await tour.go("/sign-in")
        await tour.look("/sign-in with a passkey")
        for address in ("/sign-in/provider", "/sign-in/provider/back"):
            # Answers who goes there alone, and nothing that a page fetches.
            await tour.go(address)
            await tour.page.locator(".faults").wait_for()
            await tour.look(address)
        await tour.enter(first)
        await tour.visit("/seconds", waits)
        await tour.enter(second)
        await tour.visit("/tasks", "/seconds", waits)
        await tour.press("main form button")
