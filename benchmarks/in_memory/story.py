"""One application's whole record, made by the core alone: leaves to append, and the state in each stage."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.in_memory.facts import HERE
from benchmarks.rounds import OFFICER, SURVEYORS, experts
from benchmarks.shapes.acts import FIRST, acts_of
from benchmarks.texts import ANSWERS, COMMENT, STORED, TEXT
from selection.application.state import ApplicationState
from selection.decision.facts import ContentFact, Facts, PersonFact
from selection.decision.machine import Settle, Task, answer_from, decide
from selection.forms.handed_in import Fitting
from selection.kernel.leaf import Leaf
from selection.rules.terms import Terms
from selection.streams import APPLICATION

PACE = timedelta(milliseconds=1)


@dataclass
class Story:
    """What became of one application; `states` holds the last state in each stage."""

    state: ApplicationState
    leaves: list[Leaf] = field(default_factory=list)
    states: dict[str, ApplicationState] = field(default_factory=dict)

    def take(self, task: Task, at: datetime, facts: Facts) -> None:
        """Have the machine decide on a task. Raises Refused."""
        outcome = answer_from(decide(APPLICATION, self.state, task, at), lambda _: facts)
        if outcome.refused:
            raise outcome.refused
        self.state = outcome.state
        self.leaves += outcome.leaves
        self.states[self.state.stage.value] = self.state


def tell(stream: str, n: int, terms: Terms, begins: datetime) -> Story:
    """Take the n-th application through its 35 acts and two deadlines."""
    story, now = Story(APPLICATION.initial(stream)), begins
    people = _people()
    contents = {
        ref.id.replace("nobody", person): ContentFact(sha256=ref.sha256, kind="text", stored=STORED)
        for person in people
        for ref in (TEXT, COMMENT, ANSWERS)
    }
    facts = Facts(terms=terms, people=people, contents=contents, founded=HERE, fitting=Fitting())
    for acts in acts_of(stream, n, FIRST).values():
        due = APPLICATION.due(story.state, facts)
        if due is not None:
            now = due.at
            story.take(Settle(), now, facts)
        for act in acts:
            now += PACE
            story.take(act.task, now, facts)
    return story


def _people() -> dict[str, PersonFact]:
    applicant = FIRST.actor.person
    people = {applicant: PersonFact(person=applicant, roles={"applicant": ()}, employer=FIRST.host)}
    people[OFFICER.person] = PersonFact(person=OFFICER.person, roles={"officer": ()})
    for person, employer in experts().items():
        people[person] = PersonFact(person=person, roles={"expert": ()}, employer=employer)
    for person in SURVEYORS:
        people[person] = PersonFact(person=person, roles={"surveyor": ()}, employer="S-0001")
    return people
