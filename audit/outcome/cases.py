"""What an application and its round amount to, entry by entry: reviews that count, lot, agreed score, and stage.

Only what decides the outcome is followed. Stages are called as the entries call them; who ended stands in none of those
that a shortlist, a proposal or the list chooses among.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from audit.outcome.scores import Figures, Marks, MeetingRules

Data = Mapping[str, Any]

PROPOSABLE = frozenset({"appraised", "proposed", "cleared", "reserve"})
"""Where an application stands that a proposal chooses among."""

RESUMED = {
    "review": "review",
    "scored": "scored",
    "survey": "survey",
    "appraisal": "appraisal",
    **dict.fromkeys(("appraised", "proposed", "reserve", "notice", "cleared"), "appraised"),
}
"""Where an application goes on that passes a check which was reversed: where it stood, but in no proposal."""

STAGES = {
    "application.submitted.v1": "submitted",
    "application.withdrawn.v1": "withdrawn",
    "application.lapsed.v1": "ended",
    "application.check-opened.v1": "checking",
    "application.sent-back.v1": "mending",
    "application.mended.v1": "checking",
    "application.mending-lapsed.v1": "checking",
    "application.check-failed.v1": "ended",
    "application.not-reviewed.v1": "ended",
    "application.shortlisted.v1": "survey",
    "application.not-shortlisted.v1": "ended",
    "survey.reported.v1": "appraisal",
    "survey.left-out.v1": "appraisal",
    "appraisal.recorded.v1": "appraised",
    "appraisal.left-out.v1": "appraised",
    "application.proposed.v1": "proposed",
    "application.in-reserve.v1": "reserve",
    "notice.opened.v1": "notice",
    "notice.left-out.v1": "cleared",
    "notice.passed.v1": "cleared",
    "notice.held.v1": "held",
    "application.removed.v1": "ended",
    "application.listed.v1": "ended",
    "application.not-selected.v1": "ended",
    "application.given-up.v1": "ended",
    "application.ruled-out.v1": "ended",
    "application.cancelled.v1": "ended",
}
"""Where an application stands after such an entry, whatever was before."""


class Case:
    """One application."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.stage = "new"
        self.field = ""
        self.region = ""
        self.revision = 0
        self.lot = ""
        self.reviews: dict[str, Marks] = {}
        self.figures: Figures | None = None
        self.agreed = Fraction(0)
        self.votes: dict[str, tuple[str, str | None]] = {}
        self.verdict = ""
        self.rank = 0
        self._support: tuple[int, int] | None = None
        self._resumes = ""
        self._reported: dict[str, str] = {}
        self._void: dict[str, Marks] = {}

    def follow(self, kind: str, data: Data) -> None:
        """Take in an entry of this application but for reviews, scores and panels, which are judged first."""
        if "submission" in data:
            self.field, self.region = (str(data["submission"][name]) for name in ("field", "region"))
            self.revision = int(data["revision"])
        if kind in STAGES:
            self.stage = STAGES[kind]
        match kind:
            case "application.recommended.v1":
                self.stage = "recommended"
            case "application.recommendation-released.v1" if self.stage == "recommended":
                self.stage = "submitted"
            case "application.check-passed.v1":
                self.stage, self._resumes = self._resumes or "eligible", ""
                if self.stage == "scored" and self.figures is None:
                    # A conflict took the score away while the check was made again.
                    self.stage = "review"
            case "conflict.reported.v1" | "conflict.found.v1":
                self._reported[data["report"]] = data["expert"]
            case "review.voided.v1" | "conflict.reopened.v1" | "review-request.panel-ordered.v1":
                self._recount(kind, data)
            case "decision.reversed.v1":
                self._reverse(str(data["decision"]))
            case "objection.reopened.v1" if self.stage in ("cleared", "ended"):
                self.stage = "held"
            case _:
                self._judge(kind, data)

    def _judge(self, kind: str, data: Data) -> None:
        """Take in what survey and meeting say of the application."""
        match kind:
            case "survey.reported.v1":
                self.verdict = str(data["verdict"])
            case "appraisal.opened.v1":
                self.votes = {}
            case "appraisal.voted.v1":
                self.votes[data["expert"]] = (str(data["vote"]), data["score"])
            case "appraisal.recorded.v1":
                self.agreed = Fraction(data["score"])
                self._support = (sum(vote == "for" for vote, _ in self.votes.values()), len(self.votes))

    def is_supported(self, rules: MeetingRules) -> bool:
        """Tell whether neither the survey says that it is not so, nor too few of the panel voted for it."""
        if self.verdict == "not-confirmed":
            return False
        return self._support is None or rules.supports(*self._support)

    def fix(self, figures: Figures) -> None:
        """Take in that the score was fixed."""
        self.figures = figures
        if self.stage == "review":
            self.stage = "scored"

    def seat(self, lot: str) -> None:
        """Take in that a panel was seated."""
        self.lot = self.lot or lot
        if self.stage != "ended":
            self.stage = "review"

    def _recount(self, kind: str, data: Data) -> None:
        if kind == "review-request.panel-ordered.v1":
            # What an earlier panel found counts in its own score alone.
            self.reviews, self._void, self.figures = {}, {}, None
            return
        if kind == "review.voided.v1":
            if data["expert"] in self.reviews:
                self._void[data["expert"]] = self.reviews.pop(data["expert"])
        elif "vacancy" not in data["void"]:
            return
        else:
            # The ruling that voided a review is void itself.
            expert = self._reported[data["report"]]
            self.reviews[expert] = self._void.pop(expert)
        self.figures = None
        if self.stage == "scored":
            self.stage = "review"

    def _reverse(self, decision: str) -> None:
        if decision in ("shortlist", "survey", "appraisal"):
            # What two reversed of a shortlist, the next entry decides again.
            self.stage, self.agreed = "scored" if decision == "shortlist" else decision, Fraction(0)
            return
        if self.stage not in ("mending", "ended"):
            self._resumes = RESUMED.get(self.stage, "")
        self.stage = "checking"
