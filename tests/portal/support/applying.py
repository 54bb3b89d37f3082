"""A round that takes applications, an applicant, and how they fill their form in."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from portal.forms.attaching import find_file_field
from portal.forms.refilling import refill
from selection.application.state import ApplicationState
from selection.decision.aggregate import leaf_of
from selection.forms.form import Section
from selection.kernel.actor import Role
from selection.round import events as r
from selection.streams import aggregate, round_stream
from tests.portal.support.acting import FAR
from tests.portal.support.browsing import OWN, Browser
from tests.reading.streams import start_round
from tests.registering import register
from tests.selection import story
from tests.selection.forms.test_checking import FORM, answers

ROUND = "open-1"
APPLY = f"/rounds/{ROUND}/apply"
APPLICANT = "applicant-9"
ANSWERS = answers()
TYPED = refill(FORM, ANSWERS)
PDF = b"%PDF-1.7\nsynthetic\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


async def tell_open_round(ledger: Ledger) -> None:
    """Record a round whose deadlines are far away, and register who may apply in it."""
    await tell_call(ledger)
    await register(ledger, [make_applicant()], command_id="applicant")


async def tell_call(ledger: Ledger) -> None:
    """Record a round that takes applications, and whose deadlines are far away."""
    told = start_round(ROUND, "call")
    for name, until in (("recommendation", FAR + timedelta(days=2)), ("submission", FAR)):
        old = told.state.deadlines[name]
        told.tell(story.OFFICER, r.DeadlineExtended(name=name, old=old, until=until, reason=story.ref("x")))
    await ledger.record.append(ROUND, told.stream, told.leaves)


async def end_intake(ledger: Ledger) -> None:
    """Have the deadline of applications be over."""
    stream = round_stream(ROUND)
    snapshot = await ledger.reading.snapshot(stream)
    assert snapshot is not None
    state = aggregate(stream).load(snapshot.state)
    now = datetime.now(UTC)
    over = r.DeadlineExtended(name="submission", old=FAR, until=now, reason=story.ref("x"))
    leaf = leaf_of(over, state=state, offset=1, actor=story.OFFICER, at=now, command_id="over")
    await ledger.record.append(ROUND, stream, [leaf])


def make_applicant() -> NewPerson:
    """Who may apply in it: of the unit that the example's application is of."""
    identity = Identity(name="Synthetic Applicant", mail="applicant@synthetic.example")
    return NewPerson(
        person=APPLICANT,
        roles={Role.APPLICANT: ()},
        employer=ANSWERS["host"]["code"],
        identity=identity,
    )


async def save_section(
    page: Browser, part: Section, base: str = APPLY, do: str = "save", **other: str
) -> httpx.Response:
    """Open a section, type the example's answers and what else is given, and send it."""
    await page.open(f"{base}/{part.code}")
    codes = {field.code for field in part.fields}
    typed: dict[str, Any] = {
        name: list(values)
        for name, values in TYPED.items()
        if name.split(".")[1] in codes and find_file_field(FORM, name) is None
    }
    return await send(page, f"{base}/{part.code}", {**typed, **other, "do": do})


async def send(page: Browser, path: str, fields: Mapping[str, Any]) -> httpx.Response:
    """Send what was typed on the page that is open, with its marks."""
    return await page.send(path, {**read_hidden(page), **fields})


async def upload(
    page: Browser, path: str, body: bytes, name: str = "scan.pdf", kind: str = "application/pdf"
) -> httpx.Response:
    """Open the page of a field's files and send one."""
    await page.open(path)
    sent = {"file": (name, body, kind)}
    answer = await page.client.post(
        path, data={**read_hidden(page), "do": "send"}, files=sent, headers=OWN, follow_redirects=True
    )
    page.page = answer.text
    return answer


def read_hidden(page: Browser) -> dict[str, str]:
    """What the page that is open hides in its forms."""
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page.page))


async def fill_in(page: Browser, base: str = APPLY) -> None:
    """Fill in all of the example's application, with files."""
    for part in FORM.sections:
        await save_section(page, part, base)
    await upload(page, f"{base}/annexes/a.pledge", PDF)
    for number, name in enumerate(name for name in TYPED if name.endswith(".file")):
        await upload(page, f"{base}/annexes/{name}", PDF + str(number).encode(), f"证明 {number}.pdf")


async def state_of(recorder: Ledger, number: str = "0001") -> ApplicationState:
    snapshot = await recorder.reading.snapshot(f"application/{ROUND}/{number}")
    assert snapshot is not None
    found = aggregate(f"application/{ROUND}/{number}").load(snapshot.state)
    assert isinstance(found, ApplicationState)
    return found
