"""The rules on filling a place that fell empty, as they are broken: more are added than fell empty."""

from collections.abc import Mapping
from typing import Any, ClassVar

from selection.refusals.refused import Refused
from selection.round.filling import decide as filling
from tests.chance.lively import LivelyRound
from tests.rounds.holes import Hole, passing


class Filling(LivelyRound):
    """Everybody objects, so that places fall empty; the rules have them filled."""

    CHANCES: ClassVar[Mapping[str, int]] = {
        **LivelyRound.CHANCES,
        "object": 100,
        "cancel": 1,
        "withdraw": 0,
        "late": 0,
        "name": 0,
    }
    REVERSED: ClassVar[Mapping[str, int]] = dict.fromkeys(LivelyRound.REVERSED, 0)


class Overfilling(Filling):
    """Officers add one more than fell empty."""

    def _fill(self) -> bool:
        try:
            return self._fill_with(len(self.made.round.state.empty_places) + 1)
        except Refused:
            return super()._fill()


MANY: dict[str, Any] = {
    "applications": 5,
    "places": 2,
    "shortlist": {"factor": "5"},
    "filled_from_reserve": True,
}
HOLES = {
    "how many places are filled": Hole(
        "places-filled-openly", passing((filling, "_refuse_choice")), Overfilling, MANY
    ),
}
