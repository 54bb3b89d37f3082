"""The letters of the public notice: of which event, to whom, and what they say."""

from selection.application.letters import agent, tell_ending, to
from selection.application.notice.events import (
    ExaminersAppointed,
    ItemHeld,
    ItemRemoved,
    NoticeOpened,
    ObjectionRaised,
    ObjectionReopened,
    ObjectionSettled,
    ObjectionWithdrawn,
)
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer


def _write_objection_settled(event: ObjectionSettled, state: ApplicationState) -> list[Letter]:
    objector = state.objections[event.objection].objector
    params = {"objection": event.objection, "outcome": event.outcome}
    applicant = [state.agent] if state.agent != objector else []
    return [
        *to([objector], "objection-answered", state, **params),
        *to(applicant, "objection-settled", state, **params),
    ]


def _write_objection_withdrawn(event: ObjectionWithdrawn, state: ApplicationState) -> list[Letter]:
    """Tell whoever waited on it that nothing more is asked of them; the objector knows."""
    objection = state.objections[event.objection]
    waiting = objection.examiners or state.officers
    people = [state.agent, *waiting] if state.agent != objection.objector else list(waiting)
    return to(people, "objection-withdrawn", state, objection=event.objection)


def _ask_examiners(event: ExaminersAppointed, state: ApplicationState) -> list[Letter]:
    if event.until is None:
        # Recorded before there was a due day: its letters were sent then.
        return []
    params = {"objection": event.objection, "until": event.until.isoformat()}
    return [
        *to(event.examiners, "objection-to-examine", state, **params),
        *to(event.left, "examiner-no-more", state, objection=event.objection),
        *to(state.supervisors if event.disclosed else (), "rivals-disclosed", state),
    ]


def _write_objection_reopened(event: ObjectionReopened, state: ApplicationState) -> list[Letter]:
    objector = state.objections[event.objection].objector
    people = dict.fromkeys((objector, state.agent, *state.officers))
    return to([person for person in people if person], "objection-reopened", state, objection=event.objection)


