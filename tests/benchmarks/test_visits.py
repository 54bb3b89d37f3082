"""Every page of the portal is measured, or it is said why not: a new one is found here."""

from collections import Counter

from starlette.routing import Route

from benchmarks.portal.visits import NOT_VISITED, Numbers, list_visits
from portal.app import PAGES


def test_each_page_is_asked_for_or_it_is_said_why_not() -> None:
    shown = {route.path for route in PAGES if isinstance(route, Route) and "GET" in (route.methods or ())}
    visited = {visit.route for visit in list_visits(Numbers("1", {"expert-000": "1"}, "1", "1"))}
    left_out = Counter(path for paths in NOT_VISITED.values() for path in paths)
    assert visited | left_out.keys() == shown
    assert visited.isdisjoint(left_out)
    assert set(left_out.values()) == {1}
