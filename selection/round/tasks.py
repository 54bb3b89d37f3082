"""Who is awaited in a round."""

from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage
from selection.process.ladder import find_due, read_terms
from selection.process.task import OpenTask, with_since
from selection.round.amending_rules.table import find_field, find_top
from selection.round.approving.agreements import is_open_to_levels, list_waiting
from selection.round.drawing.makers import find_committing_post
from selection.round.reversing.sentences import list_reversals
from selection.round.state import RoundState, rules_of

_ROUND_TASKS = {
    RoundStage.DRAWING: "draw",
    RoundStage.SHORTLISTING: "shortlist",
    RoundStage.PROPOSAL: "propose",
}

_RULING_STAGES = (RoundStage.PROPOSAL, RoundStage.NOTICE, RoundStage.APPROVAL, RoundStage.ISSUED)


def tasks_of_round(state: RoundState) -> list[OpenTask]:
    """Return what is awaited of the round's people, and until when if the rules have a ladder."""
    tasks, rules = with_since(list_tasks(state), state.since_of), rules_of(state)
    terms = None if rules is None else read_terms(rules.ladder, rules.days.reminders, rules.clock)
    if terms is None:
        return tasks
    return [task.with_(until=find_due(task, terms, state.deadlines)) for task in tasks]


def list_tasks(state: RoundState) -> list[OpenTask]:
    """Return what is awaited of the round's people, each since the round stands where it does."""
    if state.since is None:
        return []
    since = state.since
    tasks: list[OpenTask] = []
    if state.awaits_call is not None and state.stage is RoundStage.CALL:
        tasks.append(OpenTask(key="open-call", kind="open-call", role=Role.OFFICER, since=state.awaits_call))
    tasks += _list_recommending(state)
    if state.left_over:
        tasks.append(OpenTask(key="left-over", kind="left-over", role=Role.OFFICER, since=since))
    tasks += _amendment_tasks(state)
    if state.stage in _ROUND_TASKS and not state.batch and not _is_carried_out(state):
        proposed = state.stage is RoundStage.PROPOSAL and state.proposed
        kind = "open-notice" if proposed else _ROUND_TASKS[state.stage]
        if not (proposed and _goes_on_by_itself(state)):
            role = find_committing_post(state) if kind == "draw" else Role.OFFICER
            tasks.append(OpenTask(key=kind, kind=kind, role=role, since=since))
    if state.stage is RoundStage.APPROVAL and not state.batch:
        tasks += _approval_tasks(state)
    if state.stage in _RULING_STAGES and _has_open_hit(state):
        tasks.append(
            OpenTask(key="integrity-hit", kind="rule-on-integrity-hit", role=Role.SUPERVISOR, since=since)
        )
    return [*tasks, *_list_lobbying(state), *list_reversals(state)]


def _list_recommending(state: RoundState) -> list[OpenTask]:
    """Return for each recommending unit that applications wait for it; whether some do, the record knows."""
    rules = rules_of(state)
    over = state.stage is not RoundStage.CALL or state.awaits_call is not None
    if over or rules is None or state.since is None:
        return []
    return [
        OpenTask(
            key=f"recommend/{unit.code}",
            kind="recommend",
            role=Role.RECOMMENDER,
            unit=unit.code,
            since=state.since,
            deadline="recommendation",
            region=unit.region,
            places=rules.quota_of(unit.code),
        )
        for unit in rules.recommenders
    ]


def _list_lobbying(state: RoundState) -> list[OpenTask]:
    return [
        OpenTask(key=f"lobbying/{key}", kind="rule-on-lobbying", role=Role.SUPERVISOR, since=item.at)
        for key, item in state.open_lobbying.items()
    ]


def _amendment_tasks(state: RoundState) -> list[OpenTask]:
    """Return that a change of the rules waits for an approver, as long as the round's stage allows it."""
    waiting = state.waiting_amendment
    field = find_field(waiting.path) if waiting is not None else None
    if waiting is None or field is None or state.stage not in field.stages:
        return []
    key, top = f"amendment/{waiting.number}", find_top(state)
    unit = top.code if top is not None else None
    return [OpenTask(key=key, kind="rule-on-amendment", role=Role.APPROVER, unit=unit, since=waiting.at)]


def _goes_on_by_itself(state: RoundState) -> bool:
    """Tell whether a proposal waits for nobody: the rules have no notice that an officer could open."""
    return state.sealed is not None and not state.sealed.stages.notice


def _is_carried_out(state: RoundState) -> bool:
    """Tell whether the stage's decision was made: the round's next look ends the stage, or what is left over.

    Applications that a draw left over are drawn for again; a shortlist is made once and repeated on the rest.
    """
    if state.stage is RoundStage.DRAWING:
        draws = [draw for draw in state.draws.values() if not draw.voided]
        return bool(draws) and draws[-1].result is not None and not state.left_over
    return state.stage is RoundStage.SHORTLISTING and bool(state.shortlist)


def _has_open_hit(state: RoundState) -> bool:
    """Tell whether a hit waits for a ruling on something that is proposed, or was and is held."""
    waiting = {item.application for item in state.held if state.hits.get(item.application, True) is None}
    return bool(waiting or state.suspended_items)


def _approval_tasks(state: RoundState) -> list[OpenTask]:
    assert state.since is not None
    since = state.since
    if not state.integrity:
        return [OpenTask(key="integrity", kind="check-integrity", role=Role.SUPERVISOR, since=since)]
    if not is_open_to_levels(state):
        return []
    waiting = list_waiting(state)
    if not waiting:
        return [OpenTask(key="issue", kind="issue", role=Role.OFFICER, since=since)]
    return [
        OpenTask(
            key=f"approve/{level.code}/{state.proposal}",
            kind="approve",
            role=Role.APPROVER,
            unit=level.code,
            since=since,
        )
        for level in waiting
    ]
