"""What is said of giving up and of fraud, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "application.given-up.v1": (("The applicant gave the application up.", "申报单位放弃申报。"),),
    "fraud.reported.v1": (("Fraud was reported, with evidence.", "报告涉嫌弄虚作假，附证据。"),),
    "fraud.ruled.v1": (
        (
            "The report of fraud was ruled on: {upheld}.",
            "就弄虚作假的报告作出裁定：{upheld}。",
        ),
        ("The report of fraud was ruled on.", "就弄虚作假的报告作出裁定。"),
    ),
    "application.ruled-out.v1": (("The application was ruled out for fraud.", "因弄虚作假取消申报资格。"),),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {"rule-on-fraud": ("rule on a report of fraud", "裁定弄虚作假的报告")}
"""What is awaited of people, by the kind of the task."""

REFUSALS: Names = {
    "list-issued": (
        "The list is issued and holds this application, so it can no longer leave the round.",
        "名单已发布并列有该申报，不能再退出本轮。",
    ),
    "fraud-reported": (
        "A report of fraud waits for a supervisor's ruling; add what you found to it once it is ruled on.",
        "已有弄虚作假的报告待监督人员裁定；请在裁定后补充您的发现。",
    ),
    "no-fraud-reported": (
        "No report of fraud waits for a ruling; an officer reports it first, with evidence.",
        "没有待裁定的弄虚作假报告；须先由经办人员报告并附证据。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
