"""Applications as a proposal and a ranking see them, out of what is stored of each."""

from pydantic import BaseModel

from selection.application.state import Score
from selection.decision.facts import Candidate
from selection.projections.ranking import Contender
from selection.scoring.panel_score import PanelScore
from selection.streams import application_stream


class ScoreFacts(BaseModel):
    """What a ranking reads of an application: of ten thousand states, nothing else is built."""

    stream: str
    revision: int
    lot: str
    score: Score

    def contender(self) -> Contender:
        """Return what is ranked."""
        score = PanelScore.model_validate(self.score.model_dump(exclude={"lot"}))
        return Contender(revision=self.revision, score=score, lot=self.lot)


def candidate(row: dict[str, object]) -> Candidate:
    """Return an application's row as a candidate."""
    return Candidate.model_validate(
        {
            "stream": application_stream(str(row["round"]), str(row["number"])),
            "revision": row["revision"],
            "stage": row["stage"],
            "field": row["field"],
            "region": row["region"],
            "priority": row["priority"] or "",
            "rank": row["rank"] or 0,
            "score": row["score"] or "",
            "agreed": row["agreed"] or "",
            "votes": row.get("votes", ""),
            "verdict": row.get("verdict", ""),
            "hands": row.get("duties", {}),
            "units": row["units"],
            "behind": row.get("behind", ()),
            "conflicted": row["conflicted"],
            "dismissed": row.get("dismissed", {}),
            "reopened": row.get("reopened", 0),
        }
    )
