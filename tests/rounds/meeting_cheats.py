"""Rounds in which somebody surveys, meets or votes as the rules refuse it, beside all that chance brings."""

from datetime import timedelta
from typing import Any

from selection.kernel.stages import Stage
from tests import factories as f
from tests.chance.lively import LivelyRound


class OfficerSurvey(LivelyRound):
    """An officer surveys."""

    def _surveys(self) -> None:
        for state in self.made.applications(Stage.SURVEY):
            self._app(state.number, f.team("surveyor-1", "surveyor-2", "officer-2"), "officer-1", "officer")
        super()._surveys()


class MissingVote(LivelyRound):
    """The last member of a panel does not vote, but the appraisal is recorded."""

    def _meet(self, number: str, present: list[str]) -> bool:
        acts = f.hold_meeting(present, present[0], reason=f.ref("far"))
        return all(self._app(number, act, who.person, who.role.value) for act, who in (*acts[:-2], acts[-1]))


class DroppedVoter(LivelyRound):
    """The last member of a panel says that they will vote against, and the chair opens the vote anew without them."""

    def _meet(self, number: str, present: list[str]) -> bool:
        opened, *votes, closed = f.hold_meeting(present, present[0], reason=f.ref("far"))
        if not self._app(number, opened[0], opened[1].person, opened[1].role.value):
            return False
        anew = f.hold_meeting(present[:-1], present[0], 2, reason=f.ref("far"))
        if all(self._app(number, act, who.person, who.role.value) for act, who in anew):
            return True
        rest = (*votes, closed)
        return all(self._app(number, act, who.person, who.role.value) for act, who in rest)


class SmallMeeting(LivelyRound):
    """Two of a panel meet."""

    def _meet(self, number: str, present: list[str]) -> bool:
        return super()._meet(number, present[:2])


class UncalledMeeting(LivelyRound):
    """Nobody lets a panel meet until the appraisal's day is over, and then two end it."""

    def _meet(self, number: str, present: list[str]) -> bool:
        self.made.wait(max(self.made.now, self.made.round.state.deadlines["appraisal"]))
        return False


class HastySettlement(LivelyRound):
    """A panel is called together shortly before the appraisal's day is over, and two end it before its days are."""

    def _meet(self, number: str, present: list[str]) -> bool:
        last = self.made.round.state.deadlines["appraisal"]
        self.made.wait(max(self.made.now, last - timedelta(minutes=1)))
        opened, actor = f.hold_meeting(present, present[0], reason=f.ref("far"))[0]
        self._app(number, opened, actor.person, actor.role.value)
        return False

    def _wait_for_votes(self, number: str) -> None:
        self.made.wait(max(self.made.now, self.made.round.state.deadlines["appraisal"]))


class DroppedMeeting(LivelyRound):
    """All of a panel vote, nobody closes the meeting, and two end what it would have decided."""

    def _meet(self, number: str, present: list[str]) -> bool:
        for act, who in f.hold_meeting(present, present[0], reason=f.ref("far"))[:-1]:
            self._app(number, act, who.person, who.role.value)
        return False

    def _wait_for_votes(self, number: str) -> None:
        super()._wait_for_votes(number)
        self.made.wait(max(self.made.now, self.made.round.state.deadlines["appraisal"]))


class RecusedVote(LivelyRound):
    """Who stands aside votes all the same."""

    def _meet(self, number: str, present: list[str]) -> bool:
        aside = f.meeting(tuple(present), aside=(present[-1],), reason=f.ref("far"))
        acts = [
            (aside, f.actor(present[0], "chair")),
            *f.hold_meeting(present, present[0], reason=f.ref("far"))[1:],
        ]
        return all(self._app(number, act, who.person, who.role.value) for act, who in acts)


class MissingReason(LivelyRound):
    """Nobody gives a reason for what the list leaves out."""

    def __init__(self, seed: int, **sections: Any) -> None:
        super().__init__(seed, **sections)
        propose = self.made.propose
        self.made.propose = lambda *numbers, **reasons: propose(*numbers)  # type: ignore[method-assign]
