"""One command's turn with the record and Temporal: open, work, record what was refused, close."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from pydantic import ValidationError

from ledger.record import Ledger
from reading.access.authentication import Claim, Entrance, LocalAssertion
from reading.access.subject import Subject
from reading.errors import Hidden
from reading.service import ReadService
from runtime.databases import Databases
from runtime.errors import StackError
from runtime.logins import Login
from runtime.settings import Settings
from selection.decision.envelope import Envelope, envelope_of
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Receipt
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance
from selection.kernel.references import TextRef
from selection.refusals.refused import Refused
from selection.refusals.unreadable import refuse_unreadable
from selection.rules.loading import RulesFaults, faulty_places
from selection.signing.reading import answer
from selection.signing.refusals import SIGNING
from selection.streams import application_stream, log_of
from selection.wording.refusals import INSTANTS, InZone
from selection.wording.round_words import RoundWords
from starter.cli.failures import CommandFailed
from starter.cli.keys_at_hand import find_keys, write_waiting
from starter.cli.options import Options, options_of
from starter.cli.output import Output, show_receipt as show_receipt
from starter.keys.at_hand import KeysAtHand

if TYPE_CHECKING:
    # Temporal's client takes half a second to load, and commands that only read do without it.
    from starter.client.client import SelectionClient

Work = Callable[["Session"], Awaitable[None]]


class Session:
    """What a command works with. `client` is open in commands that act, `reads` in all.

    `ledger` is for what is written; commands read through `reads` alone. `keys` are the person's.

    `traced`: a refusal from here on is recorded by the workflow or the client, or is of a dry run.
    """

    def __init__(
        self,
        options: Options,
        settings: Settings,
        ledger: Ledger,
        client: "SelectionClient | None" = None,
    ) -> None:
        self.options = options
        self.settings = settings
        self.ledger = ledger
        self.reads = ReadService(ledger)
        self._entrance = Entrance(ledger.people, ledger.keys)
        self._subject: Subject | None = None
        self._id = uuid.uuid4().hex
        self._client = client
        self.out = Output(options.lang, as_json=options.json)
        self.keys: KeysAtHand | None = None
        self.traced = False
        self._acted_on = ""

    async def take_keys(self) -> None:
        """Find the keys at hand, and who acts if nobody was named. Raises CommandFailed."""
        self.use_keys(await find_keys(self.options, self.settings, self.ledger))

    def use_keys(self, keys: KeysAtHand | None) -> None:
        """Sign with these keys, in their person's name."""
        self.keys = keys
        if keys is not None:
            self.name_person(keys.person)
        if self._client is not None:
            self._client.signing.signer = keys

    def name_person(self, person: str) -> None:
        """Act as a person from here on."""
        self.options = replace(self.options, person=person)

    def name_act(self, command_id: str) -> None:
        """Name the act unless it was named: of whoever does the same again, it is the same act."""
        if not self.options.named:
            self.options = replace(self.options, command_id=command_id, named=True)

    @property
    def client(self) -> "SelectionClient":
        """The client, in a command that acts."""
        assert self._client is not None
        return self._client

    async def close(self) -> None:
        """Give all connections back."""
        await (self._client or self.ledger).close()

    @property
    def person(self) -> str:
        """Who acts or reads. Raises CommandFailed nobody-named."""
        if not self.options.person:
            raise CommandFailed("nobody-named")
        return self.options.person

    async def subject(self) -> Subject:
        """Return who reads: shown by the key at hand, on a local installation said by --as.

        Raises Refused as the entrance does, and KeyFault.
        """
        before = self._subject
        try:
            if before is not None and before.person == self.person:
                self._subject = await self._entrance.renew(before)
            else:
                self._subject = await self._entrance.admit(await self._claim())
        except Refused as refused:
            # Nothing is reported in the name of somebody who was not shown to be it.
            self.traced = self.traced or refused.code in SIGNING
            raise
        return self._subject

    async def show_as(self, round_id: str) -> RoundWords:
        """Show instants as a round's zone has them from here on, and return its words."""
        words = await self.reads.rounds.get_words(await self.subject(), round_id)
        self.out.zone = words.zone
        return words

    async def in_zone(self, refused: Refused) -> InZone:
        """Return a refusal with the zone in which its instants are shown: of the round that was acted on."""
        if self._acted_on and not INSTANTS.isdisjoint(refused.params):
            # Who is not shown to be anybody is told what was refused all the same.
            with suppress(Refused):
                await self.show_as(log_of(self._acted_on))
        return InZone(refused, self.out.zone)

    async def _claim(self) -> Claim:
        if self.keys is None or (await self.ledger.keys.get_founding()).local:
            return LocalAssertion(person=self.person, session=self._id)
        key = self.keys.find_key(self.person, Assurance.SESSION)
        return answer(key, self.person, await self._entrance.ask())

    async def act(
        self, stream: str, command: Frozen, role: Role, *, step: str = "", reason: TextRef | None = None
    ) -> Receipt | None:
        """Send one act and show its receipt; `step` parts the acts of a command that does several.

        `reason` is why, where the record holds that beside the command.

        With --for-second the act that two must sign is written to that file instead, with this person's signature, and
        there is no receipt.
        Raises what the client raises.
        """
        actor = Actor(person=self.person, role=role, reason=reason)
        command_id = f"{self.options.command_id}.{step}" if step else self.options.command_id
        if self.options.for_second is not None:
            envelope = envelope_of(stream, command, actor, command_id)
            if await self.client.signing.level(envelope) is Assurance.SIGNED_BY_TWO:
                await self._leave_for_second(envelope, self.options.for_second)
                return None
            if not step:
                raise CommandFailed("second-not-needed")
        self.traced, self._acted_on = True, stream
        receipt = await self.client.act(stream, command, actor=actor, command_id=command_id)
        show_receipt(self.out, receipt)
        return receipt

    async def _leave_for_second(self, envelope: Envelope, path: Path) -> None:
        signed = await self.client.signing.sign(envelope)
        self.out.fields("waits", write_waiting(signed, path))

    async def report_refusal(self, code: str, params: dict[str, str], kind: str) -> None:
        """Have the record say that an act of the person was refused before it was sent, if they are registered."""
        from selection.register.commands import ReportUnreached
        from starter.client.client import SelectionClient

        known = await self.ledger.people.facts([self.options.person])
        fact = known.get(self.options.person)
        if fact is None:
            # What was typed may be somebody's real name.
            return
        role = Role(min(fact.roles)) if fact.roles else Role.APPLICANT
        unreached = ReportUnreached(target="", act=kind, code=code, params=params)
        actor = Actor(person=fact.person, role=role)
        client = self._client
        try:
            client = client or await SelectionClient.connect(self.settings)
            await client.report(unreached, actor=actor, command_id=self.options.command_id)
        except StackError:
            # The refusal stands, and the person is told it; Temporal is away.
            return
        finally:
            if client is not None and client is not self._client:
                await client.close()


