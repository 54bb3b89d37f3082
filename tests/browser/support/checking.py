"""The desk of the check and the board of a recommending unit on the tour, with acts that are done together."""

from playwright.async_api import FilePayload

from ledger.record import Ledger
from portal.app import create_app
from starter.client.errors import ActMissing
from tests.browser.support.auditing import SEND
from tests.browser.support.guide import CHECK, Guide
from tests.browser.support.tour import Tour
from tests.portal.conftest import browse, sign_in
from tests.portal.rounds.test_by_table import APPOINTMENTS
from tests.portal.rounds.test_unit_list import HERE, NUMBERS, OF_TWO, PERSON, recommend
from tests.portal.support.acting import DecidingBackend
from tests.portal.support.applying import ROUND
from tests.portal.support.browsing import ORIGIN
from tests.portal.support.checking import DESK, SOUND, UNSEALED

READ = 'main button[value="read"]'
MARKED = {"en": SOUND[:2], "zh": (SOUND[2], UNSEALED)}
"""Which applications are sent back, by the language in which that is looked at."""


async def put_on_list(backend: DecidingBackend, recorder: Ledger) -> None:
    """Have a unit recommend the first of its applications."""
    async with browse(create_app(backend, ORIGIN)) as unit:
        await unit.speak("en")
        await sign_in(unit, recorder, PERSON)
        await recommend(unit, NUMBERS[0])


async def keep_list(guide: Guide) -> None:
    """What a unit has on its list, and what may come onto it."""
    await guide.enter(PERSON)
    await guide.tour.visit(HERE, f"/do/recommend/{ROUND}/{NUMBERS[1]}")
    await guide.enter(OF_TWO)
    await guide.tour.visit(f"/do/recommend/{ROUND}/{NUMBERS[1]}")


async def check_several(guide: Guide) -> None:
    """Several applications sent back at once, from their marks until all are answered, with what is said on the way."""
    tour, client = guide.tour, await guide.backend.client()
    await guide.enter("officer-1")
    await tour.go(DESK)
    await tour.press('main button[value="send-back"]', 422)
    for number in MARKED[tour.language]:
        await tour.page.locator(f'[id="m.{number}"]').check()
    await tour.press('main button[value="send-back"]')
    await tour.press(CHECK, 422)
    await tour.page.locator('[name="f.codes"]').first.check()
    await tour.page.locator('[name="f.text"]').fill("Send the annexes again.")
    await tour.press('main .buttons button[value="try"]')
    await tour.press(CHECK)
    client.before = ActMissing("x")
    await tour.press("main form button")
    sent = tour.page.url.removeprefix(tour.origin)
    await tour.go("/tasks")
    await tour.page.evaluate(SEND, sent)
    await tour.visit(sent)
    await appoint_from_table(tour)


async def appoint_from_table(tour: Tour) -> None:
    """Read a table of appointments in, one of them of an application that there is not."""
    await tour.go(APPOINTMENTS)
    await tour.press(READ, 422)
    table = f"Application,Chair,Chair's reason\n{SOUND[0]},expert-1,Knows the field\n9999,expert-1,Knows the field\n"
    file = FilePayload(name="table.csv", mimeType="text/csv", buffer=table.encode())
    await tour.page.locator('[id="table"]').set_input_files(files=file)
    await tour.press(READ)
