"""What a verification says in the end."""

from pydantic import BaseModel, Field

from audit.bundle.content_claims import PRESENT
from audit.claims import Claim, Remark, Verdict, entry_at
from audit.log.checkpoints import COSIGNED
from audit.log.time_stamps import CODE as STAMPED
from audit.report.commitments import ENDS, VOIDED
from selection.kernel.model import Frozen


class Words(BaseModel):
    """Something of the rules that has a name in both languages."""

    code: str = ""
    en: str
    zh: str

    @property
    def names(self) -> dict[str, str]:
        """The names by language."""
        return {"en": self.en, "zh": self.zh}


class PublicAnswer(Frozen):
    """A published answer of an application: what was asked and what was said, by language."""

    asked: dict[str, str]
    said: dict[str, str]


class ListedPlace(Frozen):
    """One place of the issued list, as the record has it; field and region with the names that the rules give.

    Centre and host unit are called as in the version that counted.
    """

    place: int
    application: str
    centre_name: dict[str, str] = Field(default_factory=dict)
    host: str = ""
    host_name: dict[str, str] = Field(default_factory=dict)
    field: str = ""
    region: str = ""
    field_name: dict[str, str] = Field(default_factory=dict)
    region_name: dict[str, str] = Field(default_factory=dict)
    public: tuple[PublicAnswer, ...] = ()


class Report(Frozen):
    """The verdict and all it rests on. `key` is the verifier key that was given, empty if none was."""

    verdict: Verdict
    round: str
    title: dict[str, str]
    rehearsal: bool
    redacted: bool
    engine: str
    file: str
    sha256: str
    key: str
    fingerprint: str
    claims: tuple[Claim, ...]
    listed: tuple[Remark, ...]
    places: tuple[ListedPlace, ...]
    counts: dict[str, int]

    @property
    def missing(self) -> Claim | None:
        """Return the claim that contents are missing that no entry says were erased or lost, None if none are."""
        unshown = (claim for claim in self.claims if claim.verdict is Verdict.NOT_PROVABLE)
        return next((claim for claim in unshown if claim.code == PRESENT), None)

    @property
    def witnesses(self) -> tuple[str, ...]:
        """Return the witnesses, of those whose keys were given, who cosigned the round's log as it is here."""
        return tuple(dict.fromkeys(claim.params["witness"] for claim in self._list_proven(COSIGNED)))

    def count_draws(self, *, voided: bool) -> int:
        """Return how many draws were committed, or how many of these were voided before anybody opened them."""
        ends = VOIDED if voided else ENDS
        return sum(item.code in ends for item in self.listed)

    @property
    def vouched(self) -> bool:
        """Whether a witness or a time stamp from outside covers the round's log to its end."""
        size = str(self.counts.get(f"entries {self.round}", 0))
        stamps = (claim.params["size"] for claim in self._list_proven(STAMPED))
        return bool(self.witnesses) or size in stamps

    def _list_proven(self, code: str) -> list[Claim]:
        proven = [claim for claim in self.claims if claim.verdict is Verdict.PROVEN]
        return [claim for claim in proven if (claim.code, claim.subject) == (code, self.round)]

    @property
    def first_difference(self) -> Claim | None:
        """Return the refuted claim to begin with, None if none is refuted.

        It is the first one, unless that is about an entry: what was changed may show in its own stream, or in what
        follows from it, long after its place. Then it is the claim about the log's earliest entry; but a root that
        differs says from which entry on something may be wrong, and the latest such bound before is closer.
        """
        wrong = [claim for claim in self.claims if claim.verdict is Verdict.REFUTED]
        places = [(entry_at(claim.point), claim) for claim in wrong]
        if not places or (first := places[0][0]) is None:
            return wrong[0] if wrong else None
        own = [(place[1], claim) for place, claim in places if place is not None and place[0] == first[0]]
        exact = [item for item in own if not _names_a_span(item[1])]
        earliest = min(exact, key=_seq, default=None)
        bounds = [
            item for item in own if _names_a_span(item[1]) and (earliest is None or item[0] <= earliest[0])
        ]
        found = max(bounds, key=_seq, default=earliest)
        return found[1] if found else wrong[0]


def _seq(placed: tuple[int, Claim]) -> int:
    return placed[0]


def _names_a_span(claim: Claim) -> bool:
    return "last" in claim.params
