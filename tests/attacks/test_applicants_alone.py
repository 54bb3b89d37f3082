"""Whatever applicants do, by themselves and together, an honest application goes on: somebody may act in each stage.

Others apply beside it, with bids that they mean to lose. They name officers, supervisors, approvers and experts as
their team, and the units that employ these as co-builders; ask that experts be avoided; declare projects and ties with
all of them; report conflicts of them; and withdraw, mend or give up when it suits them, as chance has it.
"""

from random import Random
from typing import Any

import pytest

from selection.application import commands as c
from selection.decision.command import Command
from selection.kernel.actor import Actor, Role
from selection.kernel.stages import Stage
from selection.kernel.unit_codes import canonical_code
from selection.refusals.refused import Refused
from selection.register.commands import DeclareTie
from tests import factories as f
from tests.whole_round import WholeRound

pytestmark = pytest.mark.long

ROUNDS = 20
HONEST = "0001"
OTHERS = ("0002", "0003", "0004")
STAFF = tuple(f"{post}-{number}" for post in ("officer", "supervisor", "approver") for number in (1, 2, 3))
EXPERTS = tuple(f.expert(number) for number in range(1, 25))
MINISTRY = "91-ministry"
WORKPLACES = (MINISTRY, *(f"91-{person}" for person in EXPERTS))


class Applicants:
    """A round with an honest application, and those who apply beside it only to hold it up."""

    def __init__(self, seed: int) -> None:
        self.luck, self.reports = Random(f"applicants {seed}"), 0
        self.ties: list[tuple[str, DeclareTie]] = []
        people = f.people()
        for person in (*STAFF, *EXPERTS):
            employer = MINISTRY if person in STAFF else f"91-{person}"
            people[person] = people.get(person, f.person(person)).with_(employer=employer)
        for number in (HONEST, *OTHERS):
            people[f"host-{number}"] = f.person(f"host-{number}", "applicant", employer=f"91-{number}")
        self.whole = WholeRound(f.rules(panel=f.SMALL_PANEL), people.values())
        self.whole.now += f.DAY

    def act(self, number: str, command: Command, actor: Actor) -> bool:
        """Act on an application; tell whether it was taken."""
        try:
            self.whole.app(number).act(command, actor)
        except Refused:
            return False
        return True

    def disturb(self) -> None:
        """Have each of those who apply beside it do up to twelve things at once."""
        for number in OTHERS:
            for _ in range(self.luck.randrange(13)):
                self._disturb(number)

    def _disturb(self, number: str) -> None:
        luck, actor = self.luck, f.actor(f"host-{number}", Role.APPLICANT)
        person, self.reports = luck.choice((*STAFF, *EXPERTS)), self.reports + 1
        report = f"report-{self.reports}"
        project = c.DeclareProject(report=report, expert=person, text=f.ref("project"))
        report_of = c.ReportConflict(report=report, expert=person, text=f.ref("accused"))
        acts: list[tuple[str, Any]] = [
            (number, self.submit(number)),
            (number, c.Mend(submission=self.submit(number).submission)),
            *((of, act) for of in (number, HONEST) for act in (project, report_of)),
        ]
        match luck.randrange(20):
            case 0:
                self.act(number, c.Withdraw(), actor)
            case 1:
                self.act(number, c.GiveUp(), actor)
            case 2 | 3 | 4 | 5:
                unit = canonical_code(luck.choice(WORKPLACES))
                tie = {"unit": unit} if luck.randrange(2) else {"other": person}
                kind: Any = luck.choice(("relative", "adviser", "project"))
                command = DeclareTie.model_validate({"tie": kind, **tie})
                if (actor.person, command) not in self.ties:
                    self.ties.append((actor.person, command))
                    self.whole.act_on_register(command, actor)
            case _:
                where, act = luck.choice(acts)
                self.act(where, act, actor)

    def submit(self, number: str) -> c.Submit:
        units = self.luck.sample(WORKPLACES, self.luck.randrange(8))
        partners = tuple(f.unit(code, kind="university") for code in units)
        joint = {"co_builders": partners, "agreement": f.ref("agreement")} if partners else {}
        team = tuple(self.luck.sample((*STAFF, *EXPERTS), self.luck.randrange(17)))
        avoid = tuple(self.luck.sample(EXPERTS, 3))
        return f.submit(host=f.unit(f"91-{number}"), team=(f"host-{number}", *team), avoid=avoid, **joint)

    def check(self) -> None:
        """Have any officer decide on each check: the honest one first, the others as chance has it."""
        for number in (HONEST, *OTHERS):
            state = self.whole.app(number).state
            if state.stage is not Stage.CHECKING:
                continue
            passed = c.PassCheck(
                revision=state.revision, rulings=("co-builder-unconfirmed",), text=f.ref("checked")
            )
            self._decide(
                number, passed if number == HONEST else self.luck.choice((passed, self._fail(number)))
            )

    def _fail(self, number: str) -> c.FailCheck:
        revision = self.whole.app(number).state.revision
        return c.FailCheck(revision=revision, grounds=("excluded-field",), text=f.ref())

    def _decide(self, number: str, command: Command) -> None:
        officers = [f.actor(f"officer-{number}", Role.OFFICER) for number in (1, 2)]
        for act in (command, self._fail(number)):
            if any(self.act(number, act, officer) for officer in officers):
                return
        assert number != HONEST, "no officer may check it"

    def rule(self) -> None:
        """Have any supervisor rule on every report that is open."""
        for number in (HONEST, *OTHERS):
            for report in tuple(self.whole.app(number).state.open_reports):
                supervisors = [f.actor(f"supervisor-{number}", Role.SUPERVISOR) for number in (1, 2)]
                command = f.rule(report, upheld=self.luck.randrange(4) == 0)
                party = self.whole.app(number).state.open_reports[report].expert
                others = [item for item in supervisors if item.person != party]
                assert any(self.act(number, command, item) for item in others), (number, report)

    def review(self) -> None:
        """Have everybody who is invited accept, and review."""
        for state in self.whole.applications(Stage.REVIEW):
            for seat in state.seats:
                if seat.status == "invited":
                    self.act(state.number, f.accept(), f.actor(seat.expert, Role.EXPERT))
            for seat in state.seats:
                self.act(state.number, f.review(), f.actor(seat.expert, Role.EXPERT))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_an_honest_application_is_scored_whatever_the_others_do(seed: int) -> None:
    round_ = Applicants(seed)
    whole = round_.whole
    honest = f.actor(f"host-{HONEST}", Role.APPLICANT)
    whole.app(HONEST).act(f.submit(host=f.unit(f"91-{HONEST}")), honest)
    for number in OTHERS:
        round_.act(number, round_.submit(number), f.actor(f"host-{number}", Role.APPLICANT))
    round_.disturb()
    for number in (HONEST, *OTHERS[: round_.luck.randrange(4)]):
        try:
            whole.recommend("bj", "recommender-1", number, whole.app(number).state.revision)
        except Refused:
            assert number != HONEST
    round_.disturb()
    whole.wait(f.deadline("recommendation") + f.DAY)
    round_.disturb()
    round_.rule()
    round_.check()
    round_.disturb()
    whole.look()
    whole.draw("main")
    for _ in range(4):
        round_.disturb()
        round_.rule()
        round_.review()
    assert whole.app(HONEST).state.stage is Stage.SCORED
