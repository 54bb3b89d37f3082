"""The letters of a round: of which event, to whom, and what they say."""

from collections.abc import Iterable

from selection.decision.aggregate import Event
from selection.kernel.stages import RoundStage
from selection.process.letter import Broadcast, Letter, Texts, Writer, letters_to, params_of
from selection.round.approving.agreements import is_open_to_levels, list_waiting
from selection.round.approving.events import (
    ApprovalVoided,
    IntegrityChecked,
    IntegrityHitRuled,
    IntegrityStopLifted,
    LevelApproved,
    ProposalSentBack,
)
from selection.round.course_events import DeadlineExtended, IntakeClosed, OutageRecorded, StageFinished
from selection.round.list_events import HeldItemsSettled, ListIssued, ProposalReturned
from selection.round.moving import RUN
from selection.round.state import RoundState


def _to(people: Iterable[str], template: str, state: RoundState, **params: str) -> list[Letter]:
    return letters_to(people, template, {"round": state.round, **params})


def _officers(template: str, **fields: str) -> Writer[RoundState]:
    """Return a writer of one letter to each officer, with parameters read off the event."""

    def write(event: Event, state: RoundState) -> list[Letter]:
        assert state.sealed is not None
        return _to(state.current.staff.officers, template, state, **params_of(event, fields))

    return write


def _write_finished(event: StageFinished, state: RoundState) -> list[Letter]:
    assert state.sealed is not None
    staff = state.current.staff
    letters = _to(staff.officers, "stage-finished", state, finished=event.finished, next=event.next)
    if state.stage is RoundStage.APPROVAL:
        letters += _to(staff.supervisors, "integrity-wanted", state, proposal=str(state.proposal))
    return letters


def _write_settlement(event: HeldItemsSettled, state: RoundState) -> list[Letter]:
    assert state.sealed is not None
    supervisors = state.current.staff.supervisors if event.released else ()
    return _to(supervisors, "integrity-wanted", state, proposal=str(event.proposal))


def _write_approval_request(event: Event, state: RoundState) -> list[Letter]:
    assert state.sealed is not None
    if isinstance(event, LevelApproved) and not event.passed:
        return []
    letters, proposal = list[Letter](), str(state.proposal)
    if isinstance(event, IntegrityChecked) and event.hits:
        letters = _to(state.current.staff.supervisors, "integrity-hit", state, proposal=proposal)
    if state.stage is not RoundStage.APPROVAL or not is_open_to_levels(state):
        return letters
    waiting = list_waiting(state)
    if not waiting:
        return [*letters, *_to(state.current.staff.officers, "approval-complete", state, proposal=proposal)]
    if isinstance(event, LevelApproved) and state.sealed.levels == "side-by-side":
        # The others were asked when this one was.
        return letters
    for level in waiting:
        letters += _to(level.approvers, "approval-wanted", state, proposal=proposal, level=level.code)
    return letters


def _write_voided(event: ApprovalVoided, state: RoundState) -> list[Letter]:
    """Tell officers and supervisors, and ask the others of the level; never whom it is about."""
    staff = state.current.staff
    told = [person for person in (*staff.officers, *staff.supervisors) if person != event.person]
    params = {"proposal": str(state.proposal), "levels": ", ".join(event.levels)}
    letters = _to(dict.fromkeys(told), "approval-voided", state, **params)
    if not is_open_to_levels(state):
        return letters
    for level in list_waiting(state):
        asked = [person for person in level.approvers if person not in (event.person, *told)]
        letters += _to(asked, "approval-wanted", state, proposal=params["proposal"], level=level.code)
    return letters


def _write_extended(event: DeadlineExtended, state: RoundState) -> list[Letter | Broadcast]:
    template = "windows-extended" if event.name in RUN else "deadline-extended"
    return _tell_all(
        template, {"name": "name", "until": "until", "cause": "cause"}, (event.name,), event, state
    )


def _write_outage(event: OutageRecorded, state: RoundState) -> list[Letter | Broadcast]:
    fields = {"began": "began", "ended": "ended", "moved": "later", "until": "until", "cause": "cause"}
    return _tell_all("outage-recorded", fields, event.later, event, state)


