"""Rules of what somebody rules on, each as it is broken: conflicts found, lobbying, requests for review."""

from typing import Any

from selection.application import commands as c, recusal
from selection.application.agents import decide as replacing
from selection.application.requests import decide as requesting
from selection.application.review import decide as reviewing
from selection.application.review_request import REVIEWABLE
from selection.kernel.stages import Stage
from selection.round import commands as r
from selection.streams import round_stream
from tests import factories as f
from tests.chance.lively import GROUP, IN_POST, LivelyRound
from tests.rounds.holes import Hole, lying, passing, saying

DECIDERS = ("examiner-5", "examiner-6")


class DismissedReferral(LivelyRound):
    """One of each panel comes to work for the host, and what data shows of them is dismissed."""

    def _answers(self) -> None:
        for state in self.made.applications(Stage.REVIEW):
            for seat in state.seats[:1]:
                host = self._host(state.number)
                self.made.register(f.person(seat.expert, "expert", "objector", employer=host))
                refer = c.ReferConflict(report="referred", expert=seat.expert)
                if self._app(state.number, refer, "officer-1", "officer"):
                    self._app(state.number, f.rule("referred", upheld=False), "supervisor-1", "supervisor")
        super()._answers()


class UnnamedHouse(LivelyRound):
    """All in a post are of the unit that the first applicant belongs to; the rules name no house."""

    def _check(self) -> None:
        for person in IN_POST:
            self.made.register(self.made.people[person].with_(employer=GROUP))
        self._settle_house()
        super()._check()


class BoundHouse(LivelyRound):
    """All in a post are of the unit that the first applicant belongs to, and that the rules name as their house."""

    def __init__(self, seed: int, **sections: Any) -> None:
        super().__init__(7 * seed + 3, **sections)


class LobbyingRuling(LivelyRound):
    """Who is named in a report of lobbying rules on it."""

    def _check(self) -> None:
        report = r.ReportLobbying(report="lobbying-1", named=("supervisor-1",), text=f.ref(), evidence=())
        self._try(round_stream(f.ROUND), report, f.OFFICER)
        ruling = r.RuleOnLobbying(report="lobbying-1", upheld=False, text=f.ref())
        self._try(round_stream(f.ROUND), ruling, f.SUPERVISOR)
        super()._check()


class LateRequest(LivelyRound):
    """Whoever did not get on asks for a review, long after their time for it."""

    def _lists(self) -> None:
        super()._lists()
        self.made.wait(self.made.now + 40 * f.DAY)
        for state in self.made.applications(Stage.ENDED):
            if state.outcome in REVIEWABLE:
                self._app(state.number, f.request_review(), state.agent, "applicant")


class AgentHandover(LivelyRound):
    """Officers have one application acted for by somebody who joined its host, another by somebody of another unit."""

    def _check(self) -> None:
        for number, unit in zip(
            self.numbers[:2], (self._host(self.numbers[0]), "91-elsewhere"), strict=False
        ):
            person = f"joined-{number}"
            self.made.register(f.person(person, "applicant", employer=unit))
            self._app(number, c.ReplaceAgent(agent=person, reason=f.ref()), "officer-1", "officer")
            self._app(number, c.GiveUp(), person, "applicant")
        super()._check()


class FreshPanel(LivelyRound):
    """Who was reviewed and not selected gets a fresh panel; those who decide try to go on before it has scored."""

    def _lists(self) -> None:
        super()._lists()
        ended = self.made.applications(Stage.ENDED)
        for state in [item for item in ended if item.score and item.outcome in REVIEWABLE][:1]:
            self._review_anew(state.number, state.agent)

    def _review_anew(self, number: str, agent: str) -> None:
        self._app(number, f.request_review(), agent, "applicant")
        appoint = c.AppointDeciders(ground="conflict-overlooked", deciders=DECIDERS)
        self._app(number, appoint, "officer-1", "officer")
        self._find(number, "fresh-panel")
        self._find(number, "place-given")
        self.made.draw("fresh")
        for act in (f.accept(), f.review("20")):
            for seat in self.made.app(number).state.seats:
                self._app(number, act, seat.expert, "expert")
        self._find(number, "place-given")

    def _find(self, number: str, remedy: str) -> None:
        for person in DECIDERS:
            self._app(number, f.rule_on_request(remedy), person, "examiner")


def _as_if_named_by_nobody(state: Any, told: Any, context: Any) -> Any:
    reports = {name: item.with_(reporter="somebody", named=()) for name, item in state.lobbying.items()}
    return state.with_(lobbying=reports), told, context


def _as_if_just_ended(state: Any, told: Any, context: Any) -> Any:
    return state.with_(since=context.at), told, context


HOLES = {
    "which conflict may be dismissed": Hole(
        "found-conflicts-hold", passing((reviewing, "_refuse_standing")), DismissedReferral
    ),
    "whose own house may rule": Hole(
        "no-conflict-from-data", saying(recusal, "is_of_house", lambda *_: True), UnnamedHouse
    ),
    "that what the house binds is told": Hole(
        "found-conflicts-hold", saying(reviewing, "is_matter_of_house", lambda *_: False), BoundHouse
    ),
    "who rules on lobbying": Hole(
        "lobbying-ruled-by-others",
        lying("round", r.RuleOnLobbying, "same-hands", _as_if_named_by_nobody),
        LobbyingRuling,
    ),
    "whose agent may act for an applicant": Hole(
        "agents-followed", saying(replacing, "same_unit", lambda *_: True), AgentHandover
    ),
    "until when a fresh panel is waited for": Hole(
        "fresh-panels-kept", passing((requesting, "_refuse_during_panel")), FreshPanel
    ),
    "until when a review is requested": Hole(
        "review-requests-decided",
        lying("application", c.RequestReview, "request-late", _as_if_just_ended),
        LateRequest,
    ),
}
