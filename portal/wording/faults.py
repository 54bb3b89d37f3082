"""Why a page is not shown: heading by code, and what to do."""

WORDS: dict[str, tuple[str, str]] = {
    "heading": ("This page cannot be shown", "无法显示此页"),
    "heading-of-forms": ("This was not taken", "未予受理"),
    "code": ("Code: {code}", "代码：{code}"),
    "home": ("To the start page", "返回首页"),
    "again-heading": ("One moment", "请稍候"),
    "again": ("Open the page", "打开此页"),
    "away": (
        "The system does not answer just now. Try again in a minute. If you were sending an act, look at My acts "
        "before you send it again.",
        "系统暂时没有响应，请稍后再试。如正在提交操作，请先在“我的操作”中查看，再决定是否重新提交。",
    ),
    "broken": (
        "Something broke on our side. Try again; if it stays so, tell the officer the time and the code below.",
        "系统出现故障。请重试；如仍然如此，请将时间和下方代码告知经办人员。",
    ),
    "cross-site": (
        "This was sent by a page of another site, so it was not taken. Open the page here and send it again.",
        "该提交来自其他网站的页面，因而未予受理。请在本站打开相应页面后重新提交。",
    ),
    "erased": (
        "This was erased, as the law asks for. That it was there stands in the record.",
        "该内容已依法清除，记录中仅保留其曾经存在的事实。",
    ),
    "form-too-wide": (
        "The form of this round has more columns than a table may have. Fill the applications in one by one.",
        "本轮次申报书的栏目数超过表格上限，请逐项填写申报。",
    ),
    "form-outdated": (
        "The form belongs to a session that has ended, so it was not taken. Open the page again and send it anew.",
        "该表单所属的会话已结束，因而未予受理。请重新打开页面后提交。",
    ),
    "form-lost": (
        "Your session has ended, and what you typed is too much to be shown here: none of it was taken or kept. Go "
        "back in the browser, where it may still stand, and copy it; then sign in in another window and put it into "
        "the form anew. Files are to be chosen again.",
        "您的会话已结束，且填写的内容过多，无法在此显示，均未受理或保存。请用浏览器返回上一页（已填内容可能仍在）并复制，"
        "再在其他窗口登录后重新填写；文件须重新选择。",
    ),
    "form-of-another": (
        "Somebody else than you opened this form, in a session that has ended. It was not taken, and nothing of what "
        "was typed there is shown or kept. Open the page again to fill it in yourself.",
        "该表单由他人在已结束的会话中打开，因而未予受理；其中填写的内容不予显示，也未保存。如需办理，请重新打开该页面自行填写。",
    ),
    "uploads-full": (
        "Too many files are on their way just now. Try again in an hour; the files that you sent before are kept.",
        "目前正在上传的文件过多。请一小时后重试；此前已上传的文件均已保留。",
    ),
    "typed": ("What you typed", "您填写的内容"),
    "typed-lead": (
        "It is kept nowhere but on this page, so leave the page open. Sign in in another window, come back here and "
        "put it into the form again, or copy what you need.",
        "以下内容仅保留在本页，请勿关闭本页。请在其他窗口登录后返回本页，将内容重新填入表单，或复制所需内容。",
    ),
    "typed-again-lead": (
        "You are signed in again. Look through what was typed in the session that has ended; it goes into the form "
        "once you press the button, and nothing is signed by that.",
        "您已重新登录。以下为会话结束前填写的内容，请核对；点击按钮后将填入表单，此操作不构成签名。",
    ),
    "typed-copy-lead": (
        "It is kept nowhere but on this page. Something in the form is secret, which is neither shown nor sent "
        "again: copy what you need from here, and begin the form anew.",
        "以下内容仅保留在本页。表单中含有保密内容，不再显示，也不会重新提交：请复制所需内容，重新填写表单。",
    ),
    "typed-sign-in": ("Sign in in another window", "在其他窗口登录"),
    "typed-signed-in": ("I have signed in: on with what I typed", "我已登录，继续使用填写的内容"),
    "typed-again": ("Put it into the form again", "重新填入表单"),
    "typed-files": (
        "The files that you had chosen are not kept: choose them again in the form.",
        "您选择的文件未予保留，请在表单中重新选择。",
    ),
    "typed-marked": ("Chosen", "已选"),
    "typed-application": ("Application {number}", "申报 {number}"),
    "typed-row": ("Row {row} of the table", "表格第 {row} 行"),
    "typed-page": ("Open the form in another window", "在其他窗口打开表单"),
    "founder-late": (
        "Somebody else was first, or the code ran out. Sign in if it was you; else have whoever runs the servers look.",
        "已有他人先行登记，或登记码已过期。如为您本人办理，请登录；否则请联系运维人员查看。",
    ),
    "form-unfit": (
        "What was sent does not fit this form. Open the page again and send it anew.",
        "提交的内容与此表单不符。请重新打开页面后提交。",
    ),
    "examining": (
        "The parts of the system are being looked at for you already. Open the page again in half a minute.",
        "系统正在为您查看运行状况，请半分钟后重新打开本页。",
    ),
    "hidden": (
        "There is nothing here, or it is not for you to see. If you should see it, ask the officer.",
        "此处没有内容，或您无权查看。如认为应可查看，请联系经办人员。",
    ),
    "from-elsewhere": (
        "A link from elsewhere opens this page as if you were not signed in: signed in, you may see more.",
        "从邮件或其他网站的链接打开本页时按未登录处理，登录后可查看的内容可能更多。",
    ),
    "maybe-signed-in": (
        "You are not signed in: signed in, you may see more.",
        "您尚未登录，登录后可查看的内容可能更多。",
    ),
    "host-unknown": (
        "This site is not reached under this address. Use the address that you were given.",
        "本站不以此地址提供服务，请使用告知您的地址。",
    ),
    "key-changed": (
        "Another key waits for this person by now. Open the page again and look at that one.",
        "此人现已提交另一密钥。请重新打开该页查看。",
    ),
    "key-outdated": (
        "The page on which the passkey was made was open for too long. Open it again and make the passkey anew.",
        "创建通行密钥的页面打开时间过长。请重新打开该页并重新创建。",
    ),
    "length-needed": ("What was sent does not say how long it is.", "提交的内容未说明长度。"),
    "method-unknown": ("This cannot be done with this page.", "此页不支持该操作。"),
    "no-page": (
        "There is no such page. Check the address, or begin at the start page.",
        "没有此页。请核对地址，或从首页开始。",
    ),
    "no-version": (
        "There is no such version, or it does not show to you. Go back and choose another one.",
        "没有该版本，或您无权查看。请返回另选。",
    ),
    "not-yet-signed": (
        "The act is recorded, and is signed within a minute. Fetch its receipt again then.",
        "该操作已载入记录，将在一分钟内签名。请稍后重新下载回执。",
    ),
    "no-text-file": (
        "The file is no text in UTF-8. Save it as such, and hand it over again.",
        "该文件不是 UTF-8 文本。请另存为 UTF-8 文本后重新提交。",
    ),
    "not-yet-public": (
        "This has not been published yet. Look at the round's deadlines to see when.",
        "该内容尚未发布。发布时间请参阅本轮次的期限。",
    ),
    "not-applicant": (
        "Only people registered as the applicant of a unit can apply. Ask the administrator to register you.",
        "仅登记为单位申报人的人员可以申报。请联系管理员登记。",
    ),
    "not-taken": (
        "The act was not taken: nothing was recorded. Send it again.",
        "操作未被受理，没有任何记录。请重新提交。",
    ),
    "not-now": (
        "This act is yours, but not as things stand: the stage in which it is done has not begun, or is over.",
        "此操作由您办理，但目前不在可办理的阶段：该阶段尚未开始或已结束。",
    ),
    "numbers-unused": (
        "Many of your applications in this round were shown to be signed, and not handed in: each took a number. Sign "
        "those first that wait for you.",
        "您在本轮次已有多项申报进入签名页面而未提交，每项均已占用编号。请先完成其签名提交。",
    ),
    "same-hands": (
        "You take part in one of these applications yourself, so this is not for you to see or to do. Leave it to "
        "another officer.",
        "您参与其中一项申报，因此不得查看或办理此事，请交由其他经办人员办理。",
    ),
    "second-gone": (
        "This act waits for a second signature no longer: it was taken back, has run out, or somebody else signed it. "
        "You signed nothing.",
        "该操作已不再等待第二人签名：已被撤回、已过期，或已由他人签名。您没有签署任何内容。",
    ),
    "second-ended": (
        "This act has come to its end: whoever signed it first has revoked the key, or it ran out, or belongs to an "
        "address that the system had before, so that their signature no longer counts. You signed nothing. If it is "
        "still wanted, they prepare and sign it anew.",
        "此操作已终止：先行签名人的密钥已注销或失效，或系统访问地址已变更，其签名不再有效。您没有签署任何内容。"
        "如仍需办理，请由其重新办理并签名。",
    ),
    "second-altered": (
        "This act does not wait here as it was signed first: a text that it shows is another one or is gone, or the "
        "first signature is not of it. Do not sign it. Ask whoever signed first to take it back and do it anew, and "
        "tell the operator.",
        "此处等待签名的操作与先行签名时不一致：所示文本有改动或已不存在，或先行签名并非针对本操作。请勿签名，"
        "请先行签名人撤回后重新办理，并告知运维人员。",
    ),
    "several-units": (
        "You act for several units, and nothing says for which this is. Open the act again and choose one.",
        "您代表多个推荐单位，未指明以哪个单位办理。请重新打开该事项并选择单位。",
    ),
    "nothing-awaited": (
        "This does not wait for you, or no longer. What you did stands in the application's history.",
        "此事项不待您办理，或已办结。已办理的内容见申报的办理过程。",
    ),
    "paper-not-yet": (
        "This paper cannot be made yet: what it shows has not happened.",
        "该文件尚不能生成：其所载事项尚未发生。",
    ),
    "pending": (
        "The act was taken and its receipt is not there yet. Look at your tasks in a minute; do not send it again.",
        "操作已受理，回执尚未生成。请稍后在待办中查看，不要重复提交。",
    ),
    "printing": (
        "A paper of yours is being made already. Wait until it is there, then fetch the next.",
        "您已有一份文件正在生成。请待其完成后再获取下一份。",
    ),
    "proof-busy": (
        "Work that you asked for is still going on. Wait until it is done, then ask for the next.",
        "您此前要求的处理尚未完成。请待其完成后再继续。",
    ),
    "proof-gone": (
        "There is no copy of the record any more: its time is over, or the portal was restarted. Make a new one.",
        "记录副本已不存在：保存时间已过，或门户重新启动。请重新生成。",
    ),
    "proofs-full": (
        "Too many copies of records are kept just now. Try again in an hour, or use the command line.",
        "目前保留的记录副本过多。请一小时后重试，或使用命令行。",
    ),
    "refused": (
        "This is not possible as things stand. Look at the page again.",
        "目前无法办理。请重新查看相应页面。",
    ),
    "submission-closed": (
        "Applications are not taken now: the time for them has not begun, or is over. The call says until when.",
        "目前不受理申报：申报尚未开始或已经截止。期限见申报通知。",
    ),
    "crowded": (
        "Too much is being sent just now, or too much of your network. Try again in a few seconds.",
        "当前同时提交的内容过多，或来自您所在网络的提交过多。请在几秒后重试。",
    ),
    "stalled": (
        "What was sent took too long to arrive, and none of it was kept. Go back in the browser, where what you typed "
        "may still stand, and send it again; over a slow connection send smaller files.",
        "提交的内容传输时间过长，均未保存。请用浏览器返回上一页（已填内容可能仍在）后重新提交；网络较慢时请改用较小的文件。",
    ),
    "too-large": (
        "What was sent is too large, and none of it was kept. Go back in the browser, where what you typed may still "
        "stand; then send less, or a smaller file.",
        "提交的内容过大，均未保存。请用浏览器返回上一页（已填内容可能仍在），减少内容或换用较小的文件后再提交。",
    ),
    "too-much-stored": (
        "You sent many files lately that you have not used in an act yet, so no more are taken for now. Hand in, or "
        "do, what they are for; then you can send more.",
        "您近期上传而尚未用于任何操作的内容过多，暂不再接收。请先提交或办理相应事项，之后可继续上传。",
    ),
    "too-many": (
        "There were too many attempts to sign in. Wait ten minutes and try again.",
        "登录尝试次数过多。请十分钟后再试。",
    ),
}
