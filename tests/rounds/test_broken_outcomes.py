"""Each function of the core that makes an outcome is broken on purpose, for the round and for whoever verifies it.

A verifier that asked the core again would be args the same: the claims that share nothing with it find it.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from selection.application import decide as application
from selection.application.meeting import Meeting
from selection.application.proposal.events import PlacedInProposal
from selection.application.state import ApplicationState
from selection.draw.flow_network import cheapest
from selection.draw.inputs import lot
from selection.draw.panels import draw_panels
from selection.kernel.leaf import Leaf
from selection.refusals.refused import Refused
from selection.round.approving.standing import find_deviating, is_supported, order_candidates
from selection.round.state import RoundState
from selection.rules.model import RoundRules
from selection.scoring.panel_score import panel_score, rank, review_total, shortlist_by_rank
from tests import factories as f
from tests.chance.lively import LivelyRound
from tests.desk import pause_counting
from tests.needing import has_go
from tests.rounds import meeting_cheats
from tests.rounds.list_rules import MANY
from tests.rounds.test_broken_rules import TRIES, list_refuted
from tests.second_verifier import find_fault_of

pytestmark = pytest.mark.bulk

Patch = pytest.MonkeyPatch
Break = Callable[[Patch], None]


class WrongCore(NamedTuple):
    """How a function is broken, the claim and the check of the second verifier that must find it, in whose rounds."""

    claim: str
    check: str
    open: Break
    rounds: type[LivelyRound] = LivelyRound
    sections: Mapping[str, Any] = MappingProxyType({})


def instead(function: Any, wrong: Callable[..., Any]) -> Break:
    """Return what puts another function in its place, wherever it is known by its name."""

    name = str(function.__name__)

    def open_(patch: Patch) -> None:
        def call(*args: Any, **options: Any) -> Any:
            return wrong(function, *args, **options)

        for module in [*sys.modules.values()]:
            if vars(module).get(name) is function:
                patch.setattr(module, name, call)

    return open_


def _propose_ranks(patch: Patch) -> None:
    folds: dict[Any, Any] = application.FOLDS
    fold = folds[PlacedInProposal]

    def turn(state: ApplicationState, event: PlacedInProposal, leaf: Leaf) -> dict[str, object]:
        agreed = state.appraisal
        return {
            **fold(state, event, leaf),
            "rank": 9 - state.rank,
            "appraisal": agreed and agreed.with_(score=100 - agreed.score),
        }

    patch.setitem(folds, PlacedInProposal, turn)


def _agree_on_most(patch: Patch) -> None:
    def agree(meeting: Meeting, way: str) -> Decimal | None:
        scores = [ballot.score for ballot in meeting.votes.values() if ballot.score is not None]
        return max(scores, default=None)

    patch.setattr(Meeting, "agree", agree)


def _list_otherwise(patch: Patch) -> None:
    def name_places(state: RoundState) -> dict[str, int]:
        return {item.application: item.rank + 1 for item in state.standing_items}

    patch.setattr(RoundState, "next_places", property(name_places))


BROKEN: dict[str, WrongCore] = {
    "quota": WrongCore(
        "outcome-quotas",
        "quotas",
        lambda patch: patch.setattr(RoundRules, "quota_of", lambda rules, unit: 9),
        sections={"routes": f.RULES_DATA["routes"]},
    ),
    "total": WrongCore(
        "outcome-scores", "scores", instead(review_total, lambda core, marks: core(marks) - 1)
    ),
    "trim": WrongCore(
        "outcome-scores",
        "scores",
        instead(panel_score, lambda core, args, cut, tie: core(args, cut.with_(drop=0, from_valid=3), tie)),
        sections={"trim": {"drop": 1, "from_valid": 3}},
    ),
    "score": WrongCore(
        "outcome-scores",
        "scores",
        instead(panel_score, lambda core, args, *how: core([*args, args[0]], *how)),
    ),
    "lot": WrongCore(
        "outcome-scores", "draws", instead(lot, lambda core, key, stream: core(key, stream[:-1]))
    ),
    "rank": WrongCore(
        "outcome-ranks",
        "ranks",
        instead(rank, lambda core, scores, lots: core(scores, lots)[::-1]),
        sections=MANY,
    ),
    "cut": WrongCore(
        "outcome-ranks",
        "ranks",
        instead(shortlist_by_rank, lambda core, args, *how: core(args, *how)[1:]),
        sections=MANY,
    ),
    "order": WrongCore(
        "outcome-choice",
        "proposals",
        instead(order_candidates, lambda core, *args: core(*args)[::-1]),
        sections=MANY,
    ),
    "support": WrongCore(
        "outcome-choice",
        "proposals",
        instead(is_supported, lambda core, *args: not core(*args)),
        sections=MANY,
    ),
    "agreed score": WrongCore("outcome-scores", "scores", _agree_on_most),
    "reasons": WrongCore(
        "outcome-choice",
        "proposals",
        instead(find_deviating, lambda core, *args: ()),
        meeting_cheats.MissingReason,
        MANY,
    ),
    "standing": WrongCore("outcome-choice", "proposals", _propose_ranks, sections=MANY),
    "list": WrongCore("outcome-list", "list", _list_otherwise),
    "draw": WrongCore(
        "draws-recompute", "draws", instead(draw_panels, lambda core, inputs, key: core(inputs, bytes(32)))
    ),
    # Within all limits, in the right order and with the right sum: it is not the cheapest, and nothing else is wrong.
    "flow": WrongCore(
        "draws-recompute", "draws", instead(cheapest, lambda core, inputs, key: core(inputs, bytes(32)))
    ),
}


@pytest.fixture(autouse=True)
def _count_nothing() -> Iterator[None]:
    with pause_counting():
        yield


@pytest.mark.parametrize("name", BROKEN)
def test_an_outcome_that_the_core_makes_wrongly_is_refuted_twice_though_the_core_still_makes_it_so(
    tmp_path: Path, name: str
) -> None:
    broken = BROKEN[name]
    missing = {"audit", *(["second"] if has_go or "CI" in os.environ else [])}
    with pytest.MonkeyPatch.context() as patch:
        broken.open(patch)
        for seed in range(1, 1 + 3 * TRIES):
            begun = broken.rounds(seed, **broken.sections)
            with suppress(Refused, AssertionError, KeyError, ValueError):
                begun.run()
            if "audit" in missing and broken.claim in list_refuted(tmp_path, begun.made):
                missing.discard("audit")
            if "second" in missing and find_fault_of(tmp_path, begun.made).startswith(f"{broken.check}: "):
                missing.discard("second")
            if not missing:
                return
    pytest.fail(f"nothing shows that this is wrong: {name}, to {missing}")
