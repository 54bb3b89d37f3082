"""What a program is told where the core's sentence names a command of a terminal: code -> (English, Chinese)."""

REFUSED: dict[str, tuple[str, str]] = {
    "addressee-erased": (
        "Letter {letter} has no addressee any more because the person was erased; settle it with how: drop.",
        "邮件 {letter} 的收件人已清除，无法重新发送；请以 how: drop 办结。",
    ),
    "answers-unfit": (
        "The form has {count:fault|faults}: {faults}. Nothing was handed in; correct these and send it again.",
        "表单有 {count} 处问题：{faults}。本次未提交任何内容，请修改后重新提交。",
    ),
    "cancel-by-act": (
        "A case is ended by an act of an authorised person alone, such as cancel-round.",
        "事项只能由有权人员办理终止，例如 cancel-round。",
    ),
    "code-expired": (
        "The code of {person} has run out; have another sent to them.",
        "{person} 的登记码已过期，请重新发送。",
    ),
    "code-spent": (
        "{person} has no code that counts; have one sent to them.",
        "{person} 没有有效的登记码，请发送登记码。",
    ),
    "draw-waiting": (
        "Draw {draw} is committed and waits; open it first, or have two supervisors void it with a reason.",
        "抽取 {draw} 已固定，尚待公开；请先公开，或由两名监督人员说明理由后作废。",
    ),
    "numbers-entered-once": (
        "The numbers of draw {draw} must be entered by two people. Have somebody else enter them first.",
        "抽取 {draw} 的号码须由两人分别录入。请先由另一人录入。",
    ),
    "employer-unknown": (
        "It is not registered who employs {person}, so that nobody can tell whether they must stand aside; have them "
        "registered anew with their employer's code, or as employed by none.",
        "未登记 {person} 的所在单位，无法判断其是否应当回避；请重新登记其单位代码，或登记为无所在单位。",
    ),
    "examiners-missing": (
        "First appoint examiners who were not involved before (appoint-examiners).",
        "请先指定此前未参与的核查人员（appoint-examiners）。",
    ),
    "first-code-expired": (
        "This code has run out; have the operator make another.",
        "该登记码已过期，请运维人员另行生成。",
    ),
    "form-changed": (
        "The form is version {version} here, and this was filled in under another. Carry the answers over to that "
        "version and send it again; nothing was handed in.",
        "此处适用的表单为 {version} 版，而所填为另一版本。请将答案移入该版本后重新提交；本次未提交任何内容。",
    ),
    "form-unsealed": (
        "The hash is not that of the form: it is the SHA-256 of the form's canonical JSON (RFC 8785).",
        "哈希与表单不符：应为表单规范 JSON（RFC 8785）的 SHA-256。",
    ),
    "integrity-stop": (
        "An upheld integrity hit stops application {application}; leave it out, or two supervisors lift the stop "
        "(lift-integrity-stop).",
        "申报 {application} 因廉洁核查事项成立而被限制列入；请不列入，或由两名监督人员解除限制"
        "（lift-integrity-stop）。",
    ),
    "places-filled": (
        "This proposal fills empty places and changes nothing else; open its notice (open-public-notice).",
        "本版名单只递补空出的名额，不作其他变动；请开启公示（open-public-notice）。",
    ),
    "key-known": (
        "This key was enrolled before; make a new one.",
        "该密钥曾经登记，请新建密钥。",
    ),
    "key-unknown": (
        "No such key is in force for this person.",
        "此人名下没有该有效密钥。",
    ),
    "key-unproven": (
        "The key did not sign its own enrolment for this person and installation; have it do so, and send it again.",
        "密钥未就此人和本系统签署登记声明；请签署后重新提交。",
    ),
    "proposal-deviates": (
        "The proposal deviates with application {application}: passed over, moved, beyond a limit, not supported, or "
        "left out of what stood in the notice. It takes two officers, and a reason (propose-deviating).",
        "申报 {application} 的安排与次序不符：越过、移位、超限、未获支持，或移出已公示项；须说明理由，由两名经办人员"
        "办理（propose-deviating）。",
    ),
    "letter-not-refused": (
        "Letter {letter} is not waiting for an officer.",
        "邮件 {letter} 无需经办人员处理。",
    ),
    "level-not-open": (
        "Approval level {level} is not awaited, or has not agreed to all that stands; the round says which levels are "
        "awaited.",
        "审批层级 {level} 此时无需审批，或尚未就全部在列事项同意；待审批层级见该轮次。",
    ),
    "no-meeting": (
        "No vote of the panel is open; its chair opens one first (open-appraisal).",
        "专家组尚未开始表决，请先由组长提请表决（open-appraisal）。",
    ),
    "levels-below": (
        "Under assurance the rules ask for less than these acts do by themselves: {acts}. Ask for as much, or more.",
        "规则的 assurance 对以下操作的要求低于其自身要求：{acts}。请不低于该要求。",
    ),
    "levels-missing": (
        "Under assurance the rules must name every act, and lack: {acts}. Add them.",
        "规则的 assurance 须列明每项操作，尚缺：{acts}。请补充。",
    ),
    "levels-unknown": (
        "Under assurance the rules name {count:act|acts} that people cannot do in a round; leave them out.",
        "规则的 assurance 列有 {count} 项人员在轮次中并无的操作，请删去。",
    ),
    "list-never-opened": (
        "This unit's list received a message before the round was opened and was closed for good; it accepts nothing "
        "in this round. Ask the officer to open a round with another name.",
        "该单位名单在轮次开启前即收到消息并因此终结，本轮次内不再受理。请联系经办人员以其他名称另开轮次。",
    ),
    "link-used": (
        "This sign-in link was used or has run out; ask for another.",
        "该登录链接已使用或已失效，请另取一个。",
    ),
    "login-needed": (
        "The session has ended; begin another.",
        "会话已结束，请重新开始会话。",
    ),
    "not-accepted": (
        "Accept the invitation with the pledge first (accept-invitation).",
        "请先接受邀请并签署承诺（accept-invitation）。",
    ),
    "not-founded": (
        "This installation is not set up yet, so nothing is decided in it. Tell the operator.",
        "本系统尚未创立，不作任何决定。请告知运维人员。",
    ),
    "not-reviewed": (
        "This person has not submitted a review that could be corrected; submit one first (submit-review).",
        "此人尚未提交评审，无可更正；请先提交评审（submit-review）。",
    ),
    "chair-unexplained": (
        "Say why this member is to chair the panel (reason).",
        "请说明由该成员担任组长的理由（reason）。",
    ),
    "open-duty": (
        "This person still has duties in {count:case|cases}, such as {first}; end these first.",
        "该人员在 {count} 个事项（如 {first}）中仍有职责，请先处理。",
    ),
    "record-behind": (
        "The record lost entries in a restore; nothing is decided until an administrator has mended it.",
        "数据库恢复后记录有缺失；管理员处理之前，不作任何决定。",
    ),
    "replaced-unexplained": (
        "{people} were appointed before: say why others come in their place (reason). Anyone replaced is notified.",
        "此前已指定 {people}：请说明更换的理由（reason）。被更换人员将收到通知。",
    ),
    "rules-local": (
        "On this installation acts count without a signature; its rules must say so, with local: true.",
        "本系统的操作无需签名即可生效，规则须以 local: true 如实载明。",
    ),
    "rules-unsigned": (
        "These rules let acts count without a signature, and on this installation none does: leave local: true out.",
        "该规则允许操作无需签名即可生效，而本系统不允许：请删去 local: true。",
    ),
    "score-locked": (
        "The review is submitted. As long as it can be corrected, correct-review does; of a conflict of interest or "
        "any other error tell the officer.",
        "评审已提交。尚可更正时，请用 correct-review；如有利益冲突或其他差错，请告知经办人员。",
    ),
    "signature-key": (
        "The key that signed this is not enrolled for this person, has been revoked or has run out.",
        "所用密钥未登记在此人名下、已被注销或已过期。",
    ),
    "signer-has-key": (
        "{person} has a key, and enrols further ones with it; a lost one is revoked by two administrators.",
        "{person} 已有密钥，可自行用其登记新密钥；遗失的密钥由两名管理员注销。",
    ),
    "signer-self": (
        "A key of one's own is revoked with revoke-key: the two who sign here are others.",
        "注销本人密钥请用 revoke-key；此处签名的两人须为他人。",
    ),
    "agent-by-two": (
        "{person} acts for a recommending unit, did, or is to; any change but a stop takes two administrators and a "
        "reason (register-agents). To stop them and nothing else, register "
        "them as not active, with roles, units and employer unchanged.",
        "{person} 现为、曾为或将为推荐单位的推荐人员，除停用外，任何变更均须由两名管理员签名并说明理由"
        "（register-agents）。仅停用的，身份、单位和所在单位须与现登记一致。",
    ),
    "staff-by-two": (
        "{person} has or gets a role of the staff, which two administrators must sign (register-staff).",
        "{person} 现有或将有工作人员身份，须由两名管理员签名（register-staff）。",
    ),
    "to-be-reported": (
        "The review counts and the seat can no longer be given up; report the conflict (report-conflict), and a "
        "supervisor will rule on it.",
        "评审已计入，不能再退出席位；请报告该利益冲突（report-conflict），由监督人员裁定。",
    ),
    "unit-moved": (
        "The unit {unit} was registered anew meanwhile, or is not registered as it was seen; look at it and send "
        "this again.",
        "单位 {unit} 的登记已有变动；请查看后重新提交。",
    ),
    "unknown-application": ("There is no application with this number.", "没有该编号的申报。"),
    "unknown-command": (
        "This act is not known here; the description lists those that are.",
        "此处没有该操作；接口说明列出全部操作。",
    ),
    "unknown-content": (
        "{place}: this person stored no such file or text, and none is shown to them here; store it at /contents "
        "and refer to that.",
        "{place}：此人未存入该文件或文本，此处也没有向其展示；请先存入 /contents 再引用。",
    ),
    "unknown-person": (
        "This person is not registered; ask the officer.",
        "该人员未登记，请联系经办人员。",
    ),
    "unknown-round": ("There is no round with this name.", "没有该轮次。"),
    "unknown-signer": (
        "Nobody is registered as {person}.",
        "未登记人员 {person}。",
    ),
}
