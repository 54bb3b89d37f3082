import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from selection.actor import SYSTEM, Role
from selection.aggregate import EVENTS
from selection.application import events as a
from selection.facts import PersonFact
from selection.viewer import STAFF, Standing, Viewer, relation, row_relation
from selection.views import ApplicationRow, ListRow, OpenTask, RoundRow, row_of, tasks_of
from selection.visibility import TABLE, may_read_content, readable, visible, visible_row, visible_tasks
from selection.visibility_rows import APPLICATION_ROW, LIST_ROW, ROUND_ROW
from selection.visibility_table import EVENT_ROWS
from tests.selection import story
from tests.selection.story import RULES, Story

MAIN = story.application_listed()
ROUND = story.round_story()
EXPERTS = {f"expert-{number}" for number in range(1, 11)}
STAFF_IDS = {"officer-1", "officer-2", "supervisor-1", "supervisor-2"}
TEAMS = {"surveyor-1", "surveyor-2", "surveyor-3", "examiner-1", "examiner-2"}
EVERYBODY = EXPERTS | STAFF_IDS | TEAMS | {"agent-1", "recommender-1", "objector-1", "avoided-1"}
FILES = {"form-3", "evidence-1", "agreement"}
OLD_FILES = {"form-1"}
REVIEWS = {f"review-expert-{number}" for number in range(1, 11)}
PLEDGES = {f"pledge-expert-{number}" for number in range(1, 11)}
REPORT = {"report-1", "report-text", "ruling-text"}
OBJECTION = {"objection-text", "proof-1"}
SCORES = {"66.83", "401/6", "203/3", "43/2", "lot-1"}
APPRAISAL = {"88.5", "dissent-expert-2", "appraisal-text"}


def person(name: str, **roles: tuple[str, ...]) -> PersonFact:
    return PersonFact(person=name, roles=roles)


def viewer_of(told: Story, name: str, **roles: tuple[str, ...]) -> Viewer:
    return relation(told.state, name, person(name, **roles), RULES)


def views(told: Story, viewer: Viewer) -> list[dict[str, Any]]:
    found = (visible(leaf, viewer, told.state) for leaf in told.leaves)
    return [view for view in found if view is not None]


