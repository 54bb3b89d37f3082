"""How chance draws panels, and how their experts answer, review and correct."""

from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

from selection.application import commands as c
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage, Stage
from selection.refusals.refused import Refused
from selection.round import commands as r
from tests import factories as f
from tests.amending import amend, in_form
from tests.chance.acting import HOUR, Acting


class Panels(Acting):
    """The draws and the reviews."""

    def _panels(self) -> None:
        for draw in range(6):
            if not self.made.applications(Stage.ELIGIBLE, Stage.REVIEW):
                break
            self._people_change(draw)
            try:
                if self.chance_of_draws.randrange(6) == 0:
                    self.made.void(f"lost-{draw}")
                self.made.draw(f"draw-{draw}")
            except Refused:
                break
            if self.made.round.state.draws[f"draw-{draw}"].clashing:
                self.made.now += HOUR
                continue
            if self.made.round.state.stage is RoundStage.DRAWING:
                self.made.look()
            if draw == 0 and self._may(30):
                until = f.RULES.calendar.review_last
                self._try(
                    f"round/{f.ROUND}",
                    r.ExtendDeadline(cause="organiser", name="review", until=until, reason=f.ref()),
                    f.OFFICER,
                )
            for _ in range(3):
                self._answers()
                amend(*self.forms, "review", 15)
                self.made.wait(self.made.now + timedelta(days=self.chance.choice([1, 1, 2, 4])))

    def _people_change(self, draw: int) -> None:
        """Erase experts before a draw, at times so many that no panels exist, and register others."""
        chance = self.chance_of_people
        known = [name for name, fact in self.made.people.items() if "expert" in fact.roles and fact.active]
        left = 3 if chance.randrange(100) < 15 else len(known) - chance.randrange(3)
        for name in chance.sample(known, max(0, len(known) - left)):
            self.made.erase(name)
        if draw and len(known) < 24:
            for number in range(24):
                self.made.register(f.person(f.expert(100 * draw + number), "expert"))

    def _answers(self) -> None:
        for state in self.made.applications(Stage.REVIEW):
            for seat in state.seats:
                self._answer(state.number, seat)
            if self._may(20):
                self._report_and_rule(state.number, self.chance.choice(state.seats).expert)

    def _answer(self, number: str, seat: Any) -> None:
        if seat.status == "invited" and self._may(90):
            declined: Frozen = c.DeclineInvitation() if self._may(50) else c.DeclareConflict(text=f.ref())
            self._app(number, declined if self._may(12) else f.accept(), seat.expert, "expert")
        elif seat.status == "accepted" and self._may(85):
            self.made.stored["review"] = self.made.now - timedelta(minutes=self.chance.randrange(60))
            review = f.review(str(self.chance.randrange(30, 50) / 2))
            self._app(number, in_form(*self.forms, review), seat.expert, "expert")
        elif seat.status == "submitted" and self._may(4):
            self._app(number, c.DeclareConflict(text=f.ref()), seat.expert, "expert")
        elif seat.status == "submitted" and self.chance_of_corrections.randrange(100) < 20:
            self._correct(number, seat.expert)

    def _correct(self, number: str, expert: str) -> None:
        """Correct a review; sometimes one out of turn, or too late."""
        chance, desk = self.chance_of_corrections, self.made.app(number)
        standing = desk.state.review_of(expert)
        if standing is None:
            return
        next_one = standing.corrections + chance.choice([1, 1, 1, 1, 2])
        with suppress(Refused):
            correction = f.correct(str(chance.randrange(30, 50) / 2), next_one)
            desk.act(in_form(*self.forms, correction), Actor(person=expert, role=Role.EXPERT))

    def _report_and_rule(self, number: str, expert: str) -> None:
        # Of some there is nobody: what they are reported for holds nothing.
        named = expert if Random(f"report {number} {expert}").randrange(100) < 80 else f"nobody-{number}"
        if self._app(number, f.report_conflict(named), "officer-1", "officer") and self._may(90):
            self._app(number, f.rule(upheld=self._may(50)), "supervisor-1", "supervisor")