WRITES: dict[type[Event], Writer[ApplicationState]] = {
    NoticeOpened: agent("notice-opened", until="until"),
    ObjectionRaised: lambda event, state: to(
        state.officers, "objection-raised", state, objection=event.objection
    ),
    ExaminersAppointed: _ask_examiners,
    ObjectionWithdrawn: _write_objection_withdrawn,
    ObjectionReopened: _write_objection_reopened,
    ObjectionSettled: _write_objection_settled,
    ItemHeld: agent("notice-held"),
    ItemRemoved: tell_ending("removed"),
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "objection-reopened": {
        "en": (
            "Application {application}: the ruling on an objection was reversed",
            "The ruling on objection {objection} against application {application} in round {round} was reversed. It is"
            " void, and people who did not examine the objection before do so anew; the application waits for that.",
        ),
        "zh": (
            "申报 {application} 的一项异议处理结果已撤销",
            "{round} 轮次申报 {application} 异议 {objection} 的处理结果已被撤销。"
            "该结果无效，由此前未参与核查的人员重新核查，其间该申报暂缓。",
        ),
    },
    "notice-opened": {
        "en": (
            "Application {application}: public notice until {until}",
            "Application {application} in round {round} is among the proposed centres. The public notice runs"
            " until {until}; objections may be raised within it. This is not yet an approval.",
        ),
        "zh": (
            "申报 {application} 进入公示，至{until}止",
            "{round} 轮次申报 {application} 已列入拟建名单，公示期至{until}止，其间可提出异议。"
            "公示不代表批准。",
        ),
    },
    "objection-settled": {
        "en": (
            "Application {application}: objection {objection} settled",
            "Objection {objection} concerning application {application} in round {round} has been examined and "
            "settled: {outcome}. The reasons are kept in the record.",
        ),
        "zh": (
            "关于申报 {application} 的异议 {objection} 已办结",
            "关于 {round} 轮次申报 {application} 的异议 {objection} 经核查已办结，结论：{outcome}。"
            "理由已记录在案。",
        ),
    },
    "objection-answered": {
        "en": (
            "Your objection {objection} to application {application}: {outcome}",
            "Your objection {objection} to application {application} in round {round} has been examined and "
            "settled: {outcome}. The page of the application shows you the reasons.",
        ),
        "zh": (
            "您对申报 {application} 的异议 {objection} 已办结：{outcome}",
            "您对 {round} 轮次申报 {application} 提出的异议 {objection} 经核查已办结，结论：{outcome}。理由见该申"
            "报的页面。",
        ),
    },
    "notice-held": {
        "en": (
            "Application {application}: waits for an objection to be settled",
            "The public notice in round {round} has ended, and an objection against application {application}"
            " is still being examined. The list goes on without it; once the objection is settled, the"
            " application is decided on by itself. Nothing is asked of you now.",
        ),
        "zh": (
            "申报 {application} 待异议办结",
            "{round} 轮次公示期已满，针对申报 {application} 的异议尚在核查。其余事项继续办理，异议办结后另行"
            "决定该申报。目前无需您单位办理其他事项。",
        ),
    },
    "removed": {
        "en": (
            "Application {application}: removed from the proposal",
            "An objection against application {application} in round {round} was upheld, and the application"
            " was removed from the proposed list. The application has ended.",
        ),
        "zh": (
            "申报 {application} 移出拟建名单",
            "针对 {round} 轮次申报 {application} 的异议经核查成立，该申报已移出拟建名单，并告终结。",
        ),
    },
    "objection-raised": {
        "en": (
            "Application {application}: objection {objection} raised",
            "Objection {objection} was raised against application {application} in round {round}. Please"
            " appoint examiners who were not involved before. Until it is settled, it blocks this item only.",
        ),
        "zh": (
            "申报 {application} 收到异议 {objection}",
            "{round} 轮次申报 {application} 收到异议 {objection}，请指定此前未参与的核查人员。"
            "异议办结前仅暂停该项。",
        ),
    },
    "objection-withdrawn": {
        "en": (
            "Application {application}: objection {objection} withdrawn",
            "Objection {objection} concerning application {application} in round {round} was withdrawn by who"
            " raised it. Nothing more is asked of you about it.",
        ),
        "zh": (
            "申报 {application} 的异议 {objection} 已撤回",
            "关于 {round} 轮次申报 {application} 的异议 {objection} 已由异议人撤回，您无需再就此办理。",
        ),
    },
    "examiner-no-more": {
        "en": (
            "Objection {objection} on application {application}: you no longer examine it",
            "In round {round} an officer appointed others to examine objection {objection} concerning application"
            " {application} in your place. The reason is kept in the record for the round's officers, supervisors and"
            " auditors. Nothing more is asked of you about it; if you think that you were replaced for what you found,"
            " tell a supervisor.",
        ),
        "zh": (
            "您不再核查关于申报 {application} 的异议 {objection}",
            "{round} 轮次经办人员已另行指定他人核查关于申报 {application} 的异议 {objection}。其理由载于记录，"
            "由该轮次的经办人员、监督人员和审计人员查阅。您无需再就此办理；如认为系因您的核查意见而被更换，"
            "请告知监督人员。",
        ),
    },
    "objection-to-examine": {
        "en": (
            "Objection {objection} on application {application}: please examine it by {until}",
            "You were appointed to examine objection {objection} concerning application {application} in round {round}."
            " Please settle it with reasons until {until}: upheld, partly upheld or dismissed; two of you sign that."
            " The identity of the objector is confidential.",
        ),
        "zh": (
            "请核查关于申报 {application} 的异议 {objection}（至{until}止）",
            "您已被指定核查关于 {round} 轮次申报 {application} 的异议 {objection}。请于{until}之前作出成立、"
            "部分成立或不成立的结论并说明理由，由两名核查人员签名。异议人身份须予保密。",
        ),
    },
}
"""What the letters say."""
