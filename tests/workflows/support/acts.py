"""The acts of a round that the three modes are compared by: what people send, stage by stage."""

from dataclasses import replace
from datetime import timedelta

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.recommendation.commands import Recommend, WithdrawRecommendation
from selection.round.commands import ExtendDeadline
from tests import factories as f
from tests.draws import commit_draw, enter_numbers, open_draw
from tests.workflows.support.acting import Act, Stage, interleave
from tests.workflows.support.installation import ROUND, TODAY, Installation, application, unit_list
from tests.workflows.support.messages import envelope

ONE, TWO, THREE = (application(number) for number in (1, 2, 3))
BJ, UNIT = unit_list("bj"), unit_list("unit-1")
GARBAGE = b'{"command_id": "g-1", "actor'


def by(actor: str, command: object, stream: str, command_id: str, **how: object) -> Act:
    """An act of a person whose id begins with the role; who is drawn acts as an expert, and one of them as chair.

    A command id names the stream too, as it belongs to a person and not to a stream.
    """
    expert = type(command) in (c.AcceptInvitation, c.DeclineInvitation, c.SubmitReview, c.CastVote)
    chair = isinstance(command, c.OpenAppraisal | c.RecordAppraisal)
    who = f.actor(actor, "expert" if expert else Role.CHAIR if chair else None)
    return Act(stream, envelope(stream, command, who, f"{command_id}:{stream.rpartition('/')[2]}"), **how)  # type: ignore[arg-type]


def intake(stream: str) -> list[Act]:
    """Submit, edit, withdraw, submit again; the same ids by update and by signal; what is no act at all."""
    who = "applicant-1"
    edited = f.submit(staff=40)
    return [
        by(who, f.submit(), stream, "submit-1", starts="Application"),
        by(who, edited, stream, "edit-1"),
        by(who, edited, stream, "edit-1", as_signal=True),
        by(who, edited, stream, "edit-1"),
        Act(stream, GARBAGE),
        by(who, edited, stream, "edit-2"),
        by(who, c.Withdraw(), stream, "withdraw-1", as_signal=True),
        by("officer-1", c.PassCheck(revision=1), stream, "check-early"),
        Act(stream, GARBAGE, name="no-such-act"),
        by(who, f.submit(staff=41), stream, "submit-2"),
        by("applicant-2", c.Withdraw(), stream, "withdraw-2"),
        Act(stream, b"\xff", name="no-such-act", as_signal=True),
    ]


def short_intake(stream: str, count: int = 3) -> list[Act]:
    """Versions of one application, and nothing else."""
    versions = [f.submit(staff=30 + number) for number in range(count)]
    first, *edits = (by("applicant-1", item, stream, f"submit-{n}") for n, item in enumerate(versions))
    return [replace(first, starts="Application"), *edits]


def recommend(unit: str, agent: str, number: int, command_id: str, **how: object) -> Act:
    command = Recommend(application=f"{number:04d}", revision=3)
    return by(agent, command, unit_list(unit), command_id, starts="Recommender", **how)


async def recommendations(stage: Stage) -> None:
    """Two units want the first application, the second of them gives it up; one wants more than its quota.

    The submission deadline moves meanwhile, of which nobody tells the applications.
    """
    later = ExtendDeadline(
        cause="organiser", name="submission", until=TODAY + timedelta(days=40), reason=f.ref()
    )
    await stage.send_all(
        [
            recommend("bj", "recommender-2", 1, "rec-0"),
            by("officer-1", later, ROUND, "extend-1"),
            recommend("unit-1", "recommender-1", 2, "rec-0"),
        ]
    )
    taken = len([act for act in intake(ONE) if not act.as_signal])
    bj, unit = recommend("bj", "recommender-1", 1, "rec-1"), recommend("unit-1", "recommender-2", 1, "rec-1")
    await stage.race(ONE, taken, bj, unit)
    await stage.send_all(
        interleave(
            3,
            [
                recommend("bj", "recommender-1", 2, "rec-2"),
                recommend("bj", "recommender-1", 3, "rec-3"),
                by("recommender-1", WithdrawRecommendation(application="0002"), BJ, "back-1"),
                recommend("bj", "recommender-1", 2, "rec-4"),
                recommend("bj", "recommender-1", 1, "rec-1"),
            ],
            [
                recommend("unit-1", "recommender-2", 3, "rec-3"),
                recommend("unit-1", "recommender-2", 2, "rec-4"),
            ],
        )
    )


def checks(stream: str, *, sent_back: bool) -> list[Act]:
    """Pass a check, beside which the other two stand: one agent hands in the same form for all."""
    twins = tuple(other.rpartition("/")[2] for other in (ONE, TWO, THREE) if other != stream)
    ruled = c.PassCheck(revision=2, rulings=("same-form",), twins=twins, text=f.ref("why"))
    current = ruled.with_(revision=4 if sent_back else 3)
    passed = [
        by("officer-1", ruled, stream, "check-old"),
        by("officer-1", current, stream, "check-1"),
        by("officer-2", current, stream, "check-2"),
    ]
    if not sent_back:
        return passed
    back = c.SendBack(faults=("evidence-unclear",), text=f.ref("faults"))
    mended = c.Mend(submission=f.submission(staff=50))
    return [
        by("officer-1", back, stream, "back-1"),
        by("applicant-1", mended, stream, "mend-1", as_signal=True),
        by("applicant-1", mended, stream, "mend-1"),
        *passed,
    ]


