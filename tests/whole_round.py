"""A whole round in memory: desks of all streams side by side, their leaves in one log, facts from their states.

What an installation does with a database and Temporal, in milliseconds: for proofs, which need a whole log.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from audit.histories.messages import Exchange
from benchmarks.in_memory.register import ADMIN
from selection.application.bids import BidIndex, relate
from selection.decision.aggregate import Event, Frame
from selection.decision.facts import (
    DrawBasis,
    Facts,
    FactsRequest,
    PersonFact,
    agents_of,
)
from selection.decision.machine import Act, Task
from selection.decision.making import Outcome
from selection.decision.reference import CitedDecision, Decision
from selection.decision.relations import Relations, RelationsAsked, Tie
from selection.draw.inputs import DrawInputs
from selection.draw.panels import Drawn
from selection.draw.pool import ask_relations, draw_inputs
from selection.forms.handed_in import Fitting
from selection.kernel.actor import SYSTEM, Actor
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import Leaf
from selection.kernel.model import Frozen, Ref
from selection.kernel.stages import Stage
from selection.recommendation.commands import Recommend
from selection.refusals.refused import Refused
from selection.register.state import INSTALLATION
from selection.round import commands as r
from selection.rules.model import RoundRules
from selection.rules.terms import Terms, terms_of, with_people
from selection.streams import application_stream, recommender_stream, round_stream
from tests import factories as f
from tests.amending import fit
from tests.asked_of_round import make_exchange
from tests.citing import list_citable, own
from tests.desk import Desk, last_of
from tests.draws import (
    basis_of,
    commit_next,
    draw_panels_by,
    enter_numbers,
    find_deposit,
    find_seatings,
    open_draw,
    result_for,
)
from tests.rounds.comparing import find_likeness
from tests.rounds.views import PROPOSABLE, RoundViews
from tests.signatures import Signatures, register_before


class LoggedDesk(Desk):
    """A desk of a whole round: what it records goes into the round's log, and all that it asks is answered there."""

    def __init__(self, stream: str, now: datetime, made: "WholeRound") -> None:
        super().__init__(stream, Facts(), now)
        self._made = made

    def frame(self) -> Frame:
        """Return a frame that has seen all of the register."""
        return Frame(recorded=self.now, register_size=len(self._made.installation))

    def act(
        self,
        command: Frozen | dict[str, Any],
        actor: Actor = SYSTEM,
        at: datetime | None = None,
        command_id: str = "",
    ) -> tuple[Event, ...]:
        """Take an act whose person cites contents of their own."""
        if not isinstance(command, Frozen) or actor == SYSTEM:
            return super().act(command, actor, at, command_id)
        *others, last = self._made.list_able(actor)
        for able in others:
            with suppress(Refused):
                return super().act(own(command, able.person), able, at, command_id)
        return super().act(own(command, last.person), last, at, command_id)

    def run(self, task: Task) -> Outcome[Any]:
        """Decide, record, and note what was asked and answered as a history would hold it."""
        task = self._made.sign(task, self.now)
        seq, first = len(self._made.log), self.state.version + 1
        outcome = super().run(task)
        if outcome.leaves and self._made.notes:
            self._made.note(task, self.now, first, seq, outcome)
        return outcome

    def keep(self, leaves: list[Leaf]) -> None:
        """Record, and append to the log."""
        super().keep(leaves)
        self._made.log += leaves

    def learn(self, request: FactsRequest) -> Facts:
        """Answer from the whole round."""
        return self._made.facts(self.state.stream, request)


