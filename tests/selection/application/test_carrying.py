"""What others decided is carried out on an application only as the record has it, whoever names the decision."""

from collections.abc import Callable

import pytest
from hypothesis import given, strategies as st

from selection.application import commands as c
from selection.decision.facts import Facts, Seating
from selection.decision.reference import CitedDecision, Decision
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage, Stage
from selection.recommendation import commands as listed
from selection.refusals.refused import Refused
from selection.round import commands as r
from tests import factories as f, paths
from tests.desk import Desk

pytestmark = pytest.mark.long

ROUND_STREAM = f"round/{f.ROUND}"
NOT_ENTITLED = "not-entitled"
TOLD = paths.application_in(Stage.SUBMITTED)


def ask(cited: CitedDecision | None, number: str = "0001", **facts: dict[str, Seating]) -> Frozen | str:
    """What the core makes of a decision that somebody names: a command, or the code of a refusal."""
    desk = paths.application(number=number)
    try:
        return desk.aggregate.command_for(desk.state, Facts(cited=cited, **facts))
    except Refused as refused:
        return refused.code


def recommend(desk: Desk, number: str = "0001", revision: int = 1) -> int:
    """Recommend; return the version of the entry."""
    desk.act(listed.Recommend(application=number, revision=revision), f.RECOMMENDER)
    return int(desk.state.version)


def withdraw(desk: Desk, number: str = "0001") -> int:
    desk.act(listed.WithdrawRecommendation(application=number), f.RECOMMENDER)
    return int(desk.state.version)


def of_another_round(desk: Desk) -> None:
    """Make a desk's stream one of another round, as nobody's record could have it under this name."""
    desk.state = desk.state.with_(round="another")


# --- lists ----------------------------------------------------------------------------------------------------


def test_a_recommendation_in_force_is_taken() -> None:
    desk = paths.unit_list()
    version = recommend(desk, revision=3)
    assert ask(paths.cite(desk, version)) == c.TakeRecommendation(
        unit="bj", revision=3, agent="recommender-1"
    )


def test_a_withdrawal_in_force_is_carried_out() -> None:
    desk = paths.unit_list()
    recommend(desk)
    assert ask(paths.cite(desk, withdraw(desk))) == c.ReleaseRecommendation(unit="bj")


def test_a_recommendation_is_not_taken_once_it_was_withdrawn_or_made_anew() -> None:
    desk = paths.unit_list()
    first = recommend(desk)
    withdraw(desk)
    assert ask(paths.cite(desk, first)) == NOT_ENTITLED
    second = recommend(desk)
    assert ask(paths.cite(desk, first)) == NOT_ENTITLED
    assert ask(paths.cite(desk, second)) == f.take()


def test_an_old_withdrawal_does_not_undo_a_new_recommendation() -> None:
    desk = paths.unit_list()
    recommend(desk)
    withdrawn = withdraw(desk)
    recommend(desk)
    assert ask(paths.cite(desk, withdrawn)) == NOT_ENTITLED


def test_a_recommendation_that_was_freed_is_not_taken() -> None:
    desk = paths.unit_list()
    version = recommend(desk)
    desk.act(listed.FreeRecommendation(application="0001", revision=1, why="edited"))
    assert ask(paths.cite(desk, version)) == NOT_ENTITLED
    assert ask(paths.cite(desk, desk.state.version)) == NOT_ENTITLED


def test_what_a_list_decided_of_another_application_asks_nothing() -> None:
    desk = paths.unit_list()
    recommend(desk)
    other = recommend(desk, "0002")
    assert ask(paths.cite(desk, other)) == NOT_ENTITLED
    assert ask(paths.cite(desk, withdraw(desk, "0002")), "0003") == NOT_ENTITLED


def test_only_entries_that_put_on_or_take_off_ask_anything() -> None:
    desk = paths.unit_list()
    version = recommend(desk)
    desk.act(listed.RankRecommendations(order=("0001",)), f.RECOMMENDER)
    with pytest.raises(Refused):
        desk.act(listed.Recommend(application="0001", revision=1), f.RECOMMENDER)
    for other in range(desk.state.version + 2):
        assert (ask(paths.cite(desk, other)) == NOT_ENTITLED) == (other != version)


def test_a_list_of_another_round_or_a_list_that_is_not_there_asks_nothing() -> None:
    desk = paths.unit_list()
    version = recommend(desk)
    of_another_round(desk)
    assert ask(paths.cite(desk, version)) == NOT_ENTITLED
    assert (
        ask(CitedDecision(decision=Decision(stream=f"recommender/{f.ROUND}/sh", version=1))) == NOT_ENTITLED
    )
    assert ask(None) == NOT_ENTITLED


