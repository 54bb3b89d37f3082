"""Many applications from one table on the tour: what its pages say, from nothing sent to the list that is signed."""

from playwright.async_api import FilePayload

from portal.shown.downloads import XLSX
from tests.browser.support.checking import READ
from tests.browser.support.guide import CHECK
from tests.browser.support.tour import Tour
from tests.portal.support.many import MANY, files_of, sound_rows, table_of


async def hand_in_many(tour: Tour) -> None:
    """As an applicant: nothing is sent, then a table without its files, then both, of which one row is refused.

    In the end all of it is thrown away.
    """
    rows = sound_rows("a", "b")
    rows["b"]["host"]["code"] = "99SYNTH0000000099"
    table = FilePayload(name="many.xlsx", mimeType=XLSX, buffer=table_of(rows))
    files = [
        FilePayload(name=name, mimeType="application/pdf", buffer=body)
        for name, body in files_of(rows).items()
    ]
    await tour.go(MANY)
    await tour.press(READ, 422)
    await tour.page.locator('[id="table"]').set_input_files(files=table)
    await tour.press(READ, 422)
    await tour.page.locator('[id="table"]').set_input_files(files=table)
    await tour.page.locator('[id="files"]').set_input_files(files=files)
    await tour.press(READ)
    await tour.visit(f"{MANY}/1")
    await tour.go(MANY)
    await tour.press(CHECK)
    await tour.go(MANY)
    await tour.page.locator("main details").last.locator("summary").click()
    await tour.press('main button[value="discard"]')
