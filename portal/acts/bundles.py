"""Many acts of one person, shown together and signed once over the list of them: kept, signed, sent, answered."""

from collections.abc import Sequence
from functools import cached_property

from pydantic import Field

from portal.acts.prepared import Line
from portal.acts.preparing import Title, needs_two
from portal.visit import Visit
from selection.decision.envelope import Envelope, envelope_of
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.proof import Place, Proof, Signature
from selection.refusals.refused import Refused
from selection.signing.statement import places_of, statement_of
from selection.streams import find_number
from starter.client.client import new_command_id

AT_MOST = 100
"""Acts that are signed together in a page [D]: each is shown there, and their person is to read them."""
WAITING_AT_MOST = 50
"""Acts of one person that wait for a second signature [D]: the database keeps no more (`offer_portal_second`)."""


class Item(Frozen):
    """One of the acts without its signature: what its signature says besides, and what the page shows of it alone.

    `two` says that two must sign it: signed by the first, it waits for the second, who signs each by itself.
    """

    act: Envelope
    terms: Proof
    title_en: str
    title_zh: str
    lines: tuple[Line, ...] = ()
    two: bool = False

    @property
    def place(self) -> str:
        """The number of the application that it is done on."""
        return find_number(self.act.stream)


class Bundle(Frozen):
    """Acts of one person in one round, as they are shown to their person before they sign them.

    `lines` are what the page shows of them all; `back` leads to where they were chosen, `change` to where they were
    filled in; `draft` is the place of the draft that goes once all are answered, empty where it stays, and
    `draft_version` the version of it that they were made of.
    """

    id: str
    round: str
    role: Role
    items: tuple[Item, ...] = Field(min_length=1, max_length=AT_MOST)
    lines: tuple[Line, ...]
    back: str
    change: str
    draft: str
    draft_version: int

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the acts, each once."""
        return tuple(dict.fromkeys(item.act.kind for item in self.items))

    @property
    def alone(self) -> tuple[Item, ...]:
        """The acts that are done with one signature."""
        return tuple(item for item in self.items if not item.two)

    @property
    def statements(self) -> tuple[bytes, ...]:
        """What each act says of itself (docs/decisions/0026-signed-acts.md)."""
        return tuple(statement_of(item.act.intent, item.terms) for item in self.items)

    @property
    def message(self) -> bytes:
        """What is signed once: the list of the statements, or the only one."""
        return self._message_and_places[0]

    @cached_property
    def _message_and_places(self) -> tuple[bytes, tuple[Place | None, ...]]:
        statements = self.statements
        return places_of(statements) if len(statements) > 1 else (statements[0], (None,))

    def sign(self, signature: Signature | None) -> tuple[Envelope, ...]:
        """Return the acts with one signature, each with its place in the list; unsigned without one."""
        if signature is None:
            return tuple(item.act for item in self.items)
        return tuple(
            item.act.with_(proof=item.terms.with_(signature=signature, manifest=place))
            for item, place in zip(self.items, self._message_and_places[1], strict=True)
        )


class ChosenAct(Frozen):
    """One act that somebody wants done with others; `command_id` is its own where it has one, to be known again by."""

    stream: str
    command: Frozen
    title: Title
    lines: tuple[Line, ...] = ()
    command_id: str = ""


class Together(Frozen):
    """What the acts of a bundle have in common."""

    round: str
    role: Role
    lines: tuple[Line, ...]
    back: str
    change: str
    draft: str
    draft_version: int


async def prepare_bundle(visit: Visit, chosen: Sequence[ChosenAct], together: Together) -> Bundle:
    """Keep acts for this person and session, to be signed together, and return them.

    Raises Refused `second-missing` where more would wait for a second signature than are kept.
    """
    client = await visit.portal.backend.client()
    actor = Actor(person=visit.subject.person, role=together.role)
    bundle_id = new_command_id()
    items: list[Item] = []
    two: dict[str, bool] = {}
    for number, one in enumerate(chosen):
        act = envelope_of(one.stream, one.command, actor, one.command_id or f"{bundle_id}.{number}")
        if act.kind not in two:
            two[act.kind] = await needs_two(visit, act)
        terms, (en, zh) = await client.signing.state(act), one.title
        items.append(Item(act=act, terms=terms, title_en=en, title_zh=zh, lines=one.lines, two=two[act.kind]))
    if any(two.values()):
        waiting = [act for act in await visit.reach.seconds.list_waiting(visit.subject) if act.own]
        if len(waiting) + sum(item.two for item in items) > WAITING_AT_MOST:
            raise Refused("second-missing")
    bundle = Bundle(id=bundle_id, items=tuple(items), **dict(together))
    await visit.reach.work.keep_act(visit.signed_in, bundle.id, bundle.model_dump_json())
    return bundle


def path_of_bundle(bundle_id: str) -> str:
    """Return where acts are shown together, signed and told of."""
    return f"/together/{bundle_id}"
