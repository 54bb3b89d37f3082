from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.application.rooms import ROOMS
from selection.kernel.stages import Stage
from selection.kernel.unit_codes import canonical_code
from selection.process.letter import Letter
from selection.projections.open_tasks import tasks_of
from tests import factories as f, paths
from tests.desk import Desk

PARTNER, OTHER = "91-partner", "91-second"
AGENT, COLLEAGUE, SECOND = f.actor("partner-1", "applicant"), f.actor("partner-2", "applicant"), "second-1"
PEOPLE = {
    **f.people(),
    "partner-1": f.person("partner-1", "applicant", employer=PARTNER),
    "partner-2": f.person("partner-2", "applicant", employer=PARTNER),
    "partner-3": f.person("partner-3", "expert", employer=PARTNER),
    "second-1": f.person("second-1", "applicant", employer=OTHER),
}


def joint(sealed: Any = f.TERMS, **changes: Any) -> Desk:
    """A joint application that was handed in, of which co-builders are asked to confirm their part."""
    desk = paths.application(sealed, people=PEOPLE)
    desk.act(c.Submit(submission=f.joint(**changes)), f.APPLICANT)
    return desk


def confirm(revision: int = 1, unit: str = PARTNER) -> c.ConfirmCoBuilding:
    return c.ConfirmCoBuilding(co_builder=unit, revision=revision)


def with_second(**changes: Any) -> Any:
    return f.joint(co_builders=(f.unit(PARTNER, "university"), f.unit(OTHER, "institute")), **changes)


def letters(desk: Desk, template: str) -> list[Letter]:
    return [item for item in desk.sent if isinstance(item, Letter) and item.template == template]


def list_awaited(desk: Desk) -> list[tuple[str | None, Any]]:
    found = [task for task in tasks_of(desk.state) if task.kind == "confirm-co-building"]
    return [(task.unit, task.until) for task in found]


def test_who_acts_for_a_co_builder_is_asked_and_confirms() -> None:
    desk = joint()
    until = f.deadline("submission")
    assert desk.state.asked.people == {PARTNER: ("partner-1", "partner-2")}
    assert [letter.to for letter in letters(desk, "co-building-asked")] == ["partner-1", "partner-2"]
    assert {letter.task for letter in letters(desk, "co-building-reminder")} == {f"confirm/{PARTNER}"}
    assert list_awaited(desk) == [(PARTNER, until)]
    assert desk.act(confirm(), AGENT) == (e.CoBuildingConfirmed(co_builder=PARTNER, revision=1),)
    assert desk.state.confirmed == {PARTNER: "partner-1"}
    assert desk.state.hands["applicant"] == ("applicant-1", "partner-1")
    assert list_awaited(desk) == []
    assert [letter.to for letter in letters(desk, "co-building-confirmed")] == ["applicant-1"]


def test_a_host_alone_asks_nobody() -> None:
    desk = paths.application()
    desk.act(f.submit(), f.APPLICANT)
    assert desk.state.asked is None
    paths.lead_to(desk, Stage.CHECKING)
    assert desk.act(c.PassCheck(revision=1), f.OFFICER)


def test_a_person_rules_on_what_no_co_builder_confirmed() -> None:
    desk = paths.lead_to(joint(), Stage.CHECKING)
    assert desk.refuse(c.PassCheck(revision=1), f.OFFICER) == "missing"
    ruled = c.PassCheck(revision=1, rulings=("co-builder-unconfirmed",), text=f.ref())
    assert desk.act(ruled, f.OFFICER)


