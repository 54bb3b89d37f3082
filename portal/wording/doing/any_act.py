"""What pages say of any act, and what fields are called that many acts have (`any.FIELD`)."""

WORDS: dict[str, tuple[str, str]] = {
    "register": ("Register", "登记册"),
    "system": ("System", "系统"),
    "everywhere": ("Other things you can do", "其他可办理事项"),
    "everywhere-lead": (
        "What you can do on an application stands on its page, and what waits for you among your tasks.",
        "针对某一申报可办理的事项见该申报页面；待您办理的事项见待办。",
    ),
    "lists": ("Recommendation lists", "推荐名单"),
    "here": ("What you can do here", "您可在此办理"),
    "instead": ("What else you can do here", "您还可在此办理"),
    "as": ("As {role}", "身份：{role}"),
    "which-unit": ("For which unit?", "以哪个单位办理？"),
    "which-unit-help": (
        "You act for several units. Each has a list of its own, with its own places and opinions.",
        "您代表多个推荐单位；各单位的推荐名单、名额和推荐意见均各自独立。",
    ),
    "saved": (
        "The draft is saved. It is yours alone; the record has none.",
        "草稿已保存，仅您本人可见，未存入记录。",
    ),
    "check": ("Check and sign", "核对并签名"),
    "save": ("Save the draft", "保存草稿"),
    "file-add": ("Add from this device", "从本机添加"),
    "file-drop": ("Remove", "移除"),
    "file-help": (
        "At most {limit} MB. Send one file at a time: press a button below, then add the next. If the file is larger, "
        "the whole page is not taken; save the draft before you add one.",
        "不超过 {limit} MB，每次上传一个：点击下方按钮保存后，再添加下一个。文件过大时整页内容均无法受理，"
        "请先保存草稿再添加文件。",
    ),
    "against": ("Against {name}: {text}", "针对{name}：{text}"),
    "lobbying-of": ("Report of {at}", "{at} 的报告"),
    "change-entered": ("{number}: {post}", "第 {number} 次录入：{post}"),
    "change-adds": ("to be added", "拟增加"),
    "change-removes": ("to be removed", "拟撤下"),
    "post-of-level": ("{post}, {level}", "{post}（层级：{level}）"),
    "delegation-given": ("{number}: {post}, until {until}", "第 {number} 次委托：{post}，至 {until}"),
    "delegation-by": ("from", "委托人"),
    "delegation-to": ("to", "代行者"),
    "matter-erased": ("(its text is not there any more)", "（内容已不存在）"),
    "beside": ("Others", "其他人员"),
    "choose-none": ("None", "无"),
    "choose": ("Choose", "请选择"),
    "nothing-here": ("There is nothing here for this act at present.", "目前没有可办理的对象。"),
    "nothing-offered": (
        "There is nothing to choose from just now.",
        "目前没有可选内容。",
    ),
    "would-be-refused": (
        "As things stand this would be refused: {reason}",
        "按目前情况将不予受理：{reason}",
    ),
    "any.text": ("Reasons", "理由"),
    "any.reason": ("Reason", "理由"),
    "any.revision": ("Version of the application", "申报版本"),
    "reversal-falls": ("What falls with it", "一并作废"),
    "reversal-falls-none": (
        "Nothing but the decision itself: the application waits until it is made again.",
        "除该决定外无其他事项：申报等待重新作出决定。",
    ),
    "any.proposal": ("Version of the proposal", "拟建名单版本"),
    "any.level": ("Level", "审批层级"),
    "any.draw": ("Draw", "抽取"),
}
