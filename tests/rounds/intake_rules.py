"""Rules of the intake, the check and people, each as it is broken."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from selection.application import decide as application
from selection.application.check import decide as checking
from selection.application.co_building import decide as confirming
from selection.application.intake import decide as intake
from selection.application.review import seats
from selection.application.state import ApplicationState
from selection.application.survey import decide as surveying
from selection.decision.aggregate import Context
from selection.decision.likeness import Likeness
from selection.forms.one_text import ONE_TEXT
from selection.recommendation.commands import Recommend, RecommendOnPaper
from selection.register import decide as register
from selection.round import commands as r, opening
from selection.round.people import agreeing, decide as people
from selection.rules.delegation import Delegation
from tests import factories as f, whole_round
from tests.chance import intake as chance_intake
from tests.rounds import cheats, meeting_cheats
from tests.rounds.holes import Hole, all_of, lying, passing, saying, telling


def keep_fund() -> dict[str, Any]:
    """The built-in form, whose funds stay in mending."""
    form: dict[str, Any] = ONE_TEXT.model_dump(mode="json")
    for field in form["sections"][0]["fields"]:
        if field["code"] == "fund_yuan":
            field["kept"] = True
    return form


HOLES: dict[str, Hole] = {
    # --- intake and check
    "the quota of a unit": Hole(
        "quotas-kept",
        lying("recommender", Recommend, "quota-full", lambda s, t, x: (s.with_(listed=()), t, x)),
        sections={"routes": f.RULES_DATA["routes"]},
        property="quota",
    ),
    "the quota of a unit, by other code": Hole(
        "outcome-quotas",
        lying("recommender", Recommend, "quota-full", lambda s, t, x: (s.with_(listed=()), t, x)),
        sections={"routes": f.RULES_DATA["routes"]},
        property="quota",
    ),
    "that two put in who recommends": Hole(
        "recommenders-by-two", saying(register, "refuse_otherwise", lambda *_: None), cheats.PlantedAgent
    ),
    "the deadline of submission": Hole("acts-in-time", passing((intake, "refuse_late")), cheats.LateIntake),
    "the deadline of confirmation": Hole(
        "co-builders-confirmed", passing((confirming, "refuse_late")), cheats.LateIntake
    ),
    "that the call's day is waited for": Hole(
        "call-opened-in-time", saying(opening, "find_opening", lambda rules, at: at + f.DAY)
    ),
    "the date of dispatch": Hole(
        "paper-in-time",
        telling(
            "recommender",
            RecommendOnPaper,
            lambda event: event.with_(sent=event.sent + timedelta(days=1)),
        ),
        cheats.PaperEntry,
        sections={"days": {"paper": 5}},
    ),
    "the grounds of the rules": Hole(
        "grounds-as-sealed", saying(checking, "_find_listed", lambda codes, terms: []), cheats.EveryGround
    ),
    "that what comes near is ruled on": Hole(
        "similar-in-view",
        all_of(
            saying(whole_round, "find_likeness", lambda made, asked: Likeness(directions=("held",))),
            saying(checking, "warnings_of", lambda *_: ()),
        ),
        cheats.NearPass,
    ),
    "what mending may change": Hole(
        "mended-as-recommended",
        saying(checking, "_refuse_another_bid", lambda before, mended: None),
        cheats.OtherBid,
    ),
    "which answers stay in mending": Hole(
        "mended-as-recommended",
        passing((checking, "refuse_changed")),
        cheats.OtherAnswers,
        sections={"forms": {"application": keep_fund()}},
    ),
    "who holds a post": Hole(
        "actors-entitled", passing((application, "refuse_unentitled")), cheats.StrangerCheck
    ),
    "what a stage allows": Hole(
        "acts-in-stage", passing((application, "refuse_wrong_stage")), cheats.StrangerCheck
    ),
    "that an end is an end": Hole(
        "outcomes-final",
        all_of(
            passing((application, "refuse_wrong_stage")),
            saying(ApplicationState, "ended", property(lambda self: False)),
        ),
        cheats.StrangerCheck,
        sections={"ladder": None},
    ),
    "the form in force": Hole(
        "answers-fit-form",
        all_of(
            passing((intake, "refuse_unfit")),
            saying(chance_intake, "pick_version", lambda made, chance, name: "one-text"),
        ),
    ),
    "that a form was used": Hole(
        "forms-amended",
        lying(
            "round",
            r.AmendForm,
            "form-used",
            lambda s, t, x: (s, t, replace(x, facts=x.facts.with_(used=0))),
        ),
        cheats.LateForm,
    ),
    # --- people
    "who was erased": Hole(
        "actors-active",
        saying(Context, "is_active", property(lambda self: True)),
        cheats.Erasure,
        property="inactive",
    ),
    "conflicts from data": Hole(
        "no-conflict-from-data",
        all_of(
            passing((application, "refuse_recused")), saying(seats, "list_recused", lambda *_: frozenset())
        ),
        cheats.HostEmployment,
        property="recusal",
    ),
    "duties apart": Hole(
        "duties-apart",
        passing((surveying, "refuse_clash"), (application, "refuse_unentitled")),
        meeting_cheats.OfficerSurvey,
    ),
    "how few keep a post": Hole("posts-changed-by-others", saying(people, "LEAST", {}), cheats.OnePersonPost),
    "how long a change is declined": Hole(
        "posts-agreed-on", saying(agreeing, "WAIT_DAYS", 0), cheats.HastyAgreement
    ),
    "how long somebody stands in": Hole(
        "substitutes-in-bounds", saying(Delegation, "holds_at", lambda self, at: True), cheats.Delegation
    ),
}
