"""Who stands where when a shortlist is fixed: the ranking of all scored applications, and the cut."""

from collections.abc import Collection, Iterable, Mapping

from selection.application.state import ApplicationState
from selection.decision.facts import Candidate
from selection.kernel.model import Frozen
from selection.kernel.stages import Stage
from selection.rules.model import RoundRules
from selection.scoring.panel_score import PanelScore, rank, shortlist_by_rank


class Contender(Frozen):
    """What a ranking reads of a scored application."""

    revision: int
    score: PanelScore
    lot: str


def contender_of(state: ApplicationState) -> Contender:
    """Return what a ranking reads of an application, whose score must be fixed."""
    assert state.score is not None
    score = PanelScore.model_validate(state.score.model_dump(exclude={"lot"}))
    return Contender(revision=state.revision, score=score, lot=state.lot)


def rank_candidates(
    contenders: Mapping[str, Contender], rules: RoundRules, named: Collection[str] = ()
) -> tuple[Candidate, ...]:
    """Return by rank those within the cut (`by_rank`) and those of the named streams.

    `contenders` are all applications whose score is fixed and not yet decided on, by stream.
    """
    order = rank(
        {stream: item.score for stream, item in contenders.items()},
        {stream: item.lot for stream, item in contenders.items()},
    )
    top = set(shortlist_by_rank(order, rules.places, rules.shortlist.factor, rules.shortlist.ties_in))
    wanted = top | set(named)
    return tuple(
        Candidate(
            stream=place.application,
            revision=contenders[place.application].revision,
            stage=Stage.SCORED,
            by_rank=place.application in top,
            rank=place.rank,
        )
        for place in order
        if place.application in wanted
    )


def with_parties(ranked: Iterable[Candidate], known: Mapping[str, Candidate]) -> tuple[Candidate, ...]:
    """Return those of a ranking with all that is known of them by stream: who had a part in each, and whom it binds."""
    return tuple(known[item.stream].with_(by_rank=item.by_rank, rank=item.rank) for item in ranked)
