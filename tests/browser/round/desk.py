"""Desks at which the demo's people act: by the client, or in pages, with the same choices."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from selection.application import commands as c
from selection.decision.command import kind_of
from selection.forms.one_text import application_form
from selection.kernel.actor import Role
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen, Ref
from selection.round.commands import CommitDraw
from starter.demo import DemoFailed
from starter.demo.acts import choices
from starter.demo.acts.intake import read_filled_form, submission
from starter.demo.desk import Desk
from starter.demo.example import Applicant
from tests.browser.round.applying import Applying
from tests.browser.round.pages import ONLY, Pages
from tests.browser.support.hands import Hands, Unfit


class PlainDesk(Desk):
    """Hands applications in by the client, as the demo does."""

    async def submit(self, applicant: Applicant) -> None:
        """Hand an application in."""
        await self.number(applicant.code, applicant.agent)
        command = c.Submit(submission=await submission(self, applicant, revision=1))
        await self.act(self.streams[applicant.code], command, applicant.agent, Role.APPLICANT)


@dataclass(kw_only=True)
class PagedDesk(Desk):
    """Does every act in pages, one after the other: there is one pair of hands."""

    hands: Hands
    applying: Applying
    pages: Pages
    on_the_way: timedelta = timedelta(seconds=20)
    seconds: int = 0
    """How many acts two people signed."""
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def open_round(self, rules: str) -> None:
        """Open the round with a file of rules."""
        officer = self.example.rules.staff.officers[0]
        file = self.applying.folder / "rules.yaml"
        file.write_text(rules, encoding="utf-8")
        async with self._one:
            await self.hands.become(officer)
            await self.hands.open("/open-round")
            await self.hands.fill({"round": (self.round,)})
            await self.hands.page.locator("#rules").set_input_files(file)
            await self.hands.press(ONLY)
            await self._sign(officer, Role.OFFICER)
        self.acts["open-round"] += 1

    async def submit(self, applicant: Applicant) -> None:
        """Fill an application in, section by section, send its files, and hand it in."""
        typed = read_filled_form(applicant)
        if applicant.code in self.example.story.unsealed:
            del typed[application_form(self.example.rules.forms).by_entry["seals"].code]
        base = f"/rounds/{self.round}/apply"
        async with self._one:
            await self.hands.become(applicant.agent)
            await self.applying.fill_in(base, typed)
            await self.applying.check(base)
            receipt = await self._sign(applicant.agent, Role.APPLICANT)
        self.streams[applicant.code] = receipt.stream
        self.codes[receipt.stream] = applicant.code
        self.acts["submit"] += 1

    async def text(self, text: str, person: str) -> Ref:
        """Keep a text until its person types it: the page stores it."""
        digest = sha256(f"{person} {text}".encode()).hexdigest()
        self.pages.texts[digest[:32]] = text
        return Ref(id=digest[:32], sha256=digest)

    async def file(self, data: bytes, media_type: str, person: str) -> Ref:
        """Name a file; the page is sent one of its own."""
        return await self.text(media_type, person)

    async def expect(self, stream: str, command: Frozen, person: str, role: Role, code: str) -> None:
        """See that an act that must be refused is: by its page, or once it is signed, where no page foresees it."""
        async with self._one:
            await self.hands.become(person)
            try:
                await self.pages.fill_in(stream, command)
                await self._sign(person, role)
            except Unfit:
                return
        raise DemoFailed(f"{person}: {kind_of(command)} is {code}, and was taken.")

    async def _send(self, stream: str, command: Frozen, person: str, role: Role) -> Receipt:
        async with self._one:
            await self.hands.become(person)
            if isinstance(command, c.Mend):
                await self._mend(f"/applications/{stream.partition('/')[2]}/mend")
            else:
                if isinstance(command, CommitDraw):
                    self.pages.secrets[command.draw] = choices.secret(self.seed, command.draw).hex()
                await self.pages.fill_in(stream, command)
            return await self._sign(person, role)

    async def _mend(self, base: str) -> None:
        await self.applying.send(f"{base}/{self.applying.find_place('seals')}", "Sealed 已加盖公章")
        await self.applying.check(base)

    async def _sign(self, person: str, role: Role) -> Receipt:
        """Sign what is shown, and have the second one sign it where two must."""
        path = await self.hands.sign()
        if path.startswith("/seconds/"):
            await self.hands.become(self._second_to(person, role))
            await self.hands.open(path)
            await self.hands.press(ONLY)
            path = await self.hands.sign()
            self.seconds += 1
        return (await self.client.ledger.reading.receipts(path.split("/")[2]))[0]
