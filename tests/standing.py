"""How an application stands, as the record tells a round that ranks or proposes."""

from typing import Any

from selection.facts import Candidate
from selection.ranking import Contender
from selection.scoring import PanelScore
from selection.views import row_of


def contender_of(state: Any) -> Contender:
    """What a ranking reads of a scored application."""
    score = PanelScore.model_validate(state.score.model_dump(exclude={"lot"}))
    return Contender(revision=state.revision, score=score, lot=state.lot)


def candidate_of(state: Any) -> Candidate:
    """What a round reads of an application when people choose."""
    row: Any = row_of(state)
    return Candidate(
        stream=state.stream,
        revision=row.revision,
        stage=row.stage,
        field=row.field,
        region=row.region,
        priority=row.priority or "",
        rank=row.rank or 0,
        score=row.score or "",
        agreed=row.agreed or "",
        hands=row.hands,
    )
