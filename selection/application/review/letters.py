"""The letters of the paper review: of which event, to whom, and what they say."""

from selection.application.letters import reminders, to
from selection.application.review.events import (
    ChairAppointed,
    ChairReplaced,
    InvitationAccepted,
    PanelSeated,
    SeatFilled,
    SeatVacated,
)
from selection.application.review.score_events import ConflictReported, ConflictRuled
from selection.application.state import ApplicationState
from selection.decision.aggregate import Event
from selection.kernel.stages import Stage
from selection.process.letter import Letter, Texts, Writer


def _write_invitation(
    number: int, expert: str, event: PanelSeated | SeatFilled, state: ApplicationState
) -> list[Letter]:
    until = event.respond_by.isoformat()
    (first,) = to([expert], "invitation", state, until=until)
    task = f"answer-invitation/{number}/{expert}"
    return [first, *reminders(first, event.remind_answer, "invitation-reminder", task)]


def _write_invitations(event: PanelSeated, state: ApplicationState) -> list[Letter]:
    return [
        letter
        for number, expert in event.seats.items()
        for letter in _write_invitation(int(number), expert, event, state)
    ] + to(state.supervisors if event.disclosed else (), "rivals-disclosed", state)


def _write_accepted(event: InvitationAccepted, state: ApplicationState) -> list[Letter]:
    seat = state.seat_of(event.expert)
    assert seat is not None
    (first,) = to([event.expert], "review-open", state, until=seat.review_by.isoformat())
    task = f"review/{seat.number}/{seat.expert}"
    return [first, *reminders(first, seat.remind_review, "review-reminder", task)]


def _write_seat_vacated(event: SeatVacated, state: ApplicationState) -> list[Letter]:
    # Who is not active any more may have been erased: nothing is left to write to.
    gone = event.why == "inactive"
    letters = [] if gone else to([event.expert], "seat-released", state, why=event.why)
    if gone or event.why in ("no-response", "no-review"):
        letters += to(state.officers, "seat-lost", state, why=event.why, seat=str(event.seat))
    return letters


def _ask_supervisors(event: ConflictReported, state: ApplicationState) -> list[Letter]:
    """Ask the supervisors for a ruling, but for parties to the report: who is reported learns nothing of it."""
    parties = (event.expert, *state.reports[event.report].reporters)
    ruling = [person for person in state.supervisors if person not in parties]
    return to(ruling, "conflict-reported", state, report=event.report)


def _write_ruling(event: ConflictRuled, state: ApplicationState) -> list[Letter]:
    """Tell the officers of what the panel's own work no longer answers: a conflict found after the shortlist."""
    late = event.upheld and not state.in_review and state.stage is not Stage.SCORED
    return to(state.officers if late else (), "conflict-upheld-late", state, report=event.report)


def _tell_chairs(event: ChairReplaced, state: ApplicationState) -> list[Letter]:
    new, former = ([person] if person else [] for person in (event.chair, event.former))
    return [*to(new, "chair-appointed", state), *to(former, "chair-no-more", state)]


