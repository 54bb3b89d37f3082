"""The proposal as approvers and supervisors read it, and what agreeing to it does."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Proposal and approval", "拟建名单与审批"),
    "to": ("The proposal, as it is to be approved", "待审批的拟建名单"),
    "version": ("Proposal {number}", "第 {number} 版拟建名单"),
    "none": ("Nothing has been proposed yet.", "尚未提出拟建名单。"),
    "hidden": (
        "There is a proposal, but what it says is not shown to you.",
        "已提出拟建名单，但其内容不向您显示。",
    ),
    "does": ("What you can do here, and what it does", "可办理的事项及其效果"),
    "approve-does": (
        "You agree to the centres that stand, each at its place and for its reason. Your level has approved with "
        "the agreement of {needed:approver|approvers}; when all levels have, the officer issues the list. If a centre "
        "is sent back or changed later, your approval of that centre is void.",
        "您同意在列的各中心及其位次和理由。本层级 {needed} 人同意后，即为本层级通过；各层级均通过后，由经办人员发布"
        "名单。其后某中心被退回或有变更的，就该中心作出的同意随之失效。",
    ),
    "send-back-does": (
        "Sending items back returns the proposal to the officer. What was approved of these items becomes void; what "
        "was approved of the others stands.",
        "退回后，拟建名单交由经办人员重新编制；就所退回的中心作出的同意随之作废，就其他中心作出的同意仍然有效。",
    ),
    "waits": ("Not your turn, or nothing to decide: {state}.", "目前无需您审批：{state}。"),
    "changed": ("What changed since the previous proposal", "与上一版相比的变化"),
    "first": ("This is the first proposal.", "这是第一版拟建名单。"),
    "unchanged": ("The same centres at the same places.", "中心与位次均未变化。"),
    "new": ("new", "新列入"),
    "moved": ("was {was}", "原第 {was} 位"),
    "gone": ("no longer proposed", "不再列入"),
    "was-place": ("{name}: stood at place {was}", "{name}：原第 {was} 位"),
    "sent-back": ("Sent back at the level {level}: {reason}", "{level}层级退回：{reason}"),
    "news": (
        "What happened since the last level, or since it was proposed",
        "近期办理情况（自上一层级通过或名单提出起）",
    ),
    "no-news": ("Nothing yet.", "暂无。"),
    "items": ("The centres proposed", "拟建的中心"),
    "place": ("Place", "位次"),
    "centre": ("Centre", "中心"),
    "score": ("Appraisal, panel", "论证、评审"),
    "verdict": ("survey: {verdict}", "实勘：{verdict}"),
    "why": ("Why it is proposed", "拟建理由"),
    "deviation": ("Ranking or limit not followed", "未按排名或限额"),
    "hit": ("Integrity check", "廉洁核查"),
    "hit-open": ("a ruling is awaited", "待裁定"),
    "hit-cleared": ("does not stand against it", "不影响列入"),
    "hit-upheld": ("upheld", "成立"),
    "aside": ("Passed over, with the reasons", "未列入及理由"),
    "check": ("Integrity check", "廉洁核查"),
    "unchecked": ("It has not been recorded yet.", "尚未记录。"),
    "levels": ("Approval, level by level", "逐级审批情况"),
    "by": ("{person}, {at}", "{person}于 {at}"),
    "papers": ("Papers", "文件"),
}
