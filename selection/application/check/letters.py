"""The letters of the legality check: of which event, to whom, and what they say."""

from selection.application.check.events import (
    ApplicationMended,
    CheckFailed,
    CheckPassed,
    MendingLapsed,
    SentBack,
)
from selection.application.letters import agent, ask_co_builders, each, tell_ending
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Texts, Writer

WRITES: dict[type[Event], Writer[ApplicationState]] = {
    SentBack: each(agent("sent-back", until="until", faults="faults"), ask_co_builders),
    ApplicationMended: ask_co_builders,
    MendingLapsed: agent("mending-lapsed"),
    CheckPassed: agent("check-passed"),
    CheckFailed: tell_ending("check-failed", grounds="grounds"),
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "sent-back": {
        "en": (
            "Application {application}: to be mended by {until}",
            "In the legality check, faults were found in application {application} of round {round} that can"
            " be mended: {faults}. Please hand in the mended version by {until}. If none comes by then, the"
            " application is decided on as it is.",
        ),
        "zh": (
            "申报 {application} 须于{until}前补正",
            "经合法性审查，{round} 轮次申报 {application} 存在以下可补正事项：{faults}。请于{until}前提交"
            "补正版本；逾期未提交的，按现有材料作出决定。",
        ),
    },
    "mending-lapsed": {
        "en": (
            "Application {application}: date for mending passed",
            "The date for mending application {application} in round {round} has passed without a mended"
            " version. The application is now decided on as it is.",
        ),
        "zh": (
            "申报 {application} 补正期限已届满",
            "{round} 轮次申报 {application} 的补正期限已届满，未收到补正版本，现按现有材料作出决定。",
        ),
    },
    "check-passed": {
        "en": (
            "Application {application}: legality check passed",
            "Application {application} in round {round} has passed the legality check and goes on to"
            " the paper"
            " review. Nothing is asked of you now.",
        ),
        "zh": (
            "申报 {application} 通过合法性审查",
            "{round} 轮次申报 {application} 已通过合法性审查，进入材料评审。目前无需您单位办理其他事项。",
        ),
    },
    "check-failed": {
        "en": (
            "Application {application}: legality check not passed",
            "Application {application} in round {round} did not pass the legality check, on these grounds:"
            " {grounds}. The application has ended.",
        ),
        "zh": (
            "申报 {application} 未通过合法性审查",
            "{round} 轮次申报 {application} 未通过合法性审查，理由：{grounds}。该申报已终结。",
        ),
    },
}
"""What the letters say."""
