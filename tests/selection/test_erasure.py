from datetime import UTC, datetime
from typing import Any

from selection.application import commands as c
from selection.kernel.actor import Actor, Role
from selection.kernel.leaf import Leaf
from selection.kernel.stages import RoundStage, Stage
from selection.projections.erasable import personal_contents
from selection.projections.rows import ApplicationRow, row_of
from selection.projections.taking_part import list_taking_part
from tests import factories as f, paths
from tests.desk import Desk
from tests.selection.requests.test_fresh_panel import RECORD as REMEDY, draw_panel, order_panel
from tests.selection.requests.test_requesting import decider, find

AT = datetime(2025, 3, 1, tzinfo=UTC)


def ref(name: str) -> dict[str, str]:
    return {"id": name, "sha256": "ab" * 32}


def leaf(kind: str, who: str, role: Role, **data: Any) -> Leaf:
    return Leaf(
        type=kind,
        stream="application/r/0001",
        version=1,
        actor=Actor(person=who, role=role),
        at=AT,
        recorded=AT,
        register_size=0,
        rules="",
        data=data,
    )


def personal(name: str, person: str) -> dict[str, Any]:
    return {"answer": name, "content": ref(name), "person": person}


RECORD = (
    leaf("application.submitted.v1", "host", Role.APPLICANT, submission={"form": ref("form"), "seals": None}),
    leaf("application.withdrawn.v1", "host", Role.APPLICANT, reason=ref("second-thoughts")),
    leaf("panel.invitation-accepted.v1", "expert", Role.EXPERT, pledge=ref("pledge")),
    leaf(
        "review.submitted.v1",
        "expert",
        Role.EXPERT,
        form={"answers": ref("review"), "told": ref("told"), "personal": [personal("about", "guest")]},
    ),
    leaf(
        "survey.reported.v1",
        "lead",
        Role.SURVEYOR,
        findings={"technical": ref("finding")},
        form={
            "answers": ref("survey"),
            "told": None,
            "personal": [personal("met", ""), personal("met-guest", "guest")],
        },
    ),
    leaf("conflict.reported.v1", "host", Role.APPLICANT, report="a", expert="expert", text=ref("said-of")),
    leaf("conflict.ruled.v1", "sup", Role.SUPERVISOR, report="a", upheld=True, text=ref("ruled-of")),
    leaf("conflict.reported.v1", "host", Role.APPLICANT, report="b", expert="other", text=ref("of-other")),
    leaf("conflict.ruled.v1", "sup", Role.SUPERVISOR, report="b", upheld=True, text=ref("ruling-b")),
    leaf(
        "appraisal.recorded.v1",
        "chair",
        Role.CHAIR,
        text=ref("minutes"),
        dissents=[{"expert": "expert", "text": ref("dissent")}],
    ),
    leaf("objection.raised.v1", "objector", Role.OBJECTOR, text=ref("objection"), evidence=[ref("proof")]),
    leaf("application.check-failed.v1", "officer", Role.OFFICER, text=ref("reasons")),
)


def list_gone(person: str, *stored: str) -> set[str]:
    return set(personal_contents(RECORD, person, frozenset(stored)))


def test_of_a_reviewer_goes_all_they_said_and_all_that_was_said_of_them() -> None:
    assert list_gone("expert", "pledge", "review", "told", "never-used") == {
        *("pledge", "review", "told", "never-used", "said-of", "ruled-of", "dissent")
    }


def test_of_a_person_goes_what_others_answered_about_them_and_the_rest_of_the_form_stays() -> None:
    assert list_gone("guest") == {"about", "met-guest"}


def test_of_who_answered_in_an_office_goes_what_they_brought_in_about_people_without_an_id() -> None:
    assert list_gone("lead", "finding", "survey", "met", "met-guest") == {"met"}


def test_the_documents_of_a_host_unit_stay_and_what_its_agent_said_goes() -> None:
    assert list_gone("host", "form", "second-thoughts", "said-of", "of-other") == {
        *("second-thoughts", "said-of", "of-other")
    }


def test_of_an_objector_text_and_evidence_go() -> None:
    assert list_gone("objector", "objection", "proof") == {"objection", "proof"}


