"""The sheets against the core's commands: each act of a person has its page, and each page its words."""

import pytest

from portal.acts.preparing import Title
from portal.sheets.fields import BECAUSE, fields_of, list_known
from portal.sheets.labels import find_words, label_of, values_of
from portal.sheets.open_acts import list_open
from portal.sheets.setting import Spot
from portal.sheets.tables.not_in_pages import NOT_IN_PAGES, WITH_A_PAGE_OF_ITS_OWN
from portal.sheets.tables.table import SHEETS, find_missing
from portal.wording.act_names import WORDS as ACT_NAMES
from portal.wording.doing.every import WORDS as EVERY
from reading.models import ApplicationView
from selection.decision.command import COMMANDS
from selection.kernel.actor import Role
from selection.kernel.unfinished import Unfinished
from selection.kernel.zone import BEIJING
from selection.letters import pages
from selection.letters.pages import PAGES
from selection.projections.open_tasks import OpenTask
from selection.rooms import ROOMS
from selection.visibility.viewer import Standing
from selection.wording.code_names import TASKS
from tests import factories as f

OF_PEOPLE = {
    kind
    for kind, command in COMMANDS.items()
    if command.ROW.of_people and command in {listed for room in ROOMS for listed in room.commands}
}


def test_each_act_of_a_person_has_a_page_or_a_reason() -> None:
    paged, left_out = {*SHEETS, *WITH_A_PAGE_OF_ITS_OWN}, set(NOT_IN_PAGES)
    assert paged | left_out == OF_PEOPLE
    assert not paged & left_out, "in pages now: take it out of NOT_IN_PAGES"
    assert all(NOT_IN_PAGES.values())
    assert not set(SHEETS) & set(WITH_A_PAGE_OF_ITS_OWN)


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_asks_for_each_field_of_its_command_in_words(kind: str) -> None:
    sheet = SHEETS[kind]
    asked = fields_of(sheet)
    known = dict(list_known(sheet))
    assert {"kind", *(field.name for field in asked), *known} - {BECAUSE} == set(sheet.command.model_fields)
    assert set(sheet.asks) <= set(sheet.command.model_fields)
    assert kind in ACT_NAMES
    assert find_words(sheet, "guidance").zh
    for field in asked:
        assert label_of(sheet, field.name).zh
        assert all(option.zh for option in values_of(sheet, field))
        if field.kind in ("choices", "texts"):
            assert field.ask.options is not None, field.name


@pytest.mark.parametrize("part", ["guidance", "members", "verdict.confirmed"])
def test_words_that_a_room_lacks_are_found_and_its_file_is_named(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = "report-survey" if "." in part else "appoint-survey-team"
    monkeypatch.delitem(EVERY, f"{kind}.{part}")
    assert [*find_missing(SHEETS.values())] == [
        f"{kind}.{part} has no words: LABELS in selection/application/survey/labels.py"
    ]


def test_a_task_is_done_on_the_page_of_the_act_that_it_is_called_as_or_names_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert PAGES["appoint-chair"] == "/do/appoint-chair/{place}"
    monkeypatch.delitem(PAGES, "survey")
    with pytest.raises(
        Unfinished, match=r"^survey: no page for the task: _NAMED in selection/letters/pages\.py$"
    ):
        pages._check()


def test_each_task_that_can_wait_leads_to_a_page() -> None:
    assert set(PAGES) == {*TASKS, "undelivered"}
    for page in PAGES.values():
        act = page.split("/")[2]
        assert not page.startswith("/do/") or act in SHEETS, page


def test_after_the_end_a_panels_acts_are_offered_for_a_fresh_one_alone() -> None:
    def list_offered(*kinds: str, fresh: bool = False) -> set[str]:
        waiting = tuple(OpenTask(key=kind, kind=kind, role=Role.EXPERT, since=f.OPENED) for kind in kinds)
        view = ApplicationView.model_construct(tasks=waiting, fresh_panel=fresh)  # type: ignore[call-arg]  # all that is asked of it
        spot = Spot(
            *("application", f.ROUND, "0001", Title("", ""), "ended", frozenset(Standing), frozenset(Role)),
            zone=BEIJING,
            view=view,
        )
        return {sheet.kind for sheet in list_open(spot)}

    panel = {"report-conflict", "correct-review"}
    assert list_offered().isdisjoint(panel)
    assert list_offered("supplement-panel") >= panel
    assert list_offered(fresh=True) >= panel
    assert "rule-on-conflict" not in list_offered("supplement-panel")
    assert {"appoint-deciders", "replace-agent"} <= list_offered()
