"""A whole round told by the core alone, one log of many applications: what a verifier is given to read.

Every entry is decided by the core in its place, as an installation would record it: recommendations within quotas,
panels as drawn, a shortlist, a proposal and a list that follow. So all that a log alone can prove is proven of it.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from benchmarks.in_memory.facts import RoundFacts, Stream
from benchmarks.in_memory.signing import SECOND, Signers
from benchmarks.rounds import OFFICER, SURVEYORS, example_rules, experts
from benchmarks.shapes.acts import FIRST, expert, hold_meeting, review, submission, survey
from benchmarks.shapes.drawing import NUMBERS, commit_soon
from benchmarks.texts import TEXT
from selection.application import commands as c
from selection.decision.facts import PersonFact
from selection.decision.reference import Decision
from selection.draw.inputs import DrawInputs, draw_key
from selection.draw.panels import Drawn, draw_panels
from selection.kernel.actor import Actor, Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.day_clock import day_of
from selection.kernel.leaf import leaf_bytes
from selection.kernel.model import Frozen
from selection.kernel.stages import Stage
from selection.projections.rows import candidate_of
from selection.recommendation.commands import Recommend
from selection.round import commands as r
from selection.round.posts import posts_of
from selection.round.state import ProposalItem
from selection.rules.model import RoundRules, rules_hash
from selection.rules.sections import Recommender
from selection.rules.terms import terms_of
from selection.streams import application_stream, recommender_stream

ROUND = "bench"
PACE = timedelta(milliseconds=1)
OPENER = Actor(person="officer-2", role=Role.OFFICER)
SECRET = b"benchmark-secret"
SUPERVISOR = Actor(person="supervisor-1", role=Role.SUPERVISOR)
APPROVERS = (("approver-1", "department"), ("approver-2", "ministry"), ("approver-3", "ministry"))
PER_PLACE = 30
"""Applications for each place: all of them are surveyed, so that each goes nearly all of the way."""


class RoundInMemory:
    """A round with as many applications as asked for; `log`, `people` and `contents` are what a bundle holds."""

    def __init__(self, applications: int, versions: int = 2, signers: Signers | None = None) -> None:
        """Tell the round; `versions` is how often each application is submitted before it is recommended.

        With `signers` everybody signs.
        """
        self._signers = signers
        self.rules = for_many(example_rules(), applications).with_(local=signers is None)
        self._versions = versions
        self._units = departments(self.rules)
        people = _people(self.rules, (unit.code for unit in self._units))
        self._known = known = RoundFacts(ROUND, self.rules, people, signers)
        self._deadlines = terms_of(self.rules).deadlines
        self._now = self._deadlines["submission"] - timedelta(days=30)
        self._round = known.round
        for unit in self._units:
            name = recommender_stream(ROUND, unit.code)
            known.lists[name] = Stream(name, known)
        for n in range(1, applications + 1):
            name = application_stream(ROUND, f"{n:05d}")
            known.applications[name] = Stream(name, known)
        self._applications = list(known.applications.values())
        self._tell()
        self.log, self.contents = known.log, known.contents

    def register_people(self) -> list[bytes]:
        """Return the installation's log: everyone who was registered before the call."""
        return [leaf_bytes(leaf) for leaf in self._known.register.leaves]

    def _tell(self) -> None:
        sealed = self.rules.model_dump(mode="json")
        self._decide(r.OpenRound(rules=sealed, rules_hash=rules_hash(self.rules)))
        if self._signers is not None:
            self._signers.rules = rules_hash(self.rules)
        self._intake()
        self._draw()
        self._each(self._review)
        self._look()
        self._decide(r.FixShortlist())
        self._carry_out(self._applications)
        self._look()
        self._each(self._survey)
        self._look()
        self._each(self._appraise)
        self._look()
        self._propose()
        self._approve()
        self._decide(r.IssueList(proposal=1))
        self._carry_out(self._applications)

    def _intake(self) -> None:
        for n, item in enumerate(self._applications):
            region = self._units[n % len(self._units)].region or ""
            for staff in range(40, 40 + self._versions):
                self._take(item, c.Submit(submission=submission(FIRST.host, staff, region)), FIRST.actor)
        self._now = self._deadlines["submission"] + timedelta(days=1)
        self._round.settle(self._now)
        for n, item in enumerate(self._applications):
            self._recommend(self._units[n % len(self._units)].code, item)
        self._now = self._deadlines["recommendation"] + timedelta(days=1)
        for stream in (*self._known.lists.values(), *self._applications, self._round):
            stream.settle(self._now)
        self._each(lambda item: self._take(item, c.PassCheck(revision=self._versions), OFFICER))
        self._look()

    def _recommend(self, unit: str, item: Stream) -> None:
        listed = self._known.lists[recommender_stream(ROUND, unit)]
        agent = Actor(person=f"agent-{unit}", role=Role.RECOMMENDER)
        command = Recommend(application=item.state.number, revision=self._versions)
        listed.act(command, agent, self._later())
        item.carry(Decision(stream=listed.name, version=listed.state.version), self._later())

    def _draw(self) -> None:
        deposit = self._known.store("draw-secret", SECRET.hex().encode())
        committed, public = commit_soon(self.rules, SECRET, deposit, self._now, timedelta(minutes=1))
        self._decide(committed)
        inputs = DrawInputs.model_validate_json(self._known.contents["draw-inputs"])
        self._now = public
        self._decide(r.EnterDrawNumbers(draw="1", published=NUMBERS))
        self._decide(r.OpenDraw(draw="1", published=NUMBERS), OPENER)
        key = draw_key(SECRET, NUMBERS)
        drawn = draw_panels(inputs, key)
        assert isinstance(drawn, Drawn)
        result = self._known.store("draw-result", canonical_bytes(drawn))
        self._known.seat(inputs, drawn, key)
        self._round.report(r.ReportDraw(draw="1", result=result, total_cost=drawn.total_cost), self._later())
        self._carry_out(self._applications)
        self._look()

    def _review(self, item: Stream) -> None:
        panel = [seat.expert for seat in item.state.seats]
        for person in panel:
            self._take(item, c.AcceptInvitation(pledge=TEXT), expert(person))
        self._take(item, c.AppointChair(chair=panel[0], reason=TEXT), OFFICER)
        for person in panel:
            self._take(item, review(), expert(person))

    def _survey(self, item: Stream) -> None:
        self._take(item, c.AppointSurveyTeam(lead=SURVEYORS[0], members=SURVEYORS), OFFICER)
        day = day_of(self.rules.clock, self._now).isoformat()
        self._take(item, survey(day), Actor(person=SURVEYORS[0], role=Role.SURVEYOR))

    def _appraise(self, item: Stream) -> None:
        panel = tuple(seat.expert for seat in item.state.seats)
        for act, actor in hold_meeting(panel):
            self._take(item, act, actor)

    def _propose(self) -> None:
        candidates = [candidate_of(state) for state in self._known.list_in(Stage.APPRAISED)]
        best = sorted(candidates, key=lambda item: item.rank)[: self.rules.places]
        numbers = [item.stream.rsplit("/", 1)[-1] for item in best]
        items = tuple(ProposalItem(application=n, rank=i, reason=TEXT) for i, n in enumerate(numbers, 1))
        self._decide(r.Propose(items=items))
        self._carry_out(self._applications)
        self._decide(r.OpenPublicNotice(proposal=1))
        proposed = [item for item in self._applications if item.state.stage is Stage.PROPOSED]
        self._carry_out(proposed)
        self._now += timedelta(days=9)
        for item in proposed:
            item.settle(self._now)
        self._look()

    def _approve(self) -> None:
        self._decide(r.RecordIntegrityCheck(proposal=1, text=TEXT), SUPERVISOR)
        for person, level in APPROVERS:
            self._decide(r.Approve(proposal=1, level=level), Actor(person=person, role=Role.APPROVER))

    def _decide(self, command: Frozen, actor: Actor = OFFICER) -> None:
        self._round.act(command, actor, self._later())

    def _carry_out(self, items: Sequence[Stream]) -> None:
        """Have applications carry the round's decision out, and report that they did."""
        decision = Decision(stream=self._round.name, version=self._round.state.begun)
        for item in items:
            item.carry(decision, self._later())
        self._round.report(r.ReportBatch(batch=self._round.state.batch, touched=len(items)), self._later())

    def _look(self) -> None:
        assert self._round.settle(self._later()), f"the round stays in {self._round.state.stage}"

    def _take(self, item: Stream, command: Frozen, actor: Actor) -> None:
        item.act(command, actor, self._later())

    def _each(self, take: Callable[[Stream], None]) -> None:
        for item in self._applications:
            take(item)

    def _later(self) -> datetime:
        self._now += PACE
        return self._now


