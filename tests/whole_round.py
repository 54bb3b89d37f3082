"""A whole round in memory: desks of all streams side by side, their leaves in one log, facts from their states.

What an installation does with a database and Temporal, in milliseconds: for proofs, which need a whole log.
"""

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from audit.bundle_writer import BundleWriter
from audit.layout import RULES, KeptContent, content_of, entries_of
from ledger.facts import seating_of
from selection.actor import SYSTEM
from selection.aggregate import Frame
from selection.canonical import canonical_bytes
from selection.decisions import Cited, Decision
from selection.drawing_pool import draw_inputs
from selection.facts import Facts, PersonFact, Seating
from selection.leaf import Leaf
from selection.model import Frozen, Ref
from selection.panel import Drawn, draw_key, draw_panels
from selection.ranking import contender_of, ranked_candidates
from selection.recommendation.commands import Recommend
from selection.round import commands as r
from selection.round_rules import RoundRules
from selection.stages import Stage
from selection.streams import application_stream, recommender_stream, round_stream
from selection.terms import terms_of
from selection.views import candidate_of
from tests import factories as f
from tests.desk import Desk
from tests.paths import cited

Plain = dict[str, Callable[[str], Frozen]]


class LoggedDesk(Desk):
    """A desk whose leaves also go into the round's log, and whose facts are read off the other desks."""

    def __init__(self, stream: str, made: "WholeRound") -> None:
        super().__init__(stream, Facts(), made.now)
        self._made = made

    def frame(self) -> Frame:
        """What was seen of the installation's log."""
        return Frame(recorded=self.now, register_size=len(self._made.installation))

    def keep(self, leaves: list[Leaf]) -> None:
        """Keep, and append to the log."""
        super().keep(leaves)
        self._made.log += leaves

    def cited(self, decision: Decision) -> Cited:
        """Return what the other desks hold of a decision."""
        return cited(self._made.desks[decision.stream], decision.version)


