"""The table of duties that never meet, one pair of each duty let meet in turn, and a round in which it does."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from selection.application import decide as application, duties
from selection.application.state import ApplicationState
from selection.decision.facts import PersonFact
from selection.kernel.stages import Stage
from selection.process.duties import CLASHES
from tests import factories as f
from tests.chance.lively import LivelyRound
from tests.rounds.cheats import Objections
from tests.rounds.holes import Hole, Patch, all_of, passing

OWN = "objection-9"


class PartyObjection(Objections):
    """Somebody who has another duty in the application objects to it, and takes that back."""

    DUTY: ClassVar[str]

    def _register(self) -> Iterable[PersonFact]:
        return [item.with_(roles={**item.roles, "objector": ()}) for item in super()._register()]

    def _reconsider(self, number: str) -> None:
        state = self.made.app(number).state
        for person in self._pick(state)[:1]:
            if self._app(number, f.objection(OWN), person, "objector"):
                self._app(number, f.withdraw_objection(OWN), person, "objector")
        super()._reconsider(number)

    def _pick(self, state: ApplicationState) -> list[str]:
        """Return who has the duty in an application."""
        told: dict[str, list[str]] = {
            "applicant": [state.agent],
            "reviewer": [seat.expert for seat in state.seats if seat.status == "submitted"],
            "surveyor": [*state.hands.get("surveyor", ())],
            "officer": ["officer-2"],
            "supervisor": ["supervisor-2"],
            "examiner": ["examiner-1"],
            "approver": ["approver-1"],
            "auditor": ["auditor-1"],
            "admin": ["admin-1"],
            "rival": [item.agent for item in self.made.applications() if item.agent != state.agent],
        }
        return told[self.DUTY]


class RecommenderSurvey(LivelyRound):
    """Who recommended an application surveys it."""

    def _surveys(self) -> None:
        for state in self.made.applications(Stage.SURVEY):
            team = f.team("surveyor-1", "surveyor-2", state.recommended_by)
            self._app(state.number, team, "officer-1", "officer")
        super()._surveys()


def meeting(duty: str, other: str) -> Callable[[Patch], None]:
    """Return what lets two duties meet, and beside it lets nobody stand aside for what data shows."""
    apart: dict[str, Any] = {**CLASHES, duty: CLASHES[duty] - {other}, other: CLASHES[other] - {duty}}
    return all_of(
        lambda patch: patch.setattr(duties, "CLASHES", apart), passing((application, "refuse_recused"))
    )


def objecting(duty: str) -> type[PartyObjection]:
    """Return rounds in which whoever has a duty objects as well."""
    return type(f"{duty.capitalize()}Objection", (PartyObjection,), {"DUTY": duty})


HOLES = {
    "recommender and surveyor": Hole("duties-apart", meeting("recommender", "surveyor"), RecommenderSurvey),
    **{
        f"{duty} and objector": Hole("duties-apart", meeting(duty, "objector"), objecting(duty))
        for duty in sorted(CLASHES["objector"])
    },
}
