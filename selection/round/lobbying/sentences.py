"""What is said of reports of lobbying, and to whom."""

from selection.decision.aggregate import Event
from selection.kernel.stages import Names
from selection.process.letter import Letter, Texts, Writer, letters_to
from selection.process.room import Pairs
from selection.round.lobbying.events import LobbyingReported, LobbyingRuled
from selection.round.state import RoundState

TIMELINE: dict[str, Pairs] = {
    "lobbying.reported.v1": (
        ("Lobbying was reported ({report}), naming: {named}.", "报告请托（{report}），所涉人员：{named}。"),
        ("Lobbying was reported.", "报告请托。"),
    ),
    "lobbying.ruled.v1": (
        (
            "The report of lobbying {report} was ruled on: {upheld}.",
            "请托报告 {report} 已裁定：{upheld}。",
        ),
        ("A report of lobbying was ruled on.", "请托报告已裁定。"),
    ),
}
"""What happened, from the most that can be said to the least: the first is taken whose names the viewer may see."""

TASKS: Names = {"rule-on-lobbying": ("rule on a report of lobbying", "裁定请托报告")}

REFUSALS: Names = {
    "lobbying-reported": (
        "There is already a report of lobbying with this id; send yours under another.",
        "该编号的请托报告已存在；请使用其他编号。",
    ),
    "no-lobbying-reported": (
        "No report of lobbying with this id waits for a ruling; look at the round's tasks.",
        "没有该编号的待裁定请托报告；请查看本轮次的待办事项。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""


def _ask_supervisors(event: LobbyingReported, state: RoundState) -> list[Letter]:
    """Write to the supervisors who may rule: whoever is named learns nothing, and who reported it knows."""
    parties = state.lobbying[event.report].parties
    people = [person for person in state.current.staff.supervisors if person not in parties]
    return letters_to(people, "lobbying-reported", {"round": state.round, "report": event.report})


def _tell_reporter(event: LobbyingRuled, state: RoundState) -> list[Letter]:
    params = {"round": state.round, "report": event.report}
    params["outcome"] = "upheld" if event.upheld else "dismissed"
    return letters_to([state.lobbying[event.report].reporter], "lobbying-ruled", params)


WRITES: dict[type[Event], Writer[RoundState]] = {
    LobbyingReported: _ask_supervisors,
    LobbyingRuled: _tell_reporter,
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "lobbying-reported": {
        "en": (
            "Round {round}: lobbying was reported",
            "Lobbying was reported in round {round} (report {report}). It suspends nothing by itself. Please "
            "rule on it. Who reported it is confidential.",
        ),
        "zh": (
            "{round} 轮次收到请托报告",
            "{round} 轮次收到请托报告（{report}），报告本身不暂停任何事项。请予裁定。报告人身份须予保密。",
        ),
    },
    "lobbying-ruled": {
        "en": (
            "Round {round}: your report of lobbying was ruled on: {outcome}",
            "Your report of lobbying {report} in round {round} was ruled on by a supervisor: {outcome}. Whoever you"
            " named is not told of it by the system.",
        ),
        "zh": (
            "{round} 轮次：您的请托报告已裁定：{outcome}",
            "您在 {round} 轮次提交的请托报告 {report} 已由监督人员裁定：{outcome}。系统不会告知所涉人员。",
        ),
    },
}
"""What the letters say."""
