"""Desks at which the demo's people act: by the client, or in pages, with the same choices."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from selection.application import commands as c
from selection.decision.command import kind_of
from selection.kernel.actor import Role
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen, Ref
from selection.refusals.refused import Refused
from selection.round.commands import CommitDraw, ExtendDeadline
from starter.demo import DemoFailed
from starter.demo.acts.extending import officer_of
from starter.demo.acts.intake import fill_form_in, submission
from starter.demo.desk import Desk, Refusal
from starter.demo.example import Applicant
from tests.browser.round.applying import Applying
from tests.browser.round.pages import ONLY, Pages
from tests.browser.round.windows import Windows
from tests.browser.support.hands import Hands, Unfit


class Secrets:
    """The secrets that pages deposited, by draw: the round by the client draws with the same."""

    def __init__(self) -> None:
        self._deposited: dict[str, asyncio.Future[bytes]] = {}

    def of(self, draw: str) -> asyncio.Future[bytes]:
        """Return the secret of a draw, once a page has deposited it."""
        return self._deposited.setdefault(draw, asyncio.get_running_loop().create_future())


@dataclass(kw_only=True)
class PlainDesk(Desk):
    """Does every act by the client, as the demo does; applications are handed in one after the other."""

    windows: Windows
    secrets: Secrets

    async def choose_secret(self, draw: str) -> bytes:
        """Return the secret that the page of this draw deposited."""
        return await self.secrets.of(draw)

    async def fill_in(self, applicant: Applicant) -> None:
        """Do nothing yet: what is typed goes with the act."""

    async def prepare(self, applicant: Applicant) -> None:
        """Give an application its number."""
        await self.number(applicant.code, applicant.agent)

    async def submit(self, applicant: Applicant) -> None:
        """Hand an application in."""
        await self.prepare(applicant)
        await self.edit(applicant, 1)

    async def edit(self, applicant: Applicant, revision: int) -> None:
        """Hand a version in."""
        command = c.Submit(submission=await submission(self, applicant, revision))
        await self.act(self.streams[applicant.code], command, applicant.agent, Role.APPLICANT)

    async def come_late(self, applicant: Applicant) -> None:
        """Hand an application in that is refused."""
        command = c.Submit(submission=await submission(self, applicant, 1))
        await self.expect(self.streams[applicant.code], command, applicant.agent, Role.APPLICANT, "late")

    async def _send(self, stream: str, command: Frozen, person: str, role: Role) -> Receipt:
        with self.windows.wait_for(kind_of(command)):
            return await super()._send(stream, command, person, role)

    async def extend(self, command: ExtendDeadline) -> None:
        """Move what ends by the clock."""
        await self._send(self.round_stream, command, officer_of(self), Role.OFFICER)


@dataclass
class Place:
    """A tab with hands in it, and how they fill in what is there."""

    hands: Hands
    applying: Applying
    pages: Pages


@dataclass(kw_only=True)
class PagedDesk(Desk):
    """Does every act in pages: as many at a time as there are places, each by a pair of hands."""

    places: list[Place]
    officers: Place
    """Where what ends by the clock is moved, while all others are busy."""
    texts: dict[str, str]
    """What people wrote, for the pages of all places."""
    windows: Windows
    secrets: Secrets
    on_the_way: timedelta = timedelta(seconds=20)
    seconds: int = 0
    """How many acts two people signed."""
    _free: asyncio.Queue[Place] = field(default_factory=asyncio.Queue)
    _prepared: dict[str, str] = field(default_factory=dict)
    """By code, where an application waits to be signed."""

    def __post_init__(self) -> None:
        for place in self.places:
            self._free.put_nowait(place)

    async def open_round(self, rules: str) -> None:
        """Open the round with a file of rules."""
        officer = officer_of(self)
        async with self._take("open-round", officer, Role.OFFICER) as place:
            file = place.applying.folder / "rules.yaml"
            file.write_text(rules, encoding="utf-8")
            await place.hands.open("/open-round")
            await place.hands.fill({"round": (self.round,)})
            await place.hands.page.locator("#rules").set_input_files(file)
            await place.hands.press(ONLY)
            await self._sign(place, officer, Role.OFFICER)
        self.acts["open-round"] += 1

    async def fill_in(self, applicant: Applicant) -> None:
        """Fill an application in, section by section, and send its files."""
        async with self._take("submit", applicant.agent, Role.APPLICANT) as place:
            await place.applying.fill_in(self._base, fill_form_in(self.example, applicant, 1))

    async def prepare(self, applicant: Applicant) -> None:
        """Have an application checked, by which it gets its number; nobody signs it yet."""
        async with self._take("submit", applicant.agent, Role.APPLICANT) as place:
            await place.applying.check(self._base)
            self._prepared[applicant.code] = path = place.hands.path
        stream = await self.client.new_application(self.round, applicant.agent, path.split("/")[2])
        self.streams[applicant.code], self.codes[stream] = stream, applicant.code

    async def submit(self, applicant: Applicant) -> None:
        """Hand an application in that was filled in."""
        async with self._take("submit", applicant.agent, Role.APPLICANT) as place:
            await place.applying.check(self._base)
            receipt = await self._sign(place, applicant.agent, Role.APPLICANT)
        self.streams[applicant.code], self.codes[receipt.stream] = receipt.stream, applicant.code
        self.acts["submit"] += 1

    async def edit(self, applicant: Applicant, revision: int) -> None:
        """Hand another version in, with what it says otherwise."""
        before, after = (fill_form_in(self.example, applicant, number) for number in (1, revision))
        base = self._base_of(self.streams[applicant.code])
        async with self._take("submit", applicant.agent, Role.APPLICANT) as place:
            await place.applying.fill_in(
                base, {key: after[key] for key in after if after[key] != before[key]}
            )
            await place.applying.check(base)
            await self._sign(place, applicant.agent, Role.APPLICANT)
        self.acts["submit"] += 1

    async def come_late(self, applicant: Applicant) -> None:
        """Sign an application that was prepared before the intake closed."""
        async with self._take("", applicant.agent, Role.APPLICANT) as place:
            try:
                await place.hands.open(self._prepared[applicant.code])
                await self._sign(place, applicant.agent, Role.APPLICANT)
            except Unfit:
                return self._note(applicant.agent, self.streams[applicant.code], "submit", "late")
        raise DemoFailed(f"{applicant.agent} handed in late, and it was taken.", "逾期提交却被受理。")

    async def text(self, text: str, person: str) -> Ref:
        """Keep a text until its person types it: the page stores it."""
        digest = sha256(f"{person} {text}".encode()).hexdigest()
        self.texts[digest[:32]] = text
        return Ref(id=digest[:32], sha256=digest)

    async def file(self, data: bytes, media_type: str, person: str) -> Ref:
        """Name a file; the page is sent one of its own."""
        return await self.text(media_type, person)

    async def expect(self, stream: str, command: Frozen, person: str, role: Role, code: str) -> None:
        """See that an act that must be refused is: by its page, or once it is signed, where no page foresees it."""
        async with self._take("", person, role) as place:
            try:
                await place.pages.fill_in(stream, command)
                await self._sign(place, person, role)
            except Unfit:
                return self._note(person, stream, kind_of(command), code)
        raise DemoFailed(f"{person}: {kind_of(command)} is {code}, and was taken.", "应予拒绝却被受理。")

    async def _send(self, stream: str, command: Frozen, person: str, role: Role) -> Receipt:
        async with self._take(kind_of(command), person, role) as place:
            return await self._do(place, stream, command, person, role)

    async def _do(self, place: Place, stream: str, command: Frozen, person: str, role: Role) -> Receipt:
        if isinstance(command, c.Mend):
            base = self._base_of(stream)
            await place.applying.send(f"{base}/{place.applying.find_place('seals')}", "Sealed 已加盖公章")
            await place.applying.check(base)
        else:
            await place.pages.fill_in(stream, command)
        receipt = await self._sign(place, person, role)
        if isinstance(command, CommitDraw):
            await self._tell_secret(command.draw)
        return receipt

    async def _tell_secret(self, draw: str) -> None:
        """Tell the round by the client which secret the page deposited, so that it draws with the same."""
        deposit = (await self.round_state()).draws[draw].deposit
        assert deposit is not None
        _, body = await self.client.ledger.contents.get(deposit.id)
        self.secrets.of(draw).set_result(bytes.fromhex(body.decode()))

    async def _sign(self, place: Place, person: str, role: Role) -> Receipt:
        """Sign what is shown, and have the second one sign it where two must."""
        path = await place.hands.sign()
        if path.startswith("/seconds/"):
            await place.hands.become(self._second_to(person, role), role)
            await place.hands.open(path)
            await place.hands.press(ONLY)
            path = await place.hands.sign()
            self.seconds += 1
        return (await self.client.ledger.reading.receipts(path.split("/")[2]))[0]

    @asynccontextmanager
    async def _take(self, kind: str, person: str, role: Role) -> AsyncIterator[Place]:
        """Wait for a place, and act there as somebody."""
        with self.windows.wait_for(kind):
            place = await self._free.get()
            try:
                await place.hands.become(person, role)
                yield place
            finally:
                self._free.put_nowait(place)

    async def extend(self, command: ExtendDeadline) -> None:
        """Move what ends by the clock, at the officer's own place."""
        officer = officer_of(self)
        await self.officers.hands.become(officer, Role.OFFICER)
        await self._do(self.officers, self.round_stream, command, officer, Role.OFFICER)

    def _note(self, person: str, stream: str, kind: str, code: str) -> None:
        self.refusals.append(Refusal(person, self.about(stream), kind, Refused(code)))

    @property
    def _base(self) -> str:
        return f"/rounds/{self.round}/apply"

    def _base_of(self, stream: str) -> str:
        return f"/applications/{stream.partition('/')[2]}/mend"
