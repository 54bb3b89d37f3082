"""Acts that two must sign, between the first signature and the second: told to whom the core would take as the second.

They are kept beside the record (ledger/people/portal_work.py), for who has the portal's login.
"""

from collections.abc import AsyncIterator, Iterable, Sequence

from pydantic import ValidationError

from ledger.people.contents import ContentCard as ContentCard, OwnText
from ledger.people.portal_work import OpenedAct as OpenedAct, WaitingAct
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.roles import roles_of
from reading.access.subject import Subject
from reading.errors import Hidden, SignatureEnded
from selection.decision.command import COMMANDS
from selection.decision.envelope import Envelope
from selection.decision.machine import Act
from selection.kernel.actor import Role
from selection.kernel.leaf import Instant
from selection.kernel.merkle import ProofInvalid
from selection.kernel.model import Frozen
from selection.kernel.proof import Second
from selection.kernel.references import citations_in
from selection.refusals.refused import Refused
from selection.register.state import INSTALLATION
from selection.signing.statement import message_of
from selection.signing.verify import holds
from selection.streams import find_number, find_unit, log_of, round_stream


class Head(Frozen):
    """What a list tells of an act that waits: the act with its first signature, and what it is about."""

    act: Envelope
    title_en: str
    title_zh: str

    @property
    def number(self) -> str:
        """The number of the application that it is done on; empty elsewhere."""
        return find_number(self.act.stream)


class AwaitedAct(Frozen):
    """An act that waits for a second signature; `own` tells that the subject signed it first.

    `first` is what its first signer is called, empty for one who was erased.
    """

    id: str
    head: Head
    until: Instant
    own: bool
    first: str = ""


class OpenedSecond(Frozen):
    """One of them with all that was shown to its first signer, as the pages keep it."""

    awaited: AwaitedAct
    body: str


class SignedTexts(Frozen):
    """The texts of an act: the hashes (hex) that it cites them by, and those that its first signer stored.

    `files` are what else the act cites of that person's, in the order of their ids.
    """

    cited: frozenset[str]
    stored: tuple[OwnText, ...]
    files: tuple[ContentCard, ...] = ()


