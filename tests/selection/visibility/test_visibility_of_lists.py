import json
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from selection.application import events as a
from selection.kernel.actor import SYSTEM, Role
from selection.kernel.stages import Outcome, Stage
from selection.projections.open_tasks import OpenTask, tasks_of
from selection.projections.rows import DECIDED_BY, candidate_of, row_of
from selection.visibility.entry_view import EntryView
from selection.visibility.reading import (
    list_readable,
    may_read_content,
    view_entry,
    visible_row,
    visible_tasks,
)
from selection.visibility.table import EVENT_ROWS
from selection.visibility.viewer import STAFF, Standing, Viewer, row_relation
from tests.selection import round_stories, story
from tests.selection.story import RULES, Story, ref
from tests.selection.visibility.viewing import (
    EVERYBODY,
    MAIN,
    NAMES,
    PUBLISHED,
    ROUND,
    person,
    row_of_main,
    viewer_of,
    views,
)


def test_a_row_shows_by_standing() -> None:
    row = row_of_main()
    officer = visible_row(row, viewer_of(MAIN, "officer-1"))
    assert officer == row.model_dump(mode="json", exclude=DECIDED_BY)
    standing = {"votes": "3:1:0", "verdict": "confirmed"}
    assert standing.items() <= officer.items()
    assert standing.items() <= candidate_of(MAIN.state).model_dump().items()
    assert (visible_row(row, viewer_of(MAIN, "surveyor-1")) or {}).items() & standing.items() == {
        ("verdict", "confirmed")
    }
    applicant = visible_row(row, viewer_of(MAIN, "agent-1"))
    assert applicant is not None
    assert not {"reviewers", "hands", "score", "agreed", "rank", *standing} & set(applicant)
    early = row_of(MAIN.steps[0].after).model_dump(mode="json")
    assert not standing.keys() & early.keys(), "what was stored before stays as it is"
    assert applicant["place"] == 1
    invited = visible_row(row, viewer_of(MAIN, "expert-9"))
    assert invited is not None
    assert set(invited) == {*NOTICED, "stage", "place"}


NOTICED = {
    *("round", "number", "name_en", "name_zh", "field", "region", "host", "host_en", "host_zh", "noticed"),
    "co_builders",
}


def test_what_is_noticed_is_public_from_the_entry_that_opens_the_notice_and_nothing_before() -> None:
    opened = [step.leaf.type for step in MAIN.steps].index("notice.opened.v1")
    for place, step in enumerate(MAIN.steps[:-1]):
        shown = visible_row(row_of(step.after), viewer_of(MAIN, "stranger"))
        assert set(shown or {}) == (NOTICED if place >= opened else set()), step.leaf.type
    told = Story(MAIN.stream, MAIN.steps[:opened])
    assert views(told, viewer_of(told, "stranger")) == []
    told = Story(MAIN.stream, MAIN.steps[: opened + 1])
    (view,) = views(told, viewer_of(told, "stranger"))
    assert (view["type"], set(view["data"])) == ("notice.opened.v1", {"proposal", "until", "public"})


def test_public_answers_of_the_version_that_counts_open_with_the_notice_and_no_others_ever() -> None:
    opened = [step.leaf.type for step in MAIN.steps].index("notice.opened.v1")
    for place, step in enumerate(MAIN.steps):
        told = Story(MAIN.stream, MAIN.steps[: place + 1])
        readable = list_readable(told.leaves, viewer_of(told, "stranger"), told.state)
        assert readable == (PUBLISHED if place >= opened else set()), step.leaf.type
    # What was published stays so when the application is removed.
    told = Story(MAIN.stream, MAIN.steps[: opened + 1]).tell(SYSTEM, a.ItemRemoved(objection="objection-1"))
    assert list_readable(told.leaves, viewer_of(told, "stranger"), told.state) == PUBLISHED


def test_where_the_scheme_has_no_notice_public_answers_open_with_the_list() -> None:
    opened = [step.leaf.type for step in MAIN.steps].index("notice.opened.v1")
    told = Story(MAIN.stream, MAIN.steps[:opened]).tell(SYSTEM, a.NoticeLeftOut())
    listed = a.ApplicationListed(place=1, proposal=1, public=ref("public-3"))
    for event, readable in ((a.NoticeLeftOut(), set()), (listed, PUBLISHED)):
        told.tell(SYSTEM, event)
        assert list_readable(told.leaves, viewer_of(told, "stranger"), told.state) == readable
    other = Story(MAIN.stream, MAIN.steps[:opened]).tell(SYSTEM, a.ApplicationNotSelected(proposal=1))
    assert list_readable(other.leaves, viewer_of(other, "stranger"), other.state) == set()


