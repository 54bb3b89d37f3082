"""What an application of a round in memory comes near to, out of the contents that the round holds."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from selection.application.recusal import is_bid
from selection.decision.likeness import Likeness, LikenessAsked
from selection.forms.json_text import list_texts
from selection.kernel.model import Ref
from selection.projections.alike import is_same_form, name_near

if TYPE_CHECKING:
    from tests.whole_round import WholeRound


def find_likeness(made: "WholeRound", asked: LikenessAsked) -> Likeness:
    def read(refs: Iterable[Ref | None]) -> list[str]:
        bodies = (made.contents.get(ref.id) for ref in refs if ref is not None)
        return [text for body in bodies if body is not None for text in list_texts(body)]

    mine = read(asked.contents)
    others = (
        state
        for state in made.applications()
        if state.number != asked.number
        and state.submission is not None
        and is_bid(state.stage, state.outcome)
    )
    beside = (
        state for state in others if state.submission.employers & {*asked.units} or state.agent == asked.agent
    )
    return Likeness(
        directions=name_near((*asked.names, *mine), asked.held),
        twins=tuple(
            state.number
            for state in beside
            if is_same_form(mine, read((state.submission.form, state.submission.public)))
        ),
    )
