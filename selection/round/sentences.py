"""What is said of a round: what happened, who is awaited, why something is refused."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "round.opened.v1": (("The round was opened and its rules sealed.", "轮次开启，规则封存。"),),
    "round.deadline-extended.v1": (
        (
            "Deadline extended to {until}: {name}. Cause: {cause}.",
            "期限延至{until}：{name}。事由：{cause}。",
        ),
        ("Deadline extended to {until}: {name}.", "期限延至{until}：{name}。"),
        ("A deadline was extended.", "期限延长。"),
    ),
    "round.outage-recorded.v1": (
        (
            "Nobody could act from {began} to {ended} ({cause}). Deadlines moved to {until}: {moved}. Of what runs"
            " from an act nothing of this kind ends before it: {windows}.",
            "{began}至{ended}无法办理（{cause}）。以下期限顺延至{until}：{moved}；自办理之日起算的以下期限均不早于该时"
            "届满：{windows}。",
        ),
        (
            "Nobody could act from {began} to {ended} ({cause}). Deadlines moved to {until}: {moved}.",
            "{began}至{ended}无法办理（{cause}）。以下期限顺延至{until}：{moved}。",
        ),
        (
            "Nobody could act from {began} to {ended}. Deadlines moved to {until}: {moved}. Of what runs from an act "
            "nothing of this kind ends before it: {windows}.",
            "{began}至{ended}系统中断，无法办理。以下期限顺延至{until}：{moved}；自办理之日起算的以下期限均不早于该时"
            "届满：{windows}。",
        ),
        (
            "Nobody could act from {began} to {ended}. Deadlines moved to {until}: {moved}.",
            "{began}至{ended}系统中断，无法办理。以下期限顺延至{until}：{moved}。",
        ),
        ("An outage was recorded, which moved deadlines later.", "记录一次系统中断，有关期限顺延。"),
    ),
    "round.submission-closed.v1": (("The submission deadline passed.", "申报提交截止。"),),
    "round.intake-closed.v1": (
        ("The recommendation deadline passed; the legality check began.", "推荐截止，合法性审查开始。"),
    ),
    "round.stage-finished.v1": (
        ("Finished: {finished}. Now: {next}.", "“{finished}”结束，进入“{next}”。"),
        ("A stage was finished.", "一个阶段结束。"),
    ),
    "round.shortlist-fixed.v1": (
        ("The shortlist was fixed: {listed}.", "确定入围名单：{listed}。"),
        ("The shortlist was fixed.", "确定入围名单。"),
    ),
    "round.proposed.v1": (
        ("Proposal {proposal} was made: {items}.", "提出第 {proposal} 版拟建名单：{items}。"),
        ("Proposal {proposal} was made.", "提出第 {proposal} 版拟建名单。"),
        ("A proposal was made.", "提出拟建名单。"),
    ),
    "round.notice-opened.v1": (
        (
            "Proposal {proposal} went to public notice, until {until}.",
            "第 {proposal} 版拟建名单公示，至{until}止。",
        ),
        ("A proposal went to public notice.", "拟建名单公示。"),
    ),
    "round.held-settled.v1": (
        (
            "Objections still open after the notice were settled; to be decided on: {released}; removed: {removed}.",
            "公示期后异议办结，待决定：{released}；移出：{removed}。",
        ),
        ("Objections still open after the notice were settled.", "公示期后异议办结。"),
    ),
    "round.items-left.v1": (
        (
            "An objection holds proposed applications again, and what was approved of them is void: {held}.",
            "因撤销异议处理结果，拟建申报重新搁置，就其作出的审批失效：{held}。",
        ),
        ("Proposed applications left the round: {removed}.", "拟建申报退出本轮：{removed}。"),
        ("Proposed applications left the round.", "有拟建申报退出本轮。"),
    ),
    "round.proposal-returned.v1": (
        (
            "Decisions were reversed, so that proposal {proposal} is made anew; applications of it: {items}.",
            "有决定被撤销，第 {proposal} 版拟建名单须重新提出；所涉申报：{items}。",
        ),
        ("Decisions were reversed, so that the proposal is made anew.", "有决定被撤销，拟建名单须重新提出。"),
    ),
    "integrity.checked.v1": (
        (
            "The integrity check of proposal {proposal} was recorded; hits: {hits}.",
            "第 {proposal} 版拟建名单完成廉洁核查，涉及：{hits}。",
        ),
        (
            "The integrity check of proposal {proposal} was recorded.",
            "第 {proposal} 版拟建名单完成廉洁核查。",
        ),
        ("An integrity check was recorded.", "完成廉洁核查。"),
    ),
    "integrity.ruled.v1": (
        (
            "The integrity hit of {application} was ruled on: {cleared}.",
            "就 {application} 的核查事项作出裁定：{cleared}。",
        ),
        ("An integrity hit was ruled on.", "就廉洁核查事项作出裁定。"),
    ),
    "integrity.stop-lifted.v1": (
        ("The integrity stop of {application} was lifted.", "解除对 {application} 的廉洁核查限制。"),
        ("An integrity stop was lifted.", "解除一项廉洁核查限制。"),
    ),
    "approval.given.v1": (
        (
            "Level {level} approved proposal {proposal}: {passed}.",
            "{level} 层级同意第 {proposal} 版名单：{passed}。",
        ),
        ("An approval was given.", "作出一项审批。"),
    ),
    "approval.voided.v1": (
        (
            "{person} is bound to {items}, by data or a ruling: what they approved at {levels} does not count any more"
            " ({bound_by}).",
            "据数据或裁定，{person} 与 {items} 存在利益关系，其在 {levels} 层级的审批不再计入（{bound_by}）。",
        ),
        (
            "An approval at {levels} does not count any more; the level is asked again.",
            "{levels} 层级的一项审批不再计入，须重新审批。",
        ),
        ("An approval does not count any more.", "一项审批不再计入。"),
    ),
    "approval.sent-back.v1": (
        (
            "Level {level} sent back {items} of proposal {proposal}.",
            "{level} 层级退回第 {proposal} 版名单中的 {items}。",
        ),
        (
            "Level {level} sent items of proposal {proposal} back.",
            "{level} 层级退回第 {proposal} 版名单中的事项。",
        ),
        ("Items of a proposal were sent back.", "名单中的事项被退回。"),
    ),
    "round.list-issued.v1": (
        ("The list was issued, in this order: {places}.", "建设名单已发布，依位次为：{places}。"),
        ("The list was issued.", "建设名单发布。"),
    ),
    "round.cancelled.v1": (("The round was cancelled; no list follows.", "轮次取消，不再产生名单。"),),
    "round.batch-finished.v1": (
        (
            "Carried out on {touched:application|applications}: {batch}.",
            "已在 {touched} 项申报上执行：{batch}。",
        ),
        ("A decision was carried out.", "一项决定执行完毕。"),
    ),
    "round.batch-repeated.v1": (
        (
            "Carried out again where it could not be (repetition {attempt}): {batch}.",
            "就未能执行的事项再次执行（第 {attempt} 次重复）：{batch}。",
        ),
        ("A decision is carried out again.", "一项决定再次执行。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {
    "recommend": ("look at the applications, and recommend within the quota", "审阅申报并在名额内推荐"),
    "draw": ("draw the panels", "抽取专家"),
    "shortlist": ("fix the shortlist", "确定入围名单"),
    "propose": ("propose the list", "提出拟建名单"),
    "open-notice": ("open the notice", "开启公示"),
    "left-over": ("repeat what could not be carried out", "处理未能执行事项"),
    "check-integrity": ("check integrity", "廉洁核查"),
    "rule-on-integrity-hit": ("rule on an integrity hit", "裁定廉洁核查事项"),
    "issue": ("issue the list", "发布名单"),
    "approve": ("approve", "审批"),
}
"""What is awaited of people, by the kind of the task."""

REFUSALS: Names = {
    "approval-bound": (
        "Data binds {people}, who approved, to items of the list since: their approval does not count, and another of"
        " their level approves first.",
        "数据显示审批人 {people} 与名单事项已存在利益关系，其审批不再计入；请先由该层级其他人员审批。",
    ),
    "round-exists": ("This round has already been opened.", "该轮次已开启。"),
    "opened-by-officers": (
        "Two must sign that a round opens, and these rules name one administrator alone; have two officers of the rules"
        " open it.",
        "开启轮次须双人签名，而规则仅列一名管理员；请由规则所列的两名经办人员开启。",
    ),
    "rules-unsealed": (
        "The rules do not match the hash sent with them; send rules and hash of the same file.",
        "规则与其哈希不一致；请提交同一文件的规则与哈希。",
    ),
    "levels-unknown": (
        "Under `assurance` the rules name {count:act|acts} that people cannot do in a round; `selection rules check` "
        "says which.",
        "规则的 `assurance` 列有 {count} 项人员在轮次中并无的操作；用 `selection rules check` 查看。",
    ),
    "levels-missing": (
        "Under `assurance` the rules must name every act, and lack: {acts}. Send them as `selection round open` does.",
        "规则的 `assurance` 须列明每项操作，尚缺：{acts}。请按 `selection round open` 的方式提交。",
    ),
    "levels-below": (
        "Under `assurance` the rules ask for less than these acts do by themselves: {acts}. Ask for as much, or more.",
        "规则的 `assurance` 对以下操作的要求低于其自身要求：{acts}。请不低于该要求。",
    ),
    "staff-unregistered": (
        "The register does not give these people the role that the rules count on: {people}. Register them first.",
        "登记中下列人员没有规则所要求的身份：{people}。请先登记。",
    ),
    "stage-left-out": (
        "The rules of this round have no such stage ({stage}); nothing has to be done for it.",
        "本轮规则不设该阶段（{stage}），无需办理。",
    ),
    "rules-local": (
        "On this installation acts count without a signature; its rules must say so: write `local: true` into them.",
        "本系统的操作无需签名即可生效，规则须如实载明：请在规则中写入 `local: true`。",
    ),
    "rules-unsigned": (
        "These rules let acts count without a signature, and on this installation none does: remove `local: true`.",
        "该规则允许操作无需签名即可生效，而本系统不允许：请删去 `local: true`。",
    ),
    "lottery-foreseeable": (
        "The numbers of {place} can come out in {count:way|ways} only, so that whoever seals the rules could know them."
        " Name a lottery with {limit:result|results} at least, or the beacon.",
        "{place} 的号码仅有 {count} 种可能结果，封存规则者可事先知悉。"
        "请采用至少有 {limit} 种可能结果的彩票号码，或随机信标。",
    ),
    "rules-faulty": ("The rules contain errors: {faults}.", "规则有误：{faults}。"),
    "cause-missing": (
        "Say for which cause of the list it is, beside the reason: everybody reads both, and two people sign.",
        "请在理由之外选择所属事由；事由与理由对各方公开，并须由两人签名。",
    ),
    "not-later": ("The new deadline must be later than {until}.", "期限只能延后至 {until} 之后。"),
    "out-of-order": (
        "{deadline} would end after {following}; extend {following} first.",
        "期限 {deadline} 将晚于 {following}；请先延长 {following}。",
    ),
    "outage-unclear": (
        "An outage must end after it began and before it is recorded; correct the two times.",
        "中断的结束须晚于开始、且早于记录之时；请修改两个时间。",
    ),
    "outage-moves-nothing": (
        "No deadline or running window fell in this outage or the {days:day|days} after it, or that time is over as "
        "well; nothing moves.",
        "该次中断及其后 {days} 日内没有期限或起算中的期间届满，或该宽限已过；期限不变。",
    ),
    "deadline-settled": (
        "This deadline fell in the outage, but its consequences are recorded and cannot be undone: "
        "{deadline}.",
        "以下期限在中断期间届满，但其后果已记录，无法撤销：{deadline}。",
    ),
    "proposal-deviates": (
        "The proposal deviates with application {application}: passed over, moved, beyond a limit, not supported, or "
        "left out of what stood in the notice. Give the reason under `deviations`; two officers sign (`selection round "
        "propose ROUND FILE`; add --leave-out where only the notice is left).",
        "申报 {application} 的安排与次序不符：越过、移位、超限、未获支持，或移出已公示项。请在 `deviations` 中说明"
        "理由，由两名经办人员签署（`selection round propose ROUND FILE`；仅移出已公示项的，加 --leave-out）。",
    ),
    "decision-under-way": (
        "The previous decision ({decision}) is still being carried out; try again in a moment.",
        "上一项决定（{decision}）仍在各申报上执行，请稍后重新提交。",
    ),
    "not-a-candidate": (
        "{application} is not a candidate for this step.",
        "{application} 不是本步骤的候选项。",
    ),
    "places-exceeded": (
        "{count} proposed; the round has {places:place|places}.",
        "拟建 {count} 家，超过 {places} 个名额。",
    ),
    "agreed-elsewhere": (
        "{person} agreed at level {level} already, and that agreement stands; the approvers of each level are"
        " different people. Have another approver of this level decide.",
        "{person} 已在 {level} 级表示同意且仍然有效；各层级须由不同的审批人审批。请由本层级其他审批人办理。",
    ),
    "sent-back-enough": (
        "{person} has sent items back {count:time|times} already, as often as one person may before a list is issued."
        " Approve what stands, with a remark if need be, or leave it to another approver of the level; if nobody else"
        " is left there, have the post pass to somebody else.",
        "{person} 已退回 {count} 次，达到名单公布前每人的退回次数上限。请审批通过（可附意见），或交由本层级其他审批人"
        "办理；本层级别无他人的，请变更审批人。",
    ),
    "level-not-open": (
        "Approval level {level} is not awaited, or has not agreed to all that stands; `selection round status` says "
        "which levels are awaited.",
        "审批层级 {level} 此时无需审批，或尚未就全部在列事项同意；可用 `selection round status` 查看待审批层级。",
    ),
    "integrity-open": (
        "The integrity check is not recorded, or all that is proposed waits for a ruling on a hit; the supervisor "
        "must finish it first.",
        "廉洁核查尚未记录，或全部拟建事项均待就核查发现作出裁定，须先由监督人员办结。",
    ),
    "integrity-stop": (
        "An upheld integrity hit stops application {application}; leave it out, or two supervisors lift the stop: "
        "`selection round lift-stop`.",
        "申报 {application} 因廉洁核查事项成立而被限制列入；请不列入，或由两名监督人员解除限制："
        "`selection round lift-stop`。",
    ),
    "not-stopped": (
        "No integrity stop stands against application {application}, so there is none to lift.",
        "申报 {application} 没有廉洁核查限制，无需解除。",
    ),
    "nothing-to-do": ("There is nothing to do in this step.", "本步骤没有待办事项。"),
}
"""Why an act is refused: code -> (English, Chinese)."""

CAUSES: Names = {
    "force-majeure": ("force majeure", "不可抗力"),
    "outside-outage": ("a failure outside of this system", "本系统以外的故障"),
    "organiser": ("a delay on the organiser's side", "组织方原因"),
    "too-few": ("too few applications, experts or reviews", "申报、专家或评审数量不足"),
    "authority": ("an instruction from a higher authority", "上级要求"),
    "system": ("this system failed", "本系统故障"),
    "network": ("network or power failed", "网络或电力故障"),
    "sign-in": ("signing in failed", "登录服务故障"),
    "building": ("the offices could not be used", "办公场所无法使用"),
}
"""For what a deadline is extended, and what failed in an outage."""

DEADLINES: Names = {
    "submission": ("submission", "申报提交"),
    "recommendation": ("recommendation", "推荐报送"),
    "check": ("legality check", "合法性审查"),
    "review": ("paper review", "材料评审"),
    "review_last": ("paper review, last day", "材料评审最后期限"),
    "survey": ("site survey", "现场实勘"),
    "appraisal": ("overall appraisal", "综合论证"),
    "mend": ("mending", "补正"),
    "confirm": ("submission; once sent back, mending", "申报提交；退回后为补正"),
    "respond": ("answer to the invitation", "答复邀请"),
    "invitation": ("answer to the invitation", "答复邀请"),
    "notice": ("public notice", "公示"),
    "reminder": ("next reminder", "下次提醒"),
}
