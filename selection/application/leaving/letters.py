"""The letters of giving up and of fraud: of which event, to whom, and what they say."""

from selection.application.leaving.events import (
    ApplicationGivenUp,
    ApplicationRuledOut,
    FraudReported,
    FraudRuled,
)
from selection.application.letters import tell_ending, to
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer


def _ask_supervisors(event: Event, state: ApplicationState) -> list[Letter]:
    return to(state.supervisors, "fraud-reported", state)


def _tell_officers(event: FraudRuled, state: ApplicationState) -> list[Letter]:
    """Write to the officers, one of whom reported it: to nobody else does a report show that rules nobody out."""
    return to(state.officers, "fraud-ruled", state, outcome="upheld" if event.upheld else "dismissed")


WRITES: dict[type[Event], Writer[ApplicationState]] = {
    ApplicationGivenUp: tell_ending("given-up"),
    FraudReported: _ask_supervisors,
    FraudRuled: _tell_officers,
    ApplicationRuledOut: tell_ending("ruled-out"),
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "given-up": {
        "en": (
            "Application {application}: given up",
            "Application {application} in round {round} was given up, as you declared, and has ended. Its place "
            "stays empty.",
        ),
        "zh": (
            "申报 {application} 已放弃",
            "{round} 轮次申报 {application} 已按您单位的声明放弃并终结，其名额空缺。",
        ),
    },
    "fraud-reported": {
        "en": (
            "Application {application}: fraud reported",
            "An officer reported fraud in application {application} of round {round}, with evidence. Please rule "
            "on it. Until you have, the application goes on as before.",
        ),
        "zh": (
            "申报 {application} 被报告弄虚作假",
            "经办人员报告 {round} 轮次申报 {application} 涉嫌弄虚作假，并附有证据，请予裁定。裁定前该申报照常进行。",
        ),
    },
    "fraud-ruled": {
        "en": (
            "Application {application}: the report of fraud was ruled on: {outcome}",
            "A supervisor ruled on the report of fraud in application {application} of round {round}: {outcome}. "
            "The page of the application shows you the reasons. What is found later can be reported anew as long "
            "as the application has not ended.",
        ),
        "zh": (
            "申报 {application} 弄虚作假报告已裁定：{outcome}",
            "监督人员已就 {round} 轮次申报 {application} 涉嫌弄虚作假的报告作出裁定：{outcome}。理由见该申报的页"
            "面。申报终结前如有新发现，可再次报告。",
        ),
    },
    "ruled-out": {
        "en": (
            "Application {application}: ruled out",
            "Two people found fraud in application {application} of round {round}. It is ruled out and has "
            "ended. The page of the application shows you the reasons.",
        ),
        "zh": (
            "申报 {application} 被取消资格",
            "经两人认定，{round} 轮次申报 {application} 存在弄虚作假行为，已被取消资格并终结。理由见该申报的页面。",
        ),
    },
}
"""What the letters say."""
