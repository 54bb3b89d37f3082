from dataclasses import replace

import pytest
from pydantic import BaseModel

from selection.application import events as a
from selection.decision.aggregate import EVENTS
from selection.decision.facts import PersonFact
from selection.kernel.actor import SYSTEM, Role
from selection.kernel.unfinished import file_of
from selection.projections.rows import ApplicationRow, ArchiveRow, ListRow, RoundRow, row_of
from selection.visibility.list_rows import APPLICATION_ROW, ARCHIVE_ROW, LIST_ROW, ROUND_ROW
from selection.visibility.reading import TABLE, list_readable, may_read_content, view_entry, visible_row
from selection.visibility.table import EVENT_ROWS
from selection.visibility.viewer import STAFF, Standing, relation, row_relation
from tests.selection import round_stories, story
from tests.selection.story import RULES, Story
from tests.selection.visibility.viewing import (
    CLOSED_TO,
    FILES,
    MAIN,
    PUBLISHED,
    REPORT,
    ROUND,
    STAFF_IDS,
    fields_of,
    list_seen,
    row_of_main,
    strings,
    types,
    viewer_of,
    views,
)

SCOPES = ("", "own", "entry", "current", "ended", "scored", "told", "noticed", "issued")


def test_the_table_has_a_row_for_every_event_and_a_cell_for_every_standing() -> None:
    assert set(EVENT_ROWS) == set(EVENTS)
    assert set(TABLE) == {(kind, standing) for kind in EVENTS for standing in Standing}


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_a_row_names_each_field_of_its_event_and_no_other(kind: str) -> None:
    assert set(EVENT_ROWS[kind]) - {"role"} == {"*", *fields_of(EVENTS[kind])}


@pytest.mark.parametrize(
    ("row", "model"),
    [
        (APPLICATION_ROW, ApplicationRow),
        (ROUND_ROW, RoundRow),
        (LIST_ROW, ListRow),
        (ARCHIVE_ROW, ArchiveRow),
    ],
)
def test_the_rows_of_lists_name_each_field(row: dict[str, str], model: type[BaseModel]) -> None:
    assert set(row) == {"*", *model.model_fields}


def test_every_audience_is_made_of_standings_and_scopes_and_may_know_of_the_event() -> None:
    rows = {
        **EVENT_ROWS,
        "row": APPLICATION_ROW,
        "round": ROUND_ROW,
        "list": LIST_ROW,
        "archive": ARCHIVE_ROW,
    }
    files = {kind: file_of(event) for kind, event in EVENTS.items()}
    for kind, row in rows.items():
        knows = {word.partition(":")[0] for word in row["*"].split()}
        for name, audience in row.items():
            where = f"{name} of {kind}: AUDIENCE in {files.get(kind, 'selection/visibility/list_rows.py')}"
            for word in audience.split():
                standing, _, scope = word.partition(":")
                assert standing in set(Standing) - STAFF, where
                assert scope in SCOPES, where
                assert standing in knows, where


# Nothing leaks: each person, over a whole story with everything in it.


@pytest.mark.parametrize("name", sorted(CLOSED_TO))
def test_what_is_closed_to_a_person_is_in_the_record_and_not_in_their_view(name: str) -> None:
    viewer = viewer_of(MAIN, name, recommender=("prov-bj",) if name == "recommender-1" else ())
    recorded = set(strings([leaf.model_dump(mode="json") for leaf in MAIN.leaves]))
    leaked = CLOSED_TO[name] & list_seen(MAIN, viewer)
    assert leaked == set()
    assert CLOSED_TO[name] & recorded, "the story holds nothing that could leak"
    shown = visible_row(row_of_main().model_copy(update={"outcome": None, "noticed": False}), viewer)
    assert not CLOSED_TO[name] & set(strings(shown or {})) - {"0001"}


