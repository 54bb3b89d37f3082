"""What a simulation starts from: the scored applications as the shortlist was fixed on, and what people decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from selection.application.state import ApplicationState
from selection.decision.facts import Candidate
from selection.rules.model import RoundRules


@dataclass(frozen=True)
class RoundRecord:
    """A round's record as far as scores, ranks and lists go; applications by number.

    `applications` are those whose score was fixed when the shortlist was, as they stood then: a review that was
    voided later still counts, as it did. `ranks` and `decisions` are the shortlist's ranks, and the applications
    that officers added or removed with a reason. `candidates` are those that the first proposal chose among, in
    the order that it went by, with the scores agreed at the appraisal; empty while nothing was proposed.
    `proposed` are all that any proposal named, `places` those on the issued list.
    """

    point: str
    rules: RoundRules
    rehearsal: bool
    applications: Mapping[str, ApplicationState]
    listed: Mapping[str, int]
    decisions: frozenset[str]
    candidates: tuple[Candidate, ...] = ()
    proposed: frozenset[str] = frozenset()
    places: Mapping[str, int] = field(default_factory=dict)
    voided_later: int = 0

    @property
    def reviewers(self) -> Mapping[str, frozenset[str]]:
        """Whose reviews counted, by person: the applications that they reviewed."""
        found: dict[str, set[str]] = {}
        for number, item in self.applications.items():
            for review in item.valid_reviews:
                found.setdefault(review.expert, set()).add(number)
        return {person: frozenset(found[person]) for person in sorted(found)}

    @property
    def weights(self) -> Mapping[str, Fraction]:
        """The sealed weights."""
        return {item.code: Fraction(item.weight) for item in self.rules.criteria}

    @property
    def scales(self) -> Mapping[str, Fraction]:
        """The highest score of each content, which reviewers scored on."""
        return {item.code: Fraction(item.top) for item in self.rules.criteria}
