"""A portal whose acts are decided at the record in this process, as a worker decides them; and an expert's panel."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from temporalio.client import Client

from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from portal.backend import Backend
from runtime.logins import Login
from runtime.settings import Settings, SignInProvider
from selection.application import events as a
from selection.decision.aggregate import Event, event_of
from selection.decision.envelope import Envelope
from selection.decision.machine import Act
from selection.kernel.actor import SYSTEM, Actor, Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen
from selection.streams import application_stream, log_of
from starter.client.client import PATIENCE, SelectionClient
from tests.reading.streams import MAIN
from tests.selection import round_stories, story
from tests.selection.story import Story

FAR = datetime(2099, 12, 30, 16, tzinfo=UTC)
NUMBER = "0042"
STREAM = application_stream(story.ROUND, NUMBER)
PLACE = f"{story.ROUND}/{NUMBER}"
EXPERT = "expert-1"
EXAMINED = 1 + [step.leaf.type for step in MAIN.steps].index(a.ExaminersAppointed.TYPE)
"""How many steps of the longest story it takes until an objection has its examiners."""
FORM = {
    "positioning": "面向全国演艺装备的共性技术研发。\nShared technology for stage machinery, open to all makers. "
    * 8,
    "mechanism": "The host, two universities and four makers share a laboratory, its staff and what comes of it.\n"
    "依托单位与两所高校、四家企业共建实验室，共享成果。",
    "technical": "Twelve patents; the group wrote the standard for stage lifts.",
    "conditions": "3,000 square metres, a test tower of 30 metres.",
}


class DecidingClient(SelectionClient):
    """Sends acts to the record itself; a fault is raised instead, once, `before` or `after` the act is decided.

    What is sent while it is `held` waits until that is set.
    """

    def __init__(self, own: Ledger, recorder: Ledger) -> None:
        super().__init__(cast("Client", None), own, "none")
        self.recorder = recorder
        self.before: Exception | None = None
        self.after: Exception | None = None
        self.held: asyncio.Event | None = None
        self.sent: list[Envelope] = []

    async def send(self, envelope: Envelope, command: Frozen, *, patience: timedelta = PATIENCE) -> Receipt:
        self.sent.append(envelope)
        if self.held is not None:
            await self.held.wait()
        if self.before is not None:
            fault, self.before = self.before, None
            raise fault
        decided = await self.recorder.deciding.decide(envelope.stream, Act(envelope))
        if self.after is not None:
            fault, self.after = self.after, None
            raise fault
        if decided.refused is not None:
            raise decided.refused
        return decided.receipts[0] if decided.receipts else await self._as_before(envelope)


class DecidingBackend(Backend):
    """What pages rest on, without Temporal."""

    def __init__(self, url: str, recorder: Ledger, oidc: SignInProvider | None = None) -> None:
        # What one person may send is looked at where that is tested: elsewhere a quick machine sends more in a minute.
        limits = {"acts_a_minute": 100_000, "refusals_a_day": 100_000}
        super().__init__(Settings(databases={Login.PORTAL: url, Login.AUDITOR: url}, oidc=oidc, **limits))
        self._recorder = recorder
        self._deciding: DecidingClient | None = None

    def allow(self, **limits: int) -> None:
        """Set how much one person may send."""
        self._settings = self._settings.model_copy(update=limits)

    async def client(self) -> DecidingClient:
        if self._deciding is None:
            await self.reach()
            assert self._ledger is not None
            self._deciding = DecidingClient(self._ledger, self._recorder)
        return self._deciding


async def tell_panel(ledger: Ledger, number: str = NUMBER) -> None:
    """Record an application whose panel has been asked and has time, with what was handed in."""
    told = Story(application_stream(story.ROUND, number))
    told.tell(story.AGENT, story.make_application_submitted(1, f"form-{number}"))
    told.tell(SYSTEM, story.make_recommendation(1), a.CheckOpened(deadline=FAR))
    told.tell(story.OFFICER, a.CheckPassed(rulings=()))
    seats = story.make_panel_seated().model_copy(update={"revision": 1, "respond_by": FAR, "review_by": FAR})
    told.tell(SYSTEM, seats)
    await put(ledger, f"form-{number}", FORM)
    await ledger.record.append(log_of(told.stream), told.stream, told.leaves)


async def retell(ledger: Ledger, number: str, steps: int, *more: tuple[Actor, Event]) -> None:
    """Record an application as far as the longest story goes in so many steps, with deadlines that are far away.

    What follows them may be another story.
    """
    told = Story(application_stream(story.ROUND, number))
    for step in MAIN.steps[:steps]:
        event = event_of(step.leaf)
        far: dict[str, object] = {
            name: FAR for name in ("until", "respond_by", "review_by") if name in type(event).model_fields
        }
        told.tell(step.leaf.actor, event.model_copy(update=far))
    for actor, event in more:
        told.tell(actor, event)
    await ledger.record.append(log_of(told.stream), told.stream, told.leaves)


async def tell_round(ledger: Ledger) -> None:
    """Record the round of the panel, up to its review, where nothing was told before."""
    told = round_stories.round_story()
    await ledger.record.append(story.ROUND, told.stream, told.leaves[:16])


async def put(ledger: Ledger, content: str, answers: dict[str, Any]) -> None:
    body = canonical_bytes(answers)
    await ledger.contents.put(content, body, kind="text", media_type="text/plain", stored_by="agent-1")


def expert(name: str = EXPERT) -> NewPerson:
    identity = Identity(name="Synthetic Expert", mail=f"{name}@synthetic.example")
    return NewPerson(person=name, roles={Role.EXPERT: ()}, employer="employer-1", identity=identity)
