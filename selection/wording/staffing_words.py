"""Why a round needs so many people of each post, in English and Chinese: by the reasons of selection/staffing.py."""

from typing import Literal

from selection.kernel.counting import fill
from selection.kernel.stages import Names
from selection.rules.model import RoundRules
from selection.staffing import Need
from selection.wording.code_names import POSTS

JUDGES: Names = {
    "experts": ("experts", "评审专家"),
    "surveyors": ("survey team", "实勘人员"),
    "examiners": ("examiners", "核查人员"),
    "deciders": ("deciders on a request", "复核人员"),
}
"""Those who are drawn or appointed in a round, beside the posts that its rules give."""
CASES: Names = {
    "always": ("always", "一律"),
    "objection": ("objection", "有异议时"),
    "request": ("request for review", "申请复核时"),
    "erasure": ("erasure", "清除个人信息时"),
    "bundle": ("record taken along", "导出记录时"),
}
REASONS: Names = {
    "officers": (
        "two sign a failed check, a changed order and the list; who committed a draw does not open it",
        "审查不通过、变更次序及名单须两人签名；固定抽取者不得公开该次抽取",
    ),
    "supervisors": (
        "two void a draw and uphold a hit of the integrity check; after a voided draw of the officers one commits the "
        "next",
        "作废抽取、认定诚信问题须两人签名；经办人员的抽取作废后，由监督人员固定下一次",
    ),
    "approvers": (
        "{needed} must agree; nobody agrees at two levels, or is an officer, a supervisor or an auditor",
        "须 {needed} 人同意；不得在两级审批，不得兼任经办、监督或审计人员",
    ),
    "approvers-by-two": (
        "{needed} must agree, and two sign each act of the level, the second of whom has not agreed yet; nobody agrees "
        "at two levels",
        "须 {needed} 人同意，本级每项操作须双人签名，第二人须为尚未同意者；不得在两级审批",
    ),
    "admins": (
        "somebody registers people and units; one of the people above may",
        "须有人登记人员和单位；可由上述人员之一兼任",
    ),
    "admins-by-two": (
        "two erase a person; two of the people above may, if of the officers and supervisors three register nobody",
        "清除个人信息须两人签名；可由上述人员中的两人兼任，但经办、监督人员中须有三人不登记人员",
    ),
    "experts": (
        "{seats:seat|seats} and {alternates:alternate|alternates} of a panel, from {employers:employer|employers} or "
        "more; nobody who holds a post",
        "一个专家组 {seats} 席、备选 {alternates} 人，至少来自 {employers} 个单位；任职人员不参加评审",
    ),
    "experts-by-load": (
        "{applications:panel has|panels have} {places:place|places}, and nobody takes more than {load}; nobody who "
        "holds a post",
        "{applications} 个专家组共 {places} 个席位（含备选），每人至多 {load} 个；任职人员不参加评审",
    ),
    "surveyors": ("the smallest team; experts may", "实勘组最少人数；可由评审专家担任"),
    "examiners": (
        "so many examine it, two of whom sign what it comes to; nobody who had a part in that application",
        "异议至少由这些人核查，结论须其中两人签名；参与过该申报者不得担任",
    ),
    "deciders": (
        "so many decide on it; nobody who had a part in any application of the round",
        "至少由这些人办理；参与过本轮次任一申报者不得担任",
    ),
    "auditors": (
        "only auditors take the record along with what people wrote; no list waits for it",
        "只有审计人员可导出含全部内容的记录；名单的印发不以此为前提",
    ),
}
IN_ALL: Names = {
    "all": (
        "A round with {applications:application|applications} takes {all:person|people} at least, {office} of them in "
        "posts. Who applies, recommends or objects is not counted.",
        "含 {applications} 项申报的轮次至少须 {all} 人，其中任职人员 {office} 人；不含申报、推荐和提出异议的人员。",
    ),
    "short": (
        "The rules name {holders} where {least} are needed: {post} ({case}).",
        "规则所列人数为 {holders}，少于所需的 {least}：{post}（{case}）。",
    ),
}


def name_staff(need: Need, rules: RoundRules) -> tuple[str, str]:
    """Return what a post is called in English and Chinese, of approvers with their level."""
    english, chinese = {**POSTS, **JUDGES}[need.post]
    level = next((item for item in rules.approval if item.code == need.level), None)
    if level is None:
        return english, chinese
    return f"{english}, {level.en or level.zh}", f"{chinese}（{level.zh or level.en}）"


def explain_need(need: Need, lang: Literal["en", "zh"]) -> str:
    """Return why so many are needed."""
    return fill(REASONS[need.reason][lang == "zh"], need.params)