class WholeRound(RoundViews):
    """The streams of one round. Acts are taken at `now`; `wait` lets deadlines pass everywhere.

    With `notes` it keeps what was asked, for whoever decides it again.
    With `signatures` the installation is one where everybody signs, and enrols a key before their first act.
    """

    def __init__(
        self, rules: RoundRules, people: Iterable[PersonFact], signatures: Signatures | None = None
    ) -> None:
        rules = rules.with_(local=signatures is None or signatures.founded.local)
        self.rules = rules
        self.signatures = signatures
        self._register = register_before(tuple(people), signatures)
        self.people = self._register.people
        self.installation = self._register.leaves
        self.now = f.OPENED
        self.log: list[Leaf] = []
        self.desks: dict[str, LoggedDesk] = {}
        self.contents: dict[str, bytes] = {}
        self.secrets: dict[str, str] = {}
        self.stored: dict[str, datetime] = {}
        self.fitting = Fitting()
        self._terms = terms_of(rules)
        self._drawn: dict[str, tuple[DrawInputs, Drawn, bytes]] = {}
        self._drawing = ""
        self._looked_up_to = 0
        self.asked: list[tuple[str, Exchange]] = []
        self.notes = True
        self.round.act(f.open_round(rules), f.OFFICER)

    @property
    def round(self) -> LoggedDesk:
        """The round's desk, told what the record knows."""
        return self.desk(round_stream(f.ROUND))

    def read_register(self) -> list[Leaf]:
        """The installation's log: its founding, everyone who was registered or erased, and their keys."""
        return list(self.installation)

    def register(self, fact: PersonFact, *ties: Tie, by: Actor = ADMIN) -> None:
        """Have an administrator register a person, or register them anew, with what they declare."""
        self._register.register([fact], self.now, ties, by)

    def register_staff(self, fact: PersonFact, by: Actor) -> None:
        """Have an administrator register one of the staff, as two of them do."""
        self._register.register_staff([fact], self.now, by)

    def act_on_register(self, command: Frozen, actor: Actor) -> None:
        """Have a person do an act on the register."""
        self._register.act(command, self.now, actor)

    def register_unit(self, code: str, *parents: str) -> None:
        """Register a unit, or register it anew."""
        self._register.register_unit(code, parents, self.now)

    def erase(self, person: str) -> None:
        """Erase a person."""
        self._register.erase(person, self.now)

    def list_able(self, actor: Actor) -> tuple[Actor, ...]:
        """Return who tries an act that this person would do, one after the other until one may: here they alone."""
        return (actor,)

    def sign(self, task: Task, at: datetime) -> Task:
        """Return a task as it is sent where everybody signs; whoever has no key yet enrols one."""
        if self.signatures is None or not isinstance(task, Act):
            return task
        sealed = self.desks[round_stream(f.ROUND)].state.sealed
        asked = sealed.assurance if sealed else None
        for person in self.signatures.signers(task.envelope, asked):
            if self.people[person].active:  # Whoever was erased can enrol nothing.
                self._register.enrol(person, self.now)
        rules = self._terms.rules_hash if sealed else ""
        return replace(task, envelope=self.signatures.sign(task.envelope, at, rules=rules, asked=asked))

    def app(self, number: str) -> LoggedDesk:
        """An application's desk."""
        return self.desk(application_stream(f.ROUND, number))

    def desk(self, stream: str) -> LoggedDesk:
        """The desk of a stream at the present time."""
        if stream not in self.desks:
            self.desks[stream] = LoggedDesk(stream, self.now, self)
        desk = self.desks[stream]
        desk.now = self.now
        return desk

    def note(self, task: Task, at: datetime, first: int, seq: int, outcome: Outcome[Any]) -> None:
        """Keep what was asked and answered, as the workflow's history and its replay would tell it."""
        stream = outcome.leaves[-1].stream
        self.asked.append((stream, make_exchange(task, stream, at, first, seq, outcome)))

    def facts(self, stream: str, asked: FactsRequest) -> Facts:
        """What the record would say when asked for a decision on a stream."""
        sealed = self.desks[round_stream(f.ROUND)].state.sealed is not None
        found = Facts(
            people={name: self.people[name] for name in asked.people if name in self.people},
            keys=self._register.keys(asked.signers),
            founded=self._register.founding if asked.signers else None,
            contents=list_citable(asked, self.stored, self.now),
            terms=self._find_terms() if asked.terms and sealed else None,
            deadlines=self.desks[round_stream(f.ROUND)].state.deadlines if asked.deadlines else {},
            cited=self._find_cited(asked.decision) if asked.decision else None,
            seatings=find_seatings(self.round.state.batch, self._drawn, stream) if asked.decision else {},
            fitting=fit(self.round.state, asked.filled, self.fitting, asked.before) if asked.filled else None,
            agents=agents_of(asked.employers, self.people.values()),
            registrars=self._register.registrars(asked.registered),
            likeness=find_likeness(self, asked.likeness) if asked.likeness else None,
            deposit=find_deposit(asked.deposit, self.secrets) if asked.deposit else None,
        )
        if asked.view:
            found = found.merge(self._view(asked.view))
        if asked.relations:
            units = {unit for item in found.candidates for unit in item.units}
            found = found.merge(Facts(relations=self._relate(asked.relations, units)))
        return found

    def _find_terms(self) -> Terms:
        state = self.round.state
        if state.amendments or state.awaits_call is not None:
            amended: Terms = state.make_terms()
            return amended
        if not (state.holders or state.delegations):
            return self._terms
        return with_people(self._terms, state.current, state.delegations, state.former)

    def _relate(self, asked: RelationsAsked, units: Iterable[str] = ()) -> Relations:
        employed, bids = self._register.employments(asked.people), BidIndex()
        for state in self.applications():
            bids.put(state)
        ties = self._register.ties(asked.people)
        return relate(asked, employed, self._register, bids, units, ties)

    def _find_cited(self, decision: Decision) -> CitedDecision:
        desk = self.desks.get(decision.stream)
        leaves = self.installation if decision.stream == INSTALLATION else desk.leaves if desk else []
        found = next((leaf for leaf in leaves if leaf.version == decision.version), None)
        return CitedDecision(
            decision=decision, leaf=found, state=desk.state if desk and desk.state.version else None
        )

    def _draw_basis(self, at: datetime) -> DrawBasis:
        eligible, reviewed = self.applications(Stage.ELIGIBLE), self.applications(Stage.REVIEW)
        reviewed += [item for item in self.applications(Stage.ENDED) if item.fresh_panel]
        related = self._relate(ask_relations(self.people, (*eligible, *reviewed)))
        people = [item for item in self.people.values() if item.person not in self.round.state.substitutes]
        inputs = draw_inputs(self.round.state.current, eligible, reviewed, people, related, at)
        return basis_of(inputs, self.store(f"draw-inputs-{self._drawing}", canonical_bytes(inputs)))

    def wait(self, until: datetime) -> None:
        """Let time pass; every stream settles what is due."""
        self.now = until
        for stream in sorted(self.desks):
            self.desk(stream).settle()

    def applications(self, *stages: Stage) -> list[Any]:
        """The states of the applications, those in the stages if any are named."""
        states = [desk.state for stream, desk in sorted(self.desks.items()) if stream.startswith("app")]
        return [state for state in states if not stages or state.stage in stages]

    def recommend(self, unit: str, agent: str, number: str, revision: int = 1) -> None:
        """Put an application on a unit's list, and tell the application."""
        command = Recommend(application=number, revision=revision)
        listed = self.desk(recommender_stream(f.ROUND, unit))
        listed.act(command, f.actor(agent, "recommender"))
        self.app(number).carry(last_of(listed))

    def look(self) -> None:
        """Let the round look at the record; it found something, now or when deadlines passed."""
        desk = self.round
        desk.settle()
        found = [leaf for leaf in desk.leaves if str(leaf.data["command_id"]).startswith("look/")]
        version = max((leaf.version for leaf in found), default=0)
        assert version > self._looked_up_to, f"the round stays in {desk.state.stage}"
        self._looked_up_to = version

    def commit(self, name: str) -> None:
        """Commit a draw to the next numbers, later ones than any draw before."""
        self._drawing = name
        self.round.act(*commit_next(name, self.now, self.rules, self.round.state.draws))

    def void(self, name: str) -> None:
        """Commit a draw and void it."""
        self.commit(name)
        self.round.act(r.VoidDraw(draw=name, reason=f.ref()), f.SUPERVISOR)

    def draw(self, name: str, pause: timedelta = timedelta()) -> None:
        """Commit, open once its numbers are public and compute a draw, and seat its panels, if there are any."""
        self.commit(name)
        self.open(name, pause)
        self.seat(name)

    def open(self, name: str, pause: timedelta = timedelta()) -> None:
        """Open a committed draw once its numbers are public."""
        self.now = max(self.now + pause, self.find_public(name))
        self.round.act(enter_numbers(name, result_for(name)), f.OFFICER)
        self.round.act(open_draw(name, result_for(name)), f.OPENER)

    def seat(self, name: str) -> None:
        """Compute a draw that was opened, and seat its panels, if there are any."""
        committed = self.round.state.draws[name]
        inputs = DrawInputs.model_validate_json(self.contents[committed.inputs.id])
        key, drawn = draw_panels_by(inputs, committed.randomness)
        if not isinstance(drawn, Drawn):
            self.report(r.ReportDraw(draw=name, clashing=(*drawn.limits, *drawn.applications)))
            return
        result = self.store(f"draw-result-{name}", canonical_bytes(drawn))
        self.report(r.ReportDraw(draw=name, result=result, total_cost=drawn.total_cost))
        self._drawn[name] = (inputs, drawn, key)
        self.carry_out(*(item.stream for item in inputs.applications))

    def carry_out(self, *streams: str) -> None:
        """Have applications carry out the round's decision, and report it as done."""
        for stream in streams:
            self.desk(stream).carry(self.decision)
        self.finish_batch(len(streams))

    @property
    def decision(self) -> Decision:
        """The round's decision that is being carried out."""
        return Decision(stream=round_stream(f.ROUND), version=self.round.state.begun)

    def fix_shortlist(self, add: dict[str, Ref], remove: dict[str, Ref]) -> None:
        """Fix the shortlist by rank, and carry it out."""
        self.round.act(f.shortlist(add, remove), f.OFFICER)
        self.carry_out(*(state.stream for state in self.applications(Stage.SCORED)))

    def propose(self, *numbers: str, **deviations: str) -> None:
        """Propose these, best first, and carry it out on all that may be proposed."""
        deviating = {key.strip("n"): name for key, name in deviations.items()}
        before = self.round.state
        open_ = [item for item in self.applications(*PROPOSABLE) if item.number not in before.numbers_on_hold]
        left_out = any(number not in numbers for number in before.noticed) or (open_ and not numbers)
        proposing = f.propose_deviating if left_out else f.propose
        self.round.act(proposing(*numbers, **deviating), f.OFFICER)
        state = self.round.state
        for item in self.applications(*PROPOSABLE):
            again = item.number in state.returned
            keeps = item.stage is Stage.CLEARED and item.number in numbers and not again
            if item.number not in state.numbers_on_hold and not keeps:
                self.app(item.number).carry(self.decision)
        self.finish_batch(len(numbers))

    def fill(self, *numbers: str, **deviations: str) -> None:
        """Fill places that fell empty with these of the reserve, and open their notice."""
        reasons = {key.strip("n"): f.ref(name) for key, name in deviations.items()}
        add = {number: f.ref("fill") for number in numbers}
        self.round.act(
            r.FillPlaces(proposal=self.round.state.proposal, add=add, deviations=reasons), f.OFFICER
        )
        open_ = [item for item in self.applications(*PROPOSABLE) if item.stage is not Stage.CLEARED]
        items = {item.application for item in self.round.state.items}
        left = [item for item in self.applications(Stage.CLEARED) if item.number not in items]
        held = self.round.state.numbers_on_hold
        self.carry_out(*(item.stream for item in (*open_, *left) if item.number not in held))

    def open_notice(self) -> None:
        """Open the public notice of the proposal and of each of its items."""
        self.round.act(r.OpenPublicNotice(proposal=self.round.state.proposal), f.OFFICER)
        self.carry_out(*(state.stream for state in self.applications(Stage.PROPOSED)))

    def judge(self, command: Frozen, person: str) -> None:
        """Take an act of the approval stage."""
        self.round.act(command, f.actor(person))

    def issue(self) -> None:
        """Issue the list and carry it out."""
        self.round.act(r.IssueList(proposal=self.round.state.proposal), f.OFFICER)
        open_ = self.applications(Stage.HELD, Stage.CLEARED, Stage.RESERVE)
        held = self.round.state.numbers_on_hold
        self.carry_out(*(state.stream for state in open_ if state.number not in held))

    def finish_batch(self, touched: int) -> None:
        """Report the present batch as carried out."""
        self.report(r.ReportBatch(batch=self.round.state.batch, touched=touched))

    def report(self, command: Frozen) -> None:
        """Report what the engine found by long work."""
        state = self.round.state
        self.round.act(command, SYSTEM, command_id=f"report/{state.batch}/{state.begun}")

    def store(self, name: str, body: bytes) -> Ref:
        """Store a content under a salt made of its name."""
        self.contents[name] = body
        return Ref(id=name, sha256=sha256(salt_of(name) + body).hexdigest())


def salt_of(name: str) -> bytes:
    """The salt of a content: made of its name, so that every run stores the same."""
    return sha256(name.encode()).digest()[:16]
