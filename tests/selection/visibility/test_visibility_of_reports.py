"""What is kept from whom a report means is kept from whoever stands in for them, in an application too."""

import pytest

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.letters.writing import Letter
from selection.rules.delegation import Delegation
from selection.visibility.reading import view_entry
from selection.visibility.viewer import relation
from tests import factories as f, paths
from tests.desk import Desk

REPORTS = ("conflict.reported.v1", "conflict.ruled.v1")


def report_and_rule(person: str) -> Desk:
    """A report of somebody's conflict, and its ruling."""
    desk = paths.application_in(Stage.REVIEW)
    desk.act(c.ReportConflict(report="report-1", expert=person, text=f.ref("why")), f.actor("expert-1"))
    desk.act(f.rule(upheld=False), f.actor("supervisor-2"))
    return desk


def list_seen(desk: Desk, person: str, holder: str = "") -> list[str]:
    """The entries of the report that somebody sees, who may stand in for a holder, or did."""
    delegations: tuple[Delegation, ...] = ()
    if holder:
        start, until = desk.now - 9 * f.DAY, desk.now - f.DAY
        role = Role(holder.partition("-")[0])
        delegations = (
            Delegation(number=1, role=role, holder=holder, substitute=person, start=start, until=until),
        )
    fact = f.people()[person]
    viewer = relation(desk.state, person, fact, f.RULES, delegations)
    views = (view_entry(leaf, viewer, desk.state) for leaf in desk.leaves if leaf.type in REPORTS)
    return [view["type"] for view in views if view is not None]


@pytest.mark.parametrize("holder", ["officer-1", "supervisor-1"])
def test_whoever_stands_in_for_somebody_reported_sees_neither_report_nor_ruling(holder: str) -> None:
    desk = report_and_rule(holder)
    assert list_seen(desk, holder) == []
    assert list_seen(desk, "officer-2", holder) == []
    assert list_seen(desk, "officer-2") == [*REPORTS]
    assert list_seen(desk, "officer-2", "supervisor-2") == [*REPORTS]


def test_a_supervisor_of_whom_a_conflict_is_reported_gets_no_letter_of_it() -> None:
    desk = report_and_rule("supervisor-1")
    asked = [
        item.to for item in desk.sent if isinstance(item, Letter) and item.template == "conflict-reported"
    ]
    assert asked == ["supervisor-2"]
