"""What pages say of each act: its name, what to know before, its fields and what can be chosen."""

from selection.kernel.stages import Names
from selection.round.people.sentences import POSTS

LABELS: Names = {
    "change-post": ("Change who holds a post", "变动岗位人员"),
    "change-post.guidance": (
        "From the next act on, whom you add holds the post, and whom you remove does not; what was done before stands. "
        "Supervisors change every post but their own, officers the supervisors'. Two people sign, and nobody for "
        "themselves.",
        "自下一项操作起，增加的人员在岗，撤下的人员不再在岗，此前办理的事项仍然有效。监督人员变动自身以外的各岗位，"
        "监督人员的岗位由经办人员变动。须由两人签名，任何人不得任免本人。",
    ),
    "change-post.post": ("Post", "岗位"),
    **{f"change-post.post.{code}": name for code, name in POSTS.items()},
    "change-post.level": ("Level of approval, for approvers alone", "审批层级（仅限审批人）"),
    "change-post.add": ("People to add", "增加的人员"),
    "change-post.add.help": ("Their ids, one in each line", "填写编号，每行一个"),
    "change-post.remove": ("People to remove", "撤下的人员"),
    "change-post.reason": ("Reason", "理由"),
    "agree-on-post": ("Agree with another post on who holds a post", "与另一岗位商定岗位变动"),
    "agree-on-post.guidance": (
        "For a round in which no two officers, or no two supervisors, are left to sign a change together. Two people "
        "of different posts, or for another post two approvers, enter the same: the second three days after the first "
        "or later, within thirty days. Until then any officer or supervisor may decline it. Nobody enters what is "
        "about themselves, and entering another change replaces your first. Where one officer, supervisor or approver "
        "at most may still act, an auditor may be one of the two, for officers and supervisors who come, or decline; "
        "as long as two of them may act, it is refused to auditors.",
        "适用于已无两名经办人员或两名监督人员可共同签名变动岗位的情形。须由两个不同岗位的人员录入相同变动"
        "（变动非审批岗位的，两名审批人亦可），"
        "后录入者须在先录入满三日之后、三十日之内录入；其间任何经办人员或监督人员均可否决。任何人不得录入涉及本人的变动；"
        "另行录入的，取代本人先前的录入。经办人员、监督人员和审批人中至多一人仍可办理的，审计人员可为两人之一，"
        "录入增加经办人员或监督人员，亦可否决；尚有两人可办理的，审计人员录入或否决均不予受理。",
    ),
    "agree-on-post.post": ("Post", "岗位"),
    **{f"agree-on-post.post.{code}": name for code, name in POSTS.items()},
    "agree-on-post.level": ("Level of approval, for approvers alone", "审批层级（仅限审批人）"),
    "agree-on-post.add": ("People to add", "增加的人员"),
    "agree-on-post.add.help": ("Their ids, one in each line", "填写编号，每行一个"),
    "agree-on-post.remove": ("People to remove", "撤下的人员"),
    "agree-on-post.remove.help": ("Their ids, one in each line", "填写编号，每行一个"),
    "agree-on-post.reason": ("Reason", "理由"),
    "decline-post-change": ("Decline a change of a post that was entered", "否决已录入的岗位变动"),
    "decline-post-change.guidance": (
        "Officers and supervisors decline what another person entered; whoever entered it takes it back. It then "
        "counts no more, and if it is entered again the three days begin anew. If the post is to change all the same, "
        "two who are left of one post sign that together. Auditors may decline only where one officer, supervisor or "
        "approver at most may still act; as long as two of them may, it is refused to auditors.",
        "经办人员、监督人员可否决他人录入的岗位变动，录入人可收回本人录入的变动。否决或收回后不再生效；重新录入的，三日期限重新起算。"
        "确需变动的，请由两人共同签名办理。经办人员、监督人员和审批人中至多一人仍可办理的，审计人员方可否决；"
        "尚有两人可办理的，不予受理。",
    ),
    "decline-post-change.number": (
        "What was entered, by its number in the timeline",
        "已录入的变动（按时间线中的编号）",
    ),
    "decline-post-change.reason": ("Reason", "理由"),
    "delegate": ("Have somebody stand in for you", "委托他人代行岗位"),
    "delegate.guidance": (
        "Somebody acts in your post from the first day to the last. They hold the role in the register, have no post "
        "in this round, stand in for nobody else in it, and pass it on to nobody. Both names stand in the record of "
        "what they do, and neither of you may be in conflict.",
        "自首日至最后一日，由他人代行您的岗位。代行者须已登记相应身份，在本轮没有岗位、不代行他人岗位，且不得转委托。"
        "其办理的事项同时记录双方姓名，双方均不得存在利益冲突。",
    ),
    "delegate.substitute": ("Who stands in for you", "代行者"),
    "delegate.first": ("First day", "首日"),
    "delegate.last": ("Last day, inclusive", "最后一日（含当日）"),
    "delegate.reason": ("Reason", "理由"),
    "end-delegation": ("End a delegation", "终止委托"),
    "end-delegation.guidance": (
        "From the next act on the substitute does nothing more by it. What was done stands.",
        "自下一项操作起，代行者不得再据此办理；此前办理的事项仍然有效。",
    ),
    "end-delegation.number": ("Delegation, by its number in the timeline", "委托（按时间线中的编号）"),
    "end-delegation.reason": ("Reason", "理由"),
}
"""By the kind of the command, alone or before the name of the part: (English, Chinese)."""
