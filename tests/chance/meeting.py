"""How panels that nobody can fill are settled, and how surveys and appraisals go."""

from datetime import timedelta

from selection.application import commands as c
from selection.kernel.actor import Role
from selection.kernel.stages import RoundStage, Stage
from tests import factories as f
from tests.chance.acting import Acting


class Meeting(Acting):
    """From the last review to the last appraisal."""

    def _settle_panels(self) -> None:
        """Draw again for who has no panel, and give up, or lower, the panels that nobody can fill."""
        for draw in range(9):
            if not self.made.applications(Stage.ELIGIBLE):
                break
            self.made.draw(f"again-{draw}")
            if self.made.round.state.draws[f"again-{draw}"].clashing:
                self._settle(self.made.applications(Stage.ELIGIBLE)[0].number)
        if self.made.applications(Stage.REVIEW):
            self.made.wait(max(self.made.now, f.deadline("review_last") + timedelta(days=1)))
        for state in self.made.applications(Stage.REVIEW):
            self._settle(state.number)

    def _settle(self, number: str) -> None:
        """Have officer and supervisor agree: on fewer scores at times, where there could be three, or on its end."""
        ways = [("fewer", 3), ("end", 0)] if self.chance_of_exits.randrange(2) else [("end", 0)]
        for way, scores in ways:
            told = c.SettlePanel.model_validate({"way": way, "scores": scores, "reason": f.ref()})
            entered = [
                self._app(number, told, "supervisor-1", "supervisor"),
                self._app(number, told, "officer-2", "officer"),
            ]
            if all(entered):
                return

    def _surveys(self) -> None:
        for state in self.made.applications(Stage.SURVEY):
            self._app(state.number, f.team(), "officer-1", "officer")
            verdict = "not-confirmed" if self._may(15) else "confirmed"
            report = f.survey(self.made.now, self.made.rules.clock, verdict=verdict)
            self._app(state.number, report, "surveyor-1", "surveyor")
        self._look_in(RoundStage.SURVEY)
        for state in self.made.applications(Stage.APPRAISAL):
            panel = tuple(seat.expert for seat in state.seats if seat.status == "submitted")
            # Who was erased meets nobody; where nobody is left to, or too few, two people end it.
            present = [person for person in panel if self.made.people[person].active]
            if present:
                self._app(
                    state.number,
                    c.AppointChair(chair=present[0], reason=f.ref("why")),
                    "officer-1",
                    "officer",
                )
            if not present or not self._meet(state.number, present):
                self._wait_for_votes(state.number)
                self._settle(state.number)
        self._look_in(RoundStage.APPRAISAL)

    def _meet(self, number: str, present: list[str]) -> bool:
        """Hold the panel's meeting; tell whether it came to an end."""
        opened, *_, closed = f.hold_meeting(present, present[0], reason=f.ref("far"))
        acts = [opened, *((self._vote(), f.actor(person, Role.EXPERT)) for person in present), closed]
        return all(self._app(number, act, actor.person, actor.role.value) for act, actor in acts)

    def _wait_for_votes(self, number: str) -> None:
        """Have two decide on a panel that was called together and did not vote only once its members had their days."""
        meeting = self.made.app(number).state.meeting
        if meeting is not None:
            self.made.wait(
                max(self.made.now, self.made.round.state.make_terms().end("invitation", meeting.at))
            )

    def _vote(self) -> c.CastVote:
        """Vote for it as a rule, and score it as few others do."""
        vote = self.chance.choice(["for", "for", "for", "against", "abstained"])
        return f.vote(vote, score=str(self.chance.randrange(60, 64)))
