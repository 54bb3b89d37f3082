"""The letter about what a unit recommended on paper: to who signed it, as others entered it in their name."""

from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer, letters_to
from selection.recommendation.events import ApplicationRecommended
from selection.recommendation.state import ListState


def _write_entered(event: ApplicationRecommended, state: ListState) -> list[Letter]:
    if event.sent is None:
        return []
    params = {"round": state.round, "application": event.application, "unit": event.unit}
    params["sent"] = event.sent.isoformat()
    return letters_to([event.agent], "recommended-on-paper", params)


WRITES: dict[type[Event], Writer[ListState]] = {ApplicationRecommended: _write_entered}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "recommended-on-paper": {
        "en": (
            "Application {application}: entered as recommended by you on paper",
            "In round {round}, two officers entered that you recommended application {application} on paper, sent on"
            " {sent}. It is on your unit's list now. If you did not, please withdraw it while the list is open, and"
            " tell the selection office at once; the evidence is in the record.",
        ),
        "zh": (
            "申报 {application}：已录入您的纸质推荐",
            "{round} 轮次中，两名经办人员录入了您于 {sent} 寄出的对申报 {application} 的纸质推荐，该申报已列入贵单位"
            "推荐名单。如非您所推荐，请在名单关闭前将其撤回，并立即告知遴选工作办公室；有关凭证已记录在案。",
        ),
    },
}
