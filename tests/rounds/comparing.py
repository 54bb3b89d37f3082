"""What an application of a round in memory comes near to, out of the contents that the round holds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from selection.application.recusal import is_bid
from selection.application.state import ApplicationState
from selection.decision.likeness import Likeness, LikenessAsked
from selection.forms.json_text import list_texts
from selection.kernel.model import Ref
from selection.projections.alike import is_same_form, name_near


class InMemory(Protocol):
    """What is read of a round in memory."""

    @property
    def contents(self) -> Mapping[str, bytes]: ...
    def applications(self) -> Sequence[ApplicationState]: ...


def find_likeness(made: InMemory, asked: LikenessAsked) -> Likeness:
    def read(refs: Iterable[Ref | None]) -> list[str]:
        bodies = (made.contents.get(ref.id) for ref in refs if ref is not None)
        return [text for body in bodies if body is not None for text in list_texts(body)]

    mine = read(asked.contents)
    others = (
        (state, state.submission)
        for state in made.applications()
        if state.number != asked.number and is_bid(state.stage, state.outcome)
    )
    beside = (
        (state.number, submission)
        for state, submission in others
        if submission is not None and (submission.employers & {*asked.units} or state.agent == asked.agent)
    )
    return Likeness(
        directions=name_near((*asked.names, *mine), asked.held),
        twins=tuple(
            number
            for number, submission in beside
            if is_same_form(mine, read((submission.form, submission.public)))
        ),
    )
