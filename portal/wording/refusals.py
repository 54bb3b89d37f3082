"""What a page says where the core's sentence names a command: code -> (English, Chinese)."""

IN_A_PAGE: dict[str, tuple[str, str]] = {
    "answers-unfit": (
        "The form has faults, so it was not taken. Go back to it and check it again.",
        "表单有问题，未予受理。请返回表单重新检查。",
    ),
    "form-changed": (
        "The form changed meanwhile and is version {version} now. Go back to it, look over your answers and check it "
        "again.",
        "表单已变更，现行版本为 {version}。请返回表单，复核答案后重新检查。",
    ),
    "key-known": (
        "This key was enrolled before. Begin again and make a new one.",
        "该密钥曾经登记。请重新开始并新建密钥。",
    ),
    "key-unproven": (
        "The new key did not sign that it is to be yours. Have it sign again; it must be the passkey just made.",
        "新密钥未签署“归您所有”的声明。请使用刚才创建的通行密钥重新签名。",
    ),
    "key-unknown": (
        "No key of this name is in force for this person. Check the person's id and the name.",
        "此人名下没有该名称的有效密钥，请核对人员编号和密钥名称。",
    ),
    "link-used": (
        "This sign-in link was used or has run out; ask for another.",
        "该登录链接已使用或已失效，请另取一个。",
    ),
    "login-needed": ("Your session has ended. Sign in again.", "会话已结束，请重新登录。"),
    "not-accepted": (
        "Accept the invitation with the pledge first: it stands among your tasks.",
        "请先在待办中接受邀请并签署承诺。",
    ),
    "not-founded": (
        "This installation is not set up yet, so nothing is decided in it. Tell the officer.",
        "本系统尚未创立，不作任何决定。请告知经办人员。",
    ),
    "not-reviewed": (
        "You have not submitted a review that could be corrected.",
        "您尚未提交评审，无可更正。",
    ),
    "chair-unexplained": (
        "Fill in the reason why this member is to chair the panel; in a table its column is “Chair's reason”.",
        "请填写由该成员担任组长的理由；用表格办理的，填在“组长理由”栏。",
    ),
    "open-duty": (
        "This person still has duties in {count:case|cases}, such as {first}. End these first, or choose to erase "
        "all the same.",
        "该人员在 {count} 个事项（如 {first}）中仍有职责。请先处理，或选择仍然清除。",
    ),
    "page-refused": (
        "This is not possible as things stand. If you think that it should be, tell the officer the code below.",
        "目前无法办理。如认为应可办理，请将下方代码告知经办人员。",
    ),
    "numbers-unfit": (
        "This is no result of the draw's source. Type the numbers as they were published, those of each group in "
        "ascending order unless their order counts.",
        "这不是抽取所用来源的开奖结果。请按公布的号码填写；除顺序有意义者外，每组由小到大。",
    ),
    "randomness-unknown": (
        "The rules have no such public numbers. Choose one of their sources and an issue that it has, by day and time.",
        "规则中没有该公开号码。请选择规则所列来源及其确有的一期（日期和时刻）。",
    ),
    "signature-unfit": (
        "This is not the beacon's signature for the round that the draw named. Copy the 96 characters of its signature "
        "as the beacon publishes them for that round.",
        "这不是信标在抽取所指轮次的签名。请照录信标公布的该轮次签名，共 96 个字符。",
    ),
    "record-behind": (
        "The record lost entries in a restore; nothing is decided until an administrator has mended it.",
        "数据库恢复后记录有缺失；管理员处理之前，不作任何决定。",
    ),
    "replaced-unexplained": (
        "{people} were appointed before: fill in the reason why others come in their place; in a table its column is "
        "“Team's reason”. Anyone replaced is notified.",
        "此前已指定 {people}：请填写更换的理由；用表格办理的，填在“实勘组理由”栏。被更换人员将收到通知。",
    ),
    "score-locked": (
        "The review is submitted. As long as it can be corrected, use “Correct the review” on the application's page; "
        "report a conflict of interest or any other error to the officer.",
        "评审已提交。尚可更正时，请在申报页面使用“更正评审意见”；如有利益冲突或其他差错，请告知经办人员。",
    ),
    "second-missing": (
        "Two people must sign this act. Go back to its form and sign it anew; it then waits for the second person.",
        "此操作须两人签名。请返回表单重新签名，之后将等待第二人签名。",
    ),
    "signature-key": (
        "The key that signed this is not enrolled for you, has been revoked or has run out.",
        "所用密钥未登记在您名下、已被注销或已过期。",
    ),
    "signature-wrong": (
        "The signature is by none of your keys in force, or not of what this page shows. Nothing was "
        "recorded. Sign again "
        "with the passkey that you enrolled.",
        "签名并非出自您名下的有效密钥，或与本页内容不符，未留下任何记录。请使用已登记的通行密钥重新签名。",
    ),
    "signer-has-key": (
        "{person} has a key and enrols further ones with it; a lost one is revoked first.",
        "{person} 已有密钥，可自行用其登记新密钥；密钥遗失的，须先注销。",
    ),
    "signer-self": (
        "The two who sign this are others than the person whose key it is. A key of your own you revoke alone.",
        "此处签名的两人均不得为密钥本人。本人的密钥请自行注销。",
    ),
    "agent-by-two": (
        "{person} acts for a recommending unit, did, or is to; any change but a stop takes two administrators and a "
        "reason. Use “Register agents of recommending units” instead. "
        "To stop them and nothing else, register them as not active, with roles, units and employer unchanged.",
        "{person} 现为、曾为或将为推荐单位的推荐人员，除停用外，任何变更均须由两名管理员签名并说明理由。"
        "请改用“登记推荐单位的推荐人员”。仅停用的，身份、单位和所在单位须与现登记一致。",
    ),
    "staff-by-two": (
        "{person} has or gets a role of the staff, which two administrators must sign. Use “Register staff” instead.",
        "{person} 现有或将有工作人员身份，须由两名管理员签名。请改用“登记工作人员”。",
    ),
    "to-be-reported": (
        "Your review counts and the seat can no longer be given up; use “Report a conflict of interest” on the "
        "application's page, and a supervisor will rule on it.",
        "您的评审已计入，不能再退出席位；请在申报页面使用“报告利益冲突”，由监督人员裁定。",
    ),
    "unknown-application": ("There is no application with this number.", "没有该编号的申报。"),
    "unknown-content": (
        "{place}: the text that the act names is not there any more. Go back to the form and check it again.",
        "{place}：操作所引用的文本已不存在。请返回表单重新检查。",
    ),
    "unknown-person": (
        "Somebody named here is not registered, or not any more. Check each id.",
        "所填人员中有未登记或已不在登记之列者，请逐一核对编号。",
    ),
    "unknown-round": ("There is no round with this name.", "没有该轮次。"),
    "unsigned": (
        "This act must be signed with your passkey, and was not. Nothing was recorded.",
        "此操作须用您的通行密钥签名，而未签名。没有留下任何记录。",
    ),
    "unknown-command": (
        "This act is not known here. Begin again from your tasks.",
        "此处没有该操作。请从待办重新开始。",
    ),
    "employer-unknown": (
        "It is not registered who employs {person}, so that nobody can tell whether they must stand aside. Have an "
        "administrator register them anew with their employer, or as employed by none.",
        "未登记 {person} 的所在单位，无法判断其是否应当回避。请管理员重新登记其所在单位，或登记为无所在单位。",
    ),
    "list-never-opened": (
        "This unit's list received a message before the round was opened and was closed for good; it accepts nothing "
        "in this round. Ask the officer to open a round with another name.",
        "该单位名单在轮次开启前即收到消息并因此终结，本轮次内不再受理。请联系经办人员以其他名称另开轮次。",
    ),
    "cancel-by-act": (
        "A case is ended by an act of an authorised person alone, such as “Cancel the round”.",
        "事项只能由有权人员办理终止，例如“取消轮次”。",
    ),
    "no-meeting": (
        "No vote of the panel is open. Its chair opens one with “Open the panel's vote” on the application's page.",
        "专家组尚未开始表决。请组长在申报页面使用“提请专家组表决”。",
    ),
    "examiners-missing": (
        "First appoint examiners who were not involved before: use “Appoint examiners of an objection” on the "
        "application's page.",
        "请先在申报页面使用“指定异议核查人员”，指定此前未参与的核查人员。",
    ),
    "levels-unknown": (
        "On how acts are signed the rules name {count:act|acts} that people cannot do in a round. Leave them out of "
        "“assurance” and read the rules in again.",
        "规则中关于签名要求的部分（assurance）列有 {count} 项人员在轮次中并无的操作。请删去后重新读入规则。",
    ),
    "levels-missing": (
        "On how acts are signed the rules must name every act, and lack: {acts}. Add them to “assurance” and read the "
        "rules in again.",
        "规则中关于签名要求的部分（assurance）须列明每项操作，尚缺：{acts}。请补充后重新读入规则。",
    ),
    "levels-below": (
        "On how acts are signed (“assurance”) the rules ask for less than these acts do by themselves: {acts}. Ask for "
        "as much, or more.",
        "规则中关于签名要求的部分（assurance）对以下操作的要求低于其自身要求：{acts}。请不低于该要求。",
    ),
    "rules-local": (
        "On this installation acts count without a signature, and its rules must say so: set “local” to true and read "
        "the rules in again.",
        "本系统的操作无需签名即可生效，规则须如实载明：请将 local 设为 true 后重新读入规则。",
    ),
    "rules-unsigned": (
        "These rules let acts count without a signature, and on this installation none does: remove “local” and read "
        "the rules in again.",
        "该规则允许操作无需签名即可生效，而本系统不允许：请删去 local 后重新读入规则。",
    ),
    "proposal-deviates": (
        "The proposal deviates with application {application}: passed over, moved, beyond a limit, not supported, or "
        "left out of what stood in the notice. It takes two officers, and a reason: use “Propose centres otherwise "
        "than they stand” instead.",
        "申报 {application} 的安排与次序不符：越过、移位、超限、未获支持，或移出已公示项。须说明理由，由两名经办人员"
        "办理，请改用“提出拟建名单（有调整）”。",
    ),
    "level-not-open": (
        "Approval level {level} is not awaited, or has not agreed to all that stands. The page “Proposal and approval” "
        "says which levels are awaited.",
        "审批层级 {level} 此时无需审批，或尚未就全部在列事项同意。待审批层级见“拟建名单与审批”页面。",
    ),
    "integrity-stop": (
        "An upheld integrity hit stops application {application}. Leave it out, or two supervisors lift the stop with "
        "“Lift an integrity stop”.",
        "申报 {application} 因廉洁核查事项成立而被限制列入。请不列入，或由两名监督人员使用“解除廉洁核查限制”。",
    ),
    "draw-waiting": (
        "Draw {draw} is committed and waits. Open it first, or have two supervisors void it with “Void a committed "
        "draw” and a reason.",
        "抽取 {draw} 已固定，尚待公开。请先公开，或由两名监督人员使用“作废已固定的抽取”并说明理由。",
    ),
    "numbers-entered-once": (
        "The numbers of draw {draw} must be entered by two people. Have somebody else enter them first, with “Enter "
        "the numbers of a draw”.",
        "抽取 {draw} 的号码须由两人分别录入。请先由另一人使用“录入抽取的公开号码”。",
    ),
    "form-unsealed": (
        "The form changed on its way here. Choose its file again.",
        "表单在传送中发生变化。请重新选择文件。",
    ),
    "places-filled": (
        "This proposal fills empty places and changes nothing else: use “Open the public notice”.",
        "本版名单只递补空出的名额，不作其他变动：请使用“开始公示”。",
    ),
    "letter-not-refused": (
        "Letter {letter} does not wait any more; somebody has dealt with it. The others are listed under “Deal with "
        "undelivered letters”.",
        "邮件 {letter} 已有人处理，无需再办。其余邮件见“处理无法投递的邮件”。",
    ),
    "addressee-erased": (
        "Letter {letter} has no addressee any more because the person was erased. Choose to drop it.",
        "邮件 {letter} 的收件人已清除，无法重新发送。请选择不再发送。",
    ),
    "unknown-signer": (
        "Nobody is registered as {person}. Check the id, or have an administrator register them first.",
        "未登记人员 {person}。请核对编号，或请管理员先行登记。",
    ),
    "code-expired": (
        "The code of {person} has run out. Send them another with “Send a code for a first key”.",
        "{person} 的登记码已过期。请使用“发送首个密钥的登记码”重新发送。",
    ),
    "first-code-expired": (
        "This code has run out. Have whoever runs the servers make another.",
        "该登记码已过期。请运维人员另行生成。",
    ),
    "code-spent": (
        "{person} has no code that counts. Send one with “Send a code for a first key”.",
        "{person} 没有有效的登记码。请使用“发送首个密钥的登记码”发送。",
    ),
    "unit-moved": (
        "The unit {unit} was registered anew meanwhile, or is not registered as you saw it. Look at it under “Units” "
        "and begin again.",
        "单位 {unit} 的登记已有变动。请在“单位”中查看后重新办理。",
    ),
}
