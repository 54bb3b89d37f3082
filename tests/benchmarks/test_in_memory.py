"""What benchmarks measure in memory is a round that the core takes: a rule that is new may refuse an act of theirs."""

from benchmarks.in_memory.round import RoundInMemory
from benchmarks.in_memory.signing import Signers
from selection.kernel.leaf import Leaf


def test_the_round_that_verifiers_read_comes_to_its_list() -> None:
    for signers in (None, Signers()):
        kinds = {Leaf.model_validate_json(body).type for body in RoundInMemory(3, signers=signers).log}
        assert "round.list-issued.v1" in kinds
        assert "act.refused.v1" not in kinds
