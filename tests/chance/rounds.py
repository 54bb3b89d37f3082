"""One round by one seed, from its call to its list."""

from random import Random

from selection.kernel.stages import RoundStage, Stage
from selection.projections.ranking import contender_of, rank_candidates
from selection.round import commands as r
from selection.round.approving.standing import number_of
from tests import factories as f
from tests.chance.intake import Intake
from tests.chance.lists import Lists
from tests.chance.meeting import Meeting
from tests.chance.panels import Panels
from tests.whole_round import WholeRound


class RandomRound(Intake, Panels, Meeting, Lists):
    """One round by one seed; every act is tried, and what the rules refuse is a refusal in the log."""

    def run(self) -> WholeRound:
        """Go from stage to stage, and sometimes cancel on the way."""
        end = self.chance.randrange(500 // self.CHANCES["cancel"])
        steps = (self._intake, self._check, self._panels, self._shortlist, self._surveys)
        for number, go in enumerate(steps):
            go()
            if self.made.round.state.stage is RoundStage.CANCELLED:
                return self.made
            if number == end:
                return self._cancel_round()
        self._lists()
        return self.made

    def _cancel_round(self) -> WholeRound:
        self.made.round.act(r.CancelRound(reason=f.ref()), f.OFFICER)
        open_ = (state for state in self.made.applications() if not state.ended and state.version)
        self.made.carry_out(*(state.stream for state in open_))
        return self.made

    def _shortlist(self) -> None:
        for state in self.made.applications(Stage.REVIEW, Stage.SCORED):
            for report in state.open_reports:
                self._app(state.number, f.rule(report, upheld=False), "supervisor-1", "supervisor")
        self._settle_panels()
        if self.made.round.state.stage is not RoundStage.PROPOSAL:
            self.made.look()
        if self.made.round.state.stage is not RoundStage.SHORTLISTING:
            # Nobody is left, and the round waits for its proposal.
            return
        scored = self.made.applications(Stage.SCORED)
        contenders = {state.stream: contender_of(state) for state in scored}
        within = [
            number_of(item) for item in rank_candidates(contenders, self.made.round.state.rules_in_force)
        ]
        luck = Random(f"shortlist {','.join(within)}")
        # One at least is left to survey.
        remove = {number: f.ref("removed") for number in within[1:] if luck.randrange(100) < 8}
        chosen = [state.number for state in scored if self._may(15)]
        add = {number: f.ref("added") for number in chosen if number not in within}
        self.made.fix_shortlist(add, remove)
        self.made.look()
