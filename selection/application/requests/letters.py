"""The letters of requests for review: of which event, to whom, and what they say."""

from selection.application.letters import agent, each, to
from selection.application.requests.events import (
    DecidersAppointed,
    RemedyRecorded,
    RequestDecided,
    ReviewRequested,
)
from selection.application.review_request import UPHELD
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer


def _ask_officers(event: ReviewRequested, state: ApplicationState) -> list[Letter]:
    return to(state.officers, "request-to-appoint", state, ground=event.ground, until=event.until.isoformat())


def _ask_deciders(event: DecidersAppointed, state: ApplicationState) -> list[Letter]:
    request = state.requests[event.ground]
    until = request.until.isoformat()
    return to(event.deciders, "request-to-decide", state, ground=event.ground, until=until)


def _ask_for_remedy(event: RequestDecided, state: ApplicationState) -> list[Letter]:
    people = state.officers if event.outcome == UPHELD else ()
    return to(people, "remedy-wanted", state, ground=event.ground, remedy=event.remedy)


WRITES: dict[type[Event], Writer[ApplicationState]] = {
    ReviewRequested: each(agent("request-received", ground="ground", until="until"), _ask_officers),
    DecidersAppointed: _ask_deciders,
    RequestDecided: each(agent("request-decided", ground="ground", outcome="outcome"), _ask_for_remedy),
    RemedyRecorded: agent("remedy-recorded", ground="ground"),
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "request-received": {
        "en": (
            "Application {application}: your request for review was received",
            "Your request for a review of the procedure in application {application} of round {round} was received, on"
            " the ground {ground}. People who had no part in the round decide on it by {until}.",
        ),
        "zh": (
            "申报 {application} 的复核申请已收到",
            "您单位就 {round} 轮次申报 {application} 以“{ground}”为由提出的程序复核申请已收到，"
            "由未参与本轮次的人员于{until}前作出决定。",
        ),
    },
    "request-to-appoint": {
        "en": (
            "Application {application}: a review was requested",
            "The applicant of application {application} in round {round} requested a review on the ground {ground}, to"
            " be decided by {until}. Please appoint at least two people who had no part in the application or the"
            " round: `selection request appoint {round}/{application}`.",
        ),
        "zh": (
            "申报 {application} 的申报单位申请复核",
            "{round} 轮次申报 {application} 的申报单位以“{ground}”为由申请复核，须于{until}前决定。"
            "请指定至少两名未参与该申报及本轮次的人员：`selection request appoint {round}/{application}`。",
        ),
    },
    "request-to-decide": {
        "en": (
            "Application {application}: please decide on a request for review by {until}",
            "You were appointed to decide, with others, on a request for review of application {application} in round"
            " {round}, on the ground {ground}. Please enter what you find by {until}, with your reasons: whether the"
            " procedure was kept, not whether the application deserved more."
            " `selection request decide {round}/{application}`.",
        ),
        "zh": (
            "请于{until}前就申报 {application} 的复核申请作出决定",
            "您已被指定与他人共同就 {round} 轮次申报 {application} 以“{ground}”为由的复核申请作出决定。"
            "请于{until}前填报意见并说明理由：只审查程序是否合规，不评价申报优劣。"
            "`selection request decide {round}/{application}`。",
        ),
    },
    "request-decided": {
        "en": (
            "Application {application}: your request for review was decided: {outcome}",
            "Your request for review of application {application} in round {round}, on the ground {ground}, was"
            " decided: {outcome}. `selection timeline {round}/{application}` shows you the reasons and the remedy.",
        ),
        "zh": (
            "申报 {application} 的复核申请已决定：{outcome}",
            "您单位就 {round} 轮次申报 {application} 以“{ground}”为由提出的复核申请已决定：{outcome}。"
            "理由和救济可用 `selection timeline {round}/{application}` 查看。",
        ),
    },
    "remedy-wanted": {
        "en": (
            "Application {application}: a remedy is to be carried out",
            "The request for review of application {application} in round {round}, on the ground {ground}, was upheld."
            " The remedy is: {remedy}. Please carry it out and record how:"
            " `selection request remedy {round}/{application}`.",
        ),
        "zh": (
            "申报 {application} 须执行救济",
            "{round} 轮次申报 {application} 以“{ground}”为由的复核申请成立。救济：{remedy}。"
            "请执行并记录：`selection request remedy {round}/{application}`。",
        ),
    },
    "remedy-recorded": {
        "en": (
            "Application {application}: how the remedy was carried out",
            "How the remedy of your request for review of application {application} in round {round} was carried out"
            " is recorded, on the ground {ground}. `selection timeline {round}/{application}` shows it to you.",
        ),
        "zh": (
            "申报 {application} 的救济执行情况",
            "就您单位对 {round} 轮次申报 {application} 以“{ground}”为由的复核申请，救济的执行情况已记录，"
            "可用 `selection timeline {round}/{application}` 查看。",
        ),
    },
}
"""What the letters say."""
