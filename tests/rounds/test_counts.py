"""What a run of rounds is asked for: as many as were asked, each stage by a fifth, no more than a fifth cancelled."""

from collections import Counter

from selection.kernel.stages import RoundStage
from tests.rounds.counts import ASKED, STAGES, find_short

CANCELLED = f"round {RoundStage.CANCELLED}"


def through(rounds: int, **changes: int) -> Counter[str]:
    """Rounds of which each came through everything, but as changed."""
    reached = {f"{kind} {stage}": rounds for kind, stages in STAGES.items() for stage in stages}
    return Counter({**reached, "rounds": rounds, CANCELLED: 0, **changes})


def test_fewer_rounds_than_a_run_is_asked_for_are_told() -> None:
    assert find_short(through(ASKED - 1), asked=True) == [f"asked for {ASKED} rounds"]
    assert find_short(Counter(), asked=True) == [f"asked for {ASKED} rounds"]
    assert find_short(through(ASKED - 1), asked=False) == []
    assert find_short(through(ASKED), asked=True) == []


def test_rounds_that_reach_too_little_are_told_whoever_asked() -> None:
    few, fifth = ASKED // 5 - 1, -(-ASKED // 5)
    for asked in (True, False):
        found = find_short(through(ASKED, **{"application mending": few}), asked=asked)
        assert found == ["application stage mending is reached by less than a fifth"]
        assert find_short(through(ASKED, **{"application mending": fifth}), asked=asked) == []
        [cancelled] = find_short(through(ASKED, **{CANCELLED: ASKED // 5 + 1}), asked=asked)
        assert cancelled == "more than a fifth are cancelled"
