"""What is said of the posts of a running round, in English and Chinese."""

from selection.decision.aggregate import Event
from selection.kernel.stages import Names
from selection.process.letter import Letter, Texts, Writer, letters_to
from selection.process.room import Pairs
from selection.round.people.events import DelegationEnded, PostChanged, PostDelegated
from selection.round.state import RoundState
from selection.rules.holders import POST_OF_ROLE

TIMELINE: dict[str, Pairs] = {
    "round.post-changed.v1": (
        (
            "A post of the round changed ({post}): added {added}; removed {removed}.",
            "本轮岗位变动（{post}）：增加 {added}；撤下 {removed}。",
        ),
        ("A post of the round changed.", "本轮岗位有变动。"),
    ),
    "round.post-delegated.v1": (
        (
            "{holder} delegated a post to {substitute}, until {until} (delegation {number}).",
            "{holder} 委托 {substitute} 代行岗位，至 {until}（第 {number} 次委托）。",
        ),
        ("A post of the round was delegated.", "本轮岗位有委托代行。"),
    ),
    "round.delegation-ended.v1": (
        ("Delegation {number} ended early.", "第 {number} 次委托提前终止。"),
        ("A delegation ended early.", "一项委托提前终止。"),
    ),
}
"""What happened, from the most that can be said to the least."""

REFUSALS: Names = {
    "post-not-yours": (
        "Supervisors change every post of a round but their own; officers change the supervisors' ({post}). Ask"
        " two of them.",
        "除监督人员自身岗位由经办人员变动外，本轮其他岗位均由监督人员变动（{post}）。请由其中两人办理。",
    ),
    "post-unchanged": (
        "Nobody is added and nobody removed; name at least one person.",
        "既未增加也未撤下任何人；请至少指明一人。",
    ),
    "own-post": (
        "Nobody gives a post to themselves or takes it from themselves; another person must sign this.",
        "任何人不得任免本人岗位；须由他人签名办理。",
    ),
    "registrar-appoints": (
        "You register people, as an administrator, so you put nobody into a post; two who do not register people must"
        " sign this. Where too few such people hold your post, two administrators who serve nowhere in this round"
        " register those who hold it without the administrator's role; register these two first where there are none.",
        "您以管理员身份登记人员，故不得任命岗位；须由两名不登记人员者签名办理。"
        "如本岗位此类人员不足，可由两名未在本轮次任职的管理员重新登记在岗人员、不再保留其管理员身份（没有时先登记此类管理员）。",
    ),
    "post-held": (
        "{person} holds this post already; leave them out.",
        "{person} 已在此岗位；请勿重复列入。",
    ),
    "post-held-before": (
        "{person} held another post in this round before ({duty}); name somebody who did not.",
        "{person} 在本轮曾任其他岗位（{duty}）；请另择他人。",
    ),
    "post-of-applicant": (
        "{person} is an applicant in this round; name somebody who is none.",
        "{person} 在本轮有申报；请另择无申报的人员。",
    ),
    "post-not-held": (
        "{person} does not hold this post; name somebody who does.",
        "{person} 不在此岗位；请指明在岗人员。",
    ),
    "post-too-few": (
        "At least {least:person|people} must keep this post ({post}); add somebody in the same act.",
        "此岗位（{post}）至少须留 {least} 人；请在同一操作中补充人员。",
    ),
    "no-onward-delegation": (
        "Whoever stands in for another passes the post on to nobody and changes no post; the holder must do this.",
        "代行岗位者不得转委托，也不得变动岗位；须由在岗人员本人办理。",
    ),
    "substitute-in-office": (
        "{person} has a post in this round already; name somebody who has none.",
        "{person} 在本轮已有岗位；请另择无岗位的人员。",
    ),
    "substitute-was-in-office": (
        "{person} had a post in this round before, and what they did in it counts as theirs; name somebody who had"
        " none, or have them added to the post again.",
        "{person} 此前在本轮曾有岗位，其当时所办事项仍计为本人所办；请另择未曾任岗的人员，或将其重新任命到岗。",
    ),
    "substitute-taken": (
        "Name another person: in this round {person} has been named to act for somebody.",
        "{person} 在本轮已代行或曾代行他人岗位；请另择他人。",
    ),
    "delegated-already": (
        "Your post is delegated already (delegation {number}), until {until}; end that one first.",
        "您的岗位已委托他人（第 {number} 次委托），至 {until}；请先终止该委托。",
    ),
    "delegation-unclear": (
        "The last day must not be over, nor come before the first day.",
        "最后一日不得早于首日，也不得已过。",
    ),
    "no-delegation": (
        "There is no delegation {number} that could end; look at the round's timeline for its number.",
        "没有可终止的第 {number} 次委托；请在本轮时间线中查看编号。",
    ),
    "post-clash": (
        "Somebody named has another post of the round that must not meet this one ({post}); remove them there"
        " first, or name another person.",
        "所列人员在本轮另有不得兼任的岗位（{post}）；请先撤下该岗位，或另择他人。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""


def _tell(event: PostChanged, state: RoundState) -> list[Letter]:
    params = {"round": state.round, "post": event.post, "level": event.level or "-"}
    return [
        *letters_to(event.added, "post-given", params),
        *letters_to(event.removed, "post-taken", params),
    ]


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
    PostDelegated: _tell_substitute,
    DelegationEnded: _tell_ended,
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "post-given": {
        "en": (
            "Round {round}: you were given a post ({post})",
            "You hold a post of round {round} from now on: {post} (level: {level}). Two people signed this, and the"
            " reason is in the record. `selection task list` shows what waits for you.",
        ),
        "zh": (
            "{round} 轮次：您已被任命（{post}）",
            "自即时起，您担任 {round} 轮次的岗位：{post}（层级：{level}）。此事经两人签名，理由载于记录。"
            "待办事项见 `selection task list`。",
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
            "依第 {number} 次委托，您自 {began} 起至 {until} 代行 {round} 轮次的岗位：{post}。双方姓名均载于记录。"
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

POSTS: Names = {
    "officers": ("officers", "经办人员"),
    "supervisors": ("supervisors", "监督人员"),
    "auditors": ("auditors", "审计人员"),
    "admins": ("administrators", "管理员"),
    "approvers": ("approvers", "审批人"),
}
"""The posts of a round."""
