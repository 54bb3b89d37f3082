"""The streams of tests/selection/story.py on the record, with their people and contents."""

from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from selection.application import events as a
from selection.kernel.actor import SYSTEM, Role
from selection.kernel.leaf import Leaf
from selection.kernel.references import references_in
from selection.streams import log_of
from tests.registering import register
from tests.selection import story
from tests.selection.story import Story

MAIN = story.application_listed()


def under_review() -> Story:
    """An application whose panel has been asked."""
    told = Story(f"application/{story.ROUND}/0008").tell(story.AGENT, story.submitted(1))
    told.tell(SYSTEM, story.taken(1), a.CheckOpened(deadline=story.UNTIL))
    told.tell(story.OFFICER, a.CheckPassed(rulings=(), text=story.ref("check-text-8")))
    return told.tell(SYSTEM, story.seated().model_copy(update={"revision": 1}))


STORIES = [MAIN, under_review(), *story.short_applications(), story.list_story(), story.round_story()]
STRANGER = "stranger-1"
UNITS: dict[str, dict[Role, tuple[str, ...]]] = {
    "recommender-1": {Role.RECOMMENDER: ("prov-bj",)},
    "recommender-2": {Role.RECOMMENDER: ("prov-sh",)},
    "admin-1": {Role.ADMIN: ()},
    "auditor-1": {Role.AUDITOR: ()},
}


def everybody() -> list[str]:
    """Everyone who has a part in the round, and somebody who has none."""
    staff = story.RULES.staff
    posts = {*staff.officers, *staff.supervisors, *staff.auditors, *staff.admins}
    levels = {person for level in story.RULES.approval for person in level.approvers}
    experts = {f"expert-{number}" for number in range(1, 11)}
    parties = {"agent-1", "recommender-1", "recommender-2", "objector-1", "surveyor-1", "examiner-1"}
    acting = {step.leaf.actor.person for told in STORIES for step in told.steps} - {"system"}
    return sorted(posts | levels | experts | parties | acting | {STRANGER})


async def tell(ledger: Ledger) -> None:
    """Register everybody, store what is referred to, and record every stream in the order of its times."""
    people = [_person(name) for name in everybody()]
    await register(ledger, people)
    leaves = sorted((step.leaf for told in STORIES for step in told.steps), key=lambda leaf: leaf.recorded)
    for content, author in _authors(leaves).items():
        body = f"canary of {content}".encode()
        await ledger.contents.put(content, body, kind="text", media_type="text/plain", stored_by=author)
    for leaf in leaves:
        await ledger.record.append(log_of(leaf.stream), leaf.stream, [leaf])


def _person(name: str) -> NewPerson:
    identity = Identity(name=f"Nm-{name}", mail=f"ml-{name}@canary.example", employer_name=f"Em-{name}")
    return NewPerson(person=name, roles=UNITS.get(name, {}), employer=f"employer-{name}", identity=identity)


def _authors(leaves: list[Leaf]) -> dict[str, str]:
    """Who stored each content: who first referred to it; what the engine names stands for nobody's."""
    found: dict[str, str] = {}
    for leaf in leaves:
        for content in references_in(leaf.data):
            found.setdefault(content, leaf.actor.person)
    return found
