"""As many people as the rules are counted to need are enough: a round of nobody else comes to its list."""

from importlib.resources import files

import pytest

from selection.kernel.proof import Assurance
from selection.kernel.stages import RoundStage
from selection.refusals.refused import Refused
from selection.rules.model import RoundRules
from selection.sealing import load_rules
from selection.staffing import Case
from tests import factories as f
from tests.selection.staffing.small_office import SmallOffice

pytestmark = pytest.mark.long


def read_rules(name: str) -> RoundRules:
    return load_rules((files("examples") / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "applications", "cases"),
    [
        ("grant/rules.yaml", 5, ()),
        ("grant/rules.yaml", 5, ("request",)),
        ("quickstart/pilot.yaml", 2, ("objection", "request")),
        ("second_batch/rules.yaml", 4, ("objection",)),
        ("second_batch/rules.yaml", 13, ("objection", "request")),
    ],
)
def test_a_round_of_so_many_people_comes_to_its_list(
    name: str, applications: int, cases: tuple[Case, ...]
) -> None:
    office = SmallOffice(read_rules(name), applications, *cases)
    whole = office.run()
    assert whole.round.state.stage is RoundStage.ISSUED
    assert len(office.list_active()) == office.staffing.in_all(*cases)


def test_eight_people_are_the_fewest_of_all() -> None:
    """Two officers, two supervisors, an approver who registers the others, and three experts."""
    rules = read_rules("grant/rules.yaml")
    office = SmallOffice(rules.with_(panel=rules.panel.with_(alternates=0)), 5)
    assert office.run().round.state.stage is RoundStage.ISSUED
    assert len(office.list_active()) == office.staffing.in_all() == 8
    assert office.staffing.in_office == 5


def test_levels_that_sign_by_two_agree_with_one_more() -> None:
    rules = read_rules("grant/rules.yaml")
    (level,) = rules.approval
    by_two = rules.with_(
        assurance={**rules.assurance, "approve": Assurance.SIGNED_BY_TWO},
        approval=(level.with_(needed=2, approvers=("approver-1", "approver-2")),),
    )
    office = SmallOffice(by_two, 2)
    assert len(office.rules.approval[0].approvers) == 3
    assert office.run().round.state.stage is RoundStage.ISSUED
    few = SmallOffice(by_two, 2)
    few.house.beside["approver-2"] = "admin-1"
    with pytest.raises(Refused, match="already-done"):
        few.run()


def test_one_expert_fewer_leaves_no_panels() -> None:
    for name, applications in (("grant/rules.yaml", 2), ("second_batch/rules.yaml", 13)):
        office = SmallOffice(read_rules(name), applications, without=frozenset({f.expert(1)}))
        office.apply_and_check()
        office.whole.draw("main")
        assert office.whole.round.state.draws["main"].clashing
