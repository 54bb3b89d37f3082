"""How many people a round needs at least, post by post, and why: worked out of its rules alone.

Counted are those who hold a post and those who are drawn or appointed; not who applies, recommends or objects. Nobody
is counted for two duties that meet in one application (selection/process/duties.py).
"""

from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance
from selection.process.duties import CLASHES, DUTY_OF_POST
from selection.rooms import APPLICATION_ACTS, LIST_ACTS, ROUND_ACTS
from selection.rules.model import RoundRules
from selection.rules.sections import ApprovalLevel

StaffPost = Literal[
    "officers",
    "supervisors",
    "approvers",
    "admins",
    "auditors",
    "experts",
    "surveyors",
    "examiners",
    "deciders",
]
"""The posts of a round, and those who are drawn or appointed in it."""
Case = Literal["always", "objection", "request", "erasure", "bundle"]
"""When people are needed: in every round, or where somebody objects, requests a review, has their data erased, or takes
the record along."""

DUTIES_OF_STAFF = {
    **DUTY_OF_POST,
    "experts": "reviewer",
    "surveyors": "surveyor",
    "examiners": "examiner",
    "deciders": "examiner",
}
_ACTS = {**APPLICATION_ACTS, **LIST_ACTS, **ROUND_ACTS}
_APPROVE, _SEND_BACK = "approve", "send-back-proposal"
BY_LEVEL = (_APPROVE, _SEND_BACK)
"""The acts that are done by the approvers of one level; on an amendment those of any level rule."""


class Need(Frozen):
    """How many people one post needs at least; of approvers one level's.

    `holders` is how many the rules name, None for those of whom the register tells, or who are appointed later.
    `reason` is a code of selection/wording/staffing_words.py and `params` what its sentence says. `shared` is how many
    of them may be people who are counted already: those of the posts `also`.
    """

    post: StaffPost
    level: str = ""
    case: Case = "always"
    least: int
    holders: int | None = None
    reason: str
    params: dict[str, str] = {}
    also: tuple[StaffPost, ...] = ()
    shared: int = 0

    @property
    def is_short(self) -> bool:
        """Tell whether the rules name fewer than are needed."""
        return self.holders is not None and self.holders < self.least


class Staffing(Frozen):
    """What a round with so many applications needs."""

    applications: int
    needs: tuple[Need, ...]

    @property
    def in_office(self) -> int:
        """How many people the posts of every round take together."""
        return _count_people(item for item in self._list(()) if item.post in DUTY_OF_POST)

    def in_all(self, *cases: Case) -> int:
        """How many people every round takes together, and these cases beside it."""
        return _count_people(self._list(cases))

    def _list(self, cases: tuple[Case, ...]) -> Iterator[Need]:
        return (item for item in self.needs if item.case in ("always", *cases))


def count_staff(rules: RoundRules, applications: int | None = None) -> Staffing:
    """Return how many people a round needs at least for so many applications; else for one on each place."""
    number = max(applications if applications is not None else rules.places, 1)
    needs = (*_count_posts(rules), *_count_judges(rules, number))
    order = get_args(Case)
    return Staffing(applications=number, needs=tuple(sorted(needs, key=lambda need: order.index(need.case))))


def list_signed_by_two(rules: RoundRules, role: Role) -> tuple[str, ...]:
    """Return the acts that two people of a role sign, and nobody of another."""
    return tuple(
        sorted(
            kind
            for kind, level in rules.assurance.items()
            if level is Assurance.SIGNED_BY_TWO and _ACTS[kind].roles == {role}
        )
    )


def count_approvers(rules: RoundRules, level: ApprovalLevel) -> int:
    """Return how many approvers a level needs: who signs an approval as the second has not approved either."""
    by_two = list_signed_by_two(rules, Role.APPROVER)
    if _APPROVE in by_two:
        return level.needed + 1
    return max(level.needed, 2) if _SEND_BACK in by_two else level.needed


def _count_posts(rules: RoundRules) -> Iterator[Need]:
    staff = rules.staff
    for post, role, people in (
        ("officers", Role.OFFICER, staff.officers),
        ("supervisors", Role.SUPERVISOR, staff.supervisors),
    ):
        least = 2 if list_signed_by_two(rules, role) else 1
        yield Need(post=post, least=least, holders=len(people), reason=post)
    for level in rules.approval:
        least = count_approvers(rules, level)
        yield Need(
            post="approvers",
            level=level.code,
            least=least,
            holders=len(level.approvers),
            reason="approvers" if least == level.needed else "approvers-by-two",
            params={"needed": str(level.needed)},
        )
    # Who registers people draws no panels, so an approver had best: officers and supervisors take turns at draws.
    among = _list_compatible("admins", "approvers", "supervisors", "officers")
    yield Need(post="admins", least=1, reason="admins", also=among, shared=1)
    yield Need(post="admins", case="erasure", least=2, reason="admins-by-two", also=among, shared=2)
    yield Need(post="auditors", case="bundle", least=1, holders=len(staff.auditors), reason="auditors")


def _count_judges(rules: RoundRules, applications: int) -> Iterator[Need]:
    panel = rules.panel
    places = panel.seats + panel.alternates
    by_load = -(-applications * places // panel.max_load)
    experts = max(places, by_load)
    team = rules.survey.min_team if rules.stages.survey else 0
    params = {
        "seats": str(panel.seats),
        "alternates": str(panel.alternates),
        "employers": str(-(-places // panel.max_per_institution)),
        "applications": str(applications),
        "places": str(applications * places),
        "load": str(panel.max_load),
    }
    reason = "experts" if by_load <= places else "experts-by-load"
    yield Need(post="experts", least=experts, reason=reason, params=params)
    if rules.stages.survey:
        among = _list_compatible("surveyors", "experts")
        yield Need(post="surveyors", least=team, reason="surveyors", also=among, shared=min(team, experts))
    if rules.stages.notice:
        # An expert examines what they neither review nor survey.
        least, free = rules.objections.min_examiners, max(0, experts - max(places, team))
        yield Need(
            post="examiners",
            case="objection",
            least=least,
            reason="examiners",
            also=("experts",) if free else (),
            shared=min(least, free),
        )
    yield Need(post="deciders", case="request", least=rules.requests.min_deciders, reason="deciders")


def _list_compatible(post: StaffPost, *others: StaffPost) -> tuple[StaffPost, ...]:
    """Return those of other posts whose people may do this one's duty where they do their own."""
    apart = CLASHES[DUTIES_OF_STAFF[post]]
    return tuple(other for other in others if DUTIES_OF_STAFF[other] not in apart)


def _count_people(needs: Iterable[Need]) -> int:
    """Return how many people fill these needs together: of a post in several cases the most, shared ones once."""
    most: dict[str, int] = {}
    for item in needs:
        key = f"{item.post}/{item.level}"
        most[key] = max(most.get(key, 0), item.least - item.shared)
    return sum(most.values())
