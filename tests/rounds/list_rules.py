"""Rules of lists and times, each as it is broken."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from selection.application import commands as c, decide as application, waiting
from selection.application.intake import decide as intake
from selection.application.notice import decide as noticing
from selection.application.notice.decide import notice_end
from selection.application.outcome.events import ApplicationNotSelected
from selection.application.reminding import decide as reminding
from selection.application.review import decide as reviewing
from selection.application.state import Fraud
from selection.application.survey import decide as surveying
from selection.decision import making
from selection.decision.aggregate import Frame
from selection.kernel.stages import FINISHED_WHEN, RoundStage
from selection.round import commands as r, decide as round_, lists, opening, stage_progress
from selection.round.amending_rules import decide as amending_rules
from selection.round.approving import decide as approving
from selection.round.state import RoundState
from selection.rules.terms import Terms
from tests import factories as f, whole_round
from tests.chance.acting import CLIMBING
from tests.rounds import cheats, meeting_cheats
from tests.rounds.holes import Hole, Patch, all_of, lying, passing, saying, telling, wrapping

MANY = {"applications": 6}
"""Rounds in which many compete."""


def _report_fraud(state: Any, told: Any, context: Any) -> Any:
    fraud = Fraud(reporter="officer-1", text=f.ref(), evidence=(f.ref(),), at=context.at)
    return state.with_(fraud=fraud), told, context


def _as_if_examined_by_nobody(state: Any, told: Any, context: Any) -> Any:
    objections = {name: item.with_(former=()) for name, item in state.objections.items()}
    return state.with_(objections=objections), told, context


def _as_if_due_long_ago(state: Any, told: Any, context: Any) -> Any:
    return state.with_(deadlines={**state.deadlines, told.name: f.OPENED + 2 * f.DAY}), told, context


def _as_if_called(state: Any, told: Any, context: Any) -> Any:
    return state.with_(stage=RoundStage.CALL), told, context


def _swap_ranks(candidates: tuple[Any, ...]) -> tuple[Any, ...]:
    ranks = [item.rank for item in candidates][::-1]
    return tuple(item.with_(rank=rank) for item, rank in zip(candidates, ranks, strict=True))


def _with_facts(command: type, change: Callable[[Any], Any]) -> Callable[[Patch], None]:
    """Return what has a round decide on other facts than the record gives."""
    decide = round_.DECIDES[command]
    return lambda patch: patch.setitem(
        round_.DECIDES,
        command,
        lambda state, told, context: decide(state, told, replace(context, facts=change(context.facts))),
    )


def _without(follow: Any) -> tuple[Any, ...]:
    return tuple(known for known in application.FOLLOWS if known is not follow)


def _pass_all(state: Any, context: Any, terms: Any) -> Any:
    return notice_end(state.with_(objections={}), context, terms)


def _stand_all(state: RoundState) -> Any:
    return tuple(item for item in state.items if item.application not in state.removed)


HOLES: dict[str, Hole] = {
    # --- lists
    "that a stage is over": Hole(
        "stages-finished",
        saying(
            stage_progress,
            "FINISHED_WHEN",
            {stage: ((), following) for stage, (_, following) in FINISHED_WHEN.items()},
        ),
        cheats.EarlierDeadline,
    ),
    "the ranking": Hole(
        "outcome-ranks",
        _with_facts(r.FixShortlist, lambda facts: facts.with_(candidates=_swap_ranks(facts.candidates))),
        sections=MANY,
    ),
    "that a shortlist lists somebody": Hole(
        "shortlist-once", telling("round", r.FixShortlist, lambda event: event.with_(listed={}))
    ),
    "the order of the list": Hole(
        "outcome-list",
        saying(
            RoundState,
            "next_places",
            property(lambda self: {item.application: item.rank + 1 for item in self.standing_items}),
        ),
    ),
    "reasons for who is passed over": Hole(
        "outcome-choice", saying(lists, "find_deviating", lambda *_: ()), meeting_cheats.MissingReason, MANY
    ),
    "the number of places": Hole(
        "proposal-in-order",
        saying(RoundState, "free_places", property(lambda self: 5)),
        sections={**MANY, "places": 1, "shortlist": {"factor": "5"}},
    ),
    "that objections are settled first": Hole(
        "objections-settled",
        saying(application, "FOLLOWS", (_pass_all, *_without(notice_end))),
        cheats.Objections,
    ),
    "that nobody who examines is replaced without a word": Hole(
        "replaced-openly",
        saying(
            noticing, "list_replaced", lambda before, after, _: tuple(p for p in before if p not in after)
        ),
        cheats.ExaminerSwap,
    ),
    "that others examine what is reopened": Hole(
        "reversals-founded",
        lying("application", c.AppointExaminers, "examined-before", _as_if_examined_by_nobody),
        cheats.Objections,
    ),
    "the levels of approval": Hole(
        "approvals-in-order",
        lying(
            "round",
            r.IssueList,
            "level-not-open",
            lambda s, t, x: (s.with_(passed=("department", "ministry")), t, x),
        ),
        cheats.EarlyList,
    ),
    "how often one approver sends back": Hole(
        "approvals-in-order", saying(approving, "has_sent_back_enough", lambda *_: False), cheats.SendingBack
    ),
    "what an upheld hit stops": Hole(
        "integrity-stops-hold", saying(RoundState, "standing_items", property(_stand_all)), cheats.ListedHit
    ),
    "that fraud is reported": Hole(
        "fraud-by-two",
        lying("application", c.RuleOnFraud, "no-fraud-reported", _report_fraud),
        cheats.UnreportedFraud,
    ),
    "the place that was issued": Hole(
        "decisions-carried-out",
        telling(
            "application", c.Issue, lambda event: event.with_(place=9) if hasattr(event, "place") else event
        ),
    ),
    "that the list is followed": Hole(
        "list-equals-outcomes",
        telling("application", c.Issue, lambda event: ApplicationNotSelected(proposal=event.proposal)),
    ),
    # --- times
    "how long a window lasts": Hole(
        "windows-measured",
        lambda patch: patch.setattr(
            Terms, "end", lambda self, name, at, end=Terms.end: at + (end(self, name, at) - at) / 2
        ),
    ),
    "that a survey was after its team was appointed": Hole(
        "windows-measured",
        all_of(
            saying(surveying, "_refuse_other_days", lambda *_: None),
            wrapping(
                f, "survey", lambda survey, *told, **changes: survey(*told, **changes, day="1900-01-01")
            ),
        ),
    ),
    "that a deadline moves later": Hole(
        "deadlines-dated",
        lying("round", r.ExtendDeadline, "not-later", _as_if_due_long_ago),
        cheats.EarlierDeadline,
    ),
    "until when a field of the rules is amended": Hole(
        "rules-amended-openly",
        all_of(
            lying("round", r.AmendRules, "amendment-too-late", _as_if_called),
            lying("round", r.RuleOnAmendment, "amendment-too-late", _as_if_called),
        ),
        cheats.LateQuota,
    ),
    "who amends what decides on the list once scores may be known": Hole(
        "rules-amended-openly",
        saying(amending_rules, "find_top", lambda _: None),
        cheats.LateLimit,
    ),
    "that a deadline moves for a cause": Hole(
        "deadlines-dated",
        telling("round", r.ExtendDeadline, lambda event: event.model_copy(update={"cause": ""})),
    ),
    "whom a reminder tells": Hole(
        "reminders-climb",
        saying(reminding, "_list_recipients", lambda *_: ("officer-3",)),
        sections=CLIMBING,
    ),
    "since when a task waits that no date ends": Hole(
        "reminders-climb",
        saying(waiting, "with_since", lambda tasks, known: list(tasks)),
        sections=CLIMBING,
    ),
    "the deadlines of the seal": Hole(
        "rules-sound",
        wrapping(
            opening,
            "get_sealed_deadlines",
            lambda sealed, rules: {name: at + f.DAY for name, at in sealed(rules).items()},
        ),
    ),
    "when an entry was recorded": Hole(
        "places-told",
        saying(
            whole_round.LoggedDesk,
            "frame",
            lambda self: Frame(recorded=self.now - 30 * f.DAY, register_size=80),
        ),
    ),
    "whose content is cited": Hole(
        "citations-by-right",
        all_of(
            saying(whole_round, "own", lambda command, person: command),
            passing((making, "refuse_uncitable"), (intake, "refuse_unfit"), (reviewing, "refuse_unfit")),
        ),
    ),
}
