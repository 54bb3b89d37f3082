"""How chance proposes, objects, approves and issues."""

from datetime import timedelta

from selection.application import commands as c
from selection.kernel.stages import RoundStage, Stage
from selection.process.decisions import HIT, name_decision
from selection.round import commands as r
from selection.round.approving.agreements import has_sent_back_enough, is_open_to_levels
from tests import factories as f
from tests.chance.acting import Acting

TURNS = 300
"""So often is what chance does not do this time tried again; a round takes ten."""


class Lists(Acting):
    """From the proposal to the issued list."""

    def _lists(self) -> None:
        """Propose, hear objections, approve and issue, until nothing is held any more."""
        self._propose()
        for _ in range(TURNS):
            if self.made.round.state.ended:
                return
            stage = self.made.round.state.stage
            clear = self.made.applications(Stage.CLEARED)
            settled = self._settle_late(50 if stage is not RoundStage.ISSUED and clear else 100)
            if stage in (RoundStage.NOTICE, RoundStage.ISSUED):
                self.made.look()
            elif settled:
                # Once it is checked, the list may go its way without them.
                self.made.round.settle()
            if self.made.round.state.stage is RoundStage.APPROVAL:
                self._approve()
            elif self.made.round.state.stage is RoundStage.PROPOSAL:
                self._propose()
        raise AssertionError(f"the round does not come to its end: {self.made.round.state.stage}")

    def _settle_late(self, chances: int) -> int:
        """Settle objections that outlasted the notice; return how many items they held."""
        held = [state for state in self.made.applications(Stage.HELD) if self._may(chances)]
        for state in held:
            for name, objection in state.open_objections.items():
                examiner = objection.examiners[0] if objection.examiners else "examiner-1"
                self._app(state.number, f.settle(self._ruling(), name), examiner, "examiner")
        return len(held)

    def _ruling(self) -> str:
        return self.chance.choice(["dismissed", "upheld", "partly-upheld"])

    def _propose(self) -> None:
        free = self.made.round.state.free_places
        stages = (Stage.APPRAISED, Stage.CLEARED, Stage.RESERVE)
        held = self.made.round.state.numbers_on_hold
        numbers = [state.number for state in self.made.applications(*stages) if state.number not in held]
        stops = self.made.round.state.hits
        stopped = [number for number in numbers if stops.get(number) is False]
        if stopped and (len(stopped) == len(numbers) or self._may(20)):
            self.made.judge(r.LiftIntegrityStop(application=stopped[0], text=f.ref()), "supervisor-1")
            stopped = stopped[1:]
        open_to = [number for number in numbers if number not in stopped]
        most = max(min(1, free), free - self.chance.randrange(2))
        chosen = self.chance.sample(open_to, min(len(open_to), most))
        self.made.propose(*chosen, **{f"n{number}": "reason" for number in numbers})
        if "notice" in self.without:
            self._look_in(RoundStage.PROPOSAL)
            return
        self._notice()

    def _notice(self) -> None:
        """Open the notice, hear who objects, and let it end."""
        self.made.open_notice()
        for state in self.made.applications(Stage.NOTICE):
            if self._may(self.CHANCES["object"]) and self._app(
                state.number, f.objection(), "objector-1", "objector"
            ):
                self._app(state.number, f.examiners("examiner-1", "examiner-2"), "officer-1", "officer")
                if self._may(50):
                    self._app(state.number, f.settle(self._ruling()), "examiner-1", "examiner")
                self._reconsider(state.number)
        self.made.wait(self.made.now + timedelta(days=9))

    def _reconsider(self, number: str) -> None:
        """Leave an objection, and the ruling on it, as it is."""

    def _leave(self) -> None:
        """Let an item leave while the list is approved: given up by its applicant, or ruled out for fraud."""
        clear = self.made.round.state.standing_items
        if not clear or not self._may(15):
            return
        number = clear[0].application
        if self._may(50):
            self._app(number, c.GiveUp(), self.made.app(number).state.agent, "applicant")
        else:
            self._app(number, f.report_fraud(), "officer-1", "officer")
            self._app(number, c.RuleOnFraud(upheld=True, text=f.ref()), "supervisor-1", "supervisor")
        self.made.look()

    def _fill(self) -> bool:
        """Fill the places that fell empty, where the rules say so and somebody is in reserve."""
        return self._fill_with(len(self.made.round.state.empty_places))

    def _fill_with(self, most: int) -> bool:
        state = self.made.round.state
        reserve = [item.number for item in self.made.applications(Stage.RESERVE)]
        chosen = [number for number in reserve if number not in state.hits][:most]
        if not (state.rules_in_force.filled_from_reserve and state.empty_places and chosen):
            return False
        self.made.fill(*chosen, **{f"n{number}": "reason" for number in reserve})
        self._notice()
        return True

    def _approve(self) -> None:
        self._leave()
        if self._fill():
            return
        proposal = self.made.round.state.proposal
        standing = [item.application for item in self.made.round.state.standing_items]
        if self.made.round.state.integrity:
            # It was checked, and what stood on it is held or gone.
            self._agree(proposal)
            return
        hits = {number: f.ref("hit") for number in standing if self._may(20)}
        check = r.RecordIntegrityCheck(proposal=proposal, hits=hits, text=f.ref())
        self.made.judge(check, "supervisor-1")
        for number in hits:
            self._rule_on_hit(number)
        if self._fill():
            return
        standing = [item.application for item in self.made.round.state.standing_items]
        enough = has_sent_back_enough(self.made.round.state, "approver-1")
        if standing and self._may(20) and not enough:
            back = r.SendBackProposal(
                proposal=proposal, level="department", items=(standing[0],), reason=f.ref()
            )
            self.made.judge(back, "approver-1")
            return
        self._agree(proposal)

    def _rule_on_hit(self, number: str) -> None:
        """Have a supervisor rule on a hit; of who ruled before and was reversed none does, nor signs beside another."""
        former = self.made.round.state.decisions.list_former(name_decision(HIT, number))
        ruler = next(person for person in ("supervisor-2", "supervisor-1") if person not in former)
        self.made.judge(f.rule_on_hit(number, cleared=self._may(60) or bool(former)), ruler)

    def _agree(self, proposal: int) -> None:
        if not is_open_to_levels(self.made.round.state):
            # All that could be decided on is held.
            return
        for level in self.made.round.state.current.approval:
            for person in reversed(level.approvers):
                self.made.judge(r.Approve(proposal=proposal, level=level.code), person)
        if not self._reconsider_list():
            self.made.issue()

    def _reconsider_list(self) -> bool:
        """Leave what levels agreed to as it is; tell whether the list waits."""
        return False
