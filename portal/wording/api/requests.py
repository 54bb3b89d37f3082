"""What a program is told that can't be served, by code: what is wrong, and what to do. Refusals stand beside it."""

WORDS: dict[str, tuple[str, str]] = {
    "acts-too-many": (
        "This person sent {limit:act|acts} or more within a minute, so this one was not sent. Send the same request "
        "again in {seconds:second|seconds}.",
        "此人在一分钟内已提交 {limit} 项或更多操作，本次未受理。请在 {seconds} 秒后重发同一请求。",
    ),
    "attempts-too-many": (
        "There were too many attempts from this address. Wait ten minutes.",
        "该地址的尝试次数过多，请十分钟后再试。",
    ),
    "away": (
        "The system does not answer just now. Send the same request again in a minute; an act with the same "
        "Idempotency-Key is done once.",
        "系统暂时没有响应。请稍后重发同一请求；Idempotency-Key 相同的操作只办理一次。",
    ),
    "body-unfit": (
        "The body cannot be read; correct these places and send it again: {places}.",
        "无法读取请求正文，请修改以下位置后重新提交：{places}。",
    ),
    "broken": (
        "Something broke on our side. Send the same request again; if it happens again, tell the operator the time "
        "and the code.",
        "系统出现故障。请重发同一请求；如再次出现，请将时间和代码告知运维人员。",
    ),
    "cross-site": (
        "A page of another site sent this, so it was not taken. The API serves programs, and pages of this site.",
        "该请求来自其他网站的页面，因而未予受理。本接口仅供程序和本站页面使用。",
    ),
    "erased": (
        "This was erased, as the law asks for. That it was there stands in the record.",
        "该内容已依法清除，记录中仅保留其曾经存在的事实。",
    ),
    "hidden": (
        "There is nothing here, or it is not for this person to see.",
        "此处没有内容，或此人无权查看。",
    ),
    "host-unknown": (
        "This site is not reached under this host name. Use the address that you were given.",
        "本站不以此主机名提供服务，请使用告知您的地址。",
    ),
    "key-needed": (
        "Name the act with the header Idempotency-Key: 1 to 100 visible ASCII characters without a slash, new for "
        "each act and the same when the act is sent again.",
        "请用 Idempotency-Key 标头为操作编号：1 至 100 个可见 ASCII 字符，不含斜杠；每项操作用新编号，重发时不变。",
    ),
    "length-needed": (
        "Say how long the body is with Content-Length; bodies in chunks are not taken.",
        "请用 Content-Length 说明正文长度；不接受分块传输的正文。",
    ),
    "media-unfit": (
        "The body is of a type that is not taken here; send it with a Content-Type that the description names.",
        "此处不接受该类型的正文；请使用接口说明所列的 Content-Type。",
    ),
    "method-unknown": (
        "This address knows other methods only; the header Allow names them.",
        "此地址不支持该方法，可用方法见 Allow 标头。",
    ),
    "no-page": (
        "There is no such address; /api/v1/openapi.json lists those that there are.",
        "没有此地址；全部地址见 /api/v1/openapi.json。",
    ),
    "not-taken": (
        "The act was not taken: nothing was recorded. Send the same request again.",
        "操作未被受理，没有任何记录。请重发同一请求。",
    ),
    "not-yet-public": (
        "This has not been published yet. The round's deadlines say when it is.",
        "该内容尚未发布。发布时间请参阅本轮次的期限。",
    ),
    "not-yet-signed": (
        "The act is recorded, and is signed within a minute. Ask again then.",
        "该操作已载入记录，将在一分钟内签名。请稍后再取。",
    ),
    "numbers-unused": (
        "This person was given {limit} numbers to which nothing came. Hand in an application under the "
        "Idempotency-Key of one of these.",
        "此人已有 {limit} 个编号尚未提交任何内容。请用其中一个编号的 Idempotency-Key 提交申报。",
    ),
    "pending": (
        "The act was taken and is not decided yet. Ask for its receipt at the address in Location, or send the same "
        "request again: it is done once.",
        "操作已受理，尚未作出决定。请在 Location 所指地址查询回执，或重发同一请求：该操作只办理一次。",
    ),
    "query-unfit": (
        "The address asks for what this list does not know; correct these parts: {places}.",
        "地址中的查询条件无法识别，请修改：{places}。",
    ),
    "receiving": (
        "Too many contents are being sent at the moment. Send this one again in a few seconds.",
        "目前正在接收的内容过多，请数秒后重新发送。",
    ),
    "second-missing": (
        "Two people must sign this act. Name the second in second.person to be given what they sign, and send both "
        "signatures together.",
        "此操作须两人签名。请在 second.person 中写明第二人以获取其待签内容，并将两个签名一并提交。",
    ),
    "second-wrong": (
        "The second signature does not count. Have the second person sign what stands in to_sign, with a key that is "
        "in force, and send both signatures together.",
        "第二人的签名无效。请第二人用有效密钥签署 to_sign 所列内容，并将两个签名一并提交。",
    ),
    "sign-in-failed": (
        "Nobody was let in: the question was answered before or has run out, or the signature is not by a key of "
        "this person that is in force. Ask for another question.",
        "未能登录：该问题已被回答或已过期，或签名不是此人的有效密钥所作。请重新获取问题。",
    ),
    "crowded": (
        "Too many requests are being answered just now, or too many bodies are coming from your network. Send it again "
        "in a few seconds.",
        "当前正在处理的请求过多，或来自您所在网络的正文过多。请在几秒后重新发送。",
    ),
    "stalled": (
        "The body did not come in time. Send it again, faster.",
        "请求正文未能及时到达，请以更快的速度重新发送。",
    ),
    "storing": (
        "Something of this person's is still being stored. Wait until that is done, then send the next.",
        "此人已有一份内容正在存入。请待其完成后再发送下一份。",
    ),
    "refusals-too-many": (
        "{limit:act|acts} of this person on this stream were refused within a day, so this one was not sent. See why, "
        "and send it again in {hours:hour|hours}.",
        "此人对同一事项的操作一天内已有 {limit} 次被拒绝，本次未受理。请查明原因，并在 {hours} 小时后重新提交。",
    ),
    "text-unfit": (
        "A text is UTF-8, not empty, and without the character NUL.",
        "文本须为 UTF-8 编码，不得为空，也不得含有 NUL 字符。",
    ),
    "token-needed": (
        "Say who asks with the header Authorization: Bearer and the token of a session that has not ended; POST "
        "/api/v1/sessions begins one.",
        "请用 Authorization: Bearer 标头附上未结束会话的令牌；会话由 POST /api/v1/sessions 开始。",
    ),
    "too-large": (
        "The body is too large: {limit} bytes at most.",
        "正文过大，至多 {limit} 字节。",
    ),
    "too-much-stored": (
        "This person stored much lately that no act uses yet, so no more is taken for now. Send the acts that cite it "
        "first.",
        "该人员近期存入而未被任何操作引用的内容过多，暂不再接收。请先提交引用这些内容的操作。",
    ),
    "unsigned": (
        "This act must be signed. Have the person's key sign what stands in to_sign, and put the signature into the "
        "proof given there, and send the same request with it.",
        "此操作须签名。请用此人的密钥签署 to_sign 所列内容，将签名填入所给 proof 的 signature 后，随同一请求重新提交。",
    ),
}
OTHERWISE = (
    "This is not possible as things stand; the code says why.",
    "目前无法办理，原因见代码。",
)
"""Of a refusal whose sentence is for a terminal."""
