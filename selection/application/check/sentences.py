"""What is said of the legality check, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "application.sent-back.v1": (
        ("The application was sent back, to be corrected by {until}.", "退回补正，期限至{until}。"),
        ("The application was sent back for correction.", "退回补正。"),
    ),
    "application.mended.v1": (
        ("The corrected version {revision} was submitted.", "提交补正后的第 {revision} 版。"),
        ("A corrected version was submitted.", "提交补正版本。"),
    ),
    "application.mending-lapsed.v1": (
        ("The deadline for correction passed at {deadline}.", "补正期限于{deadline}届满。"),
        ("The deadline for correction passed.", "补正期限届满。"),
    ),
    "application.check-passed.v1": (("The legality check was passed.", "通过合法性审查。"),),
    "application.check-failed.v1": (("The legality check was not passed.", "未通过合法性审查。"),),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {
    "check": ("legality check", "合法性审查"),
    "mend": ("correct the application", "补正"),
}
"""What is awaited of people, by the kind of the task."""

REFUSALS: Names = {
    "mended-otherwise": (
        "Mending cannot change what the application was recommended for, nor who stands aside for it: {places}. Leave"
        " it as it was, and mend the faults that were sent back.",
        "补正不得更改推荐所依据的内容及应回避的人员：{places}。请保持原样，仅补正退回所列问题。",
    ),
    "answers-kept": (
        "By the rules of this round the answers to these questions stay in mending as they were handed in: {questions}."
        " Answer them as version {version} does, leave as it is what shows or hides one of them, and mend only the"
        " faults that were sent back. Nothing was handed in.",
        "按本轮规则，以下栏目的答案在补正时保持不变：{questions}。请按第 {version} 版原样填写，"
        "也不要更改决定这些栏目是否显示的答案，仅补正退回所列问题；本次未提交任何内容。",
    ),
    "similar-unseen": (
        "This application resembles directions already held ({directions}) or has nearly the form of applications"
        " ({applications}): look at them beside it, then rule on this application by itself and name them in your act.",
        "该申报与已布局的研究方向（{directions}）相近，或与申报（{applications}）的申报书基本相同：请先对照查看，"
        "再单独对该申报作出裁定，并在操作中载明上述对照项。",
    ),
    "ground-not-mendable": (
        "By the rules of this round these cannot be mended, so nothing is sent back for them: {grounds}. Rule on them"
        " or fail the application.",
        "按本轮规则，以下事项不可补正，不得据以退回：{grounds}。请予以裁定，或作出审查不通过的决定。",
    ),
    "ground-not-ruled": (
        "By the rules of this round an application cannot pass with these, whatever an officer rules: {grounds}. Send"
        " it back, or fail it.",
        "按本轮规则，存在以下事项的申报不得以裁定通过：{grounds}。请退回补正，或作出审查不通过的决定。",
    ),
    "ground-unlisted": (
        "The rules of this round list no such ground of the check. Choose among: {listed}.",
        "本轮规则未列出该审查理由。可用的有：{listed}。",
    ),
    "recommendation-withdrawn": (
        "{unit} took its recommendation back after the check had failed, so this application cannot pass. Fail it; its"
        " applicant may also give it up.",
        "{unit} 已在审查不通过之后撤回推荐，该申报不得通过审查。请作出审查不通过的决定；申报单位也可放弃申报。",
    ),
    "sent-back-once": (
        "An application can be sent back for correction at most {limit:time|times}; decide on it as it is.",
        "申报最多退回补正 {limit} 次；请按现状作出决定。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
