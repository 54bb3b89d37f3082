"""The letters of submission and recommendation: of which event, to whom, and what they say."""

from selection.application.intake.events import (
    ApplicationLapsed,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    RecommendationReleased,
    RecommendationTaken,
)
from selection.application.letters import agent, ask_co_builders, co_builders, each, tell_co_builders_end
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Texts, Writer

WRITES: dict[type[Event], Writer[ApplicationState]] = {
    ApplicationSubmitted: each(agent("submission-received", revision="revision"), ask_co_builders),
    ApplicationWithdrawn: co_builders("co-building-withdrawn"),
    RecommendationTaken: agent("recommended", revision="revision"),
    RecommendationReleased: agent("recommendation-released"),
    ApplicationLapsed: each(agent("lapsed", outcome="outcome"), tell_co_builders_end),
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "submission-received": {
        "en": (
            "Application {application}: version {revision} received",
            "We have received version {revision} of your application {application} in round {round}."
            " Until the"
            " submission deadline you may edit it, withdraw it and submit it again; every version is kept. To"
            " go on, it needs the recommendation of your recommending unit before the recommendation"
            " deadline.",
        ),
        "zh": (
            "申报 {application} 第 {revision} 版已收到",
            "您单位在 {round} 轮次提交的申报 {application} 第 {revision} 版已收到。提交截止前可以修改、撤回"
            "后重新提交，各版本均予留存。请于推荐截止前取得推荐单位的推荐。",
        ),
    },
    "recommended": {
        "en": (
            "Application {application}: recommended",
            "Your recommending unit has recommended version {revision} of application {application} in round"
            " {round}. If you edit or withdraw the application now, it needs a new recommendation.",
        ),
        "zh": (
            "申报 {application} 已获推荐",
            "推荐单位已推荐您单位在 {round} 轮次的申报 {application} 第 {revision} 版。此后如修改或撤回申报，"
            "须重新取得推荐。",
        ),
    },
    "recommendation-released": {
        "en": (
            "Application {application}: recommendation withdrawn",
            "The recommending unit has withdrawn its recommendation of application {application} in round"
            " {round}. Without a recommendation by the deadline the application ends; please turn to"
            " the unit.",
        ),
        "zh": (
            "申报 {application} 的推荐已撤回",
            "推荐单位已撤回对 {round} 轮次申报 {application} 的推荐。推荐截止时未获推荐的申报即告终结，"
            "请及时与推荐单位联系。",
        ),
    },
    "recommended-edited": {
        "en": (
            "Application {application}, which you recommended, was edited",
            "Application {application} in round {round}, which you recommended for your unit, was edited by the"
            " applicant. Your recommendation was for the former version: its place on your unit's list is free."
            " Please recommend the new version before the recommendation deadline if you stand by it; without a"
            " recommendation the application ends then.",
        ),
        "zh": (
            "您推荐的申报 {application} 已被修改",
            "由您代表推荐单位推荐的 {round} 轮次申报 {application} 已由申报单位修改。原推荐针对修改前的版本，其在推荐"
            "名单中的名额已释放。如仍予推荐，请于推荐截止前推荐新版本；届时未获推荐的，该申报即告终结。",
        ),
    },
    "recommended-withdrawn": {
        "en": (
            "Application {application}, which you recommended, was withdrawn",
            "Application {application} in round {round}, which you recommended for your unit, was withdrawn by"
            " the applicant. Its place on your unit's list is free. If it is submitted again, it needs a new"
            " recommendation.",
        ),
        "zh": (
            "您推荐的申报 {application} 已被撤回",
            "由您代表推荐单位推荐的 {round} 轮次申报 {application} 已由申报单位撤回，其在推荐名单中的名额已释放。"
            "如再次提交，须重新推荐。",
        ),
    },
    "lapsed": {
        "en": (
            "Application {application}: ended at the deadline",
            "Application {application} in round {round} ended when the deadline passed: {outcome}. It"
            " does not"
            " go on to the legality check.",
        ),
        "zh": (
            "申报 {application} 于截止时终结",
            "{round} 轮次申报 {application} 于期限届满时终结，原因：{outcome}。该申报不进入合法性审查。",
        ),
    },
}
"""What the letters say."""
