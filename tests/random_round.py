"""Rounds as chance leads them: by a seed, people are late, silent, in conflict or change their minds."""

from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

from selection.application import commands as c
from selection.application.submission import Submission
from selection.decision.reference import Decision
from selection.forms.handed_in import Fitting
from selection.kernel.actor import Actor, Role
from selection.kernel.model import Frozen
from selection.kernel.stages import RoundStage, Stage
from selection.recommendation.commands import WithdrawRecommendation
from selection.refusals.refused import Refused
from selection.round import commands as r
from tests import factories as f
from tests.amending import amend, in_form, pick_version
from tests.desk import last_of
from tests.signatures import Signatures
from tests.whole_round import WholeRound

CLIMBING: dict[str, Any] = {"ladder": {"after": [1, 2], "officer": 2, "supervisor": 4, "days": 2}}
"""A section of rules by which people are reminded often."""
UNITS = ("bj", "unit-1", "unit-2", "unit-3", "unit-4")
HOUR = timedelta(hours=1)


def scheme_without(without: frozenset[str], recommenders: list[Any]) -> dict[str, Any]:
    """Return the sections of rules that leave these stages out."""
    calendar = {**f.RULES_DATA["calendar"], **dict.fromkeys(without - {"notice"})}
    direct: dict[str, Any] = {"routes": [], "recommenders": []}
    named = direct if "recommendation" in without else {"recommenders": recommenders}
    return {"stages": dict.fromkeys(without, False), "calendar": calendar, **named}