def strings(value: Any) -> Iterator[str]:
    """Every string anywhere in a value, keys of mappings among them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
    else:
        yield str(value)


def seen(told: Story, viewer: Viewer) -> set[str]:
    return set(strings(views(told, viewer)))


def types(told: Story, viewer: Viewer) -> set[str]:
    return {view["type"] for view in views(told, viewer)}


# The table is complete.


def fields_of(model: type[BaseModel], prefix: str = "") -> set[str]:
    found = set()
    for name, info in model.model_fields.items():
        inner = info.annotation
        if inner is a.Submission:
            found |= fields_of(a.Submission, f"{name}.")
        else:
            found.add(prefix + name)
    return found


def test_the_table_has_a_row_for_every_event_and_a_cell_for_every_standing() -> None:
    assert set(EVENT_ROWS) == set(EVENTS)
    assert set(TABLE) == {(kind, standing) for kind in EVENTS for standing in Standing}


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_a_row_names_each_field_of_its_event_and_no_other(kind: str) -> None:
    assert set(EVENT_ROWS[kind]) - {"role"} == {"*", *fields_of(EVENTS[kind])}


@pytest.mark.parametrize(
    ("row", "model"),
    [(APPLICATION_ROW, ApplicationRow), (ROUND_ROW, RoundRow), (LIST_ROW, ListRow)],
)
def test_the_rows_of_lists_name_each_field(row: dict[str, str], model: type[BaseModel]) -> None:
    assert set(row) == {"*", *model.model_fields}


def test_every_audience_is_made_of_standings_and_scopes_and_may_know_of_the_event() -> None:
    rows = {**EVENT_ROWS, "row": APPLICATION_ROW, "round": ROUND_ROW, "list": LIST_ROW}
    for kind, row in rows.items():
        knows = {word.partition(":")[0] for word in row["*"].split()}
        for name, audience in row.items():
            for word in audience.split():
                standing, _, scope = word.partition(":")
                assert standing in set(Standing) - STAFF, (kind, name)
                assert scope in ("", "own", "entry", "current", "ended"), (kind, name)
                assert standing in knows, (kind, name)


# Nothing leaks: each person, over a whole story with everything in it.

CLOSED_TO: dict[str, set[str]] = {
    "agent-1": EVERYBODY - {"agent-1", "avoided-1"}
    | REVIEWS
    | PLEDGES
    | REPORT
    | OBJECTION
    | SCORES
    | APPRAISAL,
    "recommender-1": EVERYBODY - {"recommender-1"}
    | REVIEWS
    | PLEDGES
    | REPORT
    | OBJECTION
    | SCORES
    | APPRAISAL,
    # A chair knows the panel that meets, and neither its scores nor what its members wrote.
    "expert-1": EVERYBODY - EXPERTS | REVIEWS - {"review-expert-1"} | PLEDGES - {"pledge-expert-1"} | REPORT,
    # A reviewer who reported another one.
    "expert-3": EVERYBODY - {"expert-3"}
    | REVIEWS - {"review-expert-3"}
    | PLEDGES - {"pledge-expert-3"}
    | {"ruling-text"}
    | OBJECTION
    | SCORES
    | APPRAISAL
    | OLD_FILES,
    # The one who was reported.
    "expert-2": EVERYBODY - {"expert-2"}
    | REVIEWS - {"review-expert-2"}
    | REPORT
    | OBJECTION
    | SCORES
    | APPRAISAL,
    # Left the seat after the review, declined, did not answer, and an alternate who was never asked.
    "expert-4": EVERYBODY - {"expert-4"}
    | REVIEWS - {"review-expert-4"}
    | FILES
    | OLD_FILES
    | REPORT
    | SCORES,
    "expert-6": EVERYBODY - {"expert-6"} | REVIEWS | FILES | OLD_FILES | REPORT | SCORES | PLEDGES,
    "expert-7": EVERYBODY - {"expert-7"} | REVIEWS | FILES | OLD_FILES | REPORT | SCORES | PLEDGES,
    "expert-10": EVERYBODY | FILES | OLD_FILES | {"91110000MA00000000"},
    # Invited and not yet pledged.
    "expert-9": EVERYBODY - {"expert-9"}
    | REVIEWS
    | PLEDGES
    | FILES
    | OLD_FILES
    | REPORT
    | SCORES
    | APPRAISAL,
    "surveyor-2": EVERYBODY - {"surveyor-1", "surveyor-2", "surveyor-3"}
    | REVIEWS
    | PLEDGES
    | REPORT
    | SCORES,
    "examiner-1": EVERYBODY - {"examiner-1", "examiner-2", "objector-1"}
    | REVIEWS
    | PLEDGES
    | REPORT
    | SCORES,
    "objector-1": EVERYBODY - {"objector-1"} | REVIEWS | PLEDGES | FILES | REPORT | SCORES | APPRAISAL,
    "approver-1": EVERYBODY | REVIEWS | PLEDGES | REPORT | OBJECTION | {"lot-1", "dissent-expert-2"},
    "admin-1": EVERYBODY | REVIEWS | PLEDGES | REPORT | OBJECTION | FILES | SCORES | APPRAISAL,
    "stranger": EVERYBODY | FILES | OLD_FILES | {"91110000MA00000000", "0001"},
}


@pytest.mark.parametrize("name", sorted(CLOSED_TO))
def test_what_is_closed_to_a_person_is_in_the_record_and_not_in_their_view(name: str) -> None:
    viewer = viewer_of(MAIN, name, recommender=("prov-bj",) if name == "recommender-1" else ())
    recorded = set(strings([leaf.model_dump(mode="json") for leaf in MAIN.leaves]))
    leaked = CLOSED_TO[name] & seen(MAIN, viewer)
    assert leaked == set()
    assert CLOSED_TO[name] & recorded, "the story holds nothing that could leak"
    shown = visible_row(row_of(MAIN.state), viewer)
    assert not CLOSED_TO[name] & set(strings(shown or {})) - {"0001"}


def test_an_applicant_does_not_learn_that_anyone_reviewed_or_was_proposed_before_the_end() -> None:
    told = Story(
        MAIN.stream, MAIN.steps[: -len(["notice", "objection", "examiners", "settled", "passed", "x"])]
    )
    assert told.leaves[-1].type == "application.proposed.v1"
    viewer = viewer_of(told, "agent-1")
    assert not {kind for kind in types(told, viewer) if kind.startswith(("panel.", "review.", "conflict."))}
    assert "application.proposed.v1" not in types(told, viewer)
    row = visible_row(row_of(told.state), viewer)
    assert row is not None
    assert row["stage"] == "appraised"
    assert "application.proposed.v1" in types(MAIN, viewer_of(MAIN, "agent-1"))


def test_the_expert_after_a_decline_does_not_learn_who_declined() -> None:
    (view,) = [
        view for view in views(MAIN, viewer_of(MAIN, "expert-8")) if view["type"] == "panel.seat-filled.v1"
    ]
    assert view["data"]["expert"] == "expert-8"
    assert view["actor"] == {}
    assert "command_id" not in view["data"]


def test_an_expert_sees_own_acts_before_and_after_the_pledge_and_the_files_only_after() -> None:
    invited = viewer_of(MAIN, "expert-9")
    assert invited.standings == {Standing.INVITED}
    assert types(MAIN, invited) == {"application.mended.v1", "panel.seat-filled.v1"}
    assert readable(MAIN.leaves, invited, MAIN.state) == set()
    reviewer = viewer_of(MAIN, "expert-3")
    assert reviewer.standings == {Standing.REVIEWER}
    assert readable(MAIN.leaves, reviewer, MAIN.state) == FILES | {
        "pledge-expert-3",
        "review-expert-3",
        "report-text",
    }
    former = viewer_of(MAIN, "expert-4")
    assert former.standings == {Standing.FORMER}
    assert readable(MAIN.leaves, former, MAIN.state) == {
        "pledge-expert-4",
        "review-expert-4",
        "conflict-text",
    }


def test_a_seat_shows_to_its_expert_alone_and_the_panel_to_its_chair() -> None:
    (own,) = [view for view in views(MAIN, viewer_of(MAIN, "expert-3")) if view["type"] == "panel.seated.v1"]
    assert own["data"]["seats"] == {"3": "expert-3"}
    assert set(own["data"]) == {"revision", "seats", "respond_by", "review_by"}
    chair = viewer_of(MAIN, "expert-1")
    assert chair.standings == {Standing.REVIEWER, Standing.CHAIR}
    (panel,) = [view for view in views(MAIN, chair) if view["type"] == "panel.seated.v1"]
    assert set(panel["data"]["seats"].values()) == {f"expert-{seat}" for seat in range(1, 8)}
    reviews = [view for view in views(MAIN, chair) if view["type"] == "review.submitted.v1"]
    assert [view["data"].get("total") for view in reviews] == ["65.5", None, None, None, None, None]


@pytest.mark.parametrize("name", ["officer-1", "supervisor-2", "auditor-1"])
def test_staff_sees_all(name: str) -> None:
    for told in (MAIN, ROUND, story.list_story()):
        viewer = viewer_of(told, name)
        for leaf, view in zip(told.leaves, views(told, viewer), strict=True):
            assert view == leaf.model_dump(mode="json")


def test_a_refusal_shows_to_whom_was_refused_and_to_staff() -> None:
    told = Story("application/r/0009").tell(story.AGENT, story.submitted(1))
    told.tell(story.OBJECTOR, story.refused("raise-objection"))
    refusals = {
        name: [
            view["data"] for view in views(told, viewer_of(told, name)) if view["type"] == "act.refused.v1"
        ]
        for name in ("objector-1", "officer-1", "agent-1", "recommender-1", "admin-1")
    }
    assert refusals["objector-1"] == refusals["officer-1"]
    assert refusals["objector-1"][0]["code"] == "late"
    assert (refusals["agent-1"], refusals["recommender-1"], refusals["admin-1"]) == ([], [], [{}])


def test_who_was_reported_does_not_see_it_even_as_staff() -> None:
    told = Story("application/r/0009").tell(story.AGENT, story.submitted(1))
    report = a.ConflictReported(report="report-1", expert="supervisor-2", text=story.ref("report-text"))
    told.tell(story.OFFICER, report)
    ruled = a.ConflictRuled(report="report-1", upheld=False, text=story.ref("ruling-text"))
    told.tell(story.SUPERVISOR, ruled)
    assert not REPORT & seen(told, viewer_of(told, "supervisor-2"))
    assert REPORT & seen(told, viewer_of(told, "supervisor-1")) == REPORT


def test_a_party_is_not_staff_of_the_same_application() -> None:
    told = Story("application/r/0009").tell(story.AGENT, story.submitted(1))
    told.tell(story.OFFICER, a.ObjectionRaised(objection="o", objector="officer-1", text=story.ref("t")))
    assert viewer_of(told, "officer-1").standings == {Standing.OBJECTOR}
    assert viewer_of(told, "officer-2").standings == {Standing.OFFICER}
    told.tell(story.OFFICER, a.ExaminersAppointed(objection="o", examiners=("supervisor-2",)))
    assert viewer_of(told, "supervisor-2").standings == {Standing.SUPERVISOR, Standing.EXAMINER}


def test_an_inactive_or_unknown_person_sees_nothing() -> None:
    gone = PersonFact(person="officer-1", roles={}, active=False)
    assert views(MAIN, relation(MAIN.state, "officer-1", gone, RULES)) == []
    assert row_relation(row_of_main(), "officer-1", gone, RULES).standings == set()
    assert views(MAIN, relation(MAIN.state, "nobody", None, RULES)) == []


def test_a_unit_sees_what_it_may_recommend_and_then_what_it_recommended() -> None:
    regional = next(item for item in RULES.recommenders if item.region == "CN-BJ")
    other = next(item for item in RULES.recommenders if item.region not in (None, "CN-BJ"))
    direct = next(item for item in RULES.recommenders if item.region is None)
    told = Story("application/r/0009").tell(story.AGENT, story.submitted(1))

    def may(code: str) -> bool:
        viewer = viewer_of(told, "agent-of-unit", recommender=(code,))
        assert viewer.standings in ({Standing.RECOMMENDER}, {Standing.PARTICIPANT})
        return bool(views(told, viewer))

    assert (may(regional.code), may(other.code), may(direct.code)) == (True, False, True)
    told.tell(SYSTEM, a.RecommendationTaken(unit=direct.code, revision=1, agent="agent-of-unit"))
    assert (may(regional.code), may(other.code), may(direct.code)) == (False, False, True)


def test_a_round_publishes_its_course_and_never_the_secret_of_a_draw() -> None:
    viewer = viewer_of(ROUND, "agent-1", applicant=())
    assert viewer.standings == {Standing.PARTICIPANT}
    shown = seen(ROUND, viewer)
    assert not shown & {"5" * 64, "draw-inputs", "draw-result", "hit-text", "0005", *STAFF_IDS}
    assert {"round.opened.v1", "draw.opened.v1", "round.list-issued.v1"} <= types(ROUND, viewer)
    assert "round.proposed.v1" not in types(ROUND, viewer)


def test_a_list_shows_to_its_unit() -> None:
    told = story.list_story()
    assert len(views(told, viewer_of(told, "recommender-1", recommender=("prov-bj",)))) == len(told.leaves)
    assert views(told, viewer_of(told, "recommender-2", recommender=("prov-sh",))) == []
    assert views(told, viewer_of(told, "agent-1", applicant=())) == []


def test_a_type_that_the_table_does_not_know_is_not_shown() -> None:
    leaf = MAIN.leaves[0].model_copy(update={"type": "application.submitted.v2"})
    assert visible(leaf, viewer_of(MAIN, "officer-1"), MAIN.state) is None


# Rows, tasks, contents.


def row_of_main() -> ApplicationRow:
    row = row_of(MAIN.state)
    assert isinstance(row, ApplicationRow)
    return row


def test_a_row_shows_by_standing() -> None:
    row = row_of_main()
    officer = visible_row(row, viewer_of(MAIN, "officer-1"))
    assert officer == row.model_dump(mode="json")
    applicant = visible_row(row, viewer_of(MAIN, "agent-1"))
    assert applicant is not None
    assert not {"reviewers", "hands", "score", "agreed", "rank"} & set(applicant)
    assert applicant["place"] == 1
    invited = visible_row(row, viewer_of(MAIN, "expert-9"))
    assert invited is not None
    assert set(invited) == {"round", "number", "stage", "field", "region", "host"}
    assert visible_row(row, viewer_of(MAIN, "stranger")) is None


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
        ("agent-1", "review-expert-1", False),
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

STORIES = story.everything()
STEPS = [(told.state, leaf) for told in STORIES for leaf in told.leaves]


def shown_fields(view: dict[str, Any]) -> set[str]:
    found = set()
    for name, value in view["data"].items():
        found |= {f"{name}.{inner}" for inner in value} if name == "submission" else {name}
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
    view = visible(leaf, viewer, state)
    row = EVENT_ROWS[leaf.type]
    listed = {
        field
        for field, audience in row.items()
        if {word.partition(":")[0] for word in audience.split()} & {str(item) for item in standings}
    }
    if view is None:
        return
    assert "*" in listed
    assert shown_fields(view) <= listed
    if leaf.actor.person != name:
        assert set(view["actor"]) <= {"role"}
        assert "version" not in view
        assert "command_id" not in view["data"]
    assert json.dumps(view)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(STEPS), st.frozensets(st.sampled_from(sorted(Standing))))
def test_more_standings_never_show_less(step: tuple[Any, Any], standings: frozenset[Standing]) -> None:
    state, leaf = step
    together = visible(leaf, Viewer(person="expert-3", standings=standings), state)
    for standing in standings:
        alone = visible(leaf, Viewer(person="expert-3", standings=frozenset({standing})), state)
        if alone is not None:
            assert together is not None
            assert shown_fields(alone) <= shown_fields(together)
