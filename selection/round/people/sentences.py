"""What is said of the posts of a running round, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "round.post-changed.v1": (
        (
            "A post of the round changed ({post}): added {added}; removed {removed}.",
            "本轮岗位变动（{post}）：增加 {added}；撤下 {removed}。",
        ),
        ("A post of the round changed.", "本轮岗位有变动。"),
    ),
    "round.post-change-entered.v1": (
        (
            "A change of a post was entered ({post}): add {added}; remove {removed}. It counts once somebody of another"
            " post, or another approver, enters the same, from {start} on and before {until}, unless it is declined"
            " (entry {number}).",
            "录入岗位变动（{post}）：拟增加 {added}；拟撤下 {removed}。自{start}起至{until}前，"
            "由另一岗位的人员或另一名审批人录入相同内容后生效，但其间被否决的除外（第 {number} 次录入）。",
        ),
        ("A change of a post was entered.", "录入一项岗位变动。"),
    ),
    "round.post-change-declined.v1": (
        (
            "The change of a post that had been entered was declined or taken back (entry {number}).",
            "已录入的岗位变动被否决或收回（第 {number} 次录入）。",
        ),
        (
            "A change of a post that had been entered was declined or taken back.",
            "已录入的岗位变动被否决或收回。",
        ),
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
    "post-entry-early": (
        "The same was entered by another person (entry {number}), and whoever else is there has three days to decline"
        " it. Enter yours from {since} on.",
        "他人已录入相同变动（第 {number} 次录入），其他在岗人员有三日时间表示不同意；请自{since}起再行录入。",
    ),
    "post-entered": (
        "You have entered this already (entry {number}). Somebody of another post, or another approver where it is not"
        " an approver's, is to enter the same, from {since} on and before {until}; two officers, or two supervisors,"
        " change the post by signing together instead.",
        "您已录入该变动（第 {number} 次录入）；请另一岗位的人员（变动非审批岗位的，也可为另一名审批人）"
        "自{since}起、至{until}前录入相同内容。"
        "如有两名经办人员或两名监督人员，请共同签名变动岗位。",
    ),
    "no-post-entry": (
        "There is no change of a post that was entered and still waits under the number {number}; look at the round's"
        " timeline for its number, and whether a post changed since.",
        "没有编号为 {number} 的待办岗位变动；请在本轮时间线中查看编号，以及此后岗位是否已有变动。",
    ),
    "post-entry-of-another": (
        "Officers and supervisors decline what others entered (entry {number}); approvers take back their own alone."
        " Ask one of them.",
        "他人录入的岗位变动（第 {number} 次录入）由经办人员或监督人员否决；审批人仅可收回本人录入的变动。请由其办理。",
    ),
    "staff-left": (
        "Auditors have a part in who holds a post only where one officer, supervisor or approver of the round at most "
        "may still act; {count} may. Ask two of them.",
        "仅当本轮经办人员、监督人员和审批人中至多一人仍可办理时，审计人员方可参与岗位变动；"
        "目前有 {count} 人。请由其中两人办理。",
    ),
    "auditor-adds-staff": (
        "An auditor enters only that somebody comes as an officer or a supervisor, and takes nobody's post away; "
        "whoever came changes the other posts.",
        "审计人员仅可录入增加经办人员或监督人员，不得撤下任何人；其他岗位由到岗人员变动。",
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


POSTS: Names = {
    "officers": ("officers", "经办人员"),
    "supervisors": ("supervisors", "监督人员"),
    "auditors": ("auditors", "审计人员"),
    "admins": ("administrators", "管理员"),
    "approvers": ("approvers", "审批人"),
}
"""The posts of a round."""
