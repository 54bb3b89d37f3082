"""Why an application moved: each entry's act or deadline, the decision that it carries out, and the sealed rules."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.bundle.reader import Bundle
from audit.rules.causes import APPLICATION, LAPSED, VACATED
from audit.story.reasons import DECIDED_BY, RULES, Reason, reason_of
from audit.story.story import OwnEntry, Story, read_story
from selection.application import events as a
from selection.carry.to_application import BATCHES
from selection.decision.aggregate import Event
from selection.kernel.day_clock import end_of_day
from tests import factories as f
from tests.audit.support.tampering import move, place, with_data
from tests.bundling import write_bundle
from tests.round_story import NUMBERS, tell_round


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Story]:
    path = write_bundle(tmp_path_factory.mktemp("reasons") / "round.zip", tell_round())
    with Bundle(path) as bundle:
        return {number: read_story(bundle, number) for number in (*NUMBERS, "0009")}


def reasons(stories: dict[str, Story]) -> Iterator[tuple[OwnEntry, Reason]]:
    for story in stories.values():
        for entry in story.entries:
            yield entry, reason_of(entry, story)


def first(stories: dict[str, Story], number: str, kind: type) -> tuple[OwnEntry, Reason]:
    story = stories[number]
    entry = next(entry for entry in story.entries if isinstance(entry.event, kind))
    return entry, reason_of(entry, story)


def test_every_entry_has_a_cause_that_its_table_of_causes_allows(stories: dict[str, Story]) -> None:
    followers: set[type[Event]] = {a.SeatFilled, a.ApplicationScored}
    for entry, reason in reasons(stories):
        match entry.event:
            case a.SeatVacated():
                assert reason.cause in VACATED[entry.event.why]
            case a.ApplicationLapsed():
                assert reason.cause in LAPSED[entry.event.outcome]
            case event if type(event) in APPLICATION and type(event) not in followers:
                assert reason.cause in APPLICATION[type(event)]


def test_what_an_act_brought_with_it_has_the_cause_of_the_act(stories: dict[str, Story]) -> None:
    assert first(stories, "0003", a.SeatFilled)[1].cause == "decline-invitation"
    assert first(stories, "0003", a.ApplicationScored)[1].cause == "submit-review"
    assert first(stories, "0002", a.ReviewVoided)[1].cause == "rule-on-conflict"


def test_a_deadline_is_named_with_its_instant_and_with_who_moved_it(stories: dict[str, Story]) -> None:
    _, reason = first(stories, "0003", a.CheckOpened)
    assert (reason.cause, reason.deadline) == ("deadline recommendation", "recommendation")
    assert reason.until == end_of_day(tell_round().rules.clock, f.RULES.calendar.check)
    assert reason.extended is not None
    assert (reason.extended.leaf.type, reason.extended.leaf.actor) == (
        "round.deadline-extended.v1",
        f.OFFICER,
    )


def test_an_outage_is_named_where_it_moved_the_deadline_last(tmp_path: Path) -> None:
    log = tell_round().log
    recorded = place(log, "round.outage-recorded.v1")
    was = {"recommendation": f.deadline("recommendation").isoformat().replace("+00:00", "Z")}
    after = place(log, "round.deadline-extended.v1") + 1
    log = move(with_data(log, recorded, moved=was), recorded, after)
    with Bundle(write_bundle(tmp_path / "round.zip", tell_round(), log)) as bundle:
        story = read_story(bundle, "0003")
    entry = next(entry for entry in story.entries if isinstance(entry.event, a.CheckOpened))
    reason = reason_of(entry, story)
    assert reason.extended is not None
    assert (reason.extended.leaf.type, reason.extended.seq) == ("round.outage-recorded.v1", after)


def test_an_act_is_told_with_the_deadline_that_governed_it_then(stories: dict[str, Story]) -> None:
    _, submitted = first(stories, "0002", a.ApplicationSubmitted)
    assert (submitted.deadline, submitted.until, submitted.extended) == (
        "submission",
        f.deadline("submission"),
        None,
    )
    entry, reviewed = first(stories, "0003", a.ReviewSubmitted)
    assert reviewed.deadline == "review"
    seat = entry.before.seat_of(entry.leaf.actor.person)
    assert seat is not None
    assert reviewed.until == seat.review_by
    assert reviewed.until <= datetime(2024, 10, 31, 16, tzinfo=UTC)


def test_what_the_engine_carries_out_names_the_decision_and_who_made_it(stories: dict[str, Story]) -> None:
    carried = [(entry, reason) for entry, reason in reasons(stories) if type(entry.event) in DECIDED_BY]
    assert {type(entry.event) for entry, _ in carried} == set(DECIDED_BY) - {a.ApplicationCancelled}
    for entry, reason in carried:
        assert reason.decision is not None
        assert reason.decision.seq < entry.seq
        assert reason.decision.leaf.actor.person != "system"
        said = reason.decision.leaf.data
        for name in ("proposal", "draw"):
            assert name not in said or said[name] == entry.leaf.data.get(name, said[name])
    _, reason = first(stories, "0001", a.RecommendationTaken)
    assert reason.decision is not None
    assert reason.decision.leaf.data["application"] == "0001"


def test_every_event_that_the_engine_carries_out_has_its_decision() -> None:
    carried = (*BATCHES, "take-recommendation", "release-recommendation")
    brought = {event for event, causes in APPLICATION.items() if set(causes) & set(carried)}
    assert set(DECIDED_BY) == brought


def test_the_rules_that_bear_on_an_event_are_the_sealed_ones(stories: dict[str, Story]) -> None:
    _, scored = first(stories, "0003", a.ApplicationScored)
    assert scored.rules == {
        "panel.min_valid": 4,
        "trim.from_valid": 5,
        "trim.drop": 1,
        "tie_break": "technical",
    }
    # What is as the project has it is left out of the sealed bytes.
    bounded = f.rules(
        panel={**tell_round().rules.panel.model_dump(), "corrections_max": 3},
        appraisal={"reason_beyond_percent": 20},
    )
    plain = bounded.model_dump(mode="json")
    for path in {path for paths in RULES.values() for path in paths}:
        value = plain
        for part in path.split("."):
            assert part in value, path
            value = value[part]
