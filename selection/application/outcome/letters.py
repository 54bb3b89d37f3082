"""The letters at the end of an application: of which event, to whom, and what they say."""

from selection.application.letters import tell_ending
from selection.application.outcome.events import (
    ApplicationCancelled,
    ApplicationListed,
    ApplicationNotSelected,
)
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Texts, Writer

WRITES: dict[type[Event], Writer[ApplicationState]] = {
    ApplicationListed: tell_ending("listed", place="place"),
    ApplicationNotSelected: tell_ending("not-selected"),
    ApplicationCancelled: tell_ending("cancelled"),
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "listed": {
        "en": (
            "Application {application}: on the issued list",
            "Congratulations. The list of round {round} has been issued, and application {application} is on"
            " it at place {place}. The centre is now under construction.",
        ),
        "zh": (
            "申报 {application} 列入建设名单",
            "祝贺您单位。{round} 轮次建设名单已发布，申报 {application} 列第 {place} 位，即进入筹建期。",
        ),
    },
    "not-selected": {
        "en": (
            "Application {application}: not selected",
            "The list of round {round} has been issued. Application {application} is not on it and has ended. "
            "Its page shows you the reason. Thank you for taking part.",
        ),
        "zh": (
            "申报 {application} 未入选",
            "{round} 轮次建设名单已发布，申报 {application} 未入选，该申报已终结。理由见该申报的页面。感谢您单位"
            "的参与。",
        ),
    },
    "cancelled": {
        "en": (
            "Application {application}: round cancelled",
            "Round {round} was cancelled, and application {application} ended with it. This is no judgement of "
            "the application. Its page shows you the reason.",
        ),
        "zh": (
            "申报 {application} 随轮次取消",
            "{round} 轮次已取消，申报 {application} 随之终结。此结果不涉及对申报内容的评价。理由见该申报的页面。",
        ),
    },
    "recommended-ended": {
        "en": (
            "Application {application}, which you recommended: {outcome}",
            "Application {application} in round {round}, which you recommended for your unit, has ended: "
            "{outcome}. Its page shows what is open to your unit of it.",
        ),
        "zh": (
            "贵单位推荐的申报 {application}：{outcome}",
            "由您代表推荐单位推荐的 {round} 轮次申报 {application} 已办结，结果：{outcome}。向贵单位公开的内容见"
            "该申报的页面。",
        ),
    },
    "objected-ended": {
        "en": (
            "Application {application}, to which you objected: {outcome}",
            "Application {application} in round {round}, to which you objected, has ended: {outcome}. An"
            " objection that was not settled by then is not examined any further.",
        ),
        "zh": (
            "您曾提出异议的申报 {application}：{outcome}",
            "您曾提出异议的 {round} 轮次申报 {application} 已办结，结果：{outcome}。届时尚未办结的异议不再核查。",
        ),
    },
    "part-over": {
        "en": (
            "Application {application}: your part in it is over",
            "Application {application} in round {round} has ended, and your part in it is over: nothing more is "
            "asked of you. What stands on the issued list is public; whatever else you have seen stays "
            "confidential. Thank you for your work.",
        ),
        "zh": (
            "申报 {application} 的有关工作已结束",
            "{round} 轮次申报 {application} 已终结，您在其中承担的工作随之结束，无需再办理任何事项。发布名单所载"
            "内容为公开信息，您知悉的其他内容仍须保密。感谢您的工作。",
        ),
    },
}
"""What the letters say."""
