"""An installation on which acts are signed: a stack with its portal, and people with passkeys and sessions."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from time import monotonic

from ledger.database.store import PORTAL_ROLE, RECORDER_ROLE
from ledger.people.portal_sessions import KeptSession, ResumedSession, RunningSession
from ledger.people.register import NewPerson
from ledger.record import Ledger
from reading.access.authentication import Entrance
from reading.access.subject import Means, Subject
from runtime.embedded.plan import ANY
from runtime.embedded.ports import free_port
from runtime.embedded.stack import EmbeddedStack
from runtime.settings import Settings
from runtime.temporal.namespace import wait_for_worker
from selection.decision.envelope import envelope_of
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance, Second
from selection.register.key_commands import EnrolKey, InviteSigner
from selection.register.one_message import AT_ONCE
from selection.register.state import INSTALLATION
from selection.register.unit_commands import UnitEntry, split_units
from selection.signing.one_time_code import token_of
from selection.signing.possession import enrol
from selection.signing.signing_key import SigningKey
from starter.client.client import SelectionClient, new_command_id
from starter.client.registering import register_people
from starter.commands.operator.up import plan_stack, wait_for_portal, with_portal
from tests.attacks.test_enrolment_codes import Place, code_sent_to
from tests.databases import superuser
from tests.selection.signing.keys import Authenticator, software

ADMIN = Actor(person="admin-1", role=Role.ADMIN)
SESSION_LASTS = timedelta(hours=1)
SIGNED_IN_ANEW = 600.0
"""Seconds after which somebody signs in once more: a session in which nothing is asked for ends sooner than a round."""


class OneKey:
    """The administrator's key, by which the installation is set up; nobody else signs outside of the browser."""

    key = software(1)

    def find_key(self, person: str, level: Assurance) -> SigningKey | None:
        """Return it, or nothing for others."""
        return self.key if person == ADMIN.person else None