def test_what_was_said_in_an_office_stays() -> None:
    assert (
        list_gone("officer", "reasons")
        == list_gone("sup", "ruled-of", "ruling-b")
        == list_gone("chair", "minutes")
        == set()
    )


def test_the_reason_of_an_act_in_office_stays() -> None:
    given = leaf("x", "admin", Role.ADMIN).model_copy(
        update={"actor": Actor(person="admin", role=Role.ADMIN, reason=f.ref("why"))}
    )
    assert personal_contents([given], "admin", frozenset({given.actor.reason.id, "draft"})) == ("draft",)  # type: ignore[union-attr]


def test_what_a_person_stored_goes_wherever_others_cite_it() -> None:
    citing = (
        leaf("application.submitted.v1", "host", Role.APPLICANT, submission={"evidence": [ref("review")]}),
        leaf("application.check-failed.v1", "officer", Role.OFFICER, text=ref("pledge")),
    )
    stored = frozenset({"review", "pledge"})
    assert stored <= set(personal_contents((*RECORD, *citing), "expert", stored))


def test_the_documents_of_a_host_unit_stay_though_an_officer_cites_them() -> None:
    citing = leaf("application.check-failed.v1", "officer", Role.OFFICER, text=ref("form"))
    assert "form" not in personal_contents((*RECORD, citing), "host", frozenset({"form"}))
    assert "form" not in personal_contents((*RECORD, citing), "officer", frozenset())


def answers(place: str, name: str, person: str = "") -> dict[str, Any]:
    return {"answer": place, "content": ref(name), "person": person}


def test_personal_answers_go_with_whom_they_name_or_with_who_handed_them_in() -> None:
    personal = [
        answers("leader", "leader", "expert"),
        answers("team[0]", "team-0"),
        answers("contact", "self", "host"),
    ]
    submission = {"form": ref("form"), "evidence": [ref("proof")], "personal": personal}
    record = [leaf("application.submitted.v1", "host", Role.APPLICANT, submission=submission)]
    stored = frozenset({"form", "proof", "leader", "team-0", "self"})
    assert personal_contents(record, "expert", frozenset()) == ("leader",)
    assert personal_contents(record, "host", stored) == ("self", "team-0")
    assert personal_contents(record, "other", frozenset()) == ()


def show_row(desk: Desk) -> ApplicationRow:
    row = row_of(desk.state)
    assert isinstance(row, ApplicationRow)
    return row


def test_who_takes_part_in_what_may_be_taken_up_again_still_has_a_duty() -> None:
    """Attack: an applicant was erased between a check and its reversal, and a panel got a version without contents."""
    desk = paths.application_in(Stage.CHECKING)
    desk.act(c.FailCheck(revision=1, grounds=("excluded-field",), text=f.ref()), f.OFFICER)
    checking, surveying = (paths.round_in(stage).state for stage in (RoundStage.CHECKING, RoundStage.SURVEY))
    assert list_taking_part(["applicant-1"], show_row(desk), checking)
    assert not list_taking_part(["expert-1"], show_row(desk), checking)
    # No panel is drawn for it any more.
    assert not list_taking_part(["applicant-1"], show_row(desk), surveying)


def test_who_gave_up_has_no_duty() -> None:
    desk = paths.application_in(Stage.CHECKING)
    desk.act(c.GiveUp(reason=f.ref()), f.APPLICANT)
    assert not list_taking_part(["applicant-1"], show_row(desk), paths.round_in(RoundStage.CHECKING).state)


def test_who_reviews_for_a_request_after_the_list_has_a_duty_until_it_is_decided_and_carried_out() -> None:
    issued = paths.round_in(RoundStage.ISSUED).state
    desk = draw_panel(order_panel())
    paths.review_all(desk, "25")
    (reviewer, *_) = show_row(desk).reviewers
    assert list_taking_part([reviewer], show_row(desk), issued)
    for person in ("examiner-1", "examiner-2"):
        desk.act(find(remedy="place-given"), decider(person))
    assert list_taking_part([reviewer], show_row(desk), issued)
    desk.act(REMEDY, f.OFFICER)
    assert not list_taking_part([reviewer], show_row(desk), issued)