WRITES: dict[type[Event], Writer[ApplicationState]] = {
    PanelSeated: _write_invitations,
    InvitationAccepted: _write_accepted,
    SeatVacated: _write_seat_vacated,
    SeatFilled: lambda event, state: _write_invitation(event.seat, event.expert, event, state),
    ConflictReported: _ask_supervisors,
    ConflictRuled: _write_ruling,
    ChairAppointed: lambda event, state: to([event.chair], "chair-appointed", state),
    ChairReplaced: _tell_chairs,
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "rivals-disclosed": {
        "en": (
            "Application {application}: somebody who judges it competes for the same places",
            "Somebody who was drawn for the panel of application {application} in round {round}, or was appointed to "
            "survey its site or examine an objection, is behind another application, or their employer is, which "
            "competes for the same places. The rules let them judge, and have it disclosed to you: the history of the "
            "application says who, and which other application it is. If you see more in it than that, report a "
            "conflict of interest there; another supervisor rules on it.",
        ),
        "zh": (
            "申报 {application} 的评判人员中有人参与竞争同一批名额",
            "{round} 轮次申报 {application} 的评审专家、实勘人员或异议核查人员中，有人本人或其所在单位另有其他申报，"
            "竞争同一批名额。按规则该人员可以参与，但须向您披露：该申报的“经过”载有其姓名和所涉申报。您认为足以影响公正评审的，请在该处报告利益冲突，"
            "由其他监督人员裁定。",
        ),
    },
    "invitation": {
        "en": (
            "Invitation to review application {application}; answer by {until}",
            "You were drawn at random to review application {application} in round {round}. Please accept with "
            "the signed pledge, or decline, by {until}. If you or your employer have an interest in the "
            "application, please decline. Its files open to you after your pledge. Please do not tell anyone "
            "that you were invited.",
        ),
        "zh": (
            "邀请评审申报 {application}，请于{until}前答复",
            "经随机抽取，诚邀您评审 {round} 轮次申报 {application}。请于{until}前签署承诺书并接受邀请，或予以谢绝。"
            "如您或您所在单位与该申报存在利益关系，请予谢绝。签署承诺书后，材料即向您开放。请勿向他人透露您受到"
            "邀请。",
        ),
    },
    "invitation-reminder": {
        "en": (
            "Reminder: please answer the invitation to review {application} by {until}",
            "Your answer to the invitation to review application {application} in round {round} is still"
            " awaited. Without an answer by {until} the seat goes to someone else.",
        ),
        "zh": (
            "提醒：请于{until}前答复评审申报 {application} 的邀请",
            "您尚未答复评审 {round} 轮次申报 {application} 的邀请。至{until}仍未答复的，该席位将由他人接替。",
        ),
    },
    "review-open": {
        "en": (
            "Review of application {application}, due by {until}",
            "Thank you for accepting. The files of application {application} in round {round} are open to you "
            "now. Please submit scores and the written review by {until}. You can correct what you submitted "
            "until then, as long as the panel's score is not fixed. Please review in person, and declare any "
            "conflict of interest that comes to light.",
        ),
        "zh": (
            "申报 {application} 评审，请于{until}前完成",
            "感谢您接受邀请。{round} 轮次申报 {application} 的材料已向您开放，请于{until}前提交评分和书面意见。提"
            "交后如需更正，可在该期限前、专家组得分确定之前由本人更正。请本人亲自评审；如发现存在利益冲突，请及时"
            "声明。",
        ),
    },
    "review-reminder": {
        "en": (
            "Reminder: review of application {application} due by {until}",
            "Your review of application {application} in round {round} is still awaited. Without a review by"
            " {until} the seat goes to someone else.",
        ),
        "zh": (
            "提醒：请于{until}前完成申报 {application} 的评审",
            "您尚未提交 {round} 轮次申报 {application} 的评审意见。至{until}仍未提交的，该席位将由他人接替。",
        ),
    },
    "seat-released": {
        "en": (
            "Review of application {application}: nothing more is asked of you",
            "Your seat on the panel of application {application} in round {round} was released: {why}. Nothing "
            "more is asked of you, and the files are closed to you. What you have seen stays confidential.",
        ),
        "zh": (
            "申报 {application}：您不再参与其评审",
            "您不再参与 {round} 轮次申报 {application} 的评审，原因：{why}。您无需再办理任何事项，材料不再向您开放；"
            "您已知悉的内容仍须保密。",
        ),
    },
    "chair-appointed": {
        "en": (
            "You chair the panel of application {application}",
            "You were appointed chair of the panel of application {application} in round {round}. When the "
            "overall appraisal begins, you open the vote on the agreed score and say who is present; every "
            "member votes by an act of their own; then you record the minutes. Until then nothing is asked of "
            "you as chair.",
        ),
        "zh": (
            "您已被指定为申报 {application} 专家组组长",
            "您已被指定为 {round} 轮次申报 {application} 的专家组组长。综合论证开始后，请您填明到会专家和议定分并"
            "提请表决，由各成员本人表决，其后由您记录会议纪要。在此之前，您作为组长无需办理事项。",
        ),
    },
    "chair-no-more": {
        "en": (
            "Application {application}: you no longer chair its panel",
            "Two supervisors of round {round} ended your chair of the panel of application {application}."
            " Their reason is kept in the record for those who oversee the round, its officers,"
            " supervisors and auditors. You keep your seat, your review and your vote.",
        ),
        "zh": (
            "申报 {application}：您不再担任专家组组长",
            "{round} 轮次两名监督人员已终止您担任申报 {application} 专家组组长。"
            "其理由载于记录，由负责该轮次的经办人员、监督人员和审计人员查阅。"
            "您的席位、评审和表决权不变。",
        ),
    },
    "seat-lost": {
        "en": (
            "Application {application}: seat {seat} fell free",
            "Seat {seat} on the panel of application {application} in round {round} fell free: {why}. The next "
            "alternate is invited if there is one; otherwise your tasks ask for a supplementary draw.",
        ),
        "zh": (
            "申报 {application} 第 {seat} 席空缺",
            "{round} 轮次申报 {application} 专家组第 {seat} 席空缺，原因：{why}。有备选专家的，依次递补；没有的，"
            "须补充抽取，届时列于您的“待办”。",
        ),
    },
    "conflict-reported": {
        "en": (
            "Application {application}: conflict report {report} waits for a ruling",
            "A conflict of interest was reported on application {application} in round {round}, as report"
            " {report}. Please rule on it. Where the person has a part in the application, no score is fixed and no"
            " list carried out on it until then. Who reported it is confidential.",
        ),
        "zh": (
            "申报 {application} 的利益冲突报告 {report} 待裁定",
            "{round} 轮次申报 {application} 收到利益冲突报告 {report}，请予裁定。被报告人参与该申报"
            "评审或办理的，裁定前该申报的评审得分暂不确定，名单所定事项也暂不对其执行。报告人身份须予保密。",
        ),
    },
    "conflict-upheld-late": {
        "en": (
            "Application {application}: a conflict of interest was established after the shortlist",
            "Report {report} on application {application} in round {round} was upheld. The review concerned is "
            "void, and the score is fixed anew from the other reviews if enough of them are left; the seat stays "
            "empty. Please take this into account in what is still to be decided on the application.",
        ),
        "zh": (
            "申报 {application} 在确定入围名单后认定存在利益冲突",
            "{round} 轮次申报 {application} 的利益冲突报告 {report} 经裁定成立。有关评审意见作废；其余有效意见达"
            "到规定份数的，据以重新确定得分；该席位不再递补。请在后续决定中予以考虑。",
        ),
    },
}
"""What the letters say."""