def test_who_did_not_confirm_takes_no_part_once_the_check_is_passed() -> None:
    desk = paths.application(people=PEOPLE)
    desk.act(c.Submit(submission=with_second()), f.APPLICANT)
    desk.act(confirm(), AGENT)
    paths.lead_to(desk, Stage.CHECKING)
    desk.act(c.PassCheck(revision=1, rulings=("co-builder-unconfirmed",), text=f.ref()), f.OFFICER)
    assert [unit.code for unit in desk.state.submission.co_builders] == [PARTNER]
    assert desk.state.bidders == {canonical_code(f.HOST), canonical_code(PARTNER)}
    assert desk.refuse(confirm(unit=OTHER), f.actor(SECOND, "applicant")) != ""


def test_what_is_confirmed_passes_without_a_ruling() -> None:
    desk = joint()
    desk.act(confirm(), AGENT)
    paths.lead_to(desk, Stage.CHECKING)
    assert desk.act(c.PassCheck(revision=1), f.OFFICER) == (e.CheckPassed(),)


@pytest.mark.parametrize(
    "changes",
    [
        {"agreement": f.ref("other")},
        {"co_builders": (f.unit(PARTNER, "institute"),)},
        {"co_builders": (f.unit(PARTNER, "university"), f.unit(OTHER))},
        {"host": f.unit(kind="institute")},
    ],
)
def test_a_version_with_other_units_or_agreement_has_to_be_confirmed_anew(changes: dict[str, Any]) -> None:
    desk = joint()
    desk.act(confirm(), AGENT)
    desk.act(c.Submit(submission=f.joint(**changes)), f.APPLICANT)
    assert desk.state.confirmed == {}
    assert len(letters(desk, "co-building-asked")) >= 4
    assert desk.act(confirm(2), COLLEAGUE)


def test_any_other_version_keeps_the_confirmation() -> None:
    desk = joint()
    desk.act(confirm(), AGENT)
    desk.act(c.Submit(submission=f.joint(staff=31, evidence=(f.ref("more"),))), f.APPLICANT)
    assert desk.state.confirmed == {PARTNER: "partner-1"}
    assert len(letters(desk, "co-building-asked")) == 2
    assert desk.refuse(confirm(2), AGENT) == "already-done"


def test_the_order_of_units_is_no_change() -> None:
    desk = paths.application(people=PEOPLE)
    desk.act(c.Submit(submission=with_second()), f.APPLICANT)
    desk.act(confirm(), AGENT)
    turned = tuple(reversed(with_second().co_builders))
    desk.act(c.Submit(submission=f.joint(co_builders=turned)), f.APPLICANT)
    assert desk.state.confirmed == {PARTNER: "partner-1"}


def test_a_withdrawal_is_told_and_ends_what_was_confirmed() -> None:
    desk = joint()
    desk.act(confirm(), AGENT)
    desk.act(c.Withdraw(), f.APPLICANT)
    assert [letter.to for letter in letters(desk, "co-building-withdrawn")] == ["partner-1"]
    assert list_awaited(desk) == []
    assert desk.refuse(confirm(), COLLEAGUE) == "wrong-stage"
    desk.act(c.Submit(submission=f.joint()), f.APPLICANT)
    assert list_awaited(desk) == [(PARTNER, f.deadline("submission"))]
    assert desk.act(confirm(2), AGENT)


def test_an_application_that_is_sent_back_may_be_confirmed_until_the_date_given() -> None:
    desk = paths.lead_to(joint(), Stage.CHECKING)
    assert list_awaited(desk) == []
    assert desk.refuse(confirm(), AGENT) == "late"
    desk.act(c.SendBack(faults=("co-builder-unconfirmed",), text=f.ref()), f.OFFICER)
    until = desk.state.until
    assert list_awaited(desk) == [(PARTNER, until)]
    assert [letter.params["until"] for letter in letters(desk, "co-building-asked")][2:] == [
        until.isoformat()
    ] * 2
    assert desk.act(confirm(), AGENT)
    desk.wait(until + f.TERMS.grace)
    assert desk.act(c.PassCheck(revision=1), f.OFFICER)


