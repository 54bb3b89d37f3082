from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from examples.make_second_batch import FOLDER, second_batch
from selection.rules.loading import diff_rules
from starter.demo.example import Example, load_example

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def example() -> Example:
    return load_example()


@pytest.mark.repo
def test_the_files_are_what_the_script_makes() -> None:
    made = second_batch()
    kept = {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in files_kept()}
    assert kept == made


def files_kept() -> list[Path]:
    by_hand = {"rules.yaml", "rehearsal.yaml", "first_batch.json"}
    return [path for path in FOLDER.rglob("*") if path.is_file() and path.name not in by_hand]


def test_36_applications_of_16_recommenders_and_60_experts(example: Example) -> None:
    assert len(example.applicants) == 36
    assert len({item.unit for item in example.applicants}) == 16
    assert len(example.list_people("expert-")) == 60


def test_everything_invented_says_so(example: Example) -> None:
    for person in example.people:
        assert person.identity.name.startswith(("合成", "Synthetic"))
        assert person.identity.mail.endswith("@synthetic.example")
        assert person.employer.startswith("99SYNTH")
    for item in example.applicants:
        assert item.title_en.startswith("Synthetic")
        assert item.title_zh.startswith("合成")
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
    assert {item.priority for item in example.applicants} <= {item.code for item in rules.priorities}
    assert {item.host.region for item in example.applicants} <= {item.code for item in rules.regions}
    assert all(rules.recommender(item.unit) for item in example.applicants)
    assert all(len(item.avoid) <= rules.panel.avoid_max for item in example.applicants)


def test_every_person_of_the_rules_is_registered(example: Example) -> None:
    staff = example.rules.staff
    named = {*staff.officers, *staff.supervisors, *staff.auditors, *staff.admins}
    named |= {person for level in example.rules.approval for person in level.approvers}
    assert named <= {person.person for person in example.people}


def test_recommendations_in_time_keep_within_each_quota(example: Example) -> None:
    story = example.story
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
    assert changed == {"clock", "calendar", "days", "local"}
    assert rehearsed.is_rehearsal
    assert not example.rules.is_rehearsal
