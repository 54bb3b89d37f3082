"""The letters about co-building: what they say to co-builders and to the host unit."""

from selection.application.co_building.events import CoBuildingConfirmed
from selection.application.letters import agent
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Texts, Writer

WRITES: dict[type[Event], Writer[ApplicationState]] = {
    CoBuildingConfirmed: agent("co-building-confirmed", unit="co_builder", revision="revision"),
}
"""Who gets a letter of an event; what is said to co-builders of others' events, these events' rooms write."""

LETTERS: Texts = {
    "co-building-confirmed": {
        "en": (
            "Application {application}: {unit} has confirmed",
            "Co-builder {unit} has confirmed its part in version {revision} of application {application} in"
            " round {round}. If you change the units or their agreement, all co-builders have to confirm anew.",
        ),
        "zh": (
            "申报 {application}：{unit} 已确认共建",
            "共建单位 {unit} 已确认参与 {round} 轮次申报 {application} 第 {revision} 版的共建。此后如变更申报单位或"
            "共建协议，各共建单位须重新确认。",
        ),
    },
    "co-building-asked": {
        "en": (
            "Application {application}: please confirm co-building by {until}",
            "Application {application} in round {round} names your unit as a co-builder. Please look at it and "
            "at the agreement, and confirm your unit's part by {until}. A unit that does not "
            "confirm takes no part in the application.",
        ),
        "zh": (
            "申报 {application}：请于{until}前确认共建",
            "{round} 轮次申报 {application} 将您单位列为共建单位。请查看申报内容和共建协议，并于{until}前确认参与"
            "共建。逾期未确认的，不作为共建单位参与申报。",
        ),
    },
    "co-building-reminder": {
        "en": (
            "Application {application}: reminder to confirm co-building by {until}",
            "Your unit has not yet confirmed its part as a co-builder in application {application} of round {round}."
            " Please do so by {until}.",
        ),
        "zh": (
            "提醒：请于{until}前确认申报 {application} 的共建",
            "您单位尚未确认参与 {round} 轮次申报 {application} 的共建，请于{until}前办理。",
        ),
    },
    "co-building-withdrawn": {
        "en": (
            "Application {application}: withdrawn by its host unit",
            "The host unit has withdrawn application {application} in round {round}, in which your unit is a"
            " co-builder. Should it submit the application again, your unit will be asked to confirm anew.",
        ),
        "zh": (
            "申报 {application} 已由依托单位撤回",
            "您单位参与共建的 {round} 轮次申报 {application} 已由依托单位撤回。如重新提交，将请您单位重新确认。",
        ),
    },
    "co-building-ended": {
        "en": (
            "Application {application}: {outcome}",
            "Application {application} in round {round}, in which your unit is a co-builder, has ended: {outcome}"
            ". Its page shows you what led to it.",
        ),
        "zh": (
            "申报 {application}：{outcome}",
            "您单位参与共建的 {round} 轮次申报 {application} 已办结，结果：{outcome}。经过见该申报的页面。",
        ),
    },
}
"""What the letters say."""
