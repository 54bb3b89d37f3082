"""A round in memory in which whoever holds a post now does what a holder of the sealed rules would do."""

from collections.abc import Iterable, Iterator, Mapping

from benchmarks.in_memory.register import ADMIN, SECOND_ADMIN
from selection.decision.envelope import Envelope
from selection.decision.facts import PersonFact
from selection.kernel.actor import Actor, Role
from selection.kernel.proof import Assurance
from selection.refusals.refused import Refused
from selection.rules.holders import STAFF, find_holders, key_of_post
from selection.rules.model import RoundRules
from selection.streams import round_stream
from tests import factories as f
from tests.signatures import Signatures
from tests.whole_round import WholeRound


class StaffSignatures(Signatures):
    """Everyone's keys where posts change hands: beside somebody signs another who holds their post and is there."""

    made: "StaffedRound"

    def signers(self, envelope: Envelope, asked: Mapping[str, Assurance] | None) -> tuple[str, ...]:
        """Return who must sign an act: beside a holder another one, or nobody where none is left."""
        first, *seconds = super().signers(envelope, asked)
        found = (self.made.find_second(envelope.actor, second) for second in seconds)
        return (first, *(person for person in found if person))


class StaffedRound(WholeRound):
    """Holders try in turn, and who stands in for them; whoever is in `absent` does nothing."""

    def __init__(
        self, rules: RoundRules, people: Iterable[PersonFact], signatures: Signatures | None = None
    ) -> None:
        self.absent: set[str] = set()
        if isinstance(signatures, StaffSignatures):
            signatures.made = self
        super().__init__(rules, people, signatures)

    def list_able(self, actor: Actor) -> tuple[Actor, ...]:
        """Return who tries an act of a holder. Raises Refused where all who could are absent: then nobody sends it."""
        key = self.find_post(actor)
        if not key:
            return (actor,)
        sealed, now = self.list_sealed(key), find_holders(self.round.state.current, key) or ()
        # Two holders who act one after the other stay two, whoever came for them.
        at = sealed.index(actor.person) % len(now)
        able = [
            actor.with_(person=person)
            for holder in (*now[at:], *now[:at])
            for person in self._list_of_post(holder, actor.role)
        ]
        if not able:
            raise Refused("not-entitled", roles=actor.role.value)
        return tuple(able)

    def find_second(self, actor: Actor, usual: str) -> str:
        """Return who signs beside a holder: another one, active and there, empty if none; beside others the usual."""
        posts = [post for post in ("officers", "supervisors") if STAFF[post] is actor.role]
        desk = self.desks.get(round_stream(f.ROUND))
        if not posts or desk is None or desk.state.sealed is None:
            return usual
        holders = find_holders(desk.state.current, posts[0]) or ()
        others = (person for person in holders if person not in (actor.person, *self.absent))
        return next((person for person in others if self.people[person].active), "")

    def register_for_post(self, fact: PersonFact) -> None:
        """Have two administrators register somebody of the staff, or register them anew."""
        if self.signatures is None:
            self.register(fact)
            return
        if SECOND_ADMIN.person not in self.people:
            self.register(SECOND_ADMIN)
            self._register.enrol(SECOND_ADMIN.person, self.now)
        self.register_staff(fact, ADMIN)

    def find_post(self, actor: Actor) -> str:
        """Return the post by which somebody acts whom the sealed rules name, empty for everybody else."""
        desk = self.desks.get(round_stream(f.ROUND))
        if desk is None or desk.state.sealed is None:
            return ""
        levels = (key_of_post("approvers", level.code) for level in self.rules.approval)
        keys = (
            levels if actor.role is Role.APPROVER else (post for post in STAFF if STAFF[post] is actor.role)
        )
        return next((key for key in keys if actor.person in self.list_sealed(key)), "")

    def list_sealed(self, key: str) -> tuple[str, ...]:
        """Return whom the sealed rules name in a post."""
        return find_holders(self.rules, key) or ()

    def _list_of_post(self, holder: str, role: Role) -> Iterator[str]:
        """Yield who acts in the post of a holder who is not absent: they, and who stands in for them now."""
        if holder not in self.absent:
            yield holder
        for item in self.round.state.delegations:
            named = (item.holder, item.role) == (holder, role)
            if named and item.holds_at(self.now) and item.substitute not in self.absent:
                yield item.substitute
