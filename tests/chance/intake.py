"""How chance submits, confirms, recommends and checks."""

from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

from selection.application import commands as c
from selection.application.submission import Submission, Unit
from selection.forms.handed_in import Fitting
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import Stage
from selection.recommendation.commands import WithdrawRecommendation
from selection.refusals.refused import Refused
from selection.round import commands as r
from tests import factories as f
from tests.amending import amend, pick_version
from tests.chance.acting import UNITS, Acting
from tests.desk import last_of


class Intake(Acting):
    """From the call to the end of the checks."""

    def _intake(self) -> None:
        submission = self.made.round.state.deadlines["submission"]
        stored = ("form", "applicant-pledge", "seals", "agreement")
        self.made.stored = dict.fromkeys(stored, submission - timedelta(minutes=1))
        for number in self.numbers:
            if self._may(self.CHANCES["late"]):
                self.made.wait(max(self.made.now, submission + timedelta(minutes=self.chance.randrange(20))))
            self._submit(number)
            self._confirm(number)
            amend(*self.forms, "application", 20)
            if number.endswith("2"):
                self._submit_unfit(number)
            if self._may(self.CHANCES["withdraw"]):
                self._app(number, c.Withdraw(), f"host-{number}", "applicant")
        if self._may(40):
            name: Any = "submission" if "recommendation" in self.without else "recommendation"
            extend = r.ExtendDeadline(
                cause="organiser", name=name, until=f.RULES.calendar.check, reason=f.ref()
            )
            self._try(f"round/{f.ROUND}", extend, f.OFFICER)
        for number in self.numbers:
            self._recommend(number)
        deadlines = self.made.round.state.deadlines
        ends = deadlines.get("recommendation", deadlines["submission"])
        self.made.wait(max(self.made.now, ends + timedelta(days=1)))

    def _submit(self, number: str, staff: int = 30) -> None:
        avoid = (f.expert(self.chance.randrange(1, 25)),)
        told: dict[str, Any] = {"form_version": pick_version(*self.forms, "application")}
        if int(number) % 3:
            told |= {"co_builders": self._name_partners(number), "agreement": f.ref("agreement")}
        told["team"] = self._name_team(number)
        command = f.submit(host=f.unit(self._host(number)), avoid=avoid, staff=staff, **told)
        self._app(number, command, f"host-{number}", "applicant")

    def _name_partners(self, number: str) -> tuple[Unit, ...]:
        """Name a co-builder, at times beside one that was never asked: the unit that employs an officer."""
        names = Random(f"{self.named_by} {number} partners")
        unasked = (f.unit("91-officer-1", "institute"),) if names.randrange(100) < 30 else ()
        return (f.unit(f"92-{number}", "university"), *unasked)

    def _name_team(self, number: str) -> tuple[str, ...]:
        """Name who hands it in, and at times experts who know nothing of it."""
        names = Random(f"{self.named_by} {number} team")
        strangers = (f.expert(names.randrange(1, 25)) for _ in range(5 if names.randrange(100) < 30 else 0))
        return tuple(dict.fromkeys((f"host-{number}", *strangers)))

    def _confirm(self, number: str) -> None:
        """Let the co-builder confirm, mostly what is there now, and at times somebody else for it."""
        chance, state = self.chance_of_partners, self.made.app(number).state
        if state.submission is None or not state.submission.co_builders or chance.randrange(100) < 30:
            return
        revision = state.revision + (chance.randrange(100) < 10)
        person = f"host-{number}" if chance.randrange(100) < 10 else f"partner-{number}"
        command = c.ConfirmCoBuilding(co_builder=f"92-{number}", revision=revision)
        self._app(number, command, person, "applicant")

    def _submit_unfit(self, number: str) -> None:
        """Hand in answers that do not fit the form."""
        self.made.fitting = Fitting(count=3, told=("form missing", "team[0].role too-long"))
        self._submit(number, staff=32)
        self.made.fitting = Fitting()

    def _recommend(self, number: str) -> None:
        unit = self.chance.choice(UNITS)
        if any(told.stream.endswith(f"/{unit}") for told in self.untold.values()):
            return
        state = self.made.app(number).state
        listed = self.made.desk(f"recommender/{f.ROUND}/{unit}")
        agent = Actor(person=f"agent-{unit}", role=Role.RECOMMENDER)
        try:
            self.made.recommend(unit, agent.person, number, state.revision)
        except Refused:
            # The list frees a place that the application did not take.
            if listed.state.entry(number) and self.made.app(number).state.unit != unit:
                # One that had ended left no entry of its refusal.
                refused = self.made.app(number).state
                told = last_of(self.made.app(number))
                with suppress(Refused):
                    listed.carry(told if refused.version > state.version else told.with_(version=0))
            return
        if self._may(15) and self._try(
            listed.state.stream, WithdrawRecommendation(application=number), agent
        ):
            # The list waits until the application has heard of it, which may be after the deadline.
            self.untold[number] = last_of(listed)
            if self._may(50):
                self._tell_withdrawals()
        elif self._may(15):
            self._submit(number, staff=31)
            if self.made.app(number).state.stage is Stage.SUBMITTED:
                listed.carry(last_of(self.made.app(number)))

    def _tell_withdrawals(self) -> None:
        for number, withdrawn in self.untold.items():
            with suppress(Refused):
                self.made.app(number).carry(withdrawn)
        self.untold = {}

    def _check(self) -> None:
        for state in self.made.applications(Stage.CHECKING):
            number = state.number
            if self._may(25):
                sent_back = c.SendBack(faults=self._pick_ground(), text=f.ref())
                self._app(number, sent_back, "officer-1", "officer")
                self._confirm(number)
                if self._may(30):
                    self._tell_withdrawals()
                if self._may(50):
                    mended = c.Mend(submission=self._change_submission(state.submission))
                    self._app(number, mended, f"host-{number}", "applicant")
                    self._confirm(number)
        self.made.wait(self.made.now + timedelta(days=12))
        for state in self.made.applications(Stage.CHECKING):
            failed = c.FailCheck(revision=state.revision, grounds=self._pick_ground(), text=f.ref())
            # Named whether or not it is missing: an officer may rule on what the rules do not ask about.
            rulings = ("co-builder-unconfirmed", *(self._pick_ground() if self._may(20) else ()))
            passed = c.PassCheck(revision=state.revision, rulings=tuple(dict.fromkeys(rulings)), text=f.ref())
            verdict = failed if self._may(10) else passed
            if not self._app(state.number, verdict, "officer-2", "officer"):
                self._app(state.number, failed, "officer-2", "officer")
        self._tell_withdrawals()
        self.made.look()

    def _change_submission(self, submission: Submission) -> Submission:
        """Change the agreement at times, which ends what was confirmed."""
        other = submission.agreement is not None and self.chance_of_partners.randrange(100) < 50
        return submission.with_(staff=40, **({"agreement": f.ref("mended")} if other else {}))

    def _pick_ground(self) -> tuple[str, ...]:
        """Return any ground: what the rules do not let it be used for is refused."""
        return (self.chance_of_grounds.choice(self.grounds).code,)
