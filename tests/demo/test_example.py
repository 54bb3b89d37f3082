from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from typing import get_args

import pytest

from examples import make_grant, make_second_batch
from examples.make_grant import grant
from examples.make_second_batch import second_batch
from examples.second_batch_forms import HEADING
from selection.forms.one_text import application_form
from selection.forms.raw_answers import read_raw
from selection.kernel.actor import Role
from selection.kernel.model import Ref
from selection.kernel.stages import RoundStage
from selection.round.amending_rules.table import list_paths
from selection.rules.holders import list_in_office
from selection.rules.loading import diff_rules
from selection.staffing import count_staff
from starter.demo.acts.intake import read_filled_form
from starter.demo.example import Example, Scheme, load_example
from starter.people.handing_in import list_faults, store_answers

START = datetime(2026, 1, 1, tzinfo=UTC)
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
MADE = {"second-batch": (make_second_batch.FOLDER, second_batch), "grant": (make_grant.FOLDER, grant)}
BY_HAND = {"rules.yaml", "rehearsal.yaml", "first_batch.json", "letterhead.yaml"}


@pytest.fixture(scope="module", params=SCHEMES)
def example(request: pytest.FixtureRequest) -> Example:
    return load_example(request.param)


@pytest.fixture(scope="module")
def batch() -> Example:
    return load_example("second-batch")


@pytest.mark.repo
@pytest.mark.parametrize("name", SCHEMES)
def test_the_files_are_what_the_script_makes(name: str) -> None:
    folder, make = MADE[name]
    kept = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name not in BY_HAND
    }
    assert kept == make()


def test_36_applications_of_16_recommenders_and_60_experts(batch: Example) -> None:
    assert len(batch.applicants) == 36
    assert len({item.unit for item in batch.applicants}) == 16
    assert len(batch.list_people("expert-")) == 60


def test_an_office_of_seven_runs_the_grant() -> None:
    rules = load_example("grant").rules
    assert len(list_in_office(rules)) == 7
    # The administrator might be one of the others, and no list waits for the auditor.
    assert count_staff(rules).in_office == 5
    assert not any(need.is_short for need in count_staff(rules).needs)


def test_the_grant_is_direct_with_three_criteria_three_reviewers_and_one_level_of_approval() -> None:
    found = load_example("grant")
    rules = found.rules
    assert not any(rules.stages.model_dump().values())
    assert [f"{item.weight}, {item.top}" for item in rules.criteria] == ["30, 5", "20, 5", "10, 5"]
    assert (f"{rules.full_marks}", rules.panel.seats, len(rules.approval)) == ("60", 3, 1)
    assert (rules.priorities, rules.routes, rules.recommenders) == ((), (), ())
    assert (len(found.applicants), len(found.list_people("expert-"))) == (12, 20)


def test_every_application_fits_its_form_and_without_a_priority_names_none(example: Example) -> None:
    form = application_form(example.rules.forms)
    for item in example.applicants:
        answers = read_raw(form, read_filled_form(item), lambda path, _: {"id": path, "sha256": "0" * 64})
        assert list_faults(form, example.rules, answers, {}) == []
        assert bool(item.priority) is bool(example.rules.priorities)


async def test_a_version_of_a_form_without_a_priority_is_handed_in() -> None:
    found = load_example("grant")
    form, first = application_form(found.rules.forms), found.applicants[0]
    answers = read_raw(form, read_filled_form(first), lambda path, _: {"id": path, "sha256": "0" * 64})
    assert isinstance(answers, dict)

    async def put(text: str) -> Ref:
        return Ref(id=text[:20], sha256="0" * 64)

    version = await store_answers(form, answers, put)
    assert (version.priority, version.region, version.fund_yuan) == ("", first.host.region, first.fund_yuan)


