"""What a person could see then: by the roles and seats of that moment, never by those that came later."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.bundle.register import Register
from audit.story.story import Entry, Story, Version, read_story
from audit.story.visibility_at import NobodyKnown, PersonView, view_as
from selection.application import events as a
from selection.visibility.viewer import Standing
from tests import factories as f
from tests.bundling import write_bundle
from tests.round_story import tell_round


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    with Bundle(write_bundle(tmp_path_factory.mktemp("seeing") / "round.zip", tell_round())) as bundle:
        yield read_story(bundle, "0003")


def see(story: Story, person: str, version: int) -> PersonView:
    return view_as(story, story.at(Version(version)), person)


def text(seen: PersonView) -> str:
    """Everything that shows, as one text."""
    tasks = [task.model_dump(mode="json") for task in seen.tasks]
    return json.dumps([seen.row, seen.events, seen.contents, tasks], ensure_ascii=False)


def experts(seen: PersonView) -> set[str]:
    return set(re.findall(r"expert-\d+", text(seen)))


def entry(story: Story, kind: type, person: str = "") -> Entry:
    return next(
        item
        for item in story.entries
        if isinstance(item.event, kind) and person in ("", item.leaf.actor.person)
    )


def test_an_expert_sees_no_file_before_the_pledge_and_the_application_after_it(story: Story) -> None:
    accepted = entry(story, a.InvitationAccepted)
    expert = accepted.leaf.actor.person
    before, after = (see(story, expert, accepted.leaf.version - step) for step in (1, 0))
    assert (before.standings, after.standings) == ((Standing.INVITED,), (Standing.REVIEWER,))
    shown = {
        "form.host-0003": "submission.form",
        "agreement.host-0003": "submission.agreement",
        f"pledge.{expert}": "pledge",
    }
    assert (before.contents, after.contents) == ({}, shown)
    assert '"form"' not in text(before)
    assert experts(before) == experts(after) == {expert}


def test_an_expert_never_sees_who_else_reviews_nor_what_they_said(story: Story) -> None:
    reviewed = [item for item in story.entries if isinstance(item.event, a.ReviewSubmitted)]
    last = reviewed[-1]
    seen = see(story, reviewed[0].leaf.actor.person, last.leaf.version)
    assert experts(seen) == {reviewed[0].leaf.actor.person}
    totals = [view["data"]["total"] for _, view in seen.events if "total" in view["data"]]
    assert totals == [str(reviewed[0].leaf.data["total"])]


def test_who_gave_up_a_seat_sees_no_file_any_more(story: Story) -> None:
    declined = entry(story, a.SeatVacated)
    expert = declined.leaf.actor.person
    before, after = (see(story, expert, declined.leaf.version - step) for step in (1, 0))
    assert (before.standings, after.standings) == ((Standing.INVITED,), (Standing.FORMER,))
    assert after.contents == {}
    assert (after.row is not None, after.tasks) == (True, ())


def test_an_applicant_never_sees_an_expert_nor_a_score_at_any_point(story: Story) -> None:
    for version in range(1, len(story.entries) + 1):
        seen = see(story, "host-0003", version)
        # Ids of contents name who stored them here. At the end what reviews say to the applicant shows, no more.
        told = {content for content, field in seen.contents.items() if field == "form.told"}
        assert bool(told) is (version == len(story.entries)), version
        assert experts(seen) == set().union(*(re.findall(r"expert-\d+", content) for content in told)), (
            version
        )
        assert not any(view["actor"].get("person", "").startswith("expert") for _, view in seen.events)
        assert "83.00" not in text(seen), version
        assert all(seq <= story.entries[version - 1].seq for seq, _ in seen.events)
    assert see(story, "host-0001", 36).row is None


def test_an_auditor_sees_all_that_was_recorded_by_then_and_nothing_later(story: Story) -> None:
    for version in (1, 12, 36):
        seen, then = see(story, "auditor-1", version), story.at(Version(version))
        assert {item.seq for item in then.entries} <= {seq for seq, _ in seen.events}
        assert max(seq for seq, _ in seen.events) == then.last.seq
    assert "agent-unit-1" in text(see(story, "auditor-1", 3))


def test_an_approver_sees_it_from_its_proposal_on(story: Story) -> None:
    proposed = entry(story, a.PlacedInReserve).leaf.version
    register = Register()
    register.add(f.OPENED, f.person("approver-1", "approver"))
    known = replace(story, register=register)
    before, after = (see(known, "approver-1", proposed - step) for step in (1, 0))
    assert (before.standings, before.row) == ((Standing.PARTICIPANT,), None)
    # Of the round, whose work approvers oversee, they see the shortlist; of the application nothing.
    assert {view["stream"] for _, view in before.events} == {f"round/{f.ROUND}"}
    assert (after.standings, after.row is not None) == ((Standing.APPROVER,), True)


def test_the_reported_never_see_the_report(story: Story) -> None:
    reported = entry(story, a.ConflictReported)
    person = reported.leaf.data["expert"]
    for version in range(reported.leaf.version, len(story.entries) + 1):
        assert "report-late" not in text(see(story, person, version))
    assert "report-late" in text(see(story, f.OFFICER.person, reported.leaf.version))


def test_roles_are_those_of_that_moment(story: Story) -> None:
    later = story.entries[20].leaf.at
    register = Register()
    register.add(f.OPENED, f.person("agent-unit-1", "recommender", unit="unit-1"))
    register.add(f.OPENED, f.person("auditor-1", "auditor"))
    register.add(later, f.person("agent-unit-1", "recommender", unit="bj"))
    register.add(later, f.person("newcomer-1", "recommender", unit="unit-1"))
    register.add(later, f.person("auditor-1", "auditor", active=False))
    changed = replace(story, register=register)
    early, late = 2, 21
    assert see(changed, "agent-unit-1", early).standings == (Standing.RECOMMENDER,)
    assert see(changed, "agent-unit-1", late).standings == (Standing.PARTICIPANT,)
    assert see(changed, "agent-unit-1", late).row is None
    assert see(changed, "newcomer-1", early).fact is None
    assert text(see(changed, "newcomer-1", early)) == "[null, [], {}, []]"
    assert see(changed, "newcomer-1", late).standings == (Standing.RECOMMENDER,)
    assert see(changed, "auditor-1", early).events
    assert text(see(changed, "auditor-1", late)) == "[null, [], {}, []]"


def test_nobody_is_shown_anything_whom_the_bundle_does_not_register(story: Story, tmp_path: Path) -> None:
    with pytest.raises(NobodyKnown) as unknown:
        see(story, "stranger-1", 3)
    assert unknown.value.kept
    with Bundle(write_bundle(tmp_path / "round.zip", tell_round(), registered=False)) as bundle:
        alone = read_story(bundle, "0003")
    with pytest.raises(NobodyKnown) as unknown:
        see(alone, "auditor-1", 3)
    assert not unknown.value.kept


def test_the_moment_is_never_earlier_than_what_is_shown(story: Story) -> None:
    for version in range(1, len(story.entries) + 1):
        then = story.at(Version(version))
        assert then.moment >= then.last.leaf.at
        assert then.moment - then.last.leaf.at < timedelta(days=60)


def test_who_was_erased_sees_nothing_from_then_on(story: Story) -> None:
    surveyed = entry(story, a.SurveyReported).leaf.version
    assert see(story, "surveyor-1", surveyed).standings == (Standing.SURVEYOR,)
    late = see(story, "surveyor-1", len(story.entries))
    assert late.fact is not None
    assert (late.fact.active, late.standings, late.row, late.events) == (False, (), None, ())
