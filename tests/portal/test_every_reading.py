"""The command line against the pages: whatever can be read there has its page, or a reason why it has none."""

from starlette.routing import Route

from portal.app import PAGES
from portal.sheets.tables.table import SHEETS
from starter.papers.makers import OF_APPLICATION, OF_ROUND
from tests.portal.support.readings import ACTING, WITH_A_PAGE, WITHOUT
from tests.starter.support.commands import every_command


def test_each_reading_of_the_command_line_has_a_page_or_a_reason() -> None:
    every = {" ".join(words) for words, _ in every_command()}
    told = [*WITH_A_PAGE, *WITHOUT, *ACTING]
    assert sorted(told) == sorted(every), sorted(every ^ set(told))
    assert all(WITHOUT.values())


def test_each_paper_that_is_printed_is_offered_by_its_kind() -> None:
    own = {"receipt", "review", "objection"}
    kinds = {
        "/papers/{round}/{kind}": {*OF_ROUND},
        "/papers/{round}/{number}/{kind}": {*OF_APPLICATION, *own},
    }
    named = [(command.split()[1], page) for command, page in WITH_A_PAGE.items() if page in kinds]
    assert [kind for kind, page in named if kind not in kinds[page]] == []


def test_each_page_that_is_named_is_there() -> None:
    paths = {route.path for route in PAGES if isinstance(route, Route) and "GET" in (route.methods or ())}
    sheets = {f"/do/{act}" for act in SHEETS}
    assert {page for page in WITH_A_PAGE.values() if page not in paths | sheets} == set()
