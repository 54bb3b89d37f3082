"""A round in memory of exactly as many people as its rules are counted to need, everybody of whom signs."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from benchmarks.in_memory.register import ADMIN
from selection.application import commands as c
from selection.decision.command import assurance_of
from selection.decision.facts import PersonFact
from selection.kernel.actor import Role
from selection.kernel.model import Frozen
from selection.kernel.proof import Assurance
from selection.kernel.stages import RoundStage, Stage
from selection.projections.ranking import contender_of, rank_candidates
from selection.round import commands as r
from selection.round.approving.standing import number_of
from selection.rules.model import RoundRules
from selection.staffing import Case, Staffing, count_staff
from tests import factories as f
from tests.signatures import Signatures
from tests.whole_round import WholeRound

GROUND = "conflict-overlooked"


def name_people(post: str, count: int) -> tuple[str, ...]:
    """Return so many ids of a post; the first approver is who registers everybody."""
    people = tuple(f"{post}-{number}" for number in range(1, count + 1))
    return (ADMIN.person, *people[1:]) if post == "approver" else people


def shrink(rules: RoundRules) -> RoundRules:
    """Return rules with no more people in posts than they need, and the dates and numbers of the tests' rounds."""
    data = rules.model_dump(mode="json", exclude={"forms"})
    calendar = {
        name: day for name, day in f.RULES_DATA["calendar"].items() if data["calendar"][name] is not None
    }
    least = {(item.post, item.level): item.least for item in count_staff(rules).needs}
    levels, start = [], 0
    approvers = name_people(
        "approver", sum(count for (post, _), count in least.items() if post == "approvers")
    )
    for level in data["approval"]:
        count = least["approvers", level["code"]]
        levels.append({**level, "approvers": approvers[start : start + count]})
        start += count
    staff = {
        "officers": name_people("officer", least["officers", ""]),
        "supervisors": name_people("supervisor", least["supervisors", ""]),
        "admins": (ADMIN.person,),
    }
    dates = {"calendar": calendar, "draws": f.RULES_DATA["draws"], "approval": levels, "staff": staff}
    return RoundRules.model_validate({**data, "clock": {"kind": "calendar"}, **dates})