def test_a_mended_agreement_is_confirmed_anew_until_the_same_date() -> None:
    desk = joint()
    desk.act(confirm(), AGENT)
    paths.lead_to(desk, Stage.CHECKING)
    desk.act(c.SendBack(faults=("evidence-unclear",), text=f.ref()), f.OFFICER)
    until = desk.state.until
    assert not list_awaited(desk)
    desk.act(c.Mend(submission=f.joint(agreement=f.ref("mended"))), f.APPLICANT)
    assert desk.state.stage is Stage.CHECKING
    assert list_awaited(desk) == [(PARTNER, until)]
    assert desk.refuse(c.PassCheck(revision=2), f.OFFICER) == "missing"
    assert desk.act(confirm(2), AGENT)
    assert desk.act(c.PassCheck(revision=2), f.OFFICER)


def test_mending_late_is_no_more_time_for_co_builders() -> None:
    desk = paths.lead_to(joint(), Stage.CHECKING)
    desk.act(c.SendBack(faults=("co-builder-unconfirmed",), text=f.ref()), f.OFFICER)
    assert desk.refuse(confirm(), AGENT, desk.state.until) == "late"


def test_an_extension_is_for_co_builders_too() -> None:
    desk = joint()
    paths.extend(desk, "submission", f.deadline("submission") + f.DAY)
    assert desk.act(confirm(), AGENT, f.deadline("submission"))


def test_co_builders_are_told_how_it_ended() -> None:
    desk = joint()
    desk.wait(f.deadline("recommendation") + f.DAY)
    ended = letters(desk, "co-building-ended")
    assert {(letter.to, letter.params["outcome"]) for letter in ended} == {
        ("partner-1", "not-recommended"),
        ("partner-2", "not-recommended"),
    }


def test_co_builders_are_told_that_the_check_failed_and_no_grounds() -> None:
    desk = joint()
    desk.act(confirm(), AGENT)
    paths.lead_to(desk, Stage.CHECKING)
    desk.act(c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref()), f.OFFICER)
    [letter] = letters(desk, "co-building-ended")
    assert (letter.to, letter.params["outcome"], "grounds" in letter.params) == (
        "partner-1",
        "ineligible",
        False,
    )


def test_not_more_than_five_are_written_to_and_any_other_may_confirm() -> None:
    more = {f"p-{n}": f.person(f"p-{n}", "applicant", employer=PARTNER) for n in range(9)}
    desk = paths.application(people={**PEOPLE, **more})
    desk.act(c.Submit(submission=f.joint()), f.APPLICANT)
    assert len(letters(desk, "co-building-asked")) == 5
    assert desk.act(confirm(), f.actor("partner-2", "applicant"))


def test_a_co_builder_of_whom_nobody_is_registered_is_awaited_all_the_same() -> None:
    others = {name: fact for name, fact in f.people().items() if fact.employer != PARTNER}
    desk = paths.application(people=others)
    desk.act(c.Submit(submission=f.joint()), f.APPLICANT)
    assert desk.state.asked.people == {PARTNER: ()}
    assert list_awaited(desk) == [(PARTNER, f.deadline("submission"))]


def test_only_a_recommending_unit_is_called_unit_in_an_entry_of_an_application() -> None:
    """By that field its list is found, whose entries stand in the application's timeline (reading/applications.py)."""
    of_application = {event for room in ROOMS for event in room.folds}
    named = {event for event in of_application if "unit" in event.model_fields}
    assert named == {e.RecommendationTaken, e.RecommendationReleased}


def test_one_person_never_confirms_for_two_units() -> None:
    desk = paths.application(people=PEOPLE)
    desk.act(c.Submit(submission=with_second()), f.APPLICANT)
    desk.act(confirm(), AGENT)
    moved = f.person("partner-1", "applicant", employer=OTHER)
    desk.world = desk.world.with_(people={**desk.world.people, "partner-1": moved})
    assert desk.refuse(confirm(unit=OTHER), AGENT) == "another-of-the-unit"
