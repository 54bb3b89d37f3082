"""What is said of the installation's register, and why an act on it is refused."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "person.registered.v1": (
        ("{person} was registered.", "已登记人员 {person}。"),
        ("A person was registered.", "已登记一名人员。"),
    ),
    "person.tie-declared.v1": (
        (
            "{person} declared a tie of their own, or that one ended.",
            "{person} 本人申明利益关系，或申明其已终止。",
        ),
        ("Somebody declared a tie of their own.", "一名人员本人申明了利益关系。"),
    ),
    "person.erased.v1": (
        ("The personal data of {person} were erased.", "已清除人员 {person} 的个人信息。"),
        ("A person's data were erased.", "已清除一名人员的个人信息。"),
    ),
    "letter.settled.v1": (
        ("An undeliverable letter was dealt with: {task}.", "已处理一封无法送达的邮件：{task}。"),
        ("An undeliverable letter was dealt with.", "已处理一封无法送达的邮件。"),
    ),
    "papers.recorded.v1": (
        (
            "The hashes of papers of round {round} that leave were recorded.",
            "已记录 {round} 轮次发出文件的哈希。",
        ),
        ("The hashes of papers that leave were recorded.", "已记录发出文件的哈希。"),
    ),
    "log.restored.v1": (
        ("It was decided how log {target} goes on after a loss.", "已决定日志 {target} 在缺失后如何继续。"),
        ("It was decided how a log goes on after a loss.", "已决定某日志在缺失后如何继续。"),
    ),
    "message.refused.v1": (
        ("The act “{kind}” reached no case and was refused.", "操作“{kind}”未送达任何事项，已被拒绝。"),
        ("An act reached no case and was refused.", "一项操作未送达任何事项，已被拒绝。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

REFUSALS: Names = {
    "person-erased": (
        "A person under this id was erased; register this person under a new id.",
        "该人员编号已清除；如需登记，请换用新编号。",
    ),
    "identity-missing": (
        "A person's name and address are not stored, or not as the act says; send the registration anew.",
        "未存有人员的姓名和邮箱，或与本操作所述不符；请重新提交登记。",
    ),
    "open-duty": (
        "This person still has duties in {count:case|cases}, such as {first}; end these first, or register "
        "them as not active and use --force.",
        "该人员在 {count} 个事项（如 {first}）中仍有职责；请先处理，或登记停用后用 --force 清除。",
    ),
    "still-active": (
        "This person has duties and is active: register them as not active first, so that others take their places, "
        "then erase them.",
        "该人员仍有职责且处于启用状态：请先登记停用，以便另行安排人员接替，然后清除。",
    ),
    "letter-not-refused": (
        "Letter {letter} is not waiting for an officer; `selection mail undelivered` lists those that are.",
        "邮件 {letter} 无需处理；待处理的邮件见 `selection mail undelivered`。",
    ),
    "addressee-erased": (
        "Letter {letter} has no addressee any more because the person was erased; close it with --drop.",
        "邮件 {letter} 的收件人已清除，无法重新发送；请用 --drop 办结。",
    ),
    "eraser-away": (
        "No worker that may erase people answers; have the operator start one, and send this again under the same id.",
        "没有可执行清除的工作进程应答；请运维人员启动后，以同一编号重新提交。",
    ),
    "staff-by-two": (
        "{person} has or gets a role of the staff, which two administrators must sign; register them with --staff.",
        "{person} 现有或将有工作人员身份，须由两名管理员签名；请用 --staff 登记。",
    ),
    "agent-by-two": (
        "{person} acts for a recommending unit, did, or is to; any change but a stop takes two administrators and a "
        "reason: register them with --agents. To end at once what they may do, one registers them as not active, with "
        "roles, units, employer and mail address as they are.",
        "{person} 现为、曾为或将为推荐单位的推荐人员，除停用外，任何变更均须由两名管理员签名并说明理由；"
        "请用 --agents 登记。如需立即停止其权限，一名管理员即可将其登记为停用，"
        "身份、单位、所在单位和电子邮箱须与现登记一致。",
    ),
    "registrar-in-office": (
        "You serve, or served, in a round in which there is a part for {people} ({count:person|people} in all); an"
        " administrator who serves nowhere in it has to register this.",
        "{people}（共 {count} 人）参与您任职或曾任职的轮次；须由未在该轮次任职的管理员登记。",
    ),
    "registrar-makes-registrars": (
        "You serve, or served, in a round that runs, so you make, change or stop no other administrator ({people}): two"
        " who do not serve in it could sign this.",
        "您在进行中的轮次任职或曾任职，不得登记、变更或停用其他管理员（{people}）；请由两名未在该轮次任职的管理员签名办理。",
    ),
    "administrators-too-few": (
        "At least {least:administrator|administrators} who can sign must be left; register a successor, have them enrol"
        " a key, and then send this again.",
        "至少须留 {least} 名可签名的管理员；请先登记继任者，待其登记密钥后，再提交本项登记。",
    ),
    "tie-unclear": (
        "Say either the unit or the other person, who is not you.",
        "请填写单位或对方人员其中一项；对方不得为本人。",
    ),
    "tie-declared-already": (
        "You declared this already and it holds; nothing more is to be done.",
        "您已申明此关系且仍然有效，无需再办理。",
    ),
    "tie-by-administrator": (
        "You declared ties {limit:time|times} by your own word, which is the most there is, ended ones with them; have "
        "an administrator register this one.",
        "本人自行申明至多 {limit} 次（含已终止的）；其余请由管理员登记。",
    ),
    "no-such-tie": (
        "You did not declare this, or ended it before. What an administrator entered of you an administrator changes.",
        "您未曾申明此关系，或已申明终止；由管理员登记的，请其重新登记。",
    ),
    "another-admin": ("A second administrator must do this.", "此操作须由另一名管理员办理。"),
}
"""Why an act is refused: code -> (English, Chinese)."""