def test_the_demo_waits_for_no_stage_that_the_rules_leave_out(example: Example) -> None:
    stages, story = example.rules.stages, example.story
    recommended = (story.set_aside, story.over_quota, story.late_recommendation)
    assert any(map(bool, recommended)) is stages.recommendation
    assert bool(story.same_employer_surveyor) is stages.survey
    assert (story.objection_upheld_on, story.objection_dismissed_on) == (
        (8, 3) if stages.notice else (None, None)
    )
    named = [
        code
        for codes in (story.edited, story.withdrawn, story.late_submission, story.unsealed)
        for code in codes
    ]
    assert {*named, *story.grounds, story.conflict_found, story.corrected} <= {
        item.code for item in example.applicants
    }


def test_everything_invented_says_so(example: Example) -> None:
    for person in example.people:
        assert person.identity.name.startswith(("合成", "Synthetic"))
        assert person.identity.mail.endswith("@synthetic.example")
        assert person.employer.startswith("99SYNTH")
    for item in example.applicants:
        assert item.title_en.startswith("Synthetic")
        assert item.title_zh.startswith("合成")
        assert item.text.startswith(HEADING)
        for unit in (item.host, *item.co_builders):
            assert unit.code.startswith("99SYNTH")
            assert unit.name_en.startswith("Synthetic")
            assert unit.name_zh.startswith("合成")


def test_codes_name_one_legal_person_each(example: Example) -> None:
    units = [unit.code for item in example.applicants for unit in (item.host, *item.co_builders)]
    assert max(Counter(units).values()) == 1
    assert len({person.person for person in example.people}) == len(example.people)


def test_applications_fit_the_rules(example: Example) -> None:
    rules = example.rules
    fields = {item.code for item in rules.fields}
    assert {item.field for item in example.applicants} == fields
    assert {item.priority for item in example.applicants} <= (
        {item.code for item in rules.priorities} or {""}
    )
    assert {item.host.region for item in example.applicants} <= {item.code for item in rules.regions}
    assert all(
        bool(rules.recommender(item.unit)) is rules.stages.recommendation for item in example.applicants
    )
    assert all(len(item.avoid) <= rules.panel.avoid_max for item in example.applicants)


def test_every_person_of_the_rules_is_registered(example: Example) -> None:
    staff = example.rules.staff
    named = {*staff.officers, *staff.supervisors, *staff.auditors, *staff.admins}
    named |= {person for level in example.rules.approval for person in level.approvers}
    assert named <= {person.person for person in example.people}


def test_who_stands_in_is_an_approver_without_a_post_and_what_is_amended_may_be(batch: Example) -> None:
    rules, story = batch.rules, batch.story
    roles = {person.person: person.roles for person in batch.people}
    for holder, substitute in story.substitutes.items():
        assert any(holder in level.approvers for level in rules.approval)
        assert Role.APPROVER in roles[substitute]
        assert substitute not in list_in_office(rules)
    assert story.amended is not None
    assert story.amended.path in dict(list_paths(rules, RoundStage.CALL))


def test_recommendations_in_time_keep_within_each_quota(batch: Example) -> None:
    example, story = batch, batch.story
    never = {
        *story.withdrawn,
        *story.late_submission,
        *story.set_aside,
        *story.late_recommendation,
        *story.over_quota,
    }
    wanted = Counter(item.unit for item in example.applicants if item.code not in never)
    assert all(count <= example.rules.quota_of(unit) for unit, count in wanted.items())
    for code in story.over_quota:
        unit = example.applicant(code).unit
        assert wanted[unit] == example.rules.quota_of(unit)


def test_a_rehearsal_changes_the_clock_and_what_its_file_says_and_nothing_else(example: Example) -> None:
    rehearsed = example.rehearse(START, Decimal("0.5")).rules
    changed = {item.path.partition(".")[0] for item in diff_rules(example.rules, rehearsed)}
    assert changed == {"clock", "calendar", "days", "draws", "local"}
    assert rehearsed.is_rehearsal
    assert not example.rules.is_rehearsal
