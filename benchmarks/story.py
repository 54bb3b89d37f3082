"""One application's whole record, made by the core alone: leaves to append, and the state in each stage."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.acts import acts_of
from benchmarks.rounds import HOST, SURVEYORS
from selection.actor import SYSTEM, Actor
from selection.aggregate import Context, Event, leaf_of
from selection.application.decide import APPLICATION
from selection.application.state import ApplicationState
from selection.facts import Facts, PersonFact
from selection.leaf import Leaf
from selection.terms import Terms

PACE = timedelta(milliseconds=1)


@dataclass
class Story:
    """What became of one application; `states` holds the last state in each stage."""

    state: ApplicationState
    leaves: list[Leaf] = field(default_factory=list)
    states: dict[str, ApplicationState] = field(default_factory=dict)

    def add(self, events: tuple[Event, ...], actor: Actor, at: datetime, command_id: str) -> None:
        """Add events that happened at one instant."""
        for event in events:
            leaf = leaf_of(event, state=self.state, offset=1, actor=actor, at=at, command_id=command_id)
            self.state = APPLICATION.evolve(self.state, leaf)
            self.leaves.append(leaf)
            self.states[self.state.stage.value] = self.state


def tell(stream: str, n: int, terms: Terms, begins: datetime) -> Story:
    """Take the n-th application through its 27 acts and two deadlines."""
    story, now = Story(APPLICATION.initial(stream)), begins
    facts = Facts(terms=terms, people=_people())
    for acts in acts_of(stream, n).values():
        due = APPLICATION.due(story.state, facts)
        if due is not None:
            now = due.at
            events = APPLICATION.settle(story.state, due, facts)
            story.add(events, SYSTEM, due.deadline, f"deadline/{due.name}/{story.state.version}")
        for act in acts:
            now += PACE
            envelope = act.envelope
            context = Context(envelope.actor, now, envelope.command_id, facts)
            command = APPLICATION.parse(envelope.command)
            events = APPLICATION.decide(story.state, command, context)
            story.add(events, envelope.actor, now, envelope.command_id)
    return story


def _people() -> dict[str, PersonFact]:
    people = {"applicant-1": PersonFact(person="applicant-1", roles={"applicant": ()}, employer=HOST)}
    for person in SURVEYORS:
        people[person] = PersonFact(person=person, roles={"surveyor": ()}, employer="S-0001")
    return people