@given(
    st.lists(
        st.tuples(st.sampled_from(["recommend", "withdraw", "free"]), st.sampled_from([1, 2])), max_size=8
    )
)
def test_of_all_that_a_list_recorded_at_most_one_thing_is_asked(acts: list[tuple[str, int]]) -> None:
    desk = paths.unit_list()
    made: dict[str, Callable[[int], tuple[Frozen, bool]]] = {
        "recommend": lambda revision: (listed.Recommend(application="0001", revision=revision), False),
        "withdraw": lambda revision: (listed.WithdrawRecommendation(application="0001"), False),
        "free": lambda revision: (
            listed.FreeRecommendation(application="0001", revision=revision, why="edited"),
            True,
        ),
    }
    for kind, revision in acts:
        command, engine = made[kind](revision)
        try:
            _ = desk.act(command) if engine else desk.act(command, f.RECOMMENDER)
        except Refused:
            continue
    wanted = {
        version: ask(paths.cite(desk, version))
        for version in range(desk.state.version + 1)
        if ask(paths.cite(desk, version)) != NOT_ENTITLED
    }
    entry = desk.state.entry("0001")
    if entry is not None:
        take = c.TakeRecommendation(unit="bj", revision=entry.revision, agent=entry.agent)
        assert wanted == {entry.decided: take}
    else:
        # Withdrawn more than once, each asks the same, which the application does once.
        assert set(wanted.values()) <= {c.ReleaseRecommendation(unit="bj")}


# --- rounds ---------------------------------------------------------------------------------------------------


def fix_shortlist() -> Desk:
    desk = paths.round_in(RoundStage.SHORTLISTING)
    paths.know(desk, {"scored": 3}, "0001", "0002", "0003", by_rank=True)
    desk.act(r.FixDeviatingShortlist(remove={"0002": f.ref("conflict")}), f.OFFICER)
    return desk


def propose() -> Desk:
    desk = paths.round_in(RoundStage.PROPOSAL)
    paths.know(desk, {"appraised": 3}, "0001", "0002", "0003", agreed="80")
    desk.act(f.propose("0001", "0002"), f.OFFICER)
    return desk


def open_notice() -> Desk:
    desk = propose()
    paths.carry_out(desk)
    paths.know(desk)
    desk.act(r.OpenPublicNotice(proposal=1), f.OFFICER)
    return desk


def issue_list() -> Desk:
    desk = paths.holding()
    paths.issue(desk)
    return desk


def cancel() -> Desk:
    desk = paths.round_in(RoundStage.REVIEW)
    desk.act(r.CancelRound(reason=f.ref("why")), f.OFFICER)
    return desk


def draw() -> Desk:
    desk = paths.round_in(RoundStage.DRAWING)
    paths.commit(desk)
    paths.open_(desk)
    desk.act(r.ReportDraw(draw="main", result=f.ref("result"), total_cost=5))
    return desk


SEATING = Seating(
    experts=("expert-1", "expert-2"),
    alternates=("expert-3",),
    employers={f"expert-{n}": "91" for n in (1, 2, 3)},
    lot="ab" * 16,
)
SEATED = {f"application/{f.ROUND}/0001": SEATING}
BATCHES: dict[str, tuple[Callable[[], Desk], dict[str, Frozen | str]]] = {
    "place-on-shortlist": (
        fix_shortlist,
        {
            "0001": c.PlaceOnShortlist(rank=1, listed=True),
            "0002": c.PlaceOnShortlist(rank=2, listed=False, reason=f.ref("conflict")),
            "0009": c.PlaceOnShortlist(rank=0, listed=False),
        },
    ),
    "place-in-proposal": (
        propose,
        {
            "0002": c.PlaceInProposal(proposal=1, rank=2, reason=f.ref("why")),
            "0003": c.PlaceInProposal(proposal=1, rank=0),
        },
    ),
    "open-notice": (
        open_notice,
        {"0001": c.OpenNotice(proposal=1, until=open_notice().state.notice_until), "0003": NOT_ENTITLED},
    ),
    "issue": (
        issue_list,
        {
            "0001": NOT_ENTITLED,
            "0002": c.Issue(proposal=1, place=1),
            "0003": c.Issue(proposal=1, place=0),
        },
    ),
    "cancel-with-round": (cancel, {"0001": c.CancelWithRound(reason=f.ref("why"))}),
    "seat-panel": (draw, {}),
}


@pytest.mark.parametrize("kind", BATCHES)
def test_a_batch_asks_of_each_application_what_was_decided_of_it(kind: str) -> None:
    make, wanted = BATCHES[kind]
    desk = make()
    assert desk.state.batch.partition("/")[0] == kind
    found = {number: ask(paths.cite(desk, desk.state.begun), number) for number in wanted}
    assert found == wanted