def run_acting(ctx: typer.Context, work: Work) -> None:
    """Run a command that acts: with Temporal and the record."""
    _run(ctx, work, acts=True)


def run_reading(ctx: typer.Context, work: Work) -> None:
    """Run a command that only reads: with the record alone."""
    _run(ctx, work, acts=False)


def settings_of(options: Options) -> Settings:
    """Return the environment's settings with the command line's data folder."""
    settings = Settings.from_environment()
    return settings if options.data is None else settings.model_copy(update={"data": options.data})


def database_url(settings: Settings, login: Login = Login.READER) -> str:
    """Return the record's URL for a login. Raises StackError server-unreachable or login-missing."""
    return Databases.find(settings).url(login)


def application(text: str) -> str:
    """Return the stream of an application given as ROUND/NUMBER or as a whole stream."""
    parts = text.removeprefix("application/").split("/")
    if len(parts) != 2 or not all(part and len(part) <= 60 for part in parts):
        raise Refused("unknown-application")
    return application_stream(*parts)


def _run(ctx: typer.Context, work: Work, *, acts: bool) -> None:
    kind = (ctx.command_path.removeprefix("selection").strip() or "unknown")[:40]
    asyncio.run(_turn(options_of(ctx), work, kind, acts=acts))


async def _turn(options: Options, work: Work, kind: str, *, acts: bool) -> None:
    session = await _open(options, acts=acts)
    try:
        session.out.erased = await session.reads.public.list_erased()
        await _record_and_show(session, work, kind)
        session.out.finish()
    finally:
        await session.close()


async def _record_and_show(session: Session, work: Work, kind: str) -> None:
    try:
        try:
            await work(session)
        except ValidationError as fault:
            # A value of the command line that the act cannot hold; the text of pydantic would echo it. Only the
            # act's own fields are named, as what stands below them may be keys that were typed.
            fields = frozenset(str(part) for error in fault.errors() for part in error["loc"][:1])
            raise refuse_unreadable(fault, fields) from None
    except Refused as refused:
        if not session.traced:
            await session.report_refusal(refused.code, refused.params, kind)
        raise await session.in_zone(refused) from None
    except RulesFaults as faults:
        # Sealed rules are judged before they are sent, so no workflow would know of it.
        await session.report_refusal("rules-faulty", {"faults": faulty_places(faults)}, kind)
        raise
    except Hidden:
        if not session.traced:
            await session.report_refusal(Hidden.code, {}, kind)
        raise


async def _open(options: Options, *, acts: bool) -> Session:
    settings = settings_of(options)
    if not acts:
        ledger, client = await Ledger.connect(database_url(settings), size=4), None
    else:
        from starter.client.client import SelectionClient

        client = await SelectionClient.connect(settings)
        ledger = client.ledger
    session = Session(options, settings, ledger, client)
    try:
        await session.take_keys()
    except BaseException:
        await session.close()
        raise
    return session
