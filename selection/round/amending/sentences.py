"""What is said of forms that change in the midst of a round, in English and Chinese."""

from selection.decision.aggregate import Event
from selection.kernel.stages import Names
from selection.process.letter import Letter, Texts, Writer, letters_to
from selection.process.room import Pairs
from selection.round.amending.events import FormAmended
from selection.round.state import RoundState

TIMELINE: dict[str, Pairs] = {
    "round.form-amended.v1": (
        (
            "The form changed from version {was} to {form_version}: {form_name}.",
            "表单（{form_name}）由 {was} 版改为 {form_version} 版。",
        ),
        ("A form changed.", "表单变更。"),
    ),
}
"""What happened, from the most that can be said to the least."""

REFUSALS: Names = {
    "form-not-asked": (
        "The rules of this round have no such form, so that none can be changed; a form cannot come in"
        " the midst of it.",
        "本轮规则没有此表单，无从变更；轮次进行中不得新增表单。",
    ),
    "form-version-taken": (
        "A form of this round has this version's name already; name the new one otherwise.",
        "本轮表单已有此版本名称；请为新版本另取名称。",
    ),
    "form-faulty": ("The form contains errors: {faults}.", "表单有误：{faults}。"),
    "form-unsealed": (
        "The hash is not that of the form; send it as `selection round amend-form` does.",
        "哈希与表单不符；请按 `selection round amend-form` 的方式提交。",
    ),
    "form-map-incomplete": (
        "The map must name every field of the old and of the new form once; check: {fields}.",
        "对照表须逐一列明新旧表单的每个项目；请核对：{fields}。",
    ),
    "form-map-other-kind": (
        "A field becomes one of another kind, which is no answer to it: {fields}. Drop it and add another.",
        "以下项目改成了另一类项目，原答案不再适用：{fields}。请删去后另设新项目。",
    ),
    "form-entry-changed": (
        "What the rules decide on stays as it is: {fields}. Only its words may change, until the round"
        " is over.",
        "规则据以决定的项目须保持不变：{fields}。轮次结束前仅可改动其文字。",
    ),
    "form-too-late": (
        "Whoever fills in this form must have {days:day|days} for it before {deadline} ({until})."
        " Extend the deadline"
        " first where it can be, or leave the form as it is.",
        "表单变更后，填写人至少应有 {days} 日，方至{deadline}（{until}）。请先延长该期限（如尚可延长），"
        "或保持表单不变。",
    ),
    "form-used": (
        "This form was used for what nobody can do again ({count:entry|entries}), so that it can't"
        " change any more.",
        "该表单已用于不可重新办理的事项（{count} 条记录），不得再变更。",
    ),
}
"""Why an act is refused: code -> (English, Chinese)."""


def _tell_staff(event: FormAmended, state: RoundState) -> list[Letter]:
    assert state.sealed is not None
    staff = state.current.staff
    people = dict.fromkeys((*staff.officers, *staff.supervisors, *staff.auditors))
    said = {"form_name": event.form_name, "was": event.was, "version": event.form_version}
    return letters_to(people, "form-amended", {"round": state.round, **said})


WRITES: dict[type[Event], Writer[RoundState]] = {FormAmended: _tell_staff}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "form-amended": {
        "en": (
            "Round {round}: a form changed ({form_name})",
            "In round {round}, two officers changed this form: {form_name}. Version {version} is in force in "
            "place of {was}. What was handed in before stays valid under its own version. Whoever must look "
            "again is told. The page of the round's forms shows what changed, field by field, and the reason.",
        ),
        "zh": (
            "{round} 轮次表单变更（{form_name}）",
            "{round} 轮次由两名经办人员变更表单：{form_name}，以 {version} 版取代 {was} 版。此前提交的内容按原版"
            "本仍然有效，需重新查看的人员将另行通知。逐项变更及理由见本轮次的表单页面。",
        ),
    },
}
"""What the letters say."""