@dataclass
class Installation:
    """A stack that is not local; `origin` is where its portal is."""

    stack: EmbeddedStack
    client: SelectionClient
    recorder: Ledger
    code: str
    passkeys: dict[str, Authenticator] = field(default_factory=dict)
    _sessions: dict[str, tuple[str, float]] = field(default_factory=dict)
    """By person the token of a session, and when it was begun."""

    @property
    def origin(self) -> str:
        return self.stack.plan.settings.portal_origin

    async def settle(self, people: Sequence[NewPerson], units: Sequence[UnitEntry]) -> None:
        """Register people and units, and give everyone a passkey by the code they were sent, and a session."""
        founded = await self.client.signing.get_founding()
        first = enrol(OneKey.key, ADMIN.person, founded.installation)
        await self._act(
            EnrolKey(keys=(first,), token=token_of(self.code, first, founded.installation)), "first"
        )
        await register_people(self.client, people, actor=ADMIN, command_id="people")
        for number, command in enumerate(split_units(units)):
            await self._act(command, f"units:{number}")
        others = [item.person for item in people if item.person != ADMIN.person]
        for start in range(0, len(others), AT_ONCE):
            invited = InviteSigner(people=tuple(others[start : start + AT_ONCE]))
            await self._act(invited, f"invitations:{start}")
        place, confirming = Place(self.recorder, founded.installation), ADMIN
        officers = {item.person for item in people if Role.OFFICER in item.roles}
        others.sort(key=lambda person: person not in officers)
        for person in others:
            asked = enrol(self._passkey(person), person, founded.installation)  # type: ignore[arg-type]  # signs as a key does
            token = token_of(await code_sent_to(place, person), asked, founded.installation, person)
            await self._confirm(EnrolKey(keys=(asked,), token=token), f"key:{person}", confirming)
            if confirming == ADMIN and person in officers:
                # Who registered and invited them confirms no key any more once another one could.
                confirming = Actor(person=person, role=Role.OFFICER)
        own = enrol(self._passkey(ADMIN.person), ADMIN.person, founded.installation)  # type: ignore[arg-type]
        await self._act(EnrolKey(keys=(own,)), "own-passkey")
        await self._begin_sessions([*self.passkeys])

    async def act_by_two(self, stream: str, command: Frozen, actor: Actor, second: str) -> None:
        """Do an act that two sign, by their passkeys."""
        act = envelope_of(stream, command, actor, new_command_id())
        terms, intent = await self.client.signing.state(act), act.intent
        beside = intent.with_(person=second, second_to=actor.person)
        own, other = (self.passkeys[name] for name in (actor.person, second))
        signed = act.with_(
            proof=own.prove(intent, terms), second=Second(person=second, proof=other.prove(beside, terms))
        )
        await self.client.send(signed, command)

    async def enter(self, person: str) -> str:
        """Return the token of somebody's session; they sign in anew where theirs may have ended."""
        if monotonic() - self._sessions[person][1] >= SIGNED_IN_ANEW:
            await self._begin_sessions([person])
        return self._sessions[person][0]

    async def admit(self, person: str) -> Subject:
        """Return somebody as the read service lets them in who has their session."""
        key, now = self.passkeys[person].key.key, datetime.now(UTC)
        begun = RunningSession(
            name="", person=person, means=Means.KEY, key=key, until=now + SESSION_LASTS, started=now, seen=now
        )
        entrance = Entrance(self.recorder.people, self.recorder.keys)
        signer = await self.recorder.keys.look_at(person, key)
        return await entrance.resume(ResumedSession(begun, "", signer, left_s=60, idle_s=60))

    def _passkey(self, person: str) -> Authenticator:
        return self.passkeys.setdefault(person, Authenticator(site="localhost", origin=self.origin))

    async def _begin_sessions(self, people: Sequence[str]) -> None:
        """Let people in as the portal would, had they signed in with their passkey."""
        ledger = await Ledger.connect(superuser(self.stack.endpoints.databases), role=PORTAL_ROLE, size=1)
        for person in people:
            token = token_urlsafe(32)
            kept = KeptSession(
                name=token_urlsafe(9),
                person=person,
                means=Means.KEY.value,
                key=self.passkeys[person].key.key,
                until=datetime.now(UTC) + SESSION_LASTS,
            )
            await ledger.portal_sessions.begin(token, kept)
            self._sessions[person] = token, monotonic()
        await ledger.close()

    async def _confirm(self, command: EnrolKey, command_id: str, by: Actor) -> None:
        if by == ADMIN:
            await self._act(command, command_id)
            return
        act = envelope_of(INSTALLATION, command, by, command_id)
        terms = await self.client.signing.state(act)
        proof = self.passkeys[by.person].prove(act.intent, terms)
        await self.client.send(act.with_(proof=proof), command)

    async def _act(self, command: EnrolKey | InviteSigner | object, command_id: str) -> None:
        await self.client.act(INSTALLATION, command, actor=ADMIN, command_id=command_id)  # type: ignore[arg-type]


@asynccontextmanager
async def start_installation(folder: Path) -> AsyncIterator[Installation]:
    """Start a stack with worker and portal as `selection up` does; nobody is registered yet."""
    codes: list[str] = []
    plan = plan_stack(Settings(data=folder), ANY, 1, local=False, tell_code=codes.append)
    plan = with_portal(replace(plan, synced=False), free_port())
    async with EmbeddedStack(plan) as stack:
        client = await SelectionClient.connect(plan.settings, OneKey())
        recorder = await Ledger.connect(superuser(stack.endpoints.databases), role=RECORDER_ROLE, size=2)
        try:
            await wait_for_worker(client.temporal, stack.endpoints.task_queue)
            await wait_for_portal(stack)
            yield Installation(stack, client, recorder, codes[0])
        finally:
            await recorder.close()
            await client.close()