class RandomRound:
    """One round by one seed; every act is tried, and what the rules refuse is a refusal in the log."""

    def __init__(
        self,
        seed: int,
        applications: int = 7,
        signatures: Signatures | None = None,
        without: frozenset[str] = frozenset(),
        **sections: Any,
    ) -> None:
        self.chance, self.without = Random(seed), without
        self.chance_of_people = Random(f"people {seed}")
        self.chance_of_grounds = Random(f"grounds {seed}")
        self.chance_of_draws = Random(f"draws {seed}")
        self.chance_of_partners = Random(f"partners {seed}")
        self.chance_of_corrections = Random(f"corrections {seed}")
        self.chance_of_exits = Random(f"exits {seed}")
        named = {"en": "n", "zh": "n"}
        units = [{"code": unit, "route": "affiliated", **named} for unit in UNITS[1:]]
        bj = {"code": "bj", "route": "province", "region": "CN-BJ", **named}
        rules = f.rules(
            **scheme_without(without, [bj, *units]),
            panel=sections.pop("panel", {"seats": 4, "alternates": 1, "min_valid": 3}),
            shortlist={"factor": "1"},
            places=3,
            check={"co_builders_confirm": True, **sections.pop("check", {})},
            assurance=f.levels(fix_shortlist="signed-by-two", submit="signed"),
            **sections,
        )
        self.grounds = rules.check.grounds
        self.numbers = [f"{number:04}" for number in range(1, applications + 1)]
        hosts = [f.person(f"host-{number}", "applicant", employer=f"91-{number}") for number in self.numbers]
        partners = [
            f.person(f"partner-{number}", "applicant", employer=f"92-{number}") for number in self.numbers
        ]
        agents = [f.person(f"agent-{unit}", "recommender", unit=unit) for unit in UNITS]
        team = [f.person(f"surveyor-{number}", "objector") for number in range(1, 6)]
        changed = {item.person: item for item in (*hosts, *partners, *agents, *team)}
        self.made = WholeRound(rules, {**f.people(), **changed}.values(), signatures)
        self.forms = self.made, Random(f"forms {seed}")
        self.untold: dict[str, Decision] = {}

    def run(self) -> WholeRound:
        """Go from stage to stage, and sometimes cancel on the way."""
        end = self.chance.randrange(25)
        steps = (self._intake, self._check, self._panels, self._shortlist, self._surveys)
        for number, go in enumerate(steps):
            go()
            if self.made.round.state.stage is RoundStage.CANCELLED:
                return self.made
            if number == end:
                return self._cancelled()
        self._lists()
        return self.made

    def _may(self, chances: int) -> bool:
        return self.chance.randrange(100) < chances

    def _try(self, stream: str, command: Frozen, actor: Actor) -> bool:
        """Act some time later, within hours; tell whether it was taken."""
        self.made.now += self.chance.randrange(3) * HOUR / 4
        try:
            self.made.desk(stream).act(command, actor)
        except Refused:
            return False
        return True

    def _app(self, number: str, command: Frozen, person: str, role: Role | str) -> bool:
        return self._try(f"application/{f.ROUND}/{number}", command, Actor(person=person, role=Role(role)))

    def _cancelled(self) -> WholeRound:
        self.made.round.act(r.CancelRound(reason=f.ref()), f.OFFICER)
        open_ = (state for state in self.made.applications() if not state.ended and state.version)
        self.made.carry_out(*(state.stream for state in open_))
        return self.made

    def _intake(self) -> None:
        submission = self.made.round.state.deadlines["submission"]
        stored = ("form", "applicant-pledge", "seals", "agreement")
        self.made.stored = dict.fromkeys(stored, submission - timedelta(minutes=1))
        for number in self.numbers:
            if self._may(15):
                self.made.wait(max(self.made.now, submission + timedelta(minutes=self.chance.randrange(20))))
            self._submit(number)
            self._confirm(number)
            amend(*self.forms, "application", 20)
            if number.endswith("2"):
                self._submit_unfit(number)
            if self._may(20):
                self._app(number, c.Withdraw(), f"host-{number}", "applicant")
        if self._may(40):
            name: Any = "submission" if "recommendation" in self.without else "recommendation"
            extend = r.ExtendDeadline(name=name, until=f.RULES.calendar.check, reason=f.ref())
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
            co_builder = f.unit(f"92-{number}", "university")
            told |= {"co_builders": (co_builder,), "agreement": f.ref("agreement")}
        command = f.submit(host=f.unit(f"91-{number}"), avoid=avoid, staff=staff, **told)
        self._app(number, command, f"host-{number}", "applicant")

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

    def _pick_ground(self) -> tuple[str, ...]:
        """Return any ground: what the rules do not let it be used for is refused."""
        return (self.chance_of_grounds.choice(self.grounds).code,)

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
                    mended = c.Mend(submission=self._mended(state.submission))
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

    def _mended(self, submission: Submission) -> Submission:
        """Change the agreement at times, which ends what was confirmed."""
        other = submission.agreement is not None and self.chance_of_partners.randrange(100) < 50
        return submission.with_(staff=40, **({"agreement": f.ref("mended")} if other else {}))

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
                    r.ExtendDeadline(name="review", until=until, reason=f.ref()),
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
                self._reported(state.number, self.chance.choice(state.seats).expert)

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

    def _reported(self, number: str, expert: str) -> None:
        if self._app(number, f.report_conflict(expert), "officer-1", "officer") and self._may(90):
            self._app(number, f.rule(upheld=self._may(50)), "supervisor-1", "supervisor")

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
        scored = [state.number for state in self.made.applications(Stage.SCORED)]
        add = {number: f.ref("added") for number in scored if self._may(15)}
        self.made.fix_shortlist(add, {})
        self.made.look()

    def _surveys(self) -> None:
        for state in self.made.applications(Stage.SURVEY):
            self._app(state.number, f.team(), "officer-1", "officer")
            self._app(state.number, f.survey(), "surveyor-1", "surveyor")
        self._look_in(RoundStage.SURVEY)
        for state in self.made.applications(Stage.APPRAISAL):
            panel = tuple(seat.expert for seat in state.seats if seat.status == "submitted")
            # Who was erased meets nobody; where nobody is left to, or too few, two people end it.
            present = [person for person in panel if self.made.people[person].active]
            if present:
                self._app(state.number, c.AppointChair(chair=present[0]), "officer-1", "officer")
            if not present or not self._meet(state.number, present):
                self._settle(state.number)
        self._look_in(RoundStage.APPRAISAL)

    def _meet(self, number: str, present: list[str]) -> bool:
        """Hold the panel's meeting; tell whether it came to an end."""
        score = str(self.chance.randrange(60, 64))
        acts = f.held_meeting(present, present[0], score=score, reason=f.ref("far"))
        return all(self._app(number, act, actor.person, actor.role.value) for act, actor in acts)

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

    def _look_in(self, stage: RoundStage) -> None:
        """Look at the record, unless a stage that the rules leave out was left at once."""
        if self.made.round.state.stage is stage:
            self.made.look()

    def _lists(self) -> None:
        """Propose, hear objections, approve and issue, until nothing is held any more."""
        self._propose()
        while not self.made.round.state.ended:
            stage = self.made.round.state.stage
            clear = self.made.applications(Stage.CLEARED)
            settled = self._settle_held(50 if stage is not RoundStage.ISSUED and clear else 100)
            if stage in (RoundStage.NOTICE, RoundStage.ISSUED) or (settled and stage is RoundStage.APPROVAL):
                self.made.look()
            if self.made.round.state.stage is RoundStage.APPROVAL:
                self._approve()
            elif self.made.round.state.stage is RoundStage.PROPOSAL:
                self._propose()

    def _settle_held(self, chances: int) -> int:
        """Settle objections that outlasted the notice; return how many items they held."""
        held = [state for state in self.made.applications(Stage.HELD) if self._may(chances)]
        for state in held:
            self._app(state.number, f.settle(self._ruling()), "examiner-1", "examiner")
        return len(held)

    def _ruling(self) -> str:
        return self.chance.choice(["dismissed", "upheld", "partly-upheld"])

    def _propose(self) -> None:
        free = self.made.round.state.free_places
        stages = (Stage.APPRAISED, Stage.CLEARED, Stage.RESERVE)
        held = self.made.round.state.held_numbers
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
        self.made.open_notice()
        for state in self.made.applications(Stage.NOTICE):
            if self._may(40) and self._app(state.number, f.objection(), "objector-1", "objector"):
                self._app(state.number, f.examiners("examiner-1", "examiner-2"), "officer-1", "officer")
                if self._may(50):
                    self._app(state.number, f.settle(self._ruling()), "examiner-1", "examiner")
        self.made.wait(self.made.now + timedelta(days=9))

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

    def _approve(self) -> None:
        self._leave()
        proposal = self.made.round.state.proposal
        standing = [item.application for item in self.made.round.state.standing_items]
        hits = {number: f.ref("hit") for number in standing if self._may(20)}
        check = r.RecordIntegrityCheck(proposal=proposal, hits=hits, text=f.ref())
        self.made.judge(check, "supervisor-1")
        for number in hits:
            self.made.judge(f.rule_on_hit(number, cleared=self._may(60)), "supervisor-2")
        standing = [item.application for item in self.made.round.state.standing_items]
        if standing and self._may(20):
            back = r.SendBackProposal(
                proposal=proposal, level="department", items=(standing[0],), reason=f.ref()
            )
            self.made.judge(back, "approver-1")
            return
        levels = (("approver-1", "department"), ("approver-3", "ministry"), ("approver-2", "ministry"))
        for person, level in levels:
            self.made.judge(r.Approve(proposal=proposal, level=level), person)
        self.made.issue()