class WholeRound:
    """The streams of one round. Acts are taken at `now`; `wait` lets deadlines pass everywhere."""

    def __init__(self, rules: RoundRules, people: Iterable[PersonFact]) -> None:
        self.rules = rules
        self.people = {item.person: item for item in people}
        self.now = f.OPENED
        self.log: list[Leaf] = []
        self.installation: list[Leaf] = []
        for fact in self.people.values():
            self._note("person.registered.v1", f.OPENED - timedelta(days=1), _told_of(fact))
        self.desks: dict[str, LoggedDesk] = {}
        self.contents: dict[str, bytes] = {}
        self.stored: dict[str, datetime] = {}
        self._seatings: dict[str, Seating] = {}
        self._terms = terms_of(rules)
        self.round.act(f.open_round(rules), f.OFFICER)

    @property
    def round(self) -> LoggedDesk:
        """The round's desk, told what the record knows."""
        return self.desk(round_stream(f.ROUND))

    def registered(self) -> list[Leaf]:
        """The installation's log: everyone who was registered or erased."""
        return list(self.installation)

    def register(self, fact: PersonFact, at: datetime | None = None) -> None:
        """Register a person, or register them anew, dated now unless another instant is given."""
        self.people[fact.person] = fact
        self._note("person.registered.v1", at or self.now, _told_of(fact))

    def erase(self, person: str, at: datetime | None = None) -> None:
        """Erase a person, likewise."""
        self.people[person] = self.people[person].with_(active=False)
        erased = {"person": person, "contents": [], "forced": True}
        self._note("person.erased.v1", at or self.now, erased)

    def _note(self, type_: str, at: datetime, data: dict[str, Any]) -> None:
        version = len(self.installation) + 1
        self.installation.append(
            Leaf(
                type=type_,
                stream="installation",
                version=version,
                actor=f.actor("admin-1"),
                at=at,
                recorded=at,
                register_size=version - 1,
                rules="",
                data={**data, "command_id": f"people-{version}"},
            )
        )

    def app(self, number: str) -> LoggedDesk:
        """An application's desk."""
        return self.desk(application_stream(f.ROUND, number))

    def desk(self, stream: str) -> LoggedDesk:
        """The desk of a stream at the present time, told what the record knows."""
        desk = self.desks.setdefault(stream, LoggedDesk(stream, self))
        desk.now = self.now
        opened = self.desks[round_stream(f.ROUND)].state
        known = opened.sealed is not None
        desk.world = Facts(
            people=self.people,
            stored=self.stored,
            terms=self._terms if known else None,
            deadlines=opened.deadlines,
            counts=self._counts(stream),
            seatings=self._seatings,
        )
        return desk

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
        self.app(number).carry(last(listed))

    def carry_out(self, streams: Iterable[str]) -> None:
        """Carry the round's present decision out on these, and report it as done."""
        decision, touched = Decision(stream=self.round.state.stream, version=self.round.state.begun), 0
        for stream in streams:
            self.desk(stream).carry(decision)
            touched += 1
        self._report(r.ReportBatch(batch=self.round.state.batch, touched=touched))

    def _report(self, command: Frozen) -> None:
        """Put on the record what the engine found by long work."""
        state = self.round.state
        self.round.act(command, SYSTEM, command_id=f"report/{state.batch}/{state.begun}")

    def look(self) -> None:
        """Let the round look at the record."""
        desk = self.round
        items = (*desk.state.items, *desk.state.held)
        streams = {application_stream(f.ROUND, item.application) for item in items}
        found = [candidate_of(state) for state in self.applications() if state.stream in streams]
        desk.world = desk.world.model_copy(update={"candidates": tuple(found)})
        assert desk.look(), f"the round stays in {desk.state.stage}"

    def draw(self, name: str, pause: timedelta = timedelta()) -> None:
        """Commit, after a pause open and compute a draw, and seat its panels, if there are any."""
        eligible, reviewed = self.applications(Stage.ELIGIBLE), self.applications(Stage.REVIEW)
        inputs = draw_inputs(self.rules, eligible, reviewed, self.people.values())
        ref = self.store(f"draw-inputs-{name}", canonical_bytes(inputs))
        told = {
            "inputs": asdict(ref),
            "applications": len(inputs.applications),
            "experts": len(inputs.experts),
        }
        desk = self.round
        desk.world = desk.world.model_copy(update={"draw": told})
        desk.act(r.CommitDraw(draw=name, commitment=f.COMMITMENT), f.OFFICER)
        self.now += pause
        words = f"7 12 33 {name}"
        self.round.act(r.OpenDraw(draw=name, secret=f.SECRET, randomness=words, source="lottery"), f.OFFICER)
        key = draw_key(bytes.fromhex(f.SECRET), words)
        drawn = draw_panels(inputs, key)
        if not isinstance(drawn, Drawn):
            self._report(r.ReportDraw(draw=name, clashing=(*drawn.limits, *drawn.applications)))
            return
        result = self.store(f"draw-result-{name}", canonical_bytes(drawn))
        self._report(r.ReportDraw(draw=name, result=result, total_cost=drawn.total_cost))
        streams = [item.stream for item in inputs.applications]
        seated = {stream: seating_of(stream, drawn, inputs, key) for stream in streams}
        self._seatings = {stream: found for stream, found in seated.items() if found}
        self.carry_out(streams)

    def fix_shortlist(self, add: dict[str, Ref], remove: dict[str, Ref]) -> None:
        """Fix the shortlist by rank, and carry it out."""
        contenders = {state.stream: contender_of(state) for state in self.applications(Stage.SCORED)}
        named = [application_stream(f.ROUND, number) for number in (*add, *remove)]
        desk = self.round
        candidates = ranked_candidates(contenders, self.rules, named)
        desk.world = desk.world.model_copy(update={"candidates": candidates})
        desk.act(r.FixShortlist(add=add, remove=remove), f.OFFICER)
        self.carry_out([state.stream for state in self.applications(Stage.SCORED)])

    def propose(self, *numbers: str, **deviations: str) -> None:
        """Propose these, best first, and carry it out on all that may be proposed."""
        desk = self.round
        stages = (Stage.APPRAISED, Stage.PROPOSED, Stage.CLEARED, Stage.RESERVE)
        open_ = [state for state in self.applications(*stages) if state.number not in desk.state.held_numbers]
        candidates = [candidate_of(state) for state in open_]
        desk.world = desk.world.model_copy(update={"candidates": tuple(candidates)})
        desk.act(f.propose(*numbers, **{key.strip("n"): name for key, name in deviations.items()}), f.OFFICER)
        again = desk.state.returned
        streams = [
            state.stream
            for state in open_
            if state.stage is not Stage.CLEARED or state.number not in numbers or state.number in again
        ]
        self.carry_out(streams)

    def open_notice(self) -> None:
        """Open the public notice of the proposal and of each of its items."""
        desk = self.round
        desk.act(r.OpenPublicNotice(proposal=desk.state.proposal), f.OFFICER)
        self.carry_out([state.stream for state in self.applications(Stage.PROPOSED)])

    def judge(self, command: Frozen, person: str) -> None:
        """Take an act of the approval stage, for which the record tells of the items."""
        desk = self.round
        items = {application_stream(f.ROUND, item.application) for item in desk.state.items}
        found = [candidate_of(state) for state in self.applications() if state.stream in items]
        desk.world = desk.world.model_copy(update={"candidates": tuple(found)})
        desk.act(command, f.actor(person))

    def issue(self) -> None:
        """Issue the list and carry it out."""
        desk = self.round
        desk.act(r.IssueList(proposal=desk.state.proposal), f.OFFICER)
        held = desk.state.held_numbers
        open_ = self.applications(Stage.CLEARED, Stage.RESERVE)
        self.carry_out([state.stream for state in open_ if state.number not in held])

    def cancel(self) -> None:
        """Cancel the round and carry it out."""
        self.round.act(r.CancelRound(reason=f.ref()), f.OFFICER)
        self.carry_out([state.stream for state in self.applications() if not state.ended and state.version])

    def store(self, name: str, body: bytes) -> Ref:
        """Store a content under a salt made of its name."""
        self.contents[name] = body
        return Ref(id=name, sha256=sha256(_salt(name) + body).hexdigest())

    def _counts(self, stream: str) -> dict[str, int]:
        if stream.startswith("recommender"):
            return {"quota": self.rules.quota_of(stream.rsplit("/", 1)[-1])}
        return dict(Counter(state.stage.value for state in self.applications()))