def for_many(rules: RoundRules, applications: int) -> RoundRules:
    """Return the rules with quotas, places and loads for so many applications."""
    places = -(-applications // PER_PLACE)
    return rules.model_copy(
        update={
            "routes": tuple(route.model_copy(update={"quota": applications}) for route in rules.routes),
            "panel": rules.panel.model_copy(update={"max_load": 100_000}),
            "shortlist": rules.shortlist.model_copy(
                update={"factor": rules.shortlist.factor * 0 + PER_PLACE}
            ),
            "places": places,
        }
    )


def departments(rules: RoundRules) -> list[Recommender]:
    """Return the provincial departments, one for each region."""
    return [unit for unit in rules.recommenders if unit.route == "province"][: len(rules.regions)]


def _people(rules: RoundRules, units: Iterable[str]) -> list[PersonFact]:
    staff: dict[str, dict[str, tuple[str, ...]]] = {SECOND: {"officer": ()}}
    for name, role in posts_of(rules):
        staff.setdefault(name, {})[role.value] = ()
    return [
        PersonFact(person=FIRST.actor.person, roles={"applicant": ()}, employer=FIRST.host),
        *(PersonFact(person=name, roles=roles) for name, roles in staff.items()),
        *(PersonFact(person=name, roles={"surveyor": ()}, employer="S-0001") for name in SURVEYORS),
        *(PersonFact(person=name, roles={"expert": ()}, employer=unit) for name, unit in experts().items()),
        *(PersonFact(person=f"agent-{unit}", roles={"recommender": (unit,)}) for unit in units),
    ]
