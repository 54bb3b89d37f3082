"""The acts on a round."""

from selection.round.amending_rules.texts import RULINGS
from selection.wording.code_names import DEADLINES, POSTS

WORDS: dict[str, tuple[str, str]] = {
    "any.proposal": ("Version of the proposal", "拟建名单版本"),
    "any.level": ("Level", "审批层级"),
    "any.draw": ("Draw", "抽取"),
    "open-call.guidance": (
        "From now on applications are taken. The rules were sealed before; recommending units are told.",
        "自此起受理申报。规则此前已封存；系统将告知推荐单位。",
    ),
    "extend-deadline.guidance": (
        "The deadline moves to the end of a later day, for everybody. Of what runs from an act (mending, answers to "
        "invitations, the notice) none ends before that day any more. Everyone concerned is told; the round and its "
        "call show the new day.",
        "期限将延至较晚一日的结束，对所有人有效；自办理之日起算的（补正、答复邀请、公示）均不早于该日届满。"
        "有关各方均获告知，本轮次及其通知将显示新期限。",
    ),
    "extend-deadline.name": ("Deadline", "期限"),
    **{f"extend-deadline.name.{code}": name for code, name in DEADLINES.items()},
    "extend-deadline.until": ("New last day, inclusive", "新的最后一日（含当日）"),
    "record-outage.guidance": (
        "For an outage that has ended, in which nobody could act: deadlines that fell in it, or in the days after it, "
        "are moved later by the rules, and so is what runs from an act: mending, invitations, reviews, the notice. "
        "Times are those of the round's zone.",
        "用于记录已结束的系统中断：落在中断期间或其后数日内的期限，以及正在计算的补正、邀请、评审和公示期限，将按规则顺延。时间按本轮次所用时区填写。",
    ),
    "record-outage.began": ("Began", "开始时间"),
    "record-outage.ended": ("Ended", "结束时间"),
    "enter-draw-numbers.guidance": (
        "The draw's public numbers, as they were published, entered by one person here; whoever opens the draw enters "
        "them again. If you erred, enter them once more.",
        "按公布结果录入本次抽取的公开号码；公开抽取者将再次录入。录入有误时可重新录入。",
    ),
    "enter-draw-numbers.published": ("Numbers as published", "公布的号码"),
    "open-draw.guidance": (
        "The secret that was committed to is revealed, together with the public numbers that the draw named before "
        "anybody knew them. The panels follow from both; anybody can compute them again. You are another officer than "
        "who committed the draw, and somebody else has entered the numbers.",
        "公开先前承诺的密钥，并录入抽取所指、事先无人知晓的公开号码。专家组由两者共同得出，任何人均可复算。"
        "公开者须不是承诺者本人，且号码已由另一人录入。",
    ),
    "open-draw.secret": ("Secret", "密钥"),
    "open-draw.secret.help": (
        "The 64 characters that were shown to who committed the draw, and handed to you. No draft keeps them: type "
        "them when you sign.",
        "承诺抽取时显示、由承诺者交给您的 64 个字符。草稿不保存此项，请在签名前填写。",
    ),
    "open-draw.published": ("Numbers as published, or the beacon's signature", "公布的号码，或信标的签名"),
    "void-draw.guidance": (
        "The committed draw is never opened: its secret is lost, its numbers were not drawn, or its time is over. It "
        "stays in the record with your reason, and the next draw needs later numbers. Two supervisors sign.",
        "已承诺的抽取不再开启：密钥遗失、号码未开出或期限已过。该次抽取及理由永久保留，下一次须以更晚的号码开启。"
        "须由两名监督人员签名。",
    ),
    "open-public-notice.guidance": (
        "The proposal is published for the days of the rules, in which objections are taken.",
        "拟建名单将按规则规定的天数公示，其间受理异议。",
    ),
    "fill-places.guidance": (
        "Places of the proposal that fell empty are filled with applications in reserve: give a reason for each that "
        "you add, no more than fell empty. They come after the last place, in the order below, and get a public notice "
        "of their own; nothing changes for the others. Two officers sign.",
        "以备选申报递补拟建名单空出的名额：逐项说明理由，不超过空出数。递补事项按下列次序接在末位之后，另行公示；"
        "其他事项不变。须由两名经办人员签名。",
    ),
    "fill-places.add": ("Why it is added", "递补理由"),
    "fill-places.deviations": ("Why it is passed over, or a limit is", "越过该项或超出限额的理由"),
    "record-integrity-check.guidance": (
        "Before anybody approves, the proposed centres are checked. For each centre about which something was "
        "found, say what; it needs a ruling then. Leave the others empty.",
        "审批之前须对拟建中心进行廉洁核查。发现问题的，请逐项填写，随后须作出裁定；未发现问题的留空。",
    ),
    "record-integrity-check.hits": ("What was found", "核查发现"),
    "record-integrity-check.text": ("How it was checked", "核查方式与结论"),
    "clear-integrity-hit.guidance": (
        "You find that it does not stand against the centre, which stays in the proposal.",
        "认定该发现不影响列入，该中心保留在拟建名单中。",
    ),
    "uphold-integrity-hit.guidance": (
        "You find that it stands: the centre is on no list until two lift the stop. Two supervisors sign.",
        "认定该发现成立：该中心不列入名单，直至限制解除。须由两名监督人员签名。",
    ),
    "clear-integrity-hit.application": ("Centre and what was found", "中心及核查发现"),
    "uphold-integrity-hit.application": ("Centre and what was found", "中心及核查发现"),
    "lift-integrity-stop.guidance": (
        "The upheld hit no longer keeps the centre off a proposal. What was approved of it before is void. Two "
        "supervisors sign.",
        "已成立的核查事项不再妨碍该中心列入拟建名单，此前就其作出的审批失效。须由两名监督人员签名。",
    ),
    "lift-integrity-stop.application": ("Number of the application", "申报编号"),
    "lift-integrity-stop.text": ("Why the stop is lifted", "解除限制的理由"),
    "reverse-integrity-decision.guidance": (
        "The check of this proposal, or the ruling that cleared a hit, is void once each post that the rules name has "
        "entered it. Before you sign you see what falls with it. What the check found stays.",
        "规则所列各岗位均录入后，本版名单的廉洁核查或放行裁定即作废；签名前列明一并作废的事项。核查发现的问题仍然有效。",
    ),
    "reverse-integrity-decision.application": (
        "Application whose hit was cleared; none for the check itself",
        "核查事项已放行的申报编号；撤销核查本身则不填",
    ),
    "reverse-integrity-decision.text": ("Why it is reversed", "撤销的理由"),
    "approve.guidance": (
        "You agree at your level to the centres that stand, each at its place and for its reason. Of a centre that is "
        "sent back or changed, your approval is void.",
        "您在所属层级同意在列的各中心及其位次和理由。被退回或变更的中心，此前的同意失效。",
    ),
    "approve.reason": ("Remark, if any", "意见（可不填）"),
    "send-back-proposal.guidance": (
        "The proposal returns to the officer with your reason. What was approved of these centres becomes void.",
        "拟建名单连同您的理由退回经办人员，就所退回的中心作出的同意随之作废。",
    ),
    "send-back-proposal.items": ("Which centres it is about", "涉及的中心"),
    "issue-list.guidance": (
        "The approved list is published. Places are numbered in the order of the proposal, without gaps. Two "
        "officers sign.",
        "发布已通过审批的名单。位次按拟建名单顺序连续编号。须由两名经办人员签名。",
    ),
    "repeat-batch.guidance": (
        "The last decision is carried out again on the applications where it could not be.",
        "对最近一项决定未能执行的申报再次执行。",
    ),
    "amend-rules.guidance": (
        "You enter a change of one field of the rules. It counts for what begins after an approver agreed to it; what "
        "was done, and every day that was set, stands. Everyone is told; the call's page shows it with your reason.",
        "您录入对规则某一项的修改。经审批人同意后，仅适用于此后开始的事项；此前办理的事项和已定的期限不变。"
        "修改及理由将告知各方，并在征集页面公布。",
    ),
    "amend-rules.path": ("Field of the rules, and what it is now", "规则项目及现值"),
    "amend-rules.before": ("What it is now, as it stands above", "现值（按上方所列填写）"),
    "amend-rules.after": (
        "What it is to be: a number, or none for no limit",
        "改为：数字；取消上限填“不设”",
    ),
    "amend-rules.reason": ("Reason, which is published", "理由（将公布）"),
    "rule-on-amendment.guidance": (
        "An officer entered this change of the rules. If you agree, it counts for what begins from now on; if you "
        "decline, the rules stay as they are. Whoever entered it does not rule on it.",
        "经办人员录入了此项规则修改。您同意的，适用于此后开始的事项；不同意的，规则保持不变。录入者不得自行表态。",
    ),
    "rule-on-amendment.number": ("The change and its reason", "修改内容及理由"),
    "rule-on-amendment.ruling": ("Your ruling", "表态"),
    **{f"rule-on-amendment.ruling.{code}": name for code, name in RULINGS.items()},
    "rule-on-amendment.reason": ("Your reason, which is published if you agree", "您的理由（同意的将公布）"),
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
    "change-post.add": ("People to add, one id a line", "增加的人员（每行一个编号）"),
    "change-post.remove": ("People to remove, one id a line", "撤下的人员（每行一个编号）"),
    "change-post.reason": ("Reason", "理由"),
    "delegate.guidance": (
        "Somebody acts in your post from the first day to the last. They hold the role in the register, have no post "
        "in this round, stand in for nobody else in it, and pass it on to nobody. Both names stand in the record of "
        "what they do, and neither of you may be in conflict.",
        "自首日至最后一日，由他人代行您的岗位。代行者须已登记相应角色，在本轮没有岗位、不代行他人岗位，且不得转委托。"
        "其办理的事项同时记录双方姓名，双方均不得存在利益冲突。",
    ),
    "delegate.substitute": ("Who stands in for you", "代行者"),
    "delegate.first": ("First day", "首日"),
    "delegate.last": ("Last day, inclusive", "最后一日（含当日）"),
    "delegate.reason": ("Reason", "理由"),
    "end-delegation.guidance": (
        "From the next act on the substitute does nothing more by it. What was done stands.",
        "自下一项操作起，代行者不得再据此办理；此前办理的事项仍然有效。",
    ),
    "end-delegation.number": ("Number of the delegation, as the timeline names it", "委托编号（见时间线）"),
    "end-delegation.reason": ("Reason", "理由"),
    "cancel-round.guidance": (
        "The round ends without a list, and every unfinished application with it. A list that was issued stands. Two "
        "people sign.",
        "本轮次终止，不发布名单，未终结的申报一并终止；已发布的名单仍然有效。须由两人签名。",
    ),
}