@pytest.mark.parametrize("kind", BATCHES)
def test_no_other_entry_of_a_round_asks_anything(kind: str) -> None:
    desk = BATCHES[kind][0]()
    for version in range(desk.state.version + 2):
        found = ask(paths.cite(desk, version), "0002", seatings={f"application/{f.ROUND}/0002": SEATING})
        assert (found == NOT_ENTITLED) == (version != desk.state.begun)


@pytest.mark.parametrize("kind", BATCHES)
def test_a_batch_that_is_over_asks_nothing(kind: str) -> None:
    desk = BATCHES[kind][0]()
    begun = desk.state.begun
    paths.carry_out(desk, f"application/{f.ROUND}/0002")
    assert ask(paths.cite(desk, begun), "0002", seatings=SEATED) == NOT_ENTITLED


@pytest.mark.parametrize("kind", [kind for kind in BATCHES if kind != "seat-panel"])
def test_a_batch_that_is_repeated_asks_the_same_under_its_new_entry_alone(kind: str) -> None:
    make, wanted = BATCHES[kind]
    desk = make()
    first = desk.state.begun
    paths.carry_out(desk, f"application/{f.ROUND}/0002")
    desk.act(r.RepeatBatch(), f.OFFICER)
    assert desk.state.begun == desk.state.version != first
    for number, command in wanted.items():
        assert ask(paths.cite(desk, first), number) == NOT_ENTITLED
        assert ask(paths.cite(desk, desk.state.begun), number) == command


@pytest.mark.parametrize("kind", BATCHES)
def test_a_round_of_another_name_asks_nothing(kind: str) -> None:
    desk = BATCHES[kind][0]()
    of_another_round(desk)
    for number in ("0001", "0002", "0003"):
        assert ask(paths.cite(desk, desk.state.begun), number, seatings=SEATED) == NOT_ENTITLED


def test_a_draw_seats_whom_it_drew_and_nobody_for_an_application_that_it_did_not_draw_for() -> None:
    desk = draw()
    cited = paths.cite(desk, desk.state.begun)
    assert ask(cited, seatings=SEATED) == c.SeatPanel(
        draw="main",
        experts=SEATING.experts,
        alternates=SEATING.alternates,
        employers=SEATING.employers,
        lot=SEATING.lot,
        deadlines={name: f.deadline(name) for name in ("review", "review_last")},
    )
    assert ask(cited, "0002", seatings=SEATED) == NOT_ENTITLED
    assert ask(cited) == NOT_ENTITLED


def test_a_draw_that_is_opened_and_not_yet_drawn_seats_nobody() -> None:
    desk = paths.round_in(RoundStage.DRAWING)
    paths.commit(desk)
    paths.open_(desk)
    assert desk.state.batch == "draw/main"
    assert ask(paths.cite(desk, desk.state.begun), seatings=SEATED) == NOT_ENTITLED


def test_a_proposal_asks_nothing_of_an_item_that_an_objection_holds() -> None:
    """It would stand in reserve once its objection ends, and the round would wait for it for ever."""
    desk = paths.holding()
    desk.act(r.RecordIntegrityCheck(proposal=1, text=f.ref("integrity")), f.SUPERVISOR)
    back = r.SendBackProposal(proposal=1, level="department", items=("0002",), reason=f.ref())
    desk.act(back, f.actor("approver-1"))
    paths.know(desk, {}, "0002", "0003")
    desk.act(f.propose("0002"), f.OFFICER)
    cited = paths.cite(desk, desk.state.begun)
    assert ask(cited, "0001") == NOT_ENTITLED
    assert ask(cited, "0002") == c.PlaceInProposal(proposal=2, rank=1, again=True, reason=f.ref("why"))
    assert ask(cited, "0003") == c.PlaceInProposal(proposal=2, rank=0)


def test_a_round_that_was_never_decided_on_asks_nothing() -> None:
    desk = paths.round_desk()
    assert ask(paths.cite(desk, 0)) == NOT_ENTITLED
    assert ask(CitedDecision(decision=Decision(stream=ROUND_STREAM, version=1))) == NOT_ENTITLED
    opened = paths.round_in(RoundStage.CALL)
    assert {ask(paths.cite(opened, version)) for version in (0, 1, 2)} == {NOT_ENTITLED}


def test_another_application_decides_nothing() -> None:
    for version in range(TOLD.state.version + 2):
        assert ask(paths.cite(TOLD, version), "0002") == NOT_ENTITLED
