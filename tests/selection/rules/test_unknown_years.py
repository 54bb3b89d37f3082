"""Years whose working days nobody knows: people choose before they begin what reaches them, the engine tells."""

from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from selection.application import commands as c, events as e
from selection.application.decide import apply
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event, event_of
from selection.kernel.day_clock import end_of_day
from selection.kernel.stages import RoundStage, Stage
from selection.projections.standing import measure_standing
from selection.refusals.refused import Refused
from selection.round import commands as r
from selection.rules.loading import RulesFaults
from selection.rules.published_calendar import list_unsealed_years
from selection.rules.working_days import WorkingDays
from selection.sealing import load_rules
from selection.wording.refusals import render_refusal
from tests import factories as f, paths
from tests.desk import Desk

TEXT = (files("examples") / "second_batch" / "rules.yaml").read_text(encoding="utf-8")
LACKING = WorkingDays(
    windows=("mend", "invitation", "review_after_invitation", "notice"), source="test", years=(2024,)
)
"""The working days of 2024 alone, without a choice for the years after it."""
CHOSEN = LACKING.with_(unpublished="weekends")
NONE = LACKING.with_(years=(2023,))
LATE = datetime(2024, 12, 27, 4, tzinfo=UTC)
SEND_BACK = c.SendBack(faults=("evidence-unclear",), text=f.ref())


def round_in(stage: RoundStage) -> Desk:
    """A round whose rules lack the years after 2024, at the end of that year."""
    desk = paths.round_in(stage)
    desk.state = desk.state.with_(sealed=f.rules(working_days=LACKING))
    desk.now = LATE
    return desk


def amend(desk: Desk) -> None:
    """Have the rules amended, so that Monday to Friday count where no calendar is sealed."""
    change = {"path": "working_days.unpublished", "before": "none", "after": "weekends"}
    desk.act(r.AmendRules.model_validate({**change, "reason": f.ref("why")}), f.OFFICER)
    ruling = {"number": 1, "ruling": "agreed", "reason": f.ref("consent")}
    desk.act(r.RuleOnAmendment.model_validate(ruling), f.actor("approver-1"))


def test_nothing_is_sent_back_into_a_year_whose_days_nobody_knows() -> None:
    desk = paths.application_in(Stage.CHECKING, f.terms(working_days=LACKING))
    desk.now = LATE
    with pytest.raises(Refused) as caught:
        desk.act(SEND_BACK, f.OFFICER)
    assert (caught.value.code, caught.value.params) == ("calendar-unsealed", {"years": "2025"})
    assert "weekends" in render_refusal(caught.value.code, caught.value.params, "en")
    desk.world = desk.world.with_(terms=f.terms(working_days=CHOSEN))
    [sent] = desk.act(SEND_BACK, f.OFFICER)
    assert isinstance(sent, e.SentBack)
    assert sent.until == end_of_day(f.RULES.clock, date(2025, 1, 10))


def test_no_deadline_is_moved_into_such_a_year_until_the_rules_are_amended() -> None:
    desk = round_in(RoundStage.CHECKING)
    later = r.ExtendDeadline(cause="organiser", name="appraisal", until=date(2025, 2, 1), reason=f.ref())
    assert desk.refuse(later, f.OFFICER) == "calendar-unsealed"
    amend(desk)
    assert desk.act(later, f.OFFICER)


def test_one_within_the_years_that_are_known_is_moved() -> None:
    desk = round_in(RoundStage.CHECKING)
    assert desk.act(
        r.ExtendDeadline(cause="organiser", name="survey", until=date(2024, 12, 31), reason=f.ref()),
        f.OFFICER,
    )


def test_nor_does_a_notice_open_that_reaches_into_it() -> None:
    desk = round_in(RoundStage.PROPOSAL)
    paths.proposal(desk)
    opening = r.OpenPublicNotice(proposal=desk.state.proposal)
    assert desk.refuse(opening, f.OFFICER) == "calendar-unsealed"
    amend(desk)
    assert desk.act(opening, f.OFFICER)


def test_rules_that_count_natural_days_have_no_such_choice() -> None:
    desk = paths.round_in(RoundStage.CHECKING)
    change = {"path": "working_days.unpublished", "before": "none", "after": "weekends"}
    entered = r.AmendRules.model_validate({**change, "reason": f.ref("why")})
    assert desk.refuse(entered, f.OFFICER) == "unknown-value"
    later = r.ExtendDeadline(cause="organiser", name="appraisal", until=date(2031, 2, 1), reason=f.ref())
    assert desk.act(later, f.OFFICER)


def test_an_invitation_of_the_engine_says_that_it_guessed_and_so_does_the_standing() -> None:
    terms = f.terms(working_days=NONE)
    desk = paths.application_in(Stage.ELIGIBLE, terms)
    paths.seat_panel(desk)
    event = next(leaf for leaf in desk.leaves if leaf.type == e.PanelSeated.TYPE)
    assert event.data["guessed"] == [2024]
    assert desk.state.guessed == (2024,)
    desk.act(c.DeclineInvitation(), f.actor(paths.experts(desk, "invited")[0], "expert"))
    filled = next(leaf for leaf in desk.leaves if leaf.type == e.SeatFilled.TYPE)
    assert filled.data["guessed"] == [2024]
    standing = measure_standing(desk.aggregate, desk.state, desk.world)
    assert "working days without a calendar: 2024" in standing.details


def test_an_item_s_own_notice_says_so_too() -> None:
    desk = paths.application_in(Stage.PROPOSED, f.terms(working_days=NONE))
    opening = c.OpenNotice(proposal=desk.state.proposal)
    events = desk.act(opening)
    assert [event.guessed for event in events if isinstance(event, e.NoticeOpened)] == [(2024,)]


@pytest.mark.parametrize("kind", [e.PanelSeated, e.SeatFilled, e.NoticeOpened])
def test_however_often_a_year_is_guessed_the_state_holds_it_once_and_is_loaded_again(
    kind: type[Event],
) -> None:
    desk = paths.application_in(Stage.ELIGIBLE, f.terms(working_days=NONE))
    paths.seat_panel(desk)
    desk.act(c.DeclineInvitation(), f.actor(paths.experts(desk, "invited")[0], "expert"))
    state, leaf = desk.state, desk.leaves[-1]
    told: dict[type[Event], Event] = {type(event): event for event in map(event_of, desk.leaves)}
    told[e.NoticeOpened] = e.NoticeOpened(proposal=1, until=LATE, public=None, guessed=(2024,))
    for years in ((2025,), *[(2024,)] * 60):
        state = apply(state, told[kind].with_(guessed=years), leaf)
    assert state.guessed == (2024, 2025)
    assert ApplicationState.model_validate_json(state.model_dump_json()) == state


def test_a_file_is_filled_in_as_far_as_its_longest_window_reaches() -> None:
    long = TEXT.replace("  notice: ", "  notice: 400 # ")
    assert long != TEXT
    with pytest.raises(RulesFaults) as caught:
        load_rules(f"{long}\nworking_days:\n  windows: [notice]\n")
    assert "2027" in caught.value.faults[0].sentence()


def test_years_that_stated_rules_can_reach_and_do_not_know_are_shown() -> None:
    assert list_unsealed_years(f.rules(working_days=LACKING)) == (2025,)
    assert list_unsealed_years(f.rules(working_days=CHOSEN)) == ()
    assert list_unsealed_years(f.RULES) == ()