def test_what_was_noticed_stays_public_whatever_becomes_of_it_and_its_end_does_not() -> None:
    row, stranger = row_of_main().model_copy(update={"place": None}), viewer_of(MAIN, "stranger")
    for stage in Stage:
        for outcome in (None, *(set(Outcome) - {Outcome.LISTED})):
            ended = row.model_copy(update={"stage": stage, "outcome": outcome})
            assert set(visible_row(ended, stranger) or {}) == NOTICED
            for standing in Standing:
                viewer = Viewer(person="x", standings=frozenset({standing}))
                assert set(visible_row(ended, viewer) or {}) >= NOTICED


def test_where_the_scheme_has_no_notice_it_is_public_with_the_issued_list_and_nothing_before() -> None:
    row, stranger = row_of_main().model_copy(update={"noticed": False}), viewer_of(MAIN, "stranger")
    public = NOTICED | {"place"}
    assert set(visible_row(row, stranger) or {}) == public
    for standing in Standing:
        assert public <= set(visible_row(row, Viewer(person="x", standings=frozenset({standing}))) or {})
    assert visible_row(row, Viewer(person="stranger")) is None
    for stage in Stage:
        for outcome in (None, *Outcome):
            other = row.model_copy(update={"stage": stage, "outcome": outcome})
            assert (visible_row(other, stranger) is None) == (outcome != Outcome.LISTED)


def test_a_row_names_the_centre_to_those_who_may_see_what_it_is_about() -> None:
    row, named = row_of_main().model_copy(update={"outcome": None, "noticed": False}), set()
    for standing in Standing:
        shown = visible_row(row, Viewer(person="x", standings=frozenset({standing}))) or {}
        names = {str(shown[name]) for name in ("name_en", "name_zh", "host_en", "host_zh") if name in shown}
        assert names in (set(), NAMES)
        assert bool(names) == ("host" in shown)
        named |= {standing} if names else set()
    assert set(Standing) - named == {Standing.FORMER, Standing.PARTICIPANT, Standing.ADMIN}


def test_a_row_alone_tells_the_least_of_an_expert() -> None:
    row = row_of_main()
    assert row_relation(row, "expert-3", None, RULES).standings == {Standing.INVITED}
    assert row_relation(row, "agent-1", None, RULES).standings == {Standing.APPLICANT}
    assert row_relation(row, "officer-1", None, RULES).standings == {Standing.OFFICER}
    assert row_relation(row, "approver-1", None, RULES).standings == {Standing.APPROVER}
    early = row.model_copy(update={"agreed": None})
    assert row_relation(early, "approver-1", None, RULES).standings == set()
    agent = person("recommender-1", recommender=("prov-bj",))
    assert row_relation(row, "recommender-1", agent, RULES).standings == {Standing.RECOMMENDER}
    assert row_relation(row, "stranger", None, RULES).standings == set()


def test_rows_of_rounds_and_lists() -> None:
    agent = viewer_of(ROUND, "agent-1", applicant=())
    assert visible_row(row_of(ROUND.state), agent) == {
        "round": story.ROUND,
        "stage": "issued",
        "rehearsal": RULES.is_rehearsal,
    }
    told = story.list_story()
    unit = viewer_of(told, "recommender-1", recommender=("prov-bj",))
    assert visible_row(row_of(told.state), unit) == row_of(told.state).model_dump(mode="json")
    assert visible_row(row_of(told.state), viewer_of(told, "agent-1", applicant=())) is None


def test_a_task_shows_to_whom_it_is_for_and_to_staff() -> None:
    panel = Story(MAIN.stream, [step for step in MAIN.steps if step.after.stage.value == "review"][:1])
    tasks = tasks_of(panel.state)
    assert [task.person for task in tasks] == [f"expert-{seat}" for seat in range(1, 8)]
    assert [task.person for task in visible_tasks(tasks, viewer_of(panel, "expert-3"))] == ["expert-3"]
    assert visible_tasks(tasks, viewer_of(panel, "officer-1")) == tasks
    assert visible_tasks(tasks, viewer_of(panel, "agent-1")) == ()
    joint = Story("application/r/0009").tell(
        story.AGENT, story.make_application_submitted(1).with_(asked=story.make_asked_to_confirm())
    )
    [task] = tasks_of(joint.state)
    for name, shown in (("partner-1", (task,)), ("agent-1", ()), ("recommender-1", ())):
        assert visible_tasks([task], viewer_of(joint, name)) == shown
        assert visible_tasks([task], viewer_of(ROUND, name)) == shown
    level = OpenTask(
        key="approve/ministry/1", kind="approve", role=Role.APPROVER, unit="ministry", since=story.START
    )
    office = OpenTask(key="check", kind="check", role=Role.OFFICER, since=story.START)
    assert visible_tasks((level, office), viewer_of(ROUND, "approver-2")) == (level,)
    assert visible_tasks((level, office), viewer_of(ROUND, "approver-1")) == ()


