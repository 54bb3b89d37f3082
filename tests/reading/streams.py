"""The streams of tests/selection/story.py on the record, with their people and contents."""

from datetime import timedelta
from functools import cache

from ledger.people.register import Identity, NewPerson
from ledger.record import Ledger
from selection.application import events as a
from selection.decision.aggregate import event_of
from selection.kernel.actor import SYSTEM, Role
from selection.kernel.canonical import canonical_bytes
from selection.kernel.leaf import Leaf
from selection.kernel.model import Ref
from selection.kernel.references import references_in
from selection.register.commands import RecordPapers
from selection.register.sent_papers import SentPaper, SentPapers
from selection.register.unit_commands import RegisterUnits, UnitEntry
from selection.streams import log_of
from tests.ledger.test_exporting import sign
from tests.registering import act_on_register, register
from tests.selection import round_stories, story
from tests.selection.short_stories import short_applications
from tests.selection.story import Story

MAIN = story.application_listed()


def under_review() -> Story:
    """An application whose panel has been asked."""
    told = Story(f"application/{story.ROUND}/0008").tell(story.AGENT, story.make_application_submitted(1))
    told.tell(SYSTEM, story.make_recommendation(1), a.CheckOpened(deadline=story.UNTIL))
    told.tell(story.OFFICER, a.CheckPassed(rulings=(), text=story.ref("check-text-8")))
    return told.tell(SYSTEM, story.make_panel_seated().model_copy(update={"revision": 1}))


def start_round(round_id: str, stage: str) -> Story:
    """Another round, as far as the first one was when it came to a stage, and its call was open."""
    told = Story(f"round/{round_id}")
    for step in round_stories.round_story().steps:
        told.tell(step.leaf.actor, event_of(step.leaf))
        if told.state.stage == stage and told.state.awaits_call is None:
            break
    return told


OPENED, DRAWING = "opened-1", "drawing-1"


def eligible() -> Story:
    """An application that waits for a panel."""
    told = Story(f"application/{DRAWING}/0001")
    told.tell(story.AGENT, story.make_application_submitted(1).model_copy(update={"round": DRAWING}))
    told.tell(SYSTEM, story.make_recommendation(1), a.CheckOpened(deadline=story.UNTIL))
    return told.tell(story.OFFICER, a.CheckPassed(rulings=()))


STORIES = [
    MAIN,
    under_review(),
    start_round(OPENED, "call"),
    start_round(DRAWING, "drawing"),
    eligible(),
    *short_applications(),
    story.list_story(),
    round_stories.round_story(),
]
STRANGER = "stranger-1"
UNIT = "99SYNTHUNIT"
LETTER_HASH, NOTICE_HASH = "a" * 64, "b" * 64
"""Of papers that left: a letter to the applicant of the main story, and the notice."""
UNITS: dict[str, dict[Role, tuple[str, ...]]] = {
    "recommender-1": {Role.RECOMMENDER: ("prov-bj",)},
    "recommender-2": {Role.RECOMMENDER: ("prov-sh",)},
    "admin-1": {Role.ADMIN: ()},
    "auditor-1": {Role.AUDITOR: ()},
    **{f"expert-{number}": {Role.EXPERT: ()} for number in range(1, 11)},
}


@cache
def everybody() -> tuple[str, ...]:
    """Everyone who has a part in the round, and somebody who has none."""
    staff = story.RULES.staff
    posts = {*staff.officers, *staff.supervisors, *staff.auditors, *staff.admins}
    levels = {person for level in story.RULES.approval for person in level.approvers}
    experts = {f"expert-{number}" for number in range(1, 11)}
    parties = {"agent-1", "recommender-1", "recommender-2", "objector-1", "surveyor-1", "examiner-1"}
    acting = {step.leaf.actor.person for told in STORIES for step in told.steps} - {"system"}
    return tuple(sorted(posts | levels | experts | parties | acting | {STRANGER}))


ANSWERED = {
    "form": "form",
    "public": "direction",
    "review": "positioning_comment",
    "corrected": "positioning_comment",
    "judged": "positioning_note",
    "opinion": "opinion_note",
}
"""The field of a form in which what is called so answers; all else is text."""


async def tell(ledger: Ledger) -> None:
    """Register everybody, store what is referred to, record every stream in the order of its times, and sign it.

    One letter is refused.
    """
    people = [make_person(name) for name in everybody()]
    await register(ledger, people)
    units = RegisterUnits(units=(UnitEntry(code=UNIT, name_zh="单位"),))
    await act_on_register(ledger, units, command_id="units")
    await store_contents(ledger, LEAVES)
    for leaf in LEAVES:
        await ledger.record.append(log_of(leaf.stream), leaf.stream, [leaf])
    await _let_a_letter_leave(ledger)
    await sign(ledger, story.ROUND)
    for letter in await ledger.outbox.claim(100, timedelta(seconds=30)):
        if letter.id == REFUSED_LETTER:
            assert await ledger.outbox.mark_refused(letter, "the mail server answered 550")


async def store_contents(ledger: Ledger, leaves: list[Leaf]) -> None:
    """Store what leaves refer to, each by who first did."""
    for content, author in _list_authors(leaves).items():
        canary = f"canary of {content}"
        field = ANSWERED.get(content.partition("-")[0])
        body = canonical_bytes({field: canary}) if field else canary.encode()
        await ledger.contents.put(content, body, kind="text", media_type="text/plain", stored_by=author)


async def _let_a_letter_leave(ledger: Ledger) -> None:
    number = MAIN.stream.rsplit("/", 1)[-1]
    letter = SentPaper(kind="letter", application=number, language="both", sha256=LETTER_HASH)
    notice = SentPaper(kind="notice", language="both", sha256=NOTICE_HASH)
    body = SentPapers(papers=(letter, notice)).text().encode()
    card = await ledger.contents.put(
        "papers-1", body, kind="text", media_type="text/plain", stored_by="officer-1"
    )
    papers = Ref(id=card.id, sha256=card.sha256)
    await act_on_register(ledger, RecordPapers(round=story.ROUND, papers=papers), story.OFFICER, "papers")


def make_person(name: str) -> NewPerson:
    """Somebody of the story, by whose name a leak would tell."""
    identity = Identity(name=f"Nm-{name}", mail=f"ml-{name}@canary.example", employer_name=f"Em-{name}")
    return NewPerson(person=name, roles=UNITS.get(name, {}), employer=f"employer-{name}", identity=identity)


def _list_authors(leaves: list[Leaf]) -> dict[str, str]:
    """Who stored each content: who first referred to it."""
    found: dict[str, str] = {}
    for leaf in leaves:
        for content in references_in(leaf.data):
            found.setdefault(content, leaf.actor.person)
    return found


LEAVES = sorted((step.leaf for told in STORIES for step in told.steps), key=lambda leaf: leaf.recorded)
AUTHORS = _list_authors(LEAVES)
REFUSED_LETTER = 1


def seq_of(leaf: Leaf) -> int:
    """Return the place of a leaf in the log of its round."""
    return [item for item in LEAVES if log_of(item.stream) == log_of(leaf.stream)].index(leaf)
