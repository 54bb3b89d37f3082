"""Who acts for a recommending unit was registered by two administrators, for a reason, once two could sign that."""

from audit.bundle.hands import Hands
from audit.bundle.register import Register
from audit.claims import Sentences
from audit.rules.fold import Step
from audit.rules.rule_runner import EntryRule, Rule, require_register
from selection.decision.aggregate import Event
from selection.decision.facts import PersonFact
from selection.kernel.actor import Role
from selection.recommendation.state import ListState

ROLE = Role.RECOMMENDER.value


class RecommendersByTwo(EntryRule):
    """The claim that nobody recommended whom one administrator alone had put in. It keeps what it found of each act."""

    code = "recommenders-by-two"
    looks_at: frozenset[type[Event]] | None = None

    def __init__(self) -> None:
        self._could: dict[int, bool] = {}

    def see(self, step: Step) -> int:
        """Look up how whoever acts for a unit came to be registered."""
        actor = step.leaf.actor
        if step.is_refusal or not isinstance(step.before, ListState) or actor.role is not Role.RECOMMENDER:
            return 0
        register = require_register(step.record.register, step.leaf, step.point)
        history = register.hands(actor.person, step.leaf.register_size)
        first = next((place for place, hands in enumerate(history) if ROLE in hands.fact.roles), len(history))
        # Whoever had the id alone in between, as somebody else, would act by the key that they enrolled then.
        for before, hands in zip((None, *history)[first:], history[first:], strict=False):
            sound = _stops(hands.fact, before) or self._by_two(register, hands)
            step.require(sound, "recommender-by-one", person=actor.person)
        return 1

    def _by_two(self, register: Register, hands: Hands) -> bool:
        """Tell whether two signed a registration, for a reason, or it was before two could."""
        # Where nobody signs, the reason is all that an entry tells of the act.
        founded = register.keys.get_founding(hands.place)
        signed = hands.two or (founded is not None and founded.local)
        return (signed and hands.reason) or not self._two_could(register, hands)

    def _two_could(self, register: Register, hands: Hands) -> bool:
        """Tell whether there were two administrators who could sign, or once could, before an act."""
        if hands.place not in self._could:
            found = {
                fact.person
                for fact in register.everyone(hands.place)
                if fact.active and "admin" in fact.roles
            }
            founded = register.keys.get_founding(hands.place)
            if founded is None or not founded.local:
                found = set(register.keys.ever_of(found, hands.place))
            self._could[hands.place] = len(found) > 1
        return self._could[hands.place]


def _stops(fact: PersonFact, before: Hands | None) -> bool:
    """Tell whether a registration but ends what its person may do, which one administrator does alone."""
    if before is None or fact.active or fact.employer != before.fact.employer:
        return False
    roles = before.fact.roles
    return fact.roles.keys() == roles.keys() and all(
        set(fact.roles[role]) == set(roles[role]) for role in roles
    )


def recommender_rules() -> tuple[Rule, ...]:
    """Return the rule about agents of recommending units."""
    return (RecommendersByTwo(),)


CLAIMS: Sentences = {
    "recommenders-by-two": (
        "Whoever acted for a recommending unit was registered for a reason by two administrators, once there were two "
        "who could sign; from their first registration for one on, one alone did no more than stop them.",
        "自有两名可签名的管理员起，凡代表推荐单位办理者，均由两名管理员说明理由后登记；"
        "自其首次登记为推荐人员起，一名管理员只可将其停用。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "recommender-by-one": (
        "{person} acted for a recommending unit, and was registered, then or before, by one administrator alone or "
        "without a reason.",
        "{person} 代表推荐单位办理，但其本次或此前的登记仅由一名管理员办理，或未说明理由。",
    ),
}
"""What can be found instead."""
