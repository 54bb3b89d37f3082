"""The letters of requests for review: of which event, to whom, and what they say."""

from selection.application.letters import agent, each, to
from selection.application.requests.events import (
    DecidersAppointed,
    FreshPanelOrdered,
    FreshPanelReviewed,
    RemedyRecorded,
    RequestDecided,
    ReviewRequested,
)
from selection.application.review_request import FRESH_PANEL, UPHELD
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer


def _ask_officers(event: ReviewRequested, state: ApplicationState) -> list[Letter]:
    return to(
        state.officers,
        "request-to-appoint",
        state,
        ground=event.ground,
        until=event.until.isoformat(),
    )


def _ask_deciders(event: DecidersAppointed, state: ApplicationState) -> list[Letter]:
    request = state.requests[event.ground]
    until = request.until.isoformat()
    return to(event.deciders, "request-to-decide", state, ground=event.ground, until=until)


def _ask_for_remedy(event: RequestDecided, state: ApplicationState) -> list[Letter]:
    # A fresh panel is ordered at once, of which a letter of its own tells.
    carried_out = event.outcome != UPHELD or event.remedy == FRESH_PANEL
    return to(
        () if carried_out else state.officers,
        "remedy-wanted",
        state,
        ground=event.ground,
        remedy=event.remedy,
    )


def _ask_for_draw(event: FreshPanelOrdered, state: ApplicationState) -> list[Letter]:
    until = event.until.isoformat()
    deciders = state.requests[event.ground].deciders
    return [
        *to(state.officers, "fresh-panel-wanted", state, ground=event.ground, until=until),
        *to(deciders, "fresh-panel-ordered", state, ground=event.ground, until=until),
    ]


def _ask_what_follows(event: FreshPanelReviewed, state: ApplicationState) -> list[Letter]:
    deciders, until = state.requests[event.ground].deciders, event.until.isoformat()
    return to(deciders, "fresh-panel-scored", state, ground=event.ground, until=until)


WRITES: dict[type[Event], Writer[ApplicationState]] = {
    ReviewRequested: each(agent("request-received", ground="ground", until="until"), _ask_officers),
    DecidersAppointed: _ask_deciders,
    RequestDecided: each(agent("request-decided", ground="ground", outcome="outcome"), _ask_for_remedy),
    FreshPanelOrdered: _ask_for_draw,
    FreshPanelReviewed: each(
        agent("fresh-panel-reviewed", ground="ground", until="until"), _ask_what_follows
    ),
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
            "The applicant of application {application} in round {round} requested a review on the ground "
            "{ground}, to be decided by {until}. Please appoint at least two people to decide, who had no part "
            "in the application or the round.",
        ),
        "zh": (
            "申报 {application} 的申报单位申请复核",
            "{round} 轮次申报 {application} 的申报单位以“{ground}”为由申请复核，须于{until}前作出决定。请指定至少"
            "两名未参与该申报及本轮次的人员负责决定。",
        ),
    },
    "request-to-decide": {
        "en": (
            "Application {application}: please decide on a request for review by {until}",
            "You were appointed to decide, with others, on a request for review of application {application} in "
            "round {round}, on the ground {ground}. Please enter what you find by {until}, with your reasons: "
            "whether the procedure was kept, not whether the application deserved more.",
        ),
        "zh": (
            "请于{until}前就申报 {application} 的复核申请作出决定",
            "您已被指定与他人共同就 {round} 轮次申报 {application} 以“{ground}”为由的复核申请作出决定。请于"
            "{until}前填报意见并说明理由：只审查程序是否合规，不评价申报优劣。",
        ),
    },
    "request-decided": {
        "en": (
            "Application {application}: your request for review was decided: {outcome}",
            "Your request for review of application {application} in round {round}, on the ground {ground}, was "
            "decided: {outcome}. The page of the application shows you the reasons and the remedy.",
        ),
        "zh": (
            "申报 {application} 的复核申请已决定：{outcome}",
            "您单位就 {round} 轮次申报 {application} 以“{ground}”为由提出的复核申请已决定：{outcome}。理由和补救"
            "措施见该申报的页面。",
        ),
    },
    "fresh-panel-wanted": {
        "en": (
            "Application {application}: please draw a fresh panel",
            "A fresh panel without the earlier members is to review application {application} in round {round}, "
            "since the request for review on the ground {ground} was upheld. Please commit a draw for it, as for "
            "any panel of the round, so that it has scored by {until}.",
        ),
        "zh": (
            "请为申报 {application} 抽取新的专家组",
            "以“{ground}”为由的复核申请成立，{round} 轮次申报 {application} 须由原成员以外的专家另行评审。请照本"
            "轮次其他专家组的办法固定抽取，使其于{until}前完成评分。",
        ),
    },
    "fresh-panel-ordered": {
        "en": (
            "Application {application}: a fresh panel reviews it",
            "As most of you found, a fresh panel reviews application {application} in round {round} (request on "
            "the ground {ground}). Once it has scored you are asked what follows; if it has not by {until}, "
            "please decide without its score.",
        ),
        "zh": (
            "申报 {application} 由新的专家组重新评审",
            "依多数意见，{round} 轮次申报 {application} 由新的专家组重新评审（复核理由：{ground}）。其评分确定后，"
            "请您决定后续处理；至{until}仍无评分的，请您不待评分即作出决定。",
        ),
    },
    "fresh-panel-scored": {
        "en": (
            "Application {application}: please decide by {until} what follows from the fresh panel's score",
            "The fresh panel has scored application {application} in round {round}. Please say by {until}, with "
            "your reasons, what follows for the request on the ground {ground}. The page of the application "
            "shows both scores.",
        ),
        "zh": (
            "请于{until}前就申报 {application} 新专家组的评分作出决定",
            "新的专家组已对 {round} 轮次申报 {application} 评分。请于{until}前就以“{ground}”为由的复核申请决定后"
            "续处理并说明理由。前后两次得分见该申报的页面。",
        ),
    },
    "fresh-panel-reviewed": {
        "en": (
            "Application {application}: a fresh panel has reviewed it",
            "A fresh panel has reviewed application {application} in round {round}, after your request on the ground"
            " {ground}. Those who decide on it say by {until} what follows.",
        ),
        "zh": (
            "申报 {application} 已由新的专家组重新评审",
            "因您单位以“{ground}”为由的复核申请，{round} 轮次申报 {application} 已由新的专家组重新评审，"
            "决定人员将于{until}前决定后续处理。",
        ),
    },
    "remedy-wanted": {
        "en": (
            "Application {application}: a remedy is to be carried out",
            "The request for review of application {application} in round {round}, on the ground {ground}, was "
            "upheld. The remedy is: {remedy}. Please carry it out and record how.",
        ),
        "zh": (
            "申报 {application} 须执行补救措施",
            "{round} 轮次申报 {application} 以“{ground}”为由的复核申请成立。补救措施：{remedy}。请予执行，并记录"
            "执行情况。",
        ),
    },
    "remedy-recorded": {
        "en": (
            "Application {application}: how the remedy was carried out",
            "It is recorded how the remedy of your request for review of application {application} in round "
            "{round} was carried out (ground: {ground}). The page of the application shows it to you.",
        ),
        "zh": (
            "申报 {application} 的补救措施执行情况",
            "就您单位对 {round} 轮次申报 {application} 以“{ground}”为由的复核申请，补救措施的执行情况已记录，见该"
            "申报的页面。",
        ),
    },
}
"""What the letters say."""
