"""The acts on a round, in the order of its stages; its boards, its rules and its draws have pages of their own."""

from portal.sheets.choices.deciding import (
    find_amendment,
    find_level,
    find_waiting_draw,
    list_amendable,
    list_hits,
    list_items,
    list_movable,
    list_reserve,
    read_limit,
    see_proposal,
)
from portal.sheets.choices.lobbying import list_lobbying
from portal.sheets.choices.options import name_anew
from portal.sheets.choices.posts import (
    list_delegations,
    list_entered,
    list_in_office,
    list_levels,
    list_posts,
    list_removable,
    list_waiting_changes,
    prefill_change,
)
from portal.sheets.choices.reversals import foretell_integrity
from portal.sheets.sheet import Ask, Sheet
from selection.round import commands as c

PROPOSAL = {"proposal": Ask(known=see_proposal, seen=True)}
DRAW = {"draw": Ask(known=find_waiting_draw)}
LEVEL = {**PROPOSAL, "level": Ask(known=find_level)}

SHEETS: tuple[Sheet, ...] = (
    Sheet(c.EnterDrawNumbers, DRAW),
    Sheet(c.OpenDraw, DRAW),
    Sheet(c.VoidDraw, DRAW),
    Sheet(c.OpenPublicNotice, PROPOSAL),
    Sheet(
        c.FillPlaces,
        {
            **PROPOSAL,
            "add": Ask(options=list_reserve, required=False),
            "deviations": Ask(options=list_reserve, required=False),
        },
    ),
    Sheet(c.RecordIntegrityCheck, {**PROPOSAL, "hits": Ask(options=list_items)}),
    Sheet(c.ClearIntegrityHit, {"application": Ask(options=list_hits)}),
    Sheet(c.UpholdIntegrityHit, {"application": Ask(options=list_hits)}),
    Sheet(c.LiftIntegrityStop, {"application": Ask()}),
    Sheet(
        c.ReverseIntegrityDecision,
        {"application": Ask(required=False)},
        foretells=foretell_integrity,
    ),
    Sheet(c.DeclineIntegrityReversal, {"application": Ask(required=False)}),
    Sheet(c.Approve, LEVEL),
    Sheet(c.SendBackProposal, {**LEVEL, "items": Ask(options=list_items, required=False)}),
    Sheet(c.IssueList, PROPOSAL),
    Sheet(c.OpenCall),
    Sheet(c.ExtendDeadline, {"name": Ask(options=list_movable), "cause": Ask(required=True)}),
    Sheet(c.RecordOutage, {"cause": Ask(required=True)}),
    Sheet(
        c.AmendRules,
        {
            "path": Ask(options=list_amendable),
            "before": Ask(build=read_limit),
            "after": Ask(build=read_limit),
        },
    ),
    Sheet(c.RuleOnAmendment, {"number": Ask(known=find_amendment, seen=True)}),
    Sheet(
        c.ChangePost,
        {
            "post": Ask(options=list_posts),
            "level": Ask(options=list_levels, required=False),
            "remove": Ask(kind="choices", options=list_removable, required=False),
        },
    ),
    Sheet(
        c.AgreeOnPost,
        {
            "level": Ask(options=list_levels, required=False),
            "add": Ask(kind="lines", options=list_entered, required=False),
            "remove": Ask(kind="lines", options=list_in_office, required=False),
        },
        prefill=prefill_change,
    ),
    Sheet(c.DeclinePostChange, {"number": Ask(kind="choice", options=list_waiting_changes, build=int)}),
    Sheet(c.Delegate),
    Sheet(c.EndDelegation, {"number": Ask(kind="choice", options=list_delegations, build=int)}),
    Sheet(
        c.ReportLobbying,
        {"report": Ask(known=name_anew), "evidence": Ask(kind="files")},
        anyone=True,
    ),
    Sheet(c.RuleOnLobbying, {"report": Ask(options=list_lobbying)}),
    Sheet(c.RepeatBatch),
    Sheet(c.CancelRound),
)
