"""What a decision needs to know from outside its own stream, asked for and answered as values.

Whoever decides answers from the record as it stands at that place of the log; what the decision used goes into
its events, so that folding the log needs no outside knowledge.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from pydantic import Field

from selection.decision.deposit import Deposit, DepositAsked
from selection.decision.likeness import Likeness, LikenessAsked
from selection.decision.reference import CitedDecision, Decision
from selection.decision.register_views import RegisterFacts, RegisterView
from selection.decision.relations import Conflict, Relations, RelationsAsked
from selection.decision.views import View
from selection.forms.handed_in import Fitting, SentForm
from selection.kernel.actor import Role
from selection.kernel.leaf import Instant
from selection.kernel.model import Frozen, Ref
from selection.kernel.references import Citation, Kind
from selection.kernel.stages import Stage
from selection.kernel.unit_codes import canonical_code
from selection.rules.terms import Terms, end_of_intake
from selection.signing.key import Founded, Key


class PersonFact(Frozen):
    """What the registry says of a person: roles with the unit they hold for, employer's credit code."""

    person: str
    roles: dict[str, tuple[str, ...]]
    employer: str = ""
    active: bool = True

    def holds(self, role: Role, unit: str | None = None) -> bool:
        """Tell whether the person holds the role, and for the unit when one is named."""
        units = self.roles.get(role.value)
        return self.active and units is not None and (unit is None or unit in units)


class ContentFact(Frozen):
    """A stored content that whoever acts may cite on this stream; `stored` is the database's clock."""

    sha256: str
    kind: Kind
    stored: Instant


class FactsRequest(Frozen):
    """Which facts a decision needs. Empty means none.

    `signers` are those whose keys are asked for, and with them what the installation is. `contents` is what `reader`
    cites, of which nothing is told that is not theirs to cite. `movable` tells that a deadline is about to be settled
    which an act on its way to the round may yet move. `filled` is a form that is to fit the sealed one, `before` the
    version that it mends, of whose answers some stay. `employers` are the codes of units of which it is asked who may
    act for them as applicants. `registered` are those of whom it is asked through whose hands they came into the
    register. `relations` asks what binds people to applications, `likeness` what an application comes near to.
    `deposit` is the secret of a draw.
    """

    people: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    contents: tuple[Citation, ...] = ()
    reader: str = ""
    terms: bool = False
    deadlines: bool = False
    view: View | None = None
    registry: RegisterView | None = None
    decision: Decision | None = None
    movable: bool = False
    filled: SentForm | None = None
    before: SentForm | None = None
    employers: tuple[str, ...] = ()
    registered: tuple[str, ...] = ()
    relations: RelationsAsked | None = None
    likeness: LikenessAsked | None = None
    deposit: DepositAsked | None = None

    @property
    def empty(self) -> bool:
        """Tell whether nothing is asked."""
        return self == FactsRequest()


class Candidate(Frozen):
    """An application as the round sees it when people choose: standing, field, region, revision.

    `votes` are those of its panel's meeting, for, against and abstained as in 5:2:0; `verdict` is its survey's.
    `by_rank` tells of one in a ranking that it is within the cut by its rank alone, named or not. `reopened` counts the
    rulings on objections that were reversed after its notice had passed.
    """

    stream: str
    revision: int
    stage: Stage
    by_rank: bool = False
    field: str = ""
    region: str = ""
    priority: str = ""
    rank: int = 0
    score: str = ""
    agreed: str = ""
    votes: str = ""
    verdict: str = ""
    hands: dict[str, tuple[str, ...]] = {}
    units: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    conflicted: tuple[str, ...] = ()
    dismissed: dict[str, tuple[Conflict, ...]] = {}
    reopened: int = 0


class Seating(Frozen):
    """What a draw gave one application: experts by seat, alternates, everybody's employer, its lot."""

    experts: tuple[str, ...]
    alternates: tuple[str, ...]
    employers: dict[str, str]
    lot: str


