"""An installation that nobody founded: nothing says whether acts must be signed, so that none is decided."""

import pytest

from selection.archive.decide import KeepHistories
from selection.decision.envelope import envelope_of
from selection.decision.facts import Facts, FactsRequest
from selection.decision.machine import Act, Report, answer_from, decide
from selection.register.state import INSTALLATION
from selection.streams import aggregate, application_stream, recommender_stream, round_stream
from tests import factories as f
from tests.desk import reach

ADMIN = f.actor("admin-1")
STREAMS = (
    *(application_stream(f.ROUND, "0001"), recommender_stream(f.ROUND, "bj"), round_stream(f.ROUND)),
    *(INSTALLATION, f"archive/{f.ROUND}"),
)


@pytest.mark.parametrize("stream", STREAMS)
def test_no_act_is_decided(stream: str) -> None:
    """Not even one that a local installation would take, or that the engine reports in a person's name."""
    core = aggregate(stream)
    kept = KeepHistories(cause="request", runs=(), complete=True, open=0)

    def answer(request: FactsRequest) -> Facts:
        return f.facts()

    for task in (Act(envelope_of(stream, f.submit(), ADMIN, "id-1")), Report(kept, "id-1", ADMIN)):
        outcome = reach(answer_from(decide(core, core.initial(stream), task, f.OPENED), answer))
        assert (outcome.refused and outcome.refused.code, outcome.leaves) == ("not-founded", [])