def last(desk: Desk) -> Decision:
    """The last entry of a desk as a decision that others carry out."""
    return Decision(stream=desk.state.stream, version=desk.state.version)


def bundled(
    path: Path,
    made: WholeRound,
    log: list[Leaf] | None = None,
    *,
    without: str = "",
    registered: bool = True,
) -> Path:
    """Write the bundle of a round, of another log in its place if one is given; leave out what is named."""
    with BundleWriter(path, engine="0", round_id=f.ROUND, redacted=False) as bundle:
        leaves = made.log if log is None else log
        bundle.add(entries_of(f.ROUND), (_line(leaf) for leaf in leaves))
        bundle.note_log(f.ROUND, len(leaves))
        if registered:
            people = made.registered()
            bundle.add(entries_of("installation"), (_line(leaf) for leaf in people))
            bundle.note_log("installation", len(people))
        bundle.add(RULES, [canonical_bytes(made.rules)])
        # As an export does: what was stored for an act that was refused stays behind.
        named = b"".join(_line(leaf) for leaf in made.log)
        for name, body in made.contents.items():
            if name != without and f'"{name}"'.encode() in named:
                bundle.add(content_of(name), [canonical_bytes(_kept(name, body))])
    return path


def _line(leaf: Leaf) -> bytes:
    # Thousands of rounds are bundled, and the library for canonical JSON is slow; a verifier sees that it is equal.
    told = leaf.model_dump(mode="json")
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _kept(name: str, body: bytes) -> KeptContent:
    salt = _salt(name)
    return KeptContent(
        id=name,
        sha256=sha256(salt + body).hexdigest(),
        salt=base64.b64encode(salt).decode(),
        media_type="application/json",
        content=base64.b64encode(body).decode(),
    )


def _salt(name: str) -> bytes:
    return sha256(name.encode()).digest()[:16]


def _told_of(fact: PersonFact) -> dict[str, Any]:
    return {**fact.model_dump(mode="json"), "language": "zh", "identity": "0" * 64}
