"""A whole round told by the core alone, one log of many applications: what a verifier is given to read.

Every entry is decided by the core in its place, as an installation would record it: recommendations within quotas,
panels as drawn, a shortlist, a proposal and a list that follow. So all that a log alone can prove is proven of it.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from benchmarks.acts import APPLICANT, appraisal, expert, review, submission, survey
from benchmarks.rounds import HOST, OFFICER, SURVEYORS, TEXT, example_rules, experts
from selection.actor import SYSTEM, Actor, Role
from selection.aggregate import Context, Event, leaf_of
from selection.application import commands as c
from selection.application.state import ApplicationState
from selection.canonical import canonical_bytes
from selection.drawing_pool import draw_inputs
from selection.facts import Facts, PersonFact
from selection.leaf import Leaf, leaf_bytes
from selection.model import Frozen, Ref
from selection.panel import Drawn, DrawnPanel, draw_key, draw_panels, lot
from selection.ranking import contender_of, ranked_candidates
from selection.recommendation.commands import Recommend
from selection.round import commands as r
from selection.round.events import ProposalItem
from selection.round.looking import advance
from selection.round_rules import RoundRules, rules_hash
from selection.rule_sections import Recommender
from selection.stages import Stage
from selection.streams import aggregate, application_stream, recommender_stream, round_stream
from selection.terms import terms_of
from selection.views import candidate_of

ROUND = "bench"
PACE = timedelta(milliseconds=1)
SECRET = b"benchmark-secret"
RANDOMNESS = "benchmark"
SUPERVISOR = Actor(person="supervisor-1", role=Role.SUPERVISOR)
APPROVERS = (("approver-1", "department"), ("approver-2", "ministry"), ("approver-3", "ministry"))
PER_PLACE = 30
"""Applications for each place: all of them are surveyed, so that each goes nearly all of the way."""


class Stream:
    """One stream: its state, and what the core decides on it."""

    def __init__(self, name: str, log: list[bytes]) -> None:
        self._aggregate = aggregate(name)
        self._log = log
        self.state: Any = self._aggregate.initial(name)

    def act(self, command: Frozen, actor: Actor, at: datetime, facts: Facts) -> None:
        """Take an act."""
        command_id = f"{self.state.stream.replace('/', '-')}-{self.state.version + 1}"
        context = Context(actor, at, command_id, facts)
        self.record(self._aggregate.decide(self.state, command, context), actor, at, command_id)

    def settle(self, facts: Facts) -> None:
        """Let the next deadline pass, if one is waited for."""
        due = self._aggregate.due(self.state, facts)
        if due is not None:
            events = self._aggregate.settle(self.state, due, facts)
            self.record(events, SYSTEM, due.deadline, f"deadline/{due.name}/{self.state.version + 1}")

    def record(self, events: Iterable[Event], actor: Actor, at: datetime, command_id: str) -> None:
        """Add events to the log."""
        for event in events:
            leaf = leaf_of(event, state=self.state, offset=1, actor=actor, at=at, command_id=command_id)
            self.state = self._aggregate.evolve(self.state, leaf)
            self._log.append(leaf_bytes(leaf))


class ToldRound:
    """A round with as many applications as asked for; `log`, `people` and `contents` are what a bundle holds."""

    def __init__(self, applications: int, versions: int = 2) -> None:
        """Tell the round; `versions` is how often each application is submitted before it is recommended."""
        self.rules = for_many(example_rules(), applications)
        self._versions = versions
        self.log: list[bytes] = []
        self.contents: dict[str, bytes] = {}
        self._terms = terms_of(self.rules)
        self._now = self._terms.deadlines["submission"] - timedelta(days=30)
        self._begun = self._now
        self._round = Stream(round_stream(ROUND), self.log)
        self._units = departments(self.rules)
        self._lists = [Stream(recommender_stream(ROUND, unit.code), self.log) for unit in self._units]
        self._applications = [
            Stream(application_stream(ROUND, f"{n:05d}"), self.log) for n in range(1, applications + 1)
        ]
        self.people = _people(unit.code for unit in self._units)
        self._tell()

    def registered(self) -> list[bytes]:
        """Return the installation's log: everyone who was registered before the call."""
        before = self._begun - timedelta(days=1)
        return [
            leaf_bytes(_registered(fact, n, before)) for n, fact in enumerate(self.people.values(), start=1)
        ]

    def _tell(self) -> None:
        sealed = self.rules.model_dump(mode="json")
        self._decide(r.OpenRound(rules=sealed, rules_hash=rules_hash(self.rules)))
        self._intake()
        self._draw()
        self._each(self._review)
        self._look()
        self._shortlist()
        self._each(self._survey)
        self._look()
        self._each(self._appraise)
        self._look()
        self._propose()
        self._approve()
        self._decide(r.IssueList(proposal=1))
        places = self._round.state.places
        self._each(
            lambda item: self._take(item, c.Issue(proposal=1, place=places.get(item.state.number, 0)), SYSTEM)
        )
        self._done()

    def _intake(self) -> None:
        for n, item in enumerate(self._applications):
            region = self._units[n % len(self._units)].region or ""
            for staff in range(40, 40 + self._versions):
                self._take(item, c.Submit(submission=submission(staff, region)), APPLICANT)
        self._round.settle(self._facts())
        self._now = self._terms.deadlines["submission"] + timedelta(days=1)
        for n, item in enumerate(self._applications):
            self._recommend(n % len(self._units), item)
        self._now = self._terms.deadlines["recommendation"] + timedelta(days=1)
        facts = self._facts()
        for stream in (*self._lists, *self._applications, self._round):
            stream.settle(facts)
        self._each(lambda item: self._take(item, c.PassCheck(revision=self._versions), OFFICER))
        self._look()

    def _recommend(self, unit: int, item: Stream) -> None:
        code = self._units[unit].code
        agent = Actor(person=f"agent-{code}", role=Role.RECOMMENDER)
        command = Recommend(application=item.state.number, revision=self._versions)
        quota = {"quota": self.rules.quota_of(code)}
        self._lists[unit].act(command, agent, self._later(), self._facts(agent.person, counts=quota))
        self._take(item, c.TakeRecommendation(unit=code, revision=self._versions, agent=agent.person), SYSTEM)

    def _draw(self) -> None:
        inputs = draw_inputs(self.rules, self._standing(Stage.ELIGIBLE), (), self.people.values())
        told = {
            "inputs": asdict(self._store("draw-inputs", canonical_bytes(inputs))),
            "applications": len(inputs.applications),
            "experts": len(inputs.experts),
        }
        committed = r.CommitDraw(draw="1", commitment=hashlib.sha256(SECRET).hexdigest())
        self._decide(committed, facts=self._facts(draw=told))
        opened = r.OpenDraw(draw="1", secret=SECRET.hex(), randomness=RANDOMNESS, source="benchmark")
        self._decide(opened)
        key = draw_key(SECRET, RANDOMNESS)
        drawn = draw_panels(inputs, key)
        assert isinstance(drawn, Drawn)
        result = self._store("draw-result", canonical_bytes(drawn))
        self._decide(r.ReportDraw(draw="1", result=result, total_cost=drawn.total_cost), SYSTEM)
        self._each(lambda item: self._seat(item, drawn.panels[item.state.stream], key))
        self._done()
        self._look()

    def _seat(self, item: Stream, panel: DrawnPanel, key: bytes) -> None:
        pool, deadlines = experts(), self._round.state.deadlines
        seats = c.SeatPanel(
            draw="1",
            revision=self._versions,
            experts=panel.seats,
            alternates=panel.alternates,
            employers={person: pool[person] for person in (*panel.seats, *panel.alternates)},
            lot=lot(key, item.state.stream),
            deadlines={name: deadlines[name] for name in ("review", "review_last")},
        )
        self._take(item, seats, SYSTEM)

    def _review(self, item: Stream) -> None:
        panel = [seat.expert for seat in item.state.seats]
        for person in panel:
            self._take(item, c.AcceptInvitation(pledge=TEXT), expert(person))
        self._take(item, c.AppointChair(chair=panel[0]), OFFICER)
        for person in panel:
            self._take(item, review(), expert(person))

    def _shortlist(self) -> None:
        contenders = {state.stream: contender_of(state) for state in self._standing(Stage.SCORED)}
        candidates = ranked_candidates(contenders, self.rules, ())
        self._decide(r.FixShortlist(), facts=self._facts(candidates=candidates, counts=self._counts()))
        listed = self._round.state.shortlist
        self._each(lambda item: self._take(item, _place(item, listed), SYSTEM))
        self._done()
        self._look()

    def _survey(self, item: Stream) -> None:
        self._take(item, c.AppointSurveyTeam(lead=SURVEYORS[0], members=SURVEYORS), OFFICER)
        self._take(item, survey(), Actor(person=SURVEYORS[0], role=Role.SURVEYOR))

    def _appraise(self, item: Stream) -> None:
        panel = tuple(seat.expert for seat in item.state.seats)
        self._take(item, appraisal(panel), Actor(person=panel[0], role=Role.CHAIR))

    def _propose(self) -> None:
        candidates = tuple(candidate_of(state) for state in self._standing(Stage.APPRAISED))
        best = sorted(candidates, key=lambda item: item.rank)[: self.rules.places]
        numbers = [item.stream.rsplit("/", 1)[-1] for item in best]
        items = tuple(ProposalItem(application=n, rank=i, reason=TEXT) for i, n in enumerate(numbers, 1))
        self._decide(r.Propose(items=items), facts=self._facts(candidates=candidates))
        ranks = {item.application: item.rank for item in items}
        self._each(lambda item: self._take(item, _proposed(ranks.get(item.state.number, 0)), SYSTEM))
        self._done()
        self._decide(r.OpenPublicNotice(proposal=1))
        proposed = [item for item in self._applications if item.state.stage is Stage.PROPOSED]
        for item in proposed:
            self._take(item, c.OpenNotice(proposal=1), SYSTEM)
        self._done()
        self._now += timedelta(days=9)
        for item in proposed:
            item.settle(self._facts())
        self._look()

    def _approve(self) -> None:
        state = self._round.state
        named = {item.application for item in state.items}
        items = tuple(candidate_of(item.state) for item in self._applications if item.state.number in named)
        check = r.RecordIntegrityCheck(proposal=1, text=TEXT)
        self._decide(check, SUPERVISOR, self._facts(candidates=items))
        for person, level in APPROVERS:
            approver = Actor(person=person, role=Role.APPROVER)
            self._decide(r.Approve(proposal=1, level=level), approver, self._facts(candidates=items))

    def _decide(self, command: Frozen, actor: Actor = OFFICER, facts: Facts | None = None) -> None:
        self._round.act(command, actor, self._later(), facts or self._facts(actor.person))

    def _done(self) -> None:
        state = self._round.state
        self._decide(r.ReportBatch(batch=state.batch, touched=len(self._applications)), SYSTEM)

    def _look(self) -> None:
        stream, at = self._round, self._later()
        named = {item.application for item in stream.state.items}
        items = tuple(candidate_of(item.state) for item in self._applications if item.state.number in named)
        events = advance(stream.state, self._facts(counts=self._counts(), candidates=items))
        assert events, f"the round stays in {stream.state.stage}"
        stream.record(events, SYSTEM, at, f"look/{stream.state.version + 1}")

    def _take(self, item: Stream, command: Frozen, actor: Actor) -> None:
        named = (actor.person, *SURVEYORS) if isinstance(command, c.AppointSurveyTeam) else (actor.person,)
        item.act(command, actor, self._later(), self._facts(*named))

    def _each(self, take: Callable[[Stream], None]) -> None:
        for item in self._applications:
            take(item)

    def _standing(self, stage: Stage) -> list[ApplicationState]:
        return [item.state for item in self._applications if item.state.stage is stage]

    def _counts(self) -> dict[str, int]:
        return dict(Counter(item.state.stage.value for item in self._applications))

    def _later(self) -> datetime:
        self._now += PACE
        return self._now

    def _facts(self, *people: str, **more: Any) -> Facts:
        known = {name: self.people[name] for name in people if name in self.people}
        return Facts(people=known, terms=self._terms, deadlines=self._round.state.deadlines, **more)

    def _store(self, name: str, body: bytes) -> Ref:
        self.contents[name] = body
        return Ref(id=name, sha256=hashlib.sha256(salt_of(name) + body).hexdigest())


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


