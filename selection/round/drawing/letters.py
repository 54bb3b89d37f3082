"""The letters of draws: of which event, to whom, and what they say."""

from selection.decision.aggregate import Event
from selection.process.letter import Letter, Texts, Writer, letters_to
from selection.round.drawing.events import DrawCommitted, DrawVoided, PanelsDrawn
from selection.round.drawing.makers import name_committing
from selection.round.state import RoundState


def _ask_to_open(event: DrawCommitted, state: RoundState) -> list[Letter]:
    """Write to the officers and supervisors but who committed it, since another of them has to open it."""
    staff, by = state.current.staff, state.draws[event.draw].by
    others = [person for person in (*staff.officers, *staff.supervisors) if person != by]
    params = {"round": state.round, "draw": event.draw, "began": event.public.isoformat()}
    return letters_to(others, "draw-committed", {**params, "until": event.until.isoformat()})


def _tell_voided(event: DrawVoided, state: RoundState) -> list[Letter]:
    """Write to officers and supervisors: those of the post that did not commit it have to commit another one."""
    drawers = (*state.current.staff.officers, *state.current.staff.supervisors)
    params = {"round": state.round, "draw": event.draw, "post": name_committing(state)}
    return letters_to(drawers, "draw-voided", params)


def _tell_unfilled(event: PanelsDrawn, state: RoundState) -> list[Letter]:
    """Write to the officers where no panels exist; whoever is drawn is invited."""
    if not event.clashing:
        return []
    params = {"round": state.round, "draw": event.draw, "clashing": " ".join(event.clashing)}
    return letters_to(state.current.staff.officers, "draw-unfilled", params)


WRITES: dict[type[Event], Writer[RoundState]] = {
    DrawCommitted: _ask_to_open,
    DrawVoided: _tell_voided,
    PanelsDrawn: _tell_unfilled,
}
"""Who gets a letter of an event."""

LETTERS: Texts = {
    "draw-unfilled": {
        "en": (
            "Round {round}: draw {draw} filled no seat",
            "Draw {draw} of round {round} filled no seat: no panels exist for {clashing}. Have more experts registered,"
            " or the number of applications for each expert raised in the rules, and commit another draw. For an"
            " application that nobody can review, an officer and a supervisor agree what becomes of it.",
        ),
        "zh": (
            "{round} 轮次：抽取 {draw} 未能补上任何席位",
            "{round} 轮次抽取 {draw} 未能补上任何席位：{clashing}无法组成专家组。请增补登记专家，或修改规则提高每名专家"
            "的评审项数上限，再另行固定一次抽取；确实无人可评的申报，由经办人员与监督人员商定专家组事宜。",
        ),
    },
    "draw-committed": {
        "en": (
            "Round {round}: draw {draw} waits for its public numbers",
            "Draw {draw} of round {round} was committed. Its public numbers are known from {began} on. Then two people"
            " enter them, and an officer or supervisor who did not commit the draw opens it by {until}; after that it"
            " can only be voided.",
        ),
        "zh": (
            "{round} 轮次：抽取 {draw} 待公开号码",
            "{round} 轮次抽取 {draw} 已固定，其公开号码自{began}起可知。届时须由两人分别录入号码，并由"
            "非固定该抽取的经办人员或监督人员在{until}前公开；逾期只能作废。",
        ),
    },
    "draw-voided": {
        "en": (
            "Round {round}: draw {draw} was voided",
            "Supervisors voided draw {draw} of round {round} before it was opened; the round's page shows the reason."
            " For the seats that are empty another draw is needed, with later public numbers. Nobody of the post that"
            " committed this one commits it: that is for the {post}.",
        ),
        "zh": (
            "{round} 轮次：抽取 {draw} 已作废",
            "{round} 轮次抽取 {draw} 在公开前已由监督人员作废，理由见该轮次页面。空缺席位须另行固定一次抽取，并采用"
            "更晚的公开号码；原固定岗位的人员不得再行固定，改由{post}办理。",
        ),
    },
}
"""What the letters say."""