class SecondReads(Part):
    """What waits for a second signature: one's own, and what one could sign as the second.

    Whoever the core would refuse as the second is told of nothing: their signature would spend the first one's. What
    can't be read any more waits for nobody.
    """

    async def list_waiting(self, subject: Subject) -> tuple[AwaitedAct, ...]:
        """Return what waits for the subject's signature, and what they signed that waits for another's."""
        kept = await self._list(subject)
        own = [found for act in kept if act.person == subject.person and (found := _read(act, subject))]
        theirs = [found async for found in self._find_theirs(subject, kept)]
        for stream in sorted({item.head.act.stream for item in theirs}):
            await self._source.note(subject, ReadKind.WAITING, stream)
        return await self._name(sorted([*theirs, *own], key=lambda item: (item.own, item.until, item.id)))

    async def look_around(self, subject: Subject, places: Iterable[str]) -> tuple[bool, frozenset[str]]:
        """Tell whether anything waits for the subject's signature, and at which of these places they have a draft.

        Both are their own to know.
        """
        work = self._source.ledger.portal_work
        kept, drafts = await work.list_seconds_and_drafts(subject.person, _roles_of(subject), places)
        async for _ in self._find_theirs(subject, kept):
            return True, drafts
        return False, drafts

    async def get(self, subject: Subject, command_id: str) -> OpenedSecond:
        """Return one. Raises Hidden: one that waits for others is as if it were none."""
        kept = await self._source.ledger.portal_work.read_second(command_id)
        awaited = _read(kept, subject) if kept is not None else None
        if kept is None or awaited is None:
            raise Hidden
        if not awaited.own:
            if await self._foresee(subject, awaited.head.act) is not None:
                raise Hidden
            await self._source.note(subject, ReadKind.WAITING, kept.stream, command_id)
        (named,) = await self._name([awaited])
        return OpenedSecond(awaited=named, body=kept.body)

    async def find_refusal(self, subject: Subject, command_id: str) -> Refused | None:
        """Return what would refuse an act now with the subject as its second. Raises Hidden for one that is gone."""
        kept = await self._source.ledger.portal_work.read_second(command_id)
        awaited = _read(kept, subject) if kept is not None else None
        if awaited is None or awaited.own:
            raise Hidden
        return await self._foresee(subject, awaited.head.act)

    async def list_texts(self, subject: Subject, act: Envelope) -> SignedTexts:
        """Return the texts that an act cites, with the salts of those that its first signer stored.

        They are for whoever was shown the act to sign it second. The first one's signature is what lets them be read:
        of what nobody signed no text is found by its id. Raises Hidden where it does not hold, or is the subject's;
        SignatureEnded where it held once.
        """
        first = act.actor.person
        if first == subject.person:
            raise Hidden
        await self._require_signed(act)
        command = COMMANDS[act.kind].model_validate(act.command)
        refs = {item.ref for part in (command, act.actor) for item in citations_in(part)}
        contents, ids = self._source.ledger.contents, sorted({ref.id for ref in refs})
        cards = await contents.cards(ids) if ids else {}
        files = {card.id for card in cards.values() if card.kind == "file"}
        return SignedTexts(
            cited=frozenset(ref.sha256 for ref in refs if ref.id not in files),
            stored=await contents.read_own_texts(ids, first) if ids else (),
            files=tuple(cards[name] for name in sorted(files) if cards[name].stored_by == first),
        )

    async def read_file(self, subject: Subject, act: Envelope, number: int) -> tuple[ContentCard, bytes]:
        """Return one of the files of an act, by its place from 1 on. Raises Hidden, as `list_texts` does."""
        files = (await self.list_texts(subject, act)).files
        if not 0 < number <= len(files):
            raise Hidden
        content = files[number - 1].id
        await self._source.note(subject, ReadKind.CONTENT, act.stream, content)
        return await self._source.ledger.contents.get(content)

    async def _require_signed(self, act: Envelope) -> None:
        """See that a key in force of its first signer signed an act as it is. Raises Hidden, SignatureEnded."""
        if act.proof is None:
            raise Hidden
        try:
            message = message_of(act.intent, act.proof)
        except ProofInvalid:
            raise Hidden from None
        keys = self._source.ledger.keys
        portals, found = (await keys.read_founding()).portals, await keys.of([act.actor.person])
        person, signature, now = act.actor.person, act.proof.signature, await keys.read_clock()
        if any(key.holds_at(now) and holds(signature, key, message, portals) for key in found[person]):
            return
        ever = [row.key for row in await keys.list(person)]
        raise SignatureEnded if any(holds(signature, key, message, ()) for key in ever) else Hidden

    async def _name(self, acts: Sequence[AwaitedAct]) -> tuple[AwaitedAct, ...]:
        """Return acts with the names of who signed them first: whoever sees the act sees whose it is."""
        firsts = {act.head.act.actor.person for act in acts}
        names = await self._source.ledger.people.call(firsts) if firsts else {}
        return tuple(act.with_(first=names.get(act.head.act.actor.person, "")) for act in acts)

    async def _list(self, subject: Subject) -> tuple[WaitingAct, ...]:
        return await self._source.ledger.portal_work.list_seconds(subject.person, _roles_of(subject))

    async def _find_theirs(self, subject: Subject, kept: tuple[WaitingAct, ...]) -> AsyncIterator[AwaitedAct]:
        """Yield what others signed first and the subject may sign second; each stream is looked at once."""
        roles: dict[str, frozenset[Role]] = {}
        for act in kept:
            if act.person == subject.person:
                continue
            if act.stream not in roles:
                roles[act.stream] = await self._find_roles(subject, act.stream)
            found = _read(act, subject) if act.role in roles[act.stream] else None
            if found is not None and await self._foresee(subject, found.head.act) is None:
                yield found

    async def _find_roles(self, subject: Subject, stream: str) -> frozenset[Role]:
        """Return the roles in which the subject may act on a stream, whatever its stage; none where it is hidden."""
        if stream == INSTALLATION or await self._awaits_opening(stream):
            # Of a round that is not opened yet the rules in the act say who may; the core looks at them.
            return frozenset(role for role in Role if subject.holds(role))
        listed = stream.startswith("recommender/")
        try:
            look = await self._source.look(subject, round_stream(log_of(stream)) if listed else stream)
        except Hidden:
            return frozenset()
        roles = roles_of(subject, look.viewer.standings)
        if listed and find_unit(stream) not in subject.get_units(Role.RECOMMENDER):
            # On a unit's list officers enter what came on paper.
            return roles - {Role.RECOMMENDER}
        return roles

    async def _awaits_opening(self, stream: str) -> bool:
        if stream != round_stream(log_of(stream)):
            return False
        found = await self._source.find_round(log_of(stream))
        return found is None or found.sealed is None

    async def _foresee(self, subject: Subject, act: Envelope) -> Refused | None:
        """Return what would refuse an act if the subject signed it as the second now."""
        if act.proof is None:
            return Refused("unsigned")
        together = act.with_(second=Second(person=subject.person, proof=act.proof))
        return (await self._source.ledger.deciding.foresee(act.stream, Act(together, rehearsed=True))).refused


def _roles_of(subject: Subject) -> list[str]:
    return list(subject.fact.roles) if subject.fact.active else []


def head_of(act: Envelope, title: tuple[str, str]) -> Head:
    """Return what is told of an act that its first signer signed."""
    return Head(act=act, title_en=title[0], title_zh=title[1])


def offer_of(head: Head, body: str, until: Instant) -> OpenedAct:
    """Return an act as it is kept for whoever signs second."""
    act = head.act
    return OpenedAct(
        id=act.command_id,
        person=act.actor.person,
        stream=act.stream,
        role=act.actor.role.value,
        head=head.model_dump_json(),
        body=body,
        until=until,
    )


def _read(act: WaitingAct, subject: Subject) -> AwaitedAct | None:
    """Return an act that waits; None for one that another version of the pages kept."""
    try:
        head = Head.model_validate_json(act.head)
    except ValidationError:
        return None
    return AwaitedAct(id=act.id, head=head, until=act.until, own=act.person == subject.person)
