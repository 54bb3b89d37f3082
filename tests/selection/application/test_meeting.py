"""The panel's meeting: its chair opens and closes the vote, and nobody votes but each member for themselves."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from selection.application import commands as c, events as e
from selection.kernel.actor import Role
from selection.kernel.stages import Stage
from selection.process.letter import Letter
from selection.projections.open_tasks import tasks_of
from tests import factories as f, paths
from tests.desk import Desk

PRESENT = tuple(map(f.expert, range(1, 8)))
CHAIR = f.actor("expert-1", Role.CHAIR)


def with_chair() -> Desk:
    desk = paths.application_in(Stage.APPRAISAL)
    desk.act(c.AppointChair(chair="expert-1", reason=f.ref("why")), f.OFFICER)
    return desk


def with_vote(present: tuple[str, ...] = PRESENT, **changes: Any) -> Desk:
    desk = with_chair()
    desk.act(f.meeting(present, **changes), CHAIR)
    return desk


def list_awaited(desk: Desk) -> list[tuple[str, str | None]]:
    return [(task.kind, task.person) for task in tasks_of(desk.state)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"present": (*PRESENT, "expert-20")}, "no-such-seat"),
        ({"aside": ("expert-20",)}, "no-such-seat"),
        ({"aside": PRESENT[:3]}, "too-few"),
        ({"score": "99"}, "unreadable"),
        ({"votes_for": 7}, "unreadable"),
        ({"dissents": []}, "unreadable"),
    ],
)
def test_a_meeting_that_cannot_be_is_not_opened(changes: dict[str, Any], code: str) -> None:
    body = f.meeting(PRESENT).model_dump(mode="json") | changes
    assert with_chair().refuse(body, CHAIR) == code


def test_the_record_says_what_the_members_voted() -> None:
    desk = with_vote(aside=("expert-7",))
    for person in PRESENT[:4]:
        desk.act(f.vote(), f.actor(person))
    desk.act(f.vote("against", dissent=f.ref("dissent"), score="60"), f.actor("expert-5"))
    assert list_awaited(desk) == [("vote", "expert-6")]
    assert desk.refuse(f.appraisal(), CHAIR) == "votes-awaited"
    desk.act(f.vote("abstained"), f.actor("expert-6"))
    assert list_awaited(desk) == [("close-appraisal", "expert-1")]
    assert desk.act(f.appraisal(), CHAIR) == (
        e.AppraisalRecorded(
            present=PRESENT,
            aside=("expert-7",),
            score=Decimal("81.5"),
            votes_for=4,
            votes_against=1,
            abstained=1,
            dissents=(e.Dissent(expert="expert-5", text=f.ref("dissent")),),
            text=f.ref("minutes"),
        ),
    )


def test_the_chair_writes_down_nobodys_votes_or_dissents() -> None:
    body = f.appraisal().model_dump(mode="json")
    beside: tuple[dict[str, Any], ...] = ({"votes_for": 7}, {"dissents": []}, {"present": list(PRESENT)})
    for told in beside:
        assert with_vote().refuse({**body, **told}, CHAIR) == "unreadable"


def test_a_vote_is_cast_by_a_member_who_was_there_for_themselves_and_once() -> None:
    desk = with_vote(aside=("expert-7",))
    assert desk.refuse(f.vote(), CHAIR) == "not-entitled", "as chair"
    assert desk.refuse(f.vote(), f.actor("expert-7")) == "no-vote"
    assert desk.refuse(f.vote(), f.actor("expert-9")) == "not-entitled"
    [cast] = desk.act(f.vote("against", score="60.5"), f.actor("expert-1"))
    assert cast == e.VoteCast(meeting=1, expert="expert-1", vote="against", score=Decimal("60.5"))
    assert desk.refuse(f.vote(), f.actor("expert-1")) == "already-done"


def test_a_vote_opened_anew_is_cast_anew_for_a_reason_and_by_everybody_who_was_asked() -> None:
    desk = with_vote()
    assert desk.refuse(f.vote(meeting=2), f.actor("expert-1")) == "meeting-changed"
    for person in PRESENT[:4]:
        desk.act(f.vote(), f.actor(person))
    for person in PRESENT[4:6]:
        desk.act(f.vote("against"), f.actor(person))
    why: dict[str, Any] = {"reason": f.ref("why")}
    assert desk.refuse(f.meeting(PRESENT), CHAIR) == "anew-without-reason"
    # Five for and two against would become five for and none.
    assert desk.refuse(f.meeting(PRESENT[:5], **why), CHAIR) == "voter-left-out"
    assert desk.refuse(f.meeting(PRESENT, aside=PRESENT[5:6], **why), CHAIR) == "voter-left-out"
    # Nor is who was asked and has not voted yet: their vote is the one that is still to be feared.
    assert desk.refuse(f.meeting(PRESENT[:6], **why), CHAIR) == "voter-left-out"
    desk.now = f.TERMS.end("invitation", desk.state.meeting.at)
    desk.act(f.meeting(PRESENT[:6], **why), CHAIR)
    assert desk.refuse(f.vote(meeting=1), f.actor("expert-1")) == "meeting-changed"
    assert desk.refuse(f.appraisal(1), CHAIR) == "meeting-changed"
    assert desk.refuse(f.appraisal(2), CHAIR) == "votes-awaited"
    for person in PRESENT[:5]:
        desk.act(f.vote(meeting=2), f.actor(person))
    # Nor is anybody dropped by opening it twice: whoever does not come again has the days of an invitation.
    assert desk.refuse(f.meeting(PRESENT[:5], **why), CHAIR) == "voter-left-out"
    desk.act(f.meeting(PRESENT[:6], **why), CHAIR)
    for person in PRESENT[:5]:
        desk.act(f.vote(meeting=3), f.actor(person))
    desk.now = f.TERMS.end("invitation", desk.state.meeting.at) - timedelta(seconds=1)
    assert desk.refuse(f.meeting(PRESENT[:5], **why), CHAIR) == "voter-left-out"
    desk.now += timedelta(seconds=1)
    assert desk.refuse(f.meeting((*PRESENT[1:4], *PRESENT[5:]), **why), CHAIR) == "voter-left-out"
    desk.act(f.meeting(PRESENT[:5], **why), CHAIR)
    for person in PRESENT[:5]:
        desk.act(f.vote(meeting=4), f.actor(person))
    assert desk.act(f.appraisal(4), CHAIR)


def test_who_was_asked_to_vote_is_not_dropped_before_they_vote() -> None:
    desk = with_vote()
    # Two tell the chair that they are against it, and before anybody voted the vote is opened without them.
    assert desk.refuse(f.meeting(PRESENT[:5]), CHAIR) == "voter-left-out"
    assert desk.refuse(f.meeting(PRESENT, aside=PRESENT[5:]), CHAIR) == "voter-left-out"
    desk.act(f.meeting(PRESENT), CHAIR)
    desk.now = f.TERMS.end("invitation", desk.state.meeting.at) - timedelta(seconds=1)
    assert desk.refuse(f.meeting(PRESENT[:5]), CHAIR) == "voter-left-out"
    desk.now += timedelta(seconds=1)
    assert desk.act(f.meeting(PRESENT[:5]), CHAIR)


def test_a_member_without_a_vote_is_told_so() -> None:
    desk = with_vote(present=PRESENT[:6], aside=PRESENT[5:6])
    told = {letter.to: letter.template for letter in desk.sent if isinstance(letter, Letter)}
    assert [told[person] for person in PRESENT] == [*["vote"] * 5, "without-vote", "without-vote"]


def test_nobody_votes_and_nothing_is_recorded_before_the_chair_opened_the_vote() -> None:
    desk = with_chair()
    assert desk.refuse(f.vote(), f.actor("expert-1")) == "no-meeting"
    assert desk.refuse(f.appraisal(), CHAIR) == "no-meeting"
    assert (
        desk.refuse(f.meeting(PRESENT), f.actor("expert-1", Role.CHAIR).with_(person="expert-2"))
        == "not-entitled"
    )


def test_who_has_a_conflict_since_they_voted_does_not_count() -> None:
    desk = with_vote()
    for person in PRESENT:
        desk.act(f.vote(), f.actor(person))
    desk.act(f.report_conflict("expert-2"), f.OFFICER)
    desk.act(f.rule(upheld=True), f.SUPERVISOR)
    assert desk.refuse(f.appraisal(), CHAIR) == "no-such-seat"
    others = tuple(person for person in PRESENT if person != "expert-2")
    desk.act(f.meeting(others, reason=f.ref("why")), CHAIR)
    assert desk.refuse(f.vote(meeting=2), f.actor("expert-2")) == "conflict-upheld"


def vote_each(*scores: str, **rules: Any) -> Desk:
    """A meeting of as many members, whose scores are these; the first of whom is the chair."""
    desk = with_chair()
    terms = f.TERMS.with_(appraisal=f.TERMS.appraisal.with_(**rules))
    desk.world = desk.world.with_(terms=terms)
    desk.act(f.meeting(PRESENT), CHAIR)
    for person, score in zip(PRESENT, scores, strict=True):
        desk.act(f.vote("for" if score else "abstained", score=score or "0"), f.actor(person))
    return desk


def record_score(desk: Desk, **changes: Any) -> Decimal:
    [recorded] = desk.act(f.appraisal(**changes), CHAIR)
    assert isinstance(recorded, e.AppraisalRecorded)
    return recorded.score


def test_the_agreed_score_is_what_the_members_own_come_to_and_not_the_chair_s() -> None:
    assert record_score(vote_each("99", "80", "80.01", "80.02", "80.03", "78", "79")) == Decimal("80.01")
    assert record_score(vote_each("99", "80", "80.01", "80.02", "80.03", "78", "")) == Decimal("80.02")
    assert record_score(vote_each("99", "80", "80", "80", "80", "78", "78", agreed="mean")) == Decimal(
        "82.14"
    )


def test_where_all_abstain_the_agreed_score_is_the_reviews_mean() -> None:
    assert record_score(vote_each(*[""] * 7)) == 80


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (f.vote(score="100.01"), "score-outside"),
        (f.vote().with_(score=None), "score-with-vote"),
        (f.vote("abstained").with_(score=Decimal(80)), "score-with-vote"),
        ({"kind": "cast-vote", "meeting": 1, "vote": "for", "score": "81.555"}, "unreadable"),
    ],
)
def test_a_vote_for_or_against_states_a_score_on_the_scale(body: Any, code: str) -> None:
    assert with_vote().refuse(body, f.actor("expert-2")) == code


def test_a_score_far_from_the_reviews_mean_needs_a_reason() -> None:
    assert vote_each(*["90.01"] * 7).refuse(f.appraisal(), CHAIR) == "far-from-mean"
    assert vote_each(*["69.99"] * 7).refuse(f.appraisal(), CHAIR) == "far-from-mean"
    assert record_score(vote_each(*["90"] * 7)) == 90
    [recorded] = vote_each(*["99"] * 7).act(f.appraisal(reason=f.ref("far")), CHAIR)
    assert isinstance(recorded, e.AppraisalRecorded)
    assert recorded.reason == f.ref("far")


def test_the_distance_is_the_rules_choice() -> None:
    assert (
        vote_each(*["80.01"] * 7, reason_beyond_percent=Decimal(0)).refuse(f.appraisal(), CHAIR)
        == "far-from-mean"
    )
    assert record_score(vote_each(*["80"] * 7, reason_beyond_percent=Decimal(0))) == 80
