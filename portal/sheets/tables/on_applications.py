"""The acts on an application, in the order of its stages."""

from portal.sheets.choices.appraising import check_meeting, see_meeting
from portal.sheets.choices.likeness import see_directions, see_twins
from portal.sheets.choices.matters import (
    list_examined,
    list_own,
    list_reports,
    list_settled,
    list_unexamined,
)
from portal.sheets.choices.options import (
    find_co_builder,
    list_contents,
    list_failing,
    list_mendable,
    list_ruled,
    name_anew,
    see_revision,
)
from portal.sheets.choices.own_review import count_corrections, prefill_review
from portal.sheets.choices.people import list_examiners, list_panel, list_seated, list_surveyors
from portal.sheets.choices.requests import (
    list_grounds,
    list_remedies,
    list_unappointed,
    list_undecided,
    list_unremedied,
)
from portal.sheets.choices.reversals import (
    ENTERED,
    check_ruled_on,
    foretell_reversal,
    list_entered_objections,
    list_entered_reports,
    list_entered_reversals,
    list_ruled_reports,
)
from portal.sheets.choices.teams import check_examiners, check_team
from portal.sheets.choices.warnings import explain_check
from portal.sheets.sheet import Ask, Sheet
from selection.application import commands as c
from selection.application.notice.events import ObjectionRaised, ObjectionSettled
from selection.application.requests.events import ReviewRequested
from selection.visibility.viewer import Standing

REVISION = {"revision": Ask(known=see_revision, seen=True)}
NEAR = {"directions": Ask(known=see_directions, seen=True), "twins": Ask(known=see_twins, seen=True)}
MEETING = {"meeting": Ask(known=see_meeting, seen=True)}

LEAVING = (
    Sheet(c.ReplaceAgent, {"agent": Ask(kind="line")}),
    Sheet(c.GiveUp, standings=frozenset({Standing.APPLICANT})),
    Sheet(c.ReportFraud, {"evidence": Ask(kind="files")}, material=True),
    Sheet(c.RuleOnFraud, material=True, waits="fraud"),
)
INTAKE = (
    Sheet(c.Withdraw, standings=frozenset({Standing.APPLICANT})),
    Sheet(
        c.ConfirmCoBuilding,
        {**REVISION, "co_builder": Ask(known=find_co_builder)},
        standings=frozenset({Standing.CO_BUILDER}),
        material=True,
    ),
)
CHECK = (
    Sheet(
        c.PassCheck,
        {**REVISION, **NEAR, "rulings": Ask(options=list_ruled)},
        material=True,
        explain=explain_check,
    ),
    Sheet(c.SendBack, {"faults": Ask(options=list_mendable)}, material=True),
    Sheet(c.FailCheck, {**REVISION, **NEAR, "grounds": Ask(options=list_failing)}, material=True),
)
REVIEW = (
    Sheet(c.AppointChair, {"chair": Ask(options=list_panel), "reason": Ask(required=True)}),
    Sheet(c.ReplaceChair, {"chair": Ask(kind="choice", options=list_panel, required=False)}),
    Sheet(
        c.CorrectReview,
        {"form": Ask(form="review"), "number": Ask(known=count_corrections)},
        standings=frozenset({Standing.REVIEWER}),
        material=True,
        prefill=prefill_review,
    ),
    Sheet(c.RuleOnConflict, {"report": Ask(options=list_reports)}, waits="report/"),
    Sheet(
        c.ReportConflict,
        {"report": Ask(known=name_anew), "expert": Ask(kind="line", options=list_seated)},
        standings=frozenset(Standing) - {Standing.CO_BUILDER},
    ),
)
NAMED = {"report": Ask(known=name_anew), "expert": Ask(kind="line")}
FOUND = (
    Sheet(c.ReferConflict, NAMED),
    Sheet(c.DeclareProject, NAMED, standings=frozenset({Standing.APPLICANT})),
)
PANEL = (Sheet(c.SettlePanel),)
SURVEY = (
    Sheet(
        c.AppointSurveyTeam,
        {
            "lead": Ask(kind="line", options=list_surveyors),
            "members": Ask(kind="lines", options=list_surveyors),
        },
        check=check_team,
    ),
    Sheet(
        c.ReportSurvey,
        {
            "day": Ask(kind="date"),
            "findings": Ask(options=list_contents),
            "form": Ask(form="survey"),
        },
    ),
)
APPRAISAL = (
    Sheet(
        c.OpenAppraisal,
        {"present": Ask(options=list_panel), "aside": Ask(options=list_panel)},
        check=check_meeting,
    ),
    Sheet(c.CastVote, MEETING, standings=frozenset({Standing.REVIEWER})),
    Sheet(c.RecordAppraisal, {**MEETING, "form": Ask(form="appraisal")}),
)
NOTICE = (
    Sheet(
        c.RaiseObjection,
        {
            "objection": Ask(known=name_anew),
            "evidence": Ask(kind="files", required=True),
            "form": Ask(form="objection"),
        },
    ),
    Sheet(c.WithdrawObjection, {"objection": Ask(options=list_own)}, after=ObjectionRaised.TYPE),
    Sheet(
        c.AppointExaminers,
        {
            "objection": Ask(options=list_unexamined),
            "examiners": Ask(kind="lines", options=list_examiners),
        },
        check=check_examiners,
        waits="examine/",
    ),
    Sheet(c.SettleObjection, {"objection": Ask(options=list_examined)}, waits="objection/"),
    Sheet(c.ReopenObjection, {"objection": Ask(options=list_settled)}, after=ObjectionSettled.TYPE),
    Sheet(c.UpholdObjection, {"objection": Ask(options=list_examined)}, waits="objection/"),
)
REVERSING = (
    Sheet(
        c.ReverseDecision,
        {
            "report": Ask(kind="choice", options=list_ruled_reports, required=False),
            "objection": Ask(kind="choice", options=list_settled, required=False),
        },
        material=True,
        check=check_ruled_on,
        foretells=foretell_reversal,
    ),
    Sheet(
        c.DeclineReversal,
        {
            "decision": Ask(options=list_entered_reversals),
            "report": Ask(kind="choice", options=list_entered_reports, required=False),
            "objection": Ask(kind="choice", options=list_entered_objections, required=False),
        },
        check=check_ruled_on,
        waits=ENTERED,
    ),
)
REQUESTS = (
    Sheet(
        c.RequestReview,
        {"ground": Ask(options=list_grounds), "evidence": Ask(kind="files")},
        standings=frozenset({Standing.APPLICANT}),
    ),
    Sheet(
        c.AppointDeciders,
        {"ground": Ask(options=list_unappointed), "deciders": Ask(kind="lines", options=list_examiners)},
        after=ReviewRequested.TYPE,
    ),
    Sheet(
        c.RuleOnRequest,
        {"ground": Ask(options=list_undecided), "remedy": Ask(options=list_remedies)},
        material=True,
        after=ReviewRequested.TYPE,
    ),
    Sheet(c.RecordRemedy, {"ground": Ask(options=list_unremedied)}, waits="remedy/"),
)

SHEETS: tuple[Sheet, ...] = (
    *INTAKE,
    *LEAVING,
    *CHECK,
    *REVIEW,
    *FOUND,
    *PANEL,
    *SURVEY,
    *APPRAISAL,
    *NOTICE,
    *REVERSING,
    *REQUESTS,
)