async def draw(stage: Stage, place: Installation) -> None:
    """Draw the panels of all that passed, through the round and its batch."""
    await place.handle(ROUND).signal("look")
    await place.until_version(ROUND, 5)
    # The same instant in every mode, so that all wait for the same numbers.
    since = place.deadline("recommendation") + timedelta(hours=2)
    await stage.send_all([by("officer-1", commit_draw("main", since, place.rules), ROUND, "commit-1")])
    public = (await place.state(ROUND)).draws["main"].public
    await place.move(public + timedelta(seconds=1), ROUND)
    await stage.send_all(
        [
            by("officer-1", enter_numbers(), ROUND, "enter-1"),
            by("officer-2", open_draw("other"), ROUND, "open-0"),
            by("officer-2", open_draw(), ROUND, "open-1"),
        ]
    )
    # The look after the batch counts who stands where: that is to be before anybody answers.
    await place.until_version(ROUND, 12)


def answers(stream: str, seats: list[str], alternates: list[str]) -> list[Act]:
    """One declines and an alternate steps in; an id comes twice, and someone who was never asked."""
    first, *others = seats
    accepting = (*others, alternates[0])
    return [
        by(first, c.DeclineInvitation(), stream, f"decline-{first}"),
        *(by(expert, f.accept(), stream, f"accept-{expert}") for expert in accepting),
        by(others[0], f.accept("other"), stream, f"accept-again-{others[0]}"),
        by("expert-24", f.accept(), stream, "accept-stranger"),
        by(others[2], f.review("26"), stream, f"review-high-{others[2]}"),
    ]


def reviews(stream: str, seats: list[str], alternates: list[str]) -> list[Act]:
    """All review, one of them by signal and by update; a conflict is upheld, and the last alternate declines."""
    _, second, third, fourth = seats
    acts = [by("officer-1", f.report_conflict(third), stream, "report-1")]
    for points, expert in zip(
        ("20", "21.5", "18", "19"), (second, third, fourth, alternates[0]), strict=True
    ):
        acts.append(by(expert, f.review(points), stream, f"review-{expert}", as_signal=expert == fourth))
    return [
        *acts,
        by(fourth, f.review("18"), stream, f"review-{fourth}"),
        by(second, f.review("25"), stream, f"review-more-{second}"),
        by("supervisor-1", f.rule("report-1", upheld=True), stream, "rule-1"),
        by(third, f.review("21.5"), stream, f"review-late-{third}"),
        by(alternates[1], c.DeclineInvitation(), stream, f"decline-{alternates[1]}"),
    ]


async def open_round(stage: Stage, place: Installation) -> None:
    opening = by("officer-1", f.open_round(place.rules), ROUND, "open-round", starts="Round")
    await stage.send_all([opening])


async def to_the_scores(stage: Stage, place: Installation) -> dict[str, list[str]]:
    """Send everything from the call to the fixed scores; return who reviewed what."""
    await open_round(stage, place)
    await stage.send_all(interleave(1, intake(ONE), short_intake(TWO), short_intake(THREE)))
    await recommendations(stage)
    after = place.deadline("recommendation") + timedelta(hours=1)
    await place.move(after, ONE, TWO, THREE, BJ, UNIT, ROUND)
    await place.until_version(ROUND, 4)
    failed = by(
        "officer-1", c.FailCheck(revision=3, grounds=("seals-missing",), text=f.ref()), THREE, "fail-1"
    )
    passed = (checks(ONE, sent_back=False), checks(TWO, sent_back=True))
    await stage.send_all(interleave(2, *passed, [failed]))
    await draw(stage, place)
    drawn, other = [await panel(place, stream) for stream in (ONE, TWO)]
    sitting = {ONE: [*drawn[1][1:4:2], drawn[2][0]], TWO: other[1]}
    accepting = [by(who, f.accept(), TWO, f"accept-{who}") for who in sitting[TWO]]
    reviewing = [by(who, f.review("15"), TWO, f"review-{who}") for who in sitting[TWO]]
    await stage.send_all(interleave(4, answers(*drawn), accepting))
    await stage.send_all(interleave(6, reviews(*drawn), reviewing))
    return sitting


async def panel(place: Installation, stream: str) -> tuple[str, list[str], list[str]]:
    """Who was drawn: seats and alternates."""
    entries = await place.ledger.reading.stream_entries(stream)
    data = next(entry.leaf.data for entry in entries if entry.leaf.type == "panel.seated.v1")
    return stream, [data["seats"][key] for key in sorted(data["seats"])], data["alternates"]
