"""A reviewer's own correction: taken until the panel's score is fixed, and telling nobody whether it is."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import Stage
from selection.refusals.refused import Refused
from tests import factories as f, paths
from tests.desk import Desk

SECOND = timedelta(seconds=1)
ONE, TWO = f.actor("expert-1"), f.actor("expert-2")


def reviewing(*reviewed: int, **panel: Any) -> Desk:
    """A panel that accepted, of which these have reviewed."""
    terms = f.terms(panel={**f.RULES_DATA["panel"], **panel})
    desk = paths.application_in(Stage.REVIEW, terms)
    for number in range(1, 8):
        desk.act(f.accept(), f.actor(f.expert(number)))
    for number in reviewed or (1,):
        desk.act(f.review("20"), f.actor(f.expert(number)))
    return desk


def fix_score() -> Desk:
    return paths.application_in(Stage.SCORED)


def test_a_correction_stands_beside_the_review_and_counts() -> None:
    desk = reviewing(*range(1, 7))
    assert desk.act(f.correct("20", technical="25"), ONE) == (
        e.ReviewCorrected(
            seat=1,
            expert="expert-1",
            scores=f.scores("20", technical="25"),
            total=Decimal(85),
            form=f.review_form(),
            number=1,
            former_total=Decimal(80),
            reason=f.ref("reason"),
        ),
    )
    kinds = [leaf.type for leaf in desk.leaves if leaf.data.get("expert") == "expert-1"]
    assert kinds[-2:] == [e.ReviewSubmitted.TYPE, e.ReviewCorrected.TYPE]
    desk.act(f.correct("10", number=2), ONE)
    _, scored = desk.act(f.review("20"), f.actor("expert-7"))
    # Totals 40 and six times 80; the ends dropped.
    assert isinstance(scored, e.ApplicationScored)
    assert (scored.valid, scored.mean, scored.untrimmed) == (7, "80/1", "520/7")


def test_nobody_gets_a_letter_or_a_task_of_it() -> None:
    desk = reviewing()
    sent, awaited = len(desk.sent), paths.experts(desk, "accepted")
    desk.act(f.correct("21"), ONE)
    assert (len(desk.sent), paths.experts(desk, "accepted")) == (sent, awaited)


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (f.OFFICER, "not-entitled"),
        (f.SUPERVISOR, "not-entitled"),
        (f.APPLICANT, "not-entitled"),
        (Actor(person="expert-1", role=Role.CHAIR), "not-entitled"),
        (Actor(person="officer-1", role=Role.EXPERT), "not-entitled"),
        (f.actor("expert-8"), "not-entitled"),
        (TWO, "not-reviewed"),
    ],
)
def test_only_who_submitted_corrects(actor: Actor, code: str) -> None:
    desk = reviewing()
    desk.act(c.AppointChair(chair="expert-1", reason=f.ref("why")), f.OFFICER)
    assert desk.refuse(f.correct("21"), actor) == code


def test_the_chair_corrects_their_own_review_and_no_other() -> None:
    desk = reviewing(1, 2)
    desk.act(c.AppointChair(chair="expert-2", reason=f.ref("why")), f.OFFICER)
    desk.act(f.correct("21"), TWO)
    assert [item.corrections for item in desk.state.valid_reviews] == [0, 1]


def test_who_left_the_seat_corrects_nothing_and_who_follows_only_their_own() -> None:
    desk = reviewing()
    desk.act(c.DeclareConflict(text=f.ref()), ONE)
    assert desk.refuse(f.correct("21"), ONE) == "seat-closed"
    follower = f.actor("expert-8")
    assert desk.refuse(f.correct("21"), follower) == "not-reviewed"
    desk.act(f.accept(), follower)
    assert desk.refuse(f.correct("21"), follower) == "not-reviewed"
    desk.act(f.review("18"), follower)
    assert desk.act(f.correct("19"), follower)


def test_who_was_found_in_conflict_corrects_nothing() -> None:
    desk = reviewing()
    desk.act(f.report_conflict("expert-1"), f.OFFICER)
    desk.act(f.rule(upheld=True), f.SUPERVISOR)
    assert desk.refuse(f.correct("21"), ONE) == "conflict-upheld"


def test_who_was_deactivated_or_erased_corrects_nothing() -> None:
    desk = reviewing()
    gone = f.person("expert-1", "expert", active=False)
    desk.world = desk.world.with_(people={**desk.world.people, "expert-1": gone})
    assert desk.refuse(f.correct("21"), ONE) == "not-entitled"


def test_a_correction_ends_at_the_deadline_without_grace_and_moves_with_it() -> None:
    desk = reviewing()
    until = f.deadline("review")
    desk.world = desk.world.with_(contents=f.list_stored(until - SECOND, "review", "reason"))
    paths.extend(desk, "review", until + f.DAY)
    assert desk.act(f.correct("21"), ONE, until)
    assert desk.refuse(f.correct("22", number=2), ONE, until + f.DAY) == "late"


def test_a_correction_says_everything_anew() -> None:
    desk = reviewing()
    less = {key: value for key, value in f.scores("21").items() if key != "technical"}
    partial = c.CorrectReview(scores=less, form=f.review_form(), number=1, reason=f.ref("reason"))
    assert desk.refuse(partial, ONE) == "missing"
    assert desk.refuse(f.correct("20.25"), ONE) == "score-outside"
    assert desk.refuse(f.correct("20"), ONE) == "nothing-corrected"
    without = f.correct("21").model_dump(mode="json")
    del without["reason"]
    assert desk.refuse(without, ONE) == "unreadable"


def test_an_older_correction_that_comes_again_replaces_nothing() -> None:
    desk = reviewing()
    first = f.correct("21")
    desk.act(first, ONE)
    assert desk.refuse(first, ONE) == "other-correction"
    desk.act(f.correct("22", number=2), ONE)
    assert desk.refuse(first, ONE) == "other-correction"
    assert desk.refuse(f.correct("23", number=4), ONE) == "other-correction"
    assert desk.state.review_of("expert-1").total == 88


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_the_rules_may_bound_how_often(limit: int) -> None:
    desk = reviewing(corrections_max=limit)
    for number in range(1, limit + 1):
        desk.act(f.correct(str(number), number=number), ONE)
    assert desk.refuse(f.correct("21", number=limit + 1), ONE) == "corrections-used-up"


def test_after_the_score_is_fixed_nothing_is_corrected() -> None:
    desk = fix_score()
    before = desk.state.reviews
    assert desk.refuse(f.correct("25"), ONE) == "correction-closed"
    assert desk.state.reviews == before


@pytest.mark.parametrize("stage", [Stage.SURVEY, Stage.APPRAISAL, Stage.NOTICE, Stage.CLEARED])
def test_nor_later_even_when_a_conflict_took_the_score_away(stage: Stage) -> None:
    desk = paths.application_in(stage)
    assert desk.refuse(f.correct("25"), ONE) == "wrong-stage"


def test_a_score_that_a_conflict_took_away_is_open_to_the_others_corrections() -> None:
    desk = fix_score()
    desk.act(f.report_conflict("expert-2"), f.OFFICER)
    desk.act(f.rule(upheld=True), f.SUPERVISOR)
    assert desk.act(f.correct("25"), ONE)
    paths.review_all(desk)
    assert desk.state.score is not None
    assert desk.refuse(f.correct("24", number=2), ONE) == "correction-closed"


def test_what_could_not_count_is_answered_the_same_whether_the_score_is_fixed_or_not() -> None:
    """Who would know whether all are done has to put a real correction on the record."""
    less = {key: value for key, value in f.scores("21").items() if key != "technical"}
    probes: list[tuple[Any, Actor, Any]] = [
        (c.CorrectReview(scores=less, form=f.review_form(), number=1, reason=f.ref("reason")), ONE, None),
        (f.correct("99"), ONE, None),
        (f.correct("20"), ONE, None),
        (f.correct("21", number=7), ONE, None),
        (f.correct("21").model_copy(update={"form": f.review_form(told=f.ref("of-another"))}), ONE, None),
        (f.correct("21").model_copy(update={"reason": f.ref("of-another")}), ONE, None),
        (f.correct("21"), ONE, f.deadline("review")),
        (f.correct("21"), f.actor("expert-9"), None),
    ]
    for command, actor, at in probes:
        told = [_read_refusal(desk, command, actor, at) for desk in (reviewing(1), fix_score())]
        assert told[0] == told[1], command
        assert told[0][0] != "correction-closed"


def _read_refusal(desk: Desk, command: Any, actor: Actor, at: Any) -> tuple[str, dict[str, str]]:
    unknown = f.list_stored(desk.now, "of-another")["of-another"].model_copy(update={"sha256": "0" * 64})
    desk.world = desk.world.with_(contents={**desk.world.contents, "of-another": unknown})
    with pytest.raises(Refused) as refused:
        desk.act(command, actor, at)
    return refused.value.code, refused.value.params