class DrawBasis(Frozen):
    """What a draw would be made from: its inputs as they are stored, and how many there are."""

    inputs: Ref
    applications: int
    experts: int


class Facts(Frozen):
    """The answer to a FactsRequest; `counts` holds applications per stage, `candidates` by rank.

    `keys` are those that each person enrolled and that were not revoked. `agents` are by employer those who hold the
    role of an applicant, in order. `registrars` are by person all who ever signed a registration of them, or of one who
    did. `used` counts what fixes a form, or a quota.
    `elsewhere` names by person the applications of the round in which they had a part.
    """

    people: dict[str, PersonFact] = Field(default_factory=dict)
    keys: dict[str, tuple[Key, ...]] = Field(default_factory=dict)
    founded: Founded | None = None
    contents: dict[str, ContentFact] = Field(default_factory=dict)
    terms: Terms | None = None
    deadlines: dict[str, Instant] = Field(default_factory=dict)
    quota: int | None = None
    counts: dict[Stage, int] = Field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    draw: DrawBasis | None = None
    cited: CitedDecision | None = None
    seatings: dict[str, Seating] = Field(default_factory=dict)
    registry: RegisterFacts | None = None
    fitting: Fitting | None = None
    used: int = 0
    places: dict[str, int] = Field(default_factory=dict)
    elsewhere: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    agents: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    registrars: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    relations: Relations | None = None
    likeness: Likeness | None = None
    deposit: Deposit | None = None

    def merge(self, newer: "Facts") -> "Facts":
        """Return these facts with the newer ones laid over them."""
        return self.with_(
            people={**self.people, **newer.people},
            keys={**self.keys, **newer.keys},
            founded=newer.founded or self.founded,
            contents={**self.contents, **newer.contents},
            terms=newer.terms or self.terms,
            deadlines=newer.deadlines or self.deadlines,
            quota=self.quota if newer.quota is None else newer.quota,
            counts=newer.counts or self.counts,
            candidates=newer.candidates or self.candidates,
            draw=newer.draw or self.draw,
            cited=newer.cited or self.cited,
            seatings=newer.seatings or self.seatings,
            registry=newer.registry or self.registry,
            fitting=newer.fitting or self.fitting,
            used=newer.used or self.used,
            places=newer.places or self.places,
            elsewhere=newer.elsewhere or self.elsewhere,
            agents={**self.agents, **newer.agents},
            registrars={**self.registrars, **newer.registrars},
            relations=newer.relations or self.relations,
            likeness=newer.likeness or self.likeness,
            deposit=newer.deposit or self.deposit,
        )


def agents_of(employers: Iterable[str], people: Iterable[PersonFact]) -> dict[str, tuple[str, ...]]:
    """Return by employer those of these people who may act for it as applicants, in order."""
    spelled = {employer: canonical_code(employer) for employer in sorted(set(employers))}
    found: dict[str, list[str]] = {code: [] for code in spelled.values()}
    for fact in people if found else ():
        if fact.holds(Role.APPLICANT) and (agents := found.get(canonical_code(fact.employer))) is not None:
            agents.append(fact.person)
    return {employer: tuple(sorted(found[code])) for employer, code in spelled.items() if found[code]}


def find_citable(ref: Ref, facts: Facts) -> ContentFact | None:
    """Return what is known of a content that the actor may cite; None also where it has another hash."""
    found = facts.contents.get(ref.id)
    return found if found is not None and found.sha256 == ref.sha256 else None


def in_force(name: str, terms: Terms, facts: Facts) -> datetime:
    """Return the deadline in force: the sealed one, or the later one that the record holds.

    Without recommendations theirs is that of submission.
    """
    name = end_of_intake(terms.stages) if name == "recommendation" else name
    sealed = terms.deadlines[name]
    return max(sealed, facts.deadlines.get(name, sealed))


def end_in_force(window: str, until: datetime, deadlines: Mapping[str, datetime]) -> datetime:
    """Return when a window that ends at an instant ends now: later where those of its kind were moved."""
    return max(until, deadlines.get(window, until))
