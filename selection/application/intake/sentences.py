"""What is said of submission and recommendation, in English and Chinese."""

from selection.kernel.stages import Names
from selection.process.room import Pairs

TIMELINE: dict[str, Pairs] = {
    "application.submitted.v1": (
        ("Version {revision} of the application was submitted.", "提交申报第 {revision} 版。"),
        ("A version of the application was submitted.", "提交申报。"),
    ),
    "application.withdrawn.v1": (("The application was withdrawn.", "撤回申报。"),),
    "application.recommended.v1": (
        ("{unit} recommended version {revision}.", "{unit} 推荐申报第 {revision} 版。"),
        ("The application was recommended.", "申报获推荐。"),
    ),
    "application.recommendation-released.v1": (
        ("{unit} withdrew its recommendation.", "{unit} 撤回推荐。"),
        ("The recommendation was withdrawn.", "推荐被撤回。"),
    ),
    "application.lapsed.v1": (
        ("The application ended before the review: {outcome}.", "申报在评审前终结：{outcome}。"),
        ("The application ended before the review.", "申报在评审前终结。"),
    ),
    "application.check-opened.v1": (("The legality check began.", "合法性审查开始。"),),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

REFUSALS: Names = {
    "other-route": (
        "Another unit has already recommended this application; an application can take one route only.",
        "该申报已由其他单位推荐；一项申报只能走一个渠道。",
    ),
    "other-region": (
        "A province recommends applications from its own region only; ask the province of the host unit.",
        "各省仅可推荐本地区的申报；该申报须由依托单位所在省推荐。",
    ),
    "sent-before-version": (
        "This version came in on {day}, after the paper was sent, which cannot recommend it; look at the day on which "
        "the paper was sent, or ask the unit to send it anew.",
        "该版本于 {day} 提交，晚于纸质推荐寄出之日，纸质推荐不可能针对该版本；请核对寄出日期，或请推荐单位另行寄送。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""
