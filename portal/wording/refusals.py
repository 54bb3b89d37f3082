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
}