@pytest.mark.parametrize(
    ("name", "ref_id", "may"),
    [
        ("expert-3", "form-3", True),
        ("expert-3", "form-1", False),
        ("expert-9", "form-3", False),
        ("expert-4", "form-3", False),
        ("expert-3", "review-expert-1", False),
        ("agent-1", "form-1", True),
        ("expert-3", "judged-expert-1", False),
        ("expert-1", "judged-expert-3", True),
        ("agent-1", "review-expert-1", True),
        ("agent-1", "review-expert-4", False),
        ("agent-1", "judged-expert-1", False),
        ("recommender-1", "review-expert-1", False),
        ("agent-1", "objection-text", False),
        ("objector-1", "objection-text", True),
        ("objector-1", "form-3", False),
        ("examiner-2", "objection-text", True),
        ("examiner-2", "form-3", True),
        ("surveyor-3", "form-3", True),
        ("approver-1", "appraisal-text", True),
        ("approver-1", "objection-text", False),
        ("officer-2", "pledge-expert-8", True),
        ("auditor-1", "report-text", True),
        ("admin-1", "form-3", False),
        ("stranger", "form-3", False),
        ("stranger", "public-3", True),
        ("stranger", "public-1", False),
        ("expert-3", "public-1", False),
        ("recommender-1", "public-1", False),
    ],
)
def test_who_may_open_a_stored_content(name: str, ref_id: str, may: bool) -> None:
    viewer = viewer_of(MAIN, name)
    assert may_read_content(ref_id, viewer, MAIN.state, MAIN.leaves) is may


def test_everyone_may_open_what_they_stored() -> None:
    viewer = viewer_of(MAIN, "expert-9")
    assert may_read_content("draft", viewer, MAIN.state, MAIN.leaves, stored_by="expert-9")
    assert not may_read_content("draft", viewer, MAIN.state, MAIN.leaves, stored_by="expert-8")
    assert not may_read_content("draft", viewer, MAIN.state, MAIN.leaves)


# No field reaches a standing that the table does not list.

STORIES = round_stories.everything()
STEPS = [(told.state, leaf) for told in STORIES for leaf in told.leaves]


def list_shown_fields(view: EntryView) -> set[str]:
    found = set()
    for name, value in view["data"].items():
        if name in ("submission", "form"):
            found |= {f"{name}.{inner}" for inner in value or ()}
        else:
            found.add(name)
    return found - {"command_id"}


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(STEPS),
    st.frozensets(st.sampled_from([item for item in Standing if item not in STAFF])),
    st.sampled_from(sorted(EVERYBODY | {"system", "stranger"})),
)
def test_no_field_reaches_a_standing_that_the_table_does_not_list(
    step: tuple[Any, Any], standings: frozenset[Standing], name: str
) -> None:
    state, leaf = step
    viewer = Viewer(person=name, standings=standings)
    view = view_entry(leaf, viewer, state)
    row = EVENT_ROWS[leaf.type]
    listed = {
        field
        for field, audience in row.items()
        if {word.partition(":")[0] for word in audience.split()} & {str(item) for item in standings}
    }
    if view is None:
        return
    assert "*" in listed
    assert list_shown_fields(view) <= listed
    if leaf.actor.person != name:
        assert set(view["actor"]) <= {"role"}
        assert "version" not in view
        assert "command_id" not in view["data"]
    assert json.dumps(view)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(STEPS), st.frozensets(st.sampled_from(sorted(Standing))))
def test_more_standings_never_show_less(step: tuple[Any, Any], standings: frozenset[Standing]) -> None:
    state, leaf = step
    together = view_entry(leaf, Viewer(person="expert-3", standings=standings), state)
    for standing in standings:
        alone = view_entry(leaf, Viewer(person="expert-3", standings=frozenset({standing})), state)
        if alone is not None:
            assert together is not None
            assert list_shown_fields(alone) <= list_shown_fields(together)
