"""The letters about rules that change in the midst of a round: of which event, to whom, and what they say."""

from selection.decision.aggregate import Event
from selection.process.letter import Broadcast, Letter, Texts, Writer, letters_to, params_of
from selection.round.amending_rules.events import AmendmentDeclined, AmendmentEntered, RulesAmended
from selection.round.amending_rules.table import find_top
from selection.round.state import RoundState
from selection.rules.terms import end_of_intake

_CHANGE = {"number": "number", "path": "path", "before": "before", "after": "after"}


def _tell_approvers(event: AmendmentEntered, state: RoundState) -> list[Letter]:
    top = find_top(state)
    levels = state.current.approval if top is None else (top,)
    people = dict.fromkeys(person for level in levels for person in level.approvers)
    return letters_to(people, "amendment-entered", {"round": state.round, **params_of(event, _CHANGE)})


def _tell_officers(event: AmendmentDeclined, state: RoundState) -> list[Letter]:
    params = {"round": state.round, "number": str(event.number)}
    return letters_to(state.current.staff.officers, "amendment-declined", params)


def _tell_everyone(event: RulesAmended, state: RoundState) -> list[Letter | Broadcast]:
    """Tell the staff, every applicant, and whoever else follows the field: units, or experts who review."""
    rules = state.current
    staff = tuple(dict.fromkeys((*rules.staff.officers, *rules.staff.supervisors, *rules.staff.auditors)))
    params = {"round": state.round, **params_of(event, _CHANGE)}
    names: tuple[str, ...] = ()
    if "recommender" in event.touches:
        names += (end_of_intake(rules.stages),)
    if "expert" in event.touches:
        names += ("review", "review_last")
    units = tuple(unit.code for unit in rules.recommenders) if "recommender" in event.touches else ()
    concerned = Broadcast(
        key="rules-amended",
        template="rules-amended",
        params=params,
        deadlines=names,
        units=units,
        besides=staff,
    )
    return [*letters_to(staff, "rules-amended", params), concerned]


WRITES: dict[type[Event], Writer[RoundState]] = {
    AmendmentEntered: _tell_approvers,
    AmendmentDeclined: _tell_officers,
    RulesAmended: _tell_everyone,
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "amendment-entered": {
        "en": (
            "Round {round}: a change of the rules waits for you ({path})",
            "An officer entered amendment {number} of the rules of round {round}: {path}, from {before} to "
            "{after}. It counts once an approver agrees; once panels were drawn, places and limits take the top level"
            " of approval. Please read the reason, then agree or decline.",
        ),
        "zh": (
            "{round} 轮次规则修改待您表态（{path}）",
            "经办人员录入 {round} 轮次第 {number} 项规则修改：{path}，由 {before} 改为 {after}。经审批人同意后生"
            "效；专家组抽取后，名额和上限须经最高审批层级同意。请阅读理由，并表示同意或不同意。",
        ),
    },
    "amendment-declined": {
        "en": (
            "Round {round}: amendment {number} was declined",
            "An approver declined amendment {number} of the rules of round {round}. The rules stay as they are; the"
            " reason is in the record.",
        ),
        "zh": (
            "{round} 轮次第 {number} 项规则修改未获同意",
            "审批人未同意 {round} 轮次第 {number} 项规则修改，规则保持不变；理由载于记录。",
        ),
    },
    "rules-amended": {
        "en": (
            "Round {round}: the rules changed ({path})",
            "In round {round} the rules changed by amendment {number}: {path}, from {before} to {after}. It counts for"
            " what begins from now on; what was done, and every day that was set, stands. An officer entered it, and "
            "whoever approves agreed; the call's page shows the officer's reason.",
        ),
        "zh": (
            "{round} 轮次规则修改（{path}）",
            "{round} 轮次第 {number} 项规则修改：{path}，由 {before} 改为 {after}。"
            "仅适用于此后开始的事项；此前办理的事项和已定的期限不变。此项由经办人员录入、审批人同意，经办人员所述理由见申报通知页面。",
        ),
    },
}
"""What the letters say."""