class SmallOffice:
    """A round of an office that has nobody to spare, with so many applications and what happens in these cases."""

    def __init__(
        self, rules: RoundRules, applications: int, *cases: Case, without: frozenset[str] = frozenset()
    ) -> None:
        self.rules, self.cases = shrink(rules), cases
        self.staffing: Staffing = count_staff(self.rules, applications)
        self.numbers = [f"{number:04}" for number in range(1, applications + 1)]
        self.experts = [f.expert(number) for number in range(1, self._least("experts") + 1)]
        people = [item for item in self._list_people() if item.person not in without]
        self.house = SmallHouse(self.rules)
        self.whole = WholeRound(self.rules, people, self.house)

    def _least(self, post: str) -> int:
        return next((item.least for item in self.staffing.needs if item.post == post), 0)

    def _list_people(self) -> Iterator[PersonFact]:
        """Yield everybody of the office and whom it draws or appoints, and who applies, recommends and objects."""
        staff = self.rules.staff
        yield f.person(ADMIN.person, "admin", "approver")
        for level in self.rules.approval:
            yield from (f.person(name, "approver") for name in level.approvers if name != ADMIN.person)
        yield from (f.person(name, "officer") for name in staff.officers)
        yield from (f.person(name, "supervisor") for name in staff.supervisors)
        yield from (f.person(name, "expert") for name in self.experts)
        for post in ("surveyors", "examiners", "deciders"):
            yield from (f.person(name, "objector") for name in self._list_added(post))
        yield from (f.person(f"host-{number}", "applicant") for number in self.numbers)
        for unit in self.rules.recommenders:
            yield f.person(f"agent-{unit.code}", "recommender", unit=unit.code)
        yield f.person("objector-1", "objector")

    def _list_added(self, post: str) -> tuple[str, ...]:
        """Return those of a post who are nobody else's people."""
        number = sum(item.least - item.shared for item in self.staffing.needs if item.post == post)
        return name_people(post.removesuffix("s"), number)

    def run(self) -> WholeRound:
        """Go from the call to the issued list."""
        self.apply_and_check()
        for go in (self._review, self._shortlist, self._survey, self._appraise):
            go()
        self._propose()
        self._approve()
        return self.whole

    def apply_and_check(self) -> None:
        """Go to the draw of the panels."""
        self._apply()
        self._check()

    def _app(self, number: str, command: Frozen, person: str, role: str) -> None:
        self.whole.app(number).act(command, f.actor(person, role))

    def _go_to(self, stage: RoundStage) -> None:
        while self.whole.round.state.stage is not stage:
            self.whole.look()

    def _apply(self) -> None:
        units = [
            (unit, place)
            for unit in self.rules.recommenders
            for place in range(self.rules.quota_of(unit.code))
        ]
        for place, number in enumerate(self.numbers):
            unit = units[place][0] if units else None
            region = unit.region if unit and unit.region else self.rules.regions[0].code
            fields: dict[str, Any] = {
                "field": self.rules.fields[place % len(self.rules.fields)].code,
                "region": region,
                "priority": self.rules.priorities[0].code if self.rules.priorities else "",
                "host": f.unit(f"91-host-{number}", region=region),
            }
            self._app(number, f.submit(**fields), f"host-{number}", "applicant")
            if unit is not None:
                self.whole.recommend(unit.code, f"agent-{unit.code}", number)

    def _check(self) -> None:
        last = "recommendation" if self.rules.stages.recommendation else "submission"
        self.whole.wait(self.whole.round.state.deadlines[last] + timedelta(days=1))
        for number in self.numbers:
            self._app(number, c.PassCheck(revision=1), "officer-1", "officer")
        self._go_to(RoundStage.DRAWING)

    def _review(self) -> None:
        # The draw after one that two supervisors voided takes most people.
        self.whole.void("lost")
        self.whole.draw("main")
        for state in self.whole.applications(Stage.REVIEW):
            worth = Decimal(1) - Decimal(int(state.number)) / 100
            scores = {
                item.code: _step(item.top * worth, self.rules.score_step) for item in self.rules.criteria
            }
            for seat in state.seats:
                self._app(state.number, f.accept(), seat.expert, "expert")
                review = c.SubmitReview(scores=scores, form=f.review_form())
                self._app(state.number, review, seat.expert, "expert")
        self._go_to(RoundStage.SHORTLISTING)

    def _shortlist(self) -> None:
        self.whole.round.act(r.FixShortlist(), f.OFFICER)
        self.whole.carry_out(*(state.stream for state in self.whole.applications(Stage.SCORED)))
        self._go_to(
            next(
                stage
                for stage in (RoundStage.SURVEY, RoundStage.APPRAISAL, RoundStage.PROPOSAL)
                if self._has(stage)
            )
        )

    def _has(self, stage: RoundStage) -> bool:
        stages = self.rules.stages
        return {"survey": stages.survey, "appraisal": stages.appraisal}.get(stage.value, True)

    def _survey(self) -> None:
        for state in self.whole.applications(Stage.SURVEY):
            panel = [seat.expert for seat in state.seats]
            others = [*self._list_added("surveyors"), *panel]
            team = others[: self.rules.survey.min_team]
            self._app(state.number, f.team(*team, lead=team[0]), "officer-1", "officer")
            findings = {item.code: f.ref(f"finding-{item.code}") for item in self.rules.criteria}
            report = f.survey(self.whole.now).with_(findings=findings)
            self._app(state.number, report, team[0], "surveyor")
        if self.rules.stages.appraisal:
            self._go_to(RoundStage.APPRAISAL)

    def _appraise(self) -> None:
        for state in self.whole.applications(Stage.APPRAISAL):
            panel = [seat.expert for seat in state.seats]
            chair = c.AppointChair(chair=panel[0], reason=f.ref("why"))
            self._app(state.number, chair, "officer-1", "officer")
            score = str(state.score.shown)
            for command, actor in f.hold_meeting(panel, panel[0], score=score):
                self.whole.app(state.number).act(command, actor)
        self._go_to(RoundStage.PROPOSAL)

    def _propose(self) -> None:
        ready = {state.stream: state for state in self.whole.applications(Stage.APPRAISED)}
        order = rank_candidates({stream: contender_of(state) for stream, state in ready.items()}, self.rules)
        numbers = [number_of(item) for item in order][: self.rules.places]
        self.whole.propose(*numbers)
        if self.rules.stages.notice:
            self.whole.open_notice()
            if "objection" in self.cases:
                self._object(numbers[0])
            self.whole.wait(self.whole.now + timedelta(days=30))
        self._go_to(RoundStage.APPROVAL)

    def _object(self, number: str) -> None:
        """Have somebody object to an item, and examiners dismiss it who took no part in that application."""
        self._app(number, f.objection(), "objector-1", "objector")
        state = self.whole.app(number).state
        busy = {*(seat.expert for seat in state.seats), *state.alternates, *state.team}
        free = [name for name in self.experts if name not in busy]
        people = [*self._list_added("examiners"), *free][: self.rules.objections.min_examiners]
        self.house.beside[people[0]] = people[1]
        self._app(number, f.examiners(*people), "officer-1", "officer")
        self._app(number, f.settle("dismissed"), people[0], "examiner")

    def _approve(self) -> None:
        self.whole.judge(r.RecordIntegrityCheck(proposal=1, text=f.ref("integrity")), "supervisor-1")
        for level in self.rules.approval:
            for person in level.approvers[: level.needed]:
                self.whole.round.act(r.Approve(proposal=1, level=level.code), f.actor(person, Role.APPROVER))
        self.whole.issue()
        if "request" in self.cases:
            self._request()

    def _request(self) -> None:
        """Have one that was not selected ask for a review of the procedure, and people decide on it."""
        number = next(
            state.number for state in self.whole.applications(Stage.ENDED) if state.outcome != "listed"
        )
        people = self._list_added("deciders")
        self._app(number, f.request_review(GROUND), f"host-{number}", "applicant")
        self._app(number, c.AppointDeciders(ground=GROUND, deciders=people), "officer-1", "officer")
        for person in people:
            self._app(number, f.rule_on_request("", GROUND), person, "examiner")

    def list_active(self) -> set[str]:
        """Return who acted, signed as the second, was drawn or appointed; not who applied, recommended or objected."""
        people = {ADMIN.person}
        for leaf in self.whole.log:
            people.add(leaf.actor.person)
            if leaf.signed is not None and leaf.signed.second is not None:
                people.add(leaf.signed.second.person)
        for state in self.whole.applications():
            people |= {seat.expert for seat in state.seats} | {
                *state.alternates,
                *state.team,
                *state.examiners,
            }
        outside = ("host-", "agent-", "objector-", "system")
        return {person for person in people if not person.startswith(outside)}


class SmallHouse(Signatures):
    """Signatures of a house in which the second signature is that of the other one who could do the act."""

    def __init__(self, rules: RoundRules) -> None:
        super().__init__()
        self.beside = {name: level.approvers[-1] for level in rules.approval for name in level.approvers}

    def signers(self, envelope: Any, level: Any) -> tuple[str, ...]:
        """Who must sign an act."""
        first = envelope.actor.person
        if assurance_of(envelope.kind, level) is not Assurance.SIGNED_BY_TWO:
            return (first,)
        return (first, self.beside[first]) if first in self.beside else super().signers(envelope, level)


def _step(score: Decimal, step: Decimal) -> Decimal:
    return (score / step).to_integral_value() * step
