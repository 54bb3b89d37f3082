"""Rules of review, panels and draws, each as it is broken."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from selection.application import commands as c, decide as application
from selection.application.appraisal import decide as appraising
from selection.application.meeting import Meeting
from selection.application.review import decide as reviewing, seats
from selection.application.settling import decide as settling
from selection.application.state import ApplicationState
from selection.application.survey import decide as surveying
from selection.decision.deposit import Deposit
from selection.kernel.stages import Stage
from selection.round import commands as r
from tests import draws, factories as f, whole_round
from tests.rounds import cheats, meeting_cheats
from tests.rounds.holes import Hole, Patch, all_of, lying, saying, telling, wrapping

MANY = {"applications": 6}
"""Rounds in which many compete."""
SOON = 5 * f.DAY
COMMIT = whole_round.WholeRound.commit


def _with_draw(state: Any, told: Any, context: Any, **changes: Any) -> Any:
    draw = state.draws[told.draw].with_(**changes)
    return state.with_(draws={**state.draws, told.draw: draw}), told, context


def _sooner(state: Any, told: Any, context: Any) -> Any:
    return state, told, replace(context, at=context.at - SOON, recorded=None)


def _once_public(state: Any, told: Any, context: Any) -> Any:
    return state, told, replace(context, at=state.draws[told.draw].public)


def _as_if_opened(state: Any, told: Any, context: Any) -> Any:
    opened = {name: draw.with_(voided=False, secret="ab" * 32) for name, draw in state.draws.items()}
    return state.with_(draws=opened), told, context


def _as_if_earlier(state: Any, told: Any, context: Any) -> Any:
    draws = {name: draw.with_(public=draw.public - 100 * f.DAY) for name, draw in state.draws.items()}
    return state.with_(draws=draws), told, context


def _commit_twice(made: Any, name: str) -> None:
    for each in (f"{name}-spare", name):
        COMMIT(made, each)


def _as_if_scored_not_yet(state: Any, told: Any, context: Any) -> Any:
    return state.with_(stage=Stage.REVIEW, score=None), told, context


def _as_if_never_reviewed(state: Any, told: Any, context: Any) -> Any:
    status = {"status": "accepted"}
    return state.with_(seats=tuple(replace(seat, **status) for seat in state.seats)), told, context


def _among_who_voted(state: Any, told: Any, context: Any) -> Any:
    return state.with_(meeting=state.meeting.with_(present=tuple(sorted(state.meeting.votes)))), told, context


def _drawing(change: Callable[[Any], Any]) -> Callable[[Patch], None]:
    """Return what has draws made of other applications than the record gives."""

    def draw_otherwise(draw: Callable[..., Any], *told: Any) -> Any:
        inputs = draw(*told)
        return inputs.with_(applications=tuple(map(change, inputs.applications)))

    return wrapping(whole_round, "draw_inputs", draw_otherwise)


def _dearer(key: bytes, drawn: Any) -> Any:
    return key, drawn.with_(total_cost=drawn.total_cost + 1) if hasattr(drawn, "total_cost") else drawn


def _reverse(seating: Any) -> Any:
    return seating and seating.with_(experts=seating.experts[::-1])


def _without(follow: Any) -> tuple[Any, ...]:
    return tuple(known for known in application.FOLLOWS if known is not follow)


HOLES: dict[str, Hole] = {
    # --- review and panel
    "the minimum of a panel": Hole(
        "panels-settled", saying(seats, "count_wanted", lambda state, terms: 1), property="panel"
    ),
    "that two settle a panel": Hole(
        "panels-settled", saying(settling, "_has_agreed", lambda *_: True), property="panel"
    ),
    "that a panel is called together before two end it": Hole(
        "panels-settled", saying(settling, "refuse_untried", lambda *_: None), meeting_cheats.UncalledMeeting
    ),
    "that a panel has its days to vote before two end it": Hole(
        "panels-settled", saying(settling, "refuse_untried", lambda *_: None), meeting_cheats.HastySettlement
    ),
    "that two do not end what a panel voted on": Hole(
        "panels-settled", saying(settling, "refuse_untried", lambda *_: None), meeting_cheats.DroppedMeeting
    ),
    "one review of each": Hole(
        "reviews-locked",
        lying("application", c.SubmitReview, "score-locked", _as_if_never_reviewed),
        cheats.SecondReview,
    ),
    "no correction of a fixed score": Hole(
        "corrections-kept",
        lying("application", c.CorrectReview, "correction-closed", _as_if_scored_not_yet),
        cheats.LateCorrection,
    ),
    "which scores are cut": Hole(
        "outcome-scores",
        wrapping(seats, "panel_score", lambda score, told, *how: score(told[1:], *how)),
    ),
    "that no score is fixed before a report is ruled on": Hole(
        "scores-founded", saying(ApplicationState, "holding_reports", property(lambda self: {}))
    ),
    "that a report of somebody without a part holds nothing": Hole(
        "reports-bounded",
        saying(ApplicationState, "holding_reports", property(lambda self: self.open_reports)),
        cheats.MadeUpReports,
    ),
    "how many reports one person has open": Hole(
        "reports-bounded", saying(reviewing, "count_open", lambda *_: 0), cheats.MadeUpReports
    ),
    "that no officer puts a chair in another's place": Hole(
        "chairs-kept",
        lying("application", c.AppointChair, "chair-in-place", lambda s, t, x: (s.with_(chair=""), t, x)),
        cheats.ChairSwap,
    ),
    "that a chair is appointed for a reason": Hole(
        "chairs-kept",
        telling("application", c.AppointChair, lambda event: event.with_(reason=None)),
    ),
    "that all of a panel vote": Hole(
        "votes-in-person",
        lying("application", c.RecordAppraisal, "votes-awaited", _among_who_voted),
        meeting_cheats.MissingVote,
        sections={"panel": {"seats": 5, "alternates": 1, "min_valid": 3}},
    ),
    "that nobody who was asked to vote is left out the next time": Hole(
        "votes-in-person",
        saying(appraising, "_refuse_unheard", lambda *_: None),
        meeting_cheats.DroppedVoter,
        sections={"panel": {"seats": 5, "alternates": 1, "min_valid": 3}},
    ),
    "how many of a panel meet": Hole(
        "appraisals-add-up",
        saying(appraising, "count_quorum", lambda *_: 0),
        meeting_cheats.SmallMeeting,
        property="panel",
    ),
    "that who stands aside does not vote": Hole(
        "votes-in-person",
        saying(Meeting, "voters", property(lambda self: self.present)),
        meeting_cheats.RecusedVote,
    ),
    "that a panel waits for its survey": Hole(
        "stages-as-sealed",
        saying(application, "FOLLOWS", _without(surveying.leave_out_survey)),
        sections={"without": frozenset({"survey"})},
    ),
    # --- draws
    "that another opens a draw": Hole(
        "randomness-named",
        all_of(
            saying(f, "OPENER", f.OFFICER),
            lying(
                "round",
                r.OpenDraw,
                "draw-own",
                lambda s, t, x: _with_draw(s, t, x, by="", entries={"-": t.published}),
            ),
        ),
    ),
    "that two read the same numbers": Hole(
        "randomness-authentic",
        all_of(
            wrapping(whole_round, "enter_numbers", lambda enter, name, _: enter(name, "01 02 03")),
            lying(
                "round",
                r.OpenDraw,
                "numbers-differ",
                lambda s, t, x: _with_draw(s, t, x, entries={"-": t.published}),
            ),
        ),
    ),
    "later numbers for each draw": Hole(
        "randomness-named",
        all_of(
            wrapping(
                draws,
                "commit_draw",
                lambda commit, name, now, rules, after: commit(name, now, rules, after=now),
            ),
            lying("round", r.CommitDraw, "randomness-not-later", _as_if_earlier),
        ),
    ),
    "how long before its numbers a draw is committed": Hole(
        "randomness-named",
        all_of(
            wrapping(
                draws,
                "commit_draw",
                lambda commit, name, now, rules, after: commit(name, now - SOON, rules, after=after - SOON),
            ),
            lying("round", r.CommitDraw, "randomness-too-early", _sooner),
        ),
    ),
    "that its numbers are public before a draw is opened": Hole(
        "randomness-named",
        all_of(
            saying(whole_round.WholeRound, "find_public", lambda self, name: self.now),
            lying("round", r.EnterDrawNumbers, "numbers-not-public", _once_public),
            lying("round", r.OpenDraw, "numbers-not-public", _once_public),
        ),
    ),
    "that others make the draw after a voided one": Hole(
        "randomness-named",
        all_of(
            saying(draws, "choose_drawer", lambda _: f.OFFICER),
            lying("round", r.CommitDraw, "drew-before", _as_if_opened),
        ),
    ),
    "that one draw waits at a time": Hole(
        "draws-committed",
        all_of(
            saying(whole_round.WholeRound, "commit", _commit_twice),
            lying("round", r.CommitDraw, "draw-waiting", lambda s, t, x: (s.with_(draws={}), t, x)),
        ),
    ),
    "that a draw is opened by its secret": Hole(
        "draws-committed",
        saying(
            whole_round,
            "find_deposit",
            lambda asked, _: Deposit(digest=asked.commitment, secret="ab" * 32),
        ),
    ),
    "what a draw is made of": Hole(
        "draw-inputs-follow", _drawing(lambda item: item.with_(conflicts=(), avoid=item.avoid))
    ),
    "whom an applicant would avoid": Hole(
        "recusals-kept",
        all_of(
            _drawing(lambda item: item.with_(avoid=())),
            wrapping(
                reviewing,
                "list_unfit",
                lambda unfit, state, *told: unfit(
                    state.with_(submission=state.submission.with_(avoid=())), *told
                ),
            ),
        ),
        sections=MANY,
        property="recusal",
    ),
    "the cheapest panels": Hole(
        "draws-recompute",
        wrapping(whole_round, "draw_panels_by", lambda draw, *told: _dearer(*draw(*told))),
    ),
    "who was drawn": Hole(
        "panels-as-drawn", wrapping(draws, "find_seating", lambda seat, *told: _reverse(seat(*told)))
    ),
    "that whoever may sit is not passed over": Hole(
        "panels-as-drawn",
        wrapping(
            reviewing,
            "list_unfit",
            lambda unfit, state, people, *told: {*unfit(state, people, *told), people[0]},
        ),
    ),
}