def _tell_all(
    template: str, fields: dict[str, str], names: tuple[str, ...], event: Event, state: RoundState
) -> list[Letter | Broadcast]:
    """Return a letter to each officer, and one to everyone else whom what moved concerns."""
    assert state.sealed is not None
    concerned = Broadcast(
        key=template,
        template=template,
        params={"round": state.round, **params_of(event, fields)},
        deadlines=names,
        units=tuple(unit.code for unit in state.sealed.recommenders),
        besides=state.current.staff.officers,
    )
    return [*_officers(template, **fields)(event, state), concerned]


WRITES: dict[type[Event], Writer[RoundState]] = {
    DeadlineExtended: _write_extended,
    OutageRecorded: _write_outage,
    IntakeClosed: _officers("intake-closed"),
    StageFinished: _write_finished,
    HeldItemsSettled: _write_settlement,
    ProposalReturned: _officers("proposal-returned"),
    IntegrityChecked: _write_approval_request,
    IntegrityHitRuled: _write_approval_request,
    IntegrityStopLifted: _officers("integrity-stop-lifted", item="application"),
    LevelApproved: _write_approval_request,
    ApprovalVoided: _write_voided,
    ProposalSentBack: _officers("proposal-sent-back", level="level", items="items"),
    ListIssued: _officers("list-issued"),
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "approval-voided": {
        "en": (
            "Round {round}: an approval does not count any more ({levels})",
            "Somebody who approved proposal {proposal} of round {round} is bound to an item of it by now, as "
            "data shows or a supervisor ruled. Their approval does not count any more, and their level ({levels}) "
            "is asked again before the list is issued. If nobody is left at the level, give its post to "
            "somebody. If the evidence is too remote, refer it on the application, so that a supervisor rules.",
        ),
        "zh": (
            "{round} 轮次：{levels}的一项审批不再计入",
            "据数据或监督人员的裁定，{round} 轮次第 {proposal} 版名单的一名审批人现与其中事项存在利益关系，其在该层级"
            "（{levels}）的审批不再计入；须由该层级重新审批，此前不得发布名单。该层级已无审批人的，请另行任命；"
            "认为关联过于间接的，请就该申报提请监督人员裁定。",
        ),
    },
    "proposal-returned": {
        "en": (
            "Round {round}: the proposal is made anew",
            "A decision on an application of round {round} was reversed after the proposal. The round is back in the"
            " proposal: once everything is decided again, please propose anew. What was approved of the others stands.",
        ),
        "zh": (
            "{round} 轮次须重新提出拟建名单",
            "{round} 轮次提出拟建名单后，有申报的决定被撤销，本轮回到拟建环节。待相关决定重新作出后，请重新提出名单；"
            "其他事项已作出的审批仍有效。",
        ),
    },
    "intake-closed": {
        "en": (
            "Round {round}: intake closed, legality check open",
            "The recommendation deadline of round {round} has passed. The recommended applications wait for the "
            "legality check.",
        ),
        "zh": (
            "{round} 轮次推荐截止，请开展合法性审查",
            "{round} 轮次推荐期限已届满。已获推荐的申报待合法性审查，请开展审查。",
        ),
    },
    "deadline-extended": {
        "en": (
            "Round {round}: deadline extended to {until}",
            "In round {round}, this deadline was extended: {name}. It now ends at {until}. Cause: {cause}. The"
            " call's page shows the reason.",
        ),
        "zh": (
            "{round} 轮次期限延至{until}",
            "{round} 轮次以下期限已延长：{name}，现延至{until}。事由：{cause}。理由见申报通知页面。",
        ),
    },
    "windows-extended": {
        "en": (
            "Round {round}: more time until {until}",
            "In round {round}, what runs from an act of each application was extended for all: {name}. It does not"
            " end before {until} now; what ends later stays. Cause: {cause}. The call's page shows the reason.",
        ),
        "zh": (
            "{round} 轮次有关期限延至{until}",
            "{round} 轮次自办理之日起算的以下期限已统一延长：{name}，均不早于{until}届满；原本更晚的不变。"
            "事由：{cause}。理由见申报通知页面。",
        ),
    },
    "outage-recorded": {
        "en": (
            "Round {round}: deadlines moved to {until} after an outage",
            "In round {round}, an outage was recorded: nobody could act from {began} to {ended} ({cause}). This does"
            " not end before {until} now: {moved}. The call's page shows the reason.",
        ),
        "zh": (
            "{round} 轮次因系统中断，期限顺延至{until}",
            "{round} 轮次记录了一次系统中断：{began}至{ended}无法办理（{cause}）。以下期限均不早于{until}届满："
            "{moved}。理由见申报通知页面。",
        ),
    },
    "stage-finished": {
        "en": (
            "Round {round}: {finished} finished",
            "In round {round} the stage “{finished}” is finished. The stage now is “{next}”. What waits for you "
            "is listed among your tasks.",
        ),
        "zh": (
            "{round} 轮次“{finished}”阶段已结束",
            "{round} 轮次“{finished}”阶段已结束，现进入“{next}”阶段。待您办理的事项列于“待办”。",
        ),
    },
    "integrity-wanted": {
        "en": (
            "Round {round}: integrity check of proposal {proposal}",
            "Proposal {proposal} of round {round} goes to approval. Please record the integrity check"
            " first; a"
            " hit suspends its item until a person has ruled on it.",
        ),
        "zh": (
            "{round} 轮次第 {proposal} 版名单待廉洁核查",
            "{round} 轮次第 {proposal} 版拟建名单进入审批，请先记录廉洁核查结果；核查发现问题的，"
            "该项暂停，待人工裁定。",
        ),
    },
    "integrity-hit": {
        "en": (
            "Round {round}: integrity hits in proposal {proposal} wait for a ruling",
            "The integrity check of proposal {proposal} of round {round} has hits without a ruling."
            " Please rule on each of them: its item is approved and listed only after that; the others go on.",
        ),
        "zh": (
            "{round} 轮次第 {proposal} 版名单的廉洁核查事项待裁定",
            "{round} 轮次第 {proposal} 版拟建名单的廉洁核查发现尚未裁定的事项，请逐项裁定；"
            "裁定之前，所涉事项不予审批和发布，其他事项照常进行。",
        ),
    },
    "integrity-stop-lifted": {
        "en": (
            "Round {round}: the integrity stop of {item} was lifted",
            "In round {round}, two supervisors lifted the integrity stop of application {item}. It can be"
            " proposed again; what a level approved of it before is void.",
        ),
        "zh": (
            "{round} 轮次申报 {item} 的廉洁核查限制已解除",
            "{round} 轮次申报 {item} 的廉洁核查限制已由两名监督人员解除，可再次列入拟建名单；此前就其作出的审批失效。",
        ),
    },
    "approval-wanted": {
        "en": (
            "Round {round}: proposal {proposal} waits for approval ({level})",
            "Proposal {proposal} of round {round} waits for the approval of this level: {level}. Please agree, or"
            " send items back with a reason.",
        ),
        "zh": (
            "{round} 轮次第 {proposal} 版名单待{level}审批",
            "{round} 轮次第 {proposal} 版拟建名单待{level}审批，请予同意，或说明理由退回有关事项。",
        ),
    },
    "approval-complete": {
        "en": (
            "Round {round}: proposal {proposal} approved at every level",
            "Every level has approved proposal {proposal} of round {round}. The list can be issued.",
        ),
        "zh": (
            "{round} 轮次第 {proposal} 版名单已通过各级审批",
            "{round} 轮次第 {proposal} 版拟建名单已通过各级审批，可以发布。",
        ),
    },
    "proposal-sent-back": {
        "en": (
            "Round {round}: items sent back ({level})",
            "In round {round}, a level of approval ({level}) sent these items back: {items}. What was"
            " approved of these is void, and the round is in the proposal stage again.",
        ),
        "zh": (
            "{round} 轮次名单被{level}退回",
            "{round} 轮次{level}退回以下事项：{items}。就这些事项已作出的审批失效，"
            "轮次重新进入提出拟建名单阶段。",
        ),
    },
    "list-issued": {
        "en": (
            "Round {round}: list issued",
            "The list of round {round} has been issued, and every applicant is told the result.",
        ),
        "zh": ("{round} 轮次建设名单已发布", "{round} 轮次建设名单已发布，结果将逐一告知申报单位。"),
    },
}
"""What the letters say."""
