"""The kinds of conflict that data shows, each left out of account in turn, and rounds in which it binds."""

from collections.abc import Callable
from typing import Any, ClassVar

from selection.decision.relations import Kind, Tie
from selection.kernel.stages import Stage
from selection.recusal import conflicts
from tests import factories as f
from tests.chance.lively import GROUP, HOST, LivelyRound
from tests.rounds.holes import Hole, Patch, saying, wrapping

BRANCH = "99SYNTH90000000010"
"""A unit that belongs to the first host."""


class TiedReviewer(LivelyRound):
    """One of each panel is tied to the application, each round in another way."""

    KIND: ClassVar[Kind]

    def _bind(self) -> None:
        super()._bind()
        self.made.register_unit(BRANCH, HOST)

    def _answers(self) -> None:
        for state in self.made.applications(Stage.REVIEW):
            for seat in state.seats[:1]:
                self._tie(seat.expert, self._host(state.number))
        super()._answers()

    def _tie(self, expert: str, host: str) -> None:
        match self.KIND:
            case "employer":
                self._register_anew(expert, host)
            case "rival":
                self._register_anew(
                    expert, next(unit for unit in map(self._host, self.numbers) if unit != host)
                )
            case "parent":
                self._register_anew(expert, BRANCH)
            case "subsidiary":
                self._register_anew(expert, GROUP)
            case "relative" | "adviser" | "project" as kind:
                self._register_anew(expert, "", Tie(kind=kind, unit=host))

    def _register_anew(self, expert: str, employer: str, *ties: Tie) -> None:
        self.made.register(f.person(expert, "expert", "objector", employer=employer), *ties)


class FormerReviewer(TiedReviewer):
    """One of each panel leaves the host again."""

    KIND = "employer"

    def _tie(self, expert: str, host: str) -> None:
        super()._tie(expert, host)
        self._register_anew(expert, "91-elsewhere")


def ignoring(kind: Kind) -> Callable[[Patch], None]:
    """Return what leaves one kind of conflict out of account, at draws and at every act."""

    def stands(ask: Callable[..., bool], conflict: Any, *asked: Any) -> bool:
        return conflict.kind != kind and ask(conflict, *asked)

    return wrapping(conflicts, "_stands", stands)


def rounds_with(kind: Kind) -> type[TiedReviewer]:
    """Return rounds in which one of each panel is tied to the application so."""
    return type(f"{kind.capitalize()}Reviewer", (TiedReviewer,), {"KIND": kind})


KINDS: tuple[Kind, ...] = (
    *("employer", "parent", "subsidiary", "rival"),
    *("relative", "adviser", "project"),
)
"""A parent is what the person's own unit belongs to, a subsidiary what belongs to it."""
HOLES = {
    f"conflict by {kind}": Hole(
        "no-conflict-from-data", ignoring(kind), rounds_with(kind), property="recusal"
    )
    for kind in KINDS
}
EXCEPTIONS = {
    "that only a slip is put right": Hole(
        "no-conflict-from-data",
        saying(conflicts, "_is_corrected", lambda *link: True),
        FormerReviewer,
        property="recusal",
    ),
}
"""Who is not bound all the same, each by more than the rules let."""
