"""What a person can do on a round as it stands: what their page offers. Whether an act is taken, the core decides."""

from collections.abc import Callable

from selection.decision.command import Command
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage
from selection.refusals.refused import Refused
from selection.round import commands as c
from selection.round.amending_rules.table import find_top
from selection.round.approving.agreements import has_sent_back_enough, is_open_to_levels, list_waiting
from selection.round.drawing.makers import list_committing, refuse_maker
from selection.round.state import RoundState


class OfferedAct(Frozen):
    """An act by its kind, and the role in which the person would do it."""

    kind: str
    role: Role


def list_possible(state: RoundState, person: str) -> tuple[OfferedAct, ...]:
    """Return the acts on the round that its stage, its people and what was decided so far allow this person.

    What is left out would be refused. What is named may still be, by what only the record knows.
    """
    roles = list_roles(state, person)
    found = []
    for command in c.COMMANDS:
        kind = command.ACT.kind
        role = next((item for item in roles if item in command.ROW.roles), None)
        fits = ONLY_WHEN.get(command, _is_open)
        if role is not None and state.stage in command.ROW.stages and fits(state, person):
            found.append(OfferedAct(kind=kind, role=role))
    return tuple(found)


def list_roles(state: RoundState, person: str) -> tuple[Role, ...]:
    """Return the roles that the sealed rules give a person in a round, in the order in which an act takes them."""
    if state.sealed is None:
        return ()
    staff = state.current.staff
    holders = {
        Role.ADMIN: staff.admins,
        Role.OFFICER: staff.officers,
        Role.SUPERVISOR: staff.supervisors,
        Role.AUDITOR: staff.auditors,
        Role.APPROVER: tuple(name for level in state.current.approval for name in level.approvers),
    }
    return tuple(role for role, people in holders.items() if person in people)


def _is_open(state: RoundState, person: str) -> bool:
    return True


def _may_level(state: RoundState, person: str) -> bool:
    return is_open_to_levels(state) and any(person in level.approvers for level in list_waiting(state))


def _may_send_back(state: RoundState, person: str) -> bool:
    return _may_level(state, person) and not has_sent_back_enough(state, person)


def _may_approve(state: RoundState, person: str) -> bool:
    return is_open_to_levels(state) and any(
        person in level.approvers and person not in state.approvals.get(level.code, ())
        for level in list_waiting(state)
    )


def _may_open_draw(state: RoundState, person: str) -> bool:
    waiting = state.waiting_draw
    if waiting is None:
        return False
    try:
        refuse_maker(state, waiting, person)
    except Refused:
        return False
    return True


def _may_commit_draw(state: RoundState, person: str) -> bool:
    # Later a draw is for a fresh panel, of which a task tells: the round itself waits for none.
    of_review = state.stage in (RoundStage.DRAWING, RoundStage.REVIEW, RoundStage.SHORTLISTING)
    return of_review and state.waiting_draw is None and person in list_committing(state)


def _has_open_hit(state: RoundState, person: str) -> bool:
    return any(ruling is None for ruling in state.hits.values())


def _may_issue(state: RoundState, person: str) -> bool:
    return not state.batch and is_open_to_levels(state) and not list_waiting(state)


def _may_notice(state: RoundState, person: str) -> bool:
    assert state.sealed is not None
    return state.sealed.stages.notice and state.proposed and not state.batch and not state.left_over


def _may_shortlist(state: RoundState, person: str) -> bool:
    return not state.shortlist and not state.batch


def _may_propose(state: RoundState, person: str) -> bool:
    return not state.batch and not (state.filling and state.proposed)


def _may_fill(state: RoundState, person: str) -> bool:
    return state.rules_in_force.filled_from_reserve and bool(state.empty_places) and not state.batch


def _may_rule_on_amendment(state: RoundState, person: str) -> bool:
    waiting = state.waiting_amendment
    top = find_top(state)
    among = top is None or person in top.approvers
    return waiting is not None and among and person not in (*waiting.people, *waiting.agreed)


def _may_decline_post_change(state: RoundState, person: str) -> bool:
    staff = state.current.staff
    declines = person in (*staff.officers, *staff.supervisors, *staff.auditors)
    return not state.over and any(declines or item.person == person for item in state.post_entries)


ONLY_WHEN: dict[type[Command], Callable[[RoundState, str], bool]] = {
    c.OpenCall: lambda state, person: state.awaits_call is not None,
    c.RuleOnAmendment: _may_rule_on_amendment,
    c.ChangePost: lambda state, person: not state.over,
    c.AgreeOnPost: lambda state, person: not state.over,
    c.DeclinePostChange: _may_decline_post_change,
    c.Delegate: lambda state, person: not state.ended,
    c.EndDelegation: lambda state, person: not state.ended and bool(state.delegations),
    c.ReportLobbying: lambda state, person: not state.over,
    c.RuleOnLobbying: lambda state, person: any(
        person not in item.parties for item in state.open_lobbying.values()
    ),
    c.CommitDraw: _may_commit_draw,
    c.EnterDrawNumbers: lambda state, person: state.waiting_draw is not None,
    c.OpenDraw: _may_open_draw,
    c.VoidDraw: lambda state, person: state.waiting_draw is not None,
    c.FixShortlist: _may_shortlist,
    c.FixDeviatingShortlist: _may_shortlist,
    c.Propose: _may_propose,
    c.ProposeDeviating: _may_propose,
    c.OpenPublicNotice: _may_notice,
    c.FillPlaces: _may_fill,
    c.RecordIntegrityCheck: lambda state, person: not state.integrity,
    c.ClearIntegrityHit: _has_open_hit,
    c.UpholdIntegrityHit: _has_open_hit,
    c.LiftIntegrityStop: lambda state, person: False in state.hits.values(),
    c.ReverseIntegrityDecision: lambda state, person: state.integrity or True in state.hits.values(),
    c.DeclineIntegrityReversal: lambda state, person: any(
        entry.person != person for entry in state.decisions.entered.values()
    ),
    c.Approve: _may_approve,
    c.SendBackProposal: _may_send_back,
    c.IssueList: _may_issue,
    c.RepeatBatch: lambda state, person: bool(state.left_over) and not state.batch,
}
"""What an act waits for beside the stage and the role; of an act that stands not here, nothing."""
