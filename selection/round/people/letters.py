"""The letters about posts of a running round: of which event, to whom, and what they say."""

from collections.abc import Iterable

from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer, letters_to
from selection.round.people.events import (
    DelegationEnded,
    PostChanged,
    PostChangeDeclined,
    PostChangeEntered,
    PostDelegated,
)
from selection.round.state import RoundState
from selection.rules.holders import POST_OF_ROLE


def _tell(event: PostChanged, state: RoundState) -> list[Letter]:
    params = {"round": state.round, "post": event.post, "level": event.level or "-"}
    return [
        *letters_to(event.added, "post-given", params),
        *letters_to(event.removed, "post-taken", params),
    ]


def _tell_entered(event: PostChangeEntered, state: RoundState) -> list[Letter]:
    (entry,) = (item for item in state.post_entries if item.number == event.number)
    params = {
        "round": state.round,
        "number": str(event.number),
        "post": event.post,
        "level": event.level or "-",
    }
    days = {"began": event.start.isoformat(), "until": event.until.isoformat()}
    return letters_to(_list_others(state, entry.person), "post-change-entered", {**params, **days})


def _tell_declined(event: PostChangeDeclined, state: RoundState) -> list[Letter]:
    params = {"round": state.round, "number": str(event.number)}
    return letters_to(_list_others(state), "post-change-declined", params)


def _list_others(state: RoundState, but: str = "") -> Iterable[str]:
    """Return everybody who may enter or decline a change of a post, and whoever stands in for them, but for one.

    Auditors are told each time: the state does not hold whether they may.
    """
    assert state.acted is not None
    rules = state.with_substitutes(state.acted).current
    approvers = (person for level in rules.approval for person in level.approvers)
    people = dict.fromkeys(
        (*rules.staff.officers, *rules.staff.supervisors, *approvers, *rules.staff.auditors)
    )
    return [person for person in people if person != but]


def _tell_substitute(event: PostDelegated, state: RoundState) -> list[Letter]:
    params = {"round": state.round, "post": event.post, "number": str(event.number)}
    days = {"began": event.start.isoformat(), "until": event.until.isoformat()}
    return letters_to((event.substitute,), "post-delegated", {**params, **days})


def _tell_ended(event: DelegationEnded, state: RoundState) -> list[Letter]:
    found = next(item for item in state.delegations if item.number == event.number)
    params = {"round": state.round, "post": POST_OF_ROLE[found.role], "number": str(event.number)}
    return letters_to((found.substitute, found.holder), "delegation-ended", params)


WRITES: dict[type[Event], Writer[RoundState]] = {
    PostChanged: _tell,
    PostChangeEntered: _tell_entered,
    PostChangeDeclined: _tell_declined,
    PostDelegated: _tell_substitute,
    DelegationEnded: _tell_ended,
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "post-given": {
        "en": (
            "Round {round}: you were given a post ({post})",
            "You hold a post of round {round} from now on: {post} (level: {level}). Two people signed this, and "
            "the reason is in the record. What waits for you is listed among your tasks.",
        ),
        "zh": (
            "{round} 轮次：您已被任命（{post}）",
            "自即时起，您担任 {round} 轮次的岗位：{post}（层级：{level}）。此事经两人签名，理由载于记录。待您办理"
            "的事项列于“待办”。",
        ),
    },
    "post-change-entered": {
        "en": (
            "Round {round}: a change of a post was entered ({post})",
            "Somebody entered that a post of round {round} is to change: {post} (level: {level}). The timeline "
            "of the round shows who is to come and who is to go. The change is made once somebody of another "
            "post, or another approver, enters the same (entry {number}), from {began} on and before {until}. If "
            "you are an officer or a supervisor and it should not be, decline it before that on the round's "
            "page. Where two officers, or two supervisors, are there, they change the post by signing together "
            "instead. Auditors may enter or decline only where one officer, supervisor or approver at most may "
            "still act.",
        ),
        "zh": (
            "{round} 轮次：有人录入岗位变动（{post}）",
            "有人录入 {round} 轮次岗位变动：{post}（层级：{level}，第 {number} 次录入）。拟增加、撤下的人员见本轮"
            "次的办理过程。自{began}起至{until}前，由另一岗位的人员或另一名审批人录入相同内容后即生效。您如为经办"
            "人员或监督人员且不同意，请在此之前于本轮次的页面予以否决。如尚有两名经办人员或两名监督人员在岗，应由"
            "其共同签名变动岗位。经办人员、监督人员和审批人中至多一人仍可办理的，审计人员方可录入或否决。",
        ),
    },
    "post-change-declined": {
        "en": (
            "Round {round}: a change of a post that was entered is off",
            "The change of a post that was entered in round {round} (entry {number}) was declined, or taken back "
            "by whoever entered it; nobody completes it any more. The reason is in the record. If it is entered "
            "again, the three days begin anew.",
        ),
        "zh": (
            "{round} 轮次：已录入的岗位变动不再办理",
            "{round} 轮次录入的岗位变动（第 {number} 次录入）已被否决，或由录入人收回，不再生效。理由载于记录；"
            "如重新录入，三日期限重新起算。",
        ),
    },
    "post-delegated": {
        "en": (
            "Round {round}: you stand in for a holder of a post ({post})",
            "By delegation {number} you act in a post of round {round}: {post}, from {began} until {until}. Both names"
            " stand in the record. You pass it on to nobody, and step back where you or whoever you stand in for is"
            " in conflict.",
        ),
        "zh": (
            "{round} 轮次：您受托代行岗位（{post}）",
            "依第 {number} 次委托，您自{began}起至{until}止代行 {round} 轮次的岗位：{post}。双方姓名均载于记录。"
            "您不得转委托；您或委托人存在利益冲突时应当回避。",
        ),
    },
    "delegation-ended": {
        "en": (
            "Round {round}: a delegation ended ({post})",
            "Delegation {number} of a post of round {round} ended early: {post}. What was done by it stands; the reason"
            " is in the record.",
        ),
        "zh": (
            "{round} 轮次：委托已终止（{post}）",
            "{round} 轮次岗位（{post}）的第 {number} 次委托已提前终止。依其办理的事项仍然有效，理由载于记录。",
        ),
    },
    "post-taken": {
        "en": (
            "Round {round}: a post of yours ended ({post})",
            "You no longer hold this post of round {round}: {post} (level: {level}). What you did before stands. Two"
            " people signed this, and the reason is in the record.",
        ),
        "zh": (
            "{round} 轮次：您的岗位已结束（{post}）",
            "您不再担任 {round} 轮次的岗位：{post}（层级：{level}）。您此前办理的事项仍然有效。"
            "此事经两人签名，理由载于记录。",
        ),
    },
}
"""What the letters say."""