def test_an_applicant_does_not_learn_that_anyone_reviewed_or_was_proposed_before_the_end() -> None:
    proposed = [leaf.type for leaf in MAIN.leaves].index("application.proposed.v1")
    told = Story(MAIN.stream, MAIN.steps[: proposed + 1])
    assert told.leaves[-1].type == "application.proposed.v1"
    viewer = viewer_of(told, "agent-1")
    assert not {kind for kind in types(told, viewer) if kind.startswith(("panel.", "review.", "conflict."))}
    assert not any(
        content.startswith("review-") for content in list_readable(told.leaves, viewer, told.state)
    )
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
    published = {"notice.opened.v1", "application.listed.v1", "house-tie.dismissed.v1"}
    assert types(MAIN, invited) == {"application.mended.v1", "panel.seat-filled.v1", *published}
    assert list_readable(MAIN.leaves, invited, MAIN.state) == PUBLISHED
    reviewer = viewer_of(MAIN, "expert-3")
    assert reviewer.standings == {Standing.REVIEWER}
    assert list_readable(MAIN.leaves, reviewer, MAIN.state) == FILES | PUBLISHED | {
        "pledge-expert-3",
        "review-expert-3",
        "corrected-expert-3",
        "correction-expert-3",
        "judged-expert-3",
        "anew-text",
        "report-text",
    }
    former = viewer_of(MAIN, "expert-4")
    assert former.standings == {Standing.FORMER}
    assert list_readable(MAIN.leaves, former, MAIN.state) == PUBLISHED | {
        "pledge-expert-4",
        "review-expert-4",
        "judged-expert-4",
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
    for told in (MAIN, ROUND, story.list_story(), round_stories.archive_story()):
        viewer = viewer_of(told, name)
        for leaf, view in zip(told.leaves, views(told, viewer), strict=True):
            assert view == leaf.model_dump(mode="json")


def test_a_refusal_shows_to_whom_was_refused_and_to_staff() -> None:
    told = Story("application/r/0009").tell(story.AGENT, story.make_application_submitted(1))
    told.tell(story.OBJECTOR, story.make_act_refused("raise-objection"))
    refusals = {
        name: [
            view["data"] for view in views(told, viewer_of(told, name)) if view["type"] == "act.refused.v1"
        ]
        for name in ("objector-1", "officer-1", "agent-1", "recommender-1", "admin-1")
    }
    assert refusals["objector-1"] == refusals["officer-1"]
    assert refusals["objector-1"][0]["code"] == "late"
    assert (refusals["agent-1"], refusals["recommender-1"], refusals["admin-1"]) == ([], [], [{}])


def test_a_reason_that_an_act_cites_shows_to_staff_alone() -> None:
    told = Story("application/r/0009").tell(story.AGENT, story.make_application_submitted(1))
    told.tell(story.AGENT.with_(reason=story.ref("of-another")), story.make_application_submitted(2))
    for name, shown in (("agent-1", False), ("recommender-1", False), ("officer-1", True)):
        viewer = viewer_of(told, name)
        assert ("of-another" in list_seen(told, viewer)) is shown
        assert may_read_content("of-another", viewer, told.state, told.leaves) is shown
    assert may_read_content("form-1", viewer_of(told, "agent-1"), told.state, told.leaves)


def test_who_was_reported_does_not_see_it_even_as_staff() -> None:
    told = Story("application/r/0009").tell(story.AGENT, story.make_application_submitted(1))
    report = a.ConflictReported(report="report-1", expert="supervisor-2", text=story.ref("report-text"))
    told.tell(story.OFFICER, report)
    ruled = a.ConflictRuled(report="report-1", upheld=False, text=story.ref("ruling-text"))
    told.tell(story.SUPERVISOR, ruled)
    assert not REPORT & list_seen(told, viewer_of(told, "supervisor-2"))
    assert REPORT & list_seen(told, viewer_of(told, "supervisor-1")) == REPORT


def test_a_party_is_not_staff_of_the_same_application() -> None:
    told = Story("application/r/0009").tell(story.AGENT, story.make_application_submitted(1))
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
    told = Story("application/r/0009").tell(story.AGENT, story.make_application_submitted(1))

    def may(code: str) -> bool:
        viewer = viewer_of(told, "agent-of-unit", recommender=(code,))
        assert viewer.standings in ({Standing.RECOMMENDER}, {Standing.PARTICIPANT})
        return bool(views(told, viewer))

    assert (may(regional.code), may(other.code), may(direct.code)) == (True, False, True)
    told.tell(SYSTEM, a.RecommendationTaken(unit=direct.code, revision=1, agent="agent-of-unit"))
    assert (may(regional.code), may(other.code), may(direct.code)) == (False, False, True)


def test_a_co_builder_sees_what_it_confirms_as_long_as_it_is_one() -> None:
    told = Story("application/r/0009").tell(story.AGENT, story.make_application_submitted(1))
    of_unit = story.PARTNER_FACT
    assert relation(told.state, "partner-1", of_unit, RULES).standings == {Standing.CO_BUILDER}
    viewer = relation(told.state, "partner-1", of_unit, RULES)
    assert viewer.acts_for(story.CO_BUILDER, Role.APPLICANT)
    assert not viewer.acts_for(story.CO_BUILDER, Role.RECOMMENDER)
    assert not viewer.acts_for("", Role.APPLICANT)
    row = row_of(told.state)
    assert isinstance(row, ApplicationRow)
    assert row_relation(row, "partner-1", of_unit, RULES) == relation(told.state, "partner-1", of_unit, RULES)
    for fact in (of_unit.with_(employer="another"), of_unit.with_(roles={"expert": ()})):
        assert relation(told.state, "partner-1", fact, RULES).standings == {Standing.PARTICIPANT}
        assert row_relation(row, "partner-1", fact, RULES).standings == {Standing.PARTICIPANT}
    assert {"form-1", "agreement"} <= list_seen(told, relation(told.state, "partner-1", of_unit, RULES))
    alone = replace(story.submission("form-2"), co_builders=())
    told.tell(story.AGENT, story.make_application_submitted(2).with_(submission=alone))
    assert views(told, relation(told.state, "partner-1", of_unit, RULES)) == []


def test_a_unit_of_recommenders_that_builds_too_sees_no_more_by_it() -> None:
    """A code that names both a co-builder and a recommending unit gives nobody the other's place."""
    regional = next(item for item in RULES.recommenders if item.region == "CN-BJ")
    told = Story("application/r/0009").tell(story.AGENT, story.make_application_submitted(1))
    employed = story.PARTNER_FACT.with_(employer=regional.code)
    assert relation(told.state, "partner-1", employed, RULES).standings == {Standing.PARTICIPANT}


def test_a_round_publishes_its_course_and_never_the_secret_of_a_draw() -> None:
    viewer = viewer_of(ROUND, "agent-1", applicant=())
    assert viewer.standings == {Standing.PARTICIPANT}
    shown = list_seen(ROUND, viewer)
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
    assert view_entry(leaf, viewer_of(MAIN, "officer-1"), MAIN.state) is None


# Rows, tasks, contents.