def salt_of(name: str) -> bytes:
    """Return the salt of a content."""
    return hashlib.sha256(name.encode()).digest()[:16]


def _people(units: Iterable[str]) -> dict[str, PersonFact]:
    known = [
        PersonFact(person=APPLICANT.person, roles={"applicant": ()}, employer=HOST),
        PersonFact(person=OFFICER.person, roles={"officer": ()}),
        *(PersonFact(person=name, roles={"surveyor": ()}, employer="S-0001") for name in SURVEYORS),
        *(PersonFact(person=name, roles={"expert": ()}, employer=unit) for name, unit in experts().items()),
        *(PersonFact(person=f"agent-{unit}", roles={"recommender": (unit,)}) for unit in units),
    ]
    return {fact.person: fact for fact in known}


def _registered(fact: PersonFact, version: int, at: datetime) -> Leaf:
    data = {**fact.model_dump(mode="json"), "language": "zh", "identity": "0" * 64, "command_id": "people"}
    return Leaf(
        type="person.registered.v1",
        stream="installation",
        version=version,
        actor=Actor(person="admin-1", role=Role.ADMIN),
        at=at,
        rules="",
        data=data,
    )


def _place(item: Stream, listed: dict[str, int]) -> c.PlaceOnShortlist:
    number = item.state.number
    return c.PlaceOnShortlist(rank=listed.get(number, 0), listed=number in listed)


def _proposed(rank: int) -> c.PlaceInProposal:
    return c.PlaceInProposal(proposal=1, rank=rank, reason=TEXT if rank else None)
