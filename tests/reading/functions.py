"""Every function of the read service, as one person calls it, and what the table says of what comes back."""

import inspect
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from weakref import WeakKeyDictionary

from pydantic import BaseModel

from ledger.errors import LedgerError
from ledger.log.tasks import RoundTasksAsked, TasksAsked
from ledger.record import Ledger
from reading.access.authentication import Entrance, LocalAssertion
from reading.access.subject import Subject
from reading.errors import Hidden, ReadFailed
from reading.exports import RoundRecord
from reading.models import FilledForm
from reading.rehearsals import RehearsalResult
from reading.service import ReadService
from selection.application.commands import AppointChair, ReverseDecision
from selection.decision.facts import PersonFact
from selection.kernel.actor import Role
from selection.projections.rows import row_of
from selection.refusals.refused import Refused
from selection.register.commands import ErasePerson
from selection.register.state import INSTALLATION
from selection.round.commands import CancelRound
from selection.visibility.reading import list_readable, view_entry, visible_row
from selection.visibility.viewer import STAFF, Viewer, relation
from tests.reading.streams import (
    DRAWING,
    LETTER_HASH,
    MAIN,
    NOTICE_HASH,
    OPENED,
    STORIES,
    UNIT,
    everybody,
    seq_of,
)
from tests.selection.story import ROUND, RULES, Story, ref, version_of
from tests.selection.visibility.viewing import NAMES, strings

Call = Callable[[ReadService, Subject], Awaitable[Any]]

IDS = re.compile(rf"(?<![\w-])(?:{'|'.join(everybody())})(?![\w-])")
CANARY = re.compile(r"canary of ([\w-]+)")
IDENTITY = re.compile(r"(?:Nm|ml|Em)-[\w-]+")


async def first_look(reads: ReadService, subject: Subject) -> Any:
    looks = reads.rounds.watch(subject, ROUND, timedelta(0))
    return await anext(looks)


async def move_nothing(reads: ReadService, subject: Subject) -> Any:
    form = await reads.forms.get_form(subject, ROUND)
    filled = FilledForm(round_form=form, answers={})
    return (await reads.forms.move_answers(subject, ROUND, "application", filled, form.form.version)).answers


CALLS: dict[str, Call] = {
    "rounds.list_rounds": lambda reads, who: reads.rounds.list_rounds(who),
    "rounds.get": lambda reads, who: reads.rounds.get(who, ROUND),
    "rounds.get_words": lambda reads, who: reads.rounds.get_words(who, ROUND),
    "rounds.get_names": lambda reads, who: reads.rounds.get_names(who, ROUND),
    "rounds.list_holders": lambda reads, who: reads.rounds.list_holders(who, ROUND),
    "rounds.list_entries": lambda reads, who: reads.rounds.list_entries(who, ROUND),
    "rounds.get_standings": lambda reads, who: reads.rounds.get_standings(who, ROUND),
    "rounds.get_progress": lambda reads, who: reads.rounds.get_progress(who, ROUND),
    "rounds.find_last_rules": lambda reads, who: reads.rounds.find_last_rules(who, "another-1"),
    "rounds.watch": first_look,
    "applications.list_of_round": lambda reads, who: reads.applications.list_of_round(who, ROUND),
    "applications.get": lambda reads, who: reads.applications.get(who, MAIN.stream),
    "applications.get_revision": lambda reads, who: reads.applications.get_revision(who, MAIN.stream),
    "applications.get_standings": lambda reads, who: reads.applications.get_standings(who, MAIN.stream),
    "applications.list_timeline": lambda reads, who: reads.applications.list_timeline(who, MAIN.stream),
    "tasks.list_open": lambda reads, who: reads.tasks.list_open(who),
    "tasks.list_page": lambda reads, who: reads.tasks.list_page(who, TasksAsked(limit=25)),
    "desks.list_waiting": lambda reads, who: reads.desks.list_waiting(who, ROUND, RoundTasksAsked(limit=25)),
    "tasks.list_open of everybody": lambda reads, who: reads.tasks.list_open(who, everybody=True),
    "rounds.list_draws": lambda reads, who: reads.rounds.list_draws(who, ROUND),
    "rounds.find_committing_post": lambda reads, who: reads.rounds.find_committing_post(who, ROUND),
    "rounds.list_amendable": lambda reads, who: reads.rounds.list_amendable(who, ROUND),
    "rounds.find_waiting_amendment": lambda reads, who: reads.rounds.find_waiting_amendment(who, ROUND),
    "rounds.list_issues": lambda reads, who: reads.rounds.list_issues(who, ROUND),
    "applications.get_checked_form": lambda reads, who: reads.applications.get_checked_form(who, MAIN.stream),
    "forms.find_form": lambda reads, who: reads.forms.find_form(who, ROUND, "review"),
    "forms.get_form": lambda reads, who: reads.forms.get_form(who, ROUND),
    "forms.get_form of a version": lambda reads, who: reads.forms.get_form(
        who, ROUND, version=version_of("application")
    ),
    "forms.get_next_form": lambda reads, who: reads.forms.get_next_form(who, MAIN.stream),
    "forms.move_answers": move_nothing,
    "forms.get_answers": lambda reads, who: reads.forms.get_answers(who, MAIN.stream),
    "forms.get_answers of a version": lambda reads, who: reads.forms.get_answers(who, MAIN.stream, 1),
    "contents.get the form": lambda reads, who: reads.contents.get(who, "form-3", of=MAIN.stream),
    "contents.get a review": lambda reads, who: reads.contents.get(who, "judged-expert-2", of=MAIN.stream),
    "contents.get a report": lambda reads, who: reads.contents.get(who, "report-text", of=MAIN.stream),
    "contents.list_texts": lambda reads, who: reads.contents.list_texts(
        who, ["judged-expert-2"], of=MAIN.stream
    ),
    "contents.get of another stream": lambda reads, who: reads.contents.get(
        who, "form-3", of=f"round/{ROUND}"
    ),
    "contents.get of none": lambda reads, who: reads.contents.get(who, "form-3"),
    "contents.get_own_card": lambda reads, who: reads.contents.get_own_card(who, "review-expert-2"),
    "contents.list_own_cards": lambda reads, who: reads.contents.list_own_cards(who, ["review-expert-2"]),
    "contents.list_own_texts": lambda reads, who: reads.contents.list_own_texts(who, ["review-expert-2"]),
    "receipts.get": lambda reads, who: reads.receipts.get(who, f"{MAIN.stream}/c-0"),
    "receipts.list_own": lambda reads, who: reads.receipts.list_own(who, f"{MAIN.stream}/c-0"),
    "receipts.list_acts": lambda reads, who: reads.receipts.list_acts(who, 1000),
    "receipts.check_place": lambda reads, who: reads.receipts.check_place(
        who, MAIN.stream, seq_of(MAIN.steps[0].leaf), "00" * 32
    ),
    "receipts.prove": lambda reads, who: reads.receipts.prove(who, f"{MAIN.stream}/c-0"),
    "letters.list_waiting": lambda reads, who: reads.letters.list_waiting(who, ROUND),
    "letters.list_to_settle": lambda reads, who: reads.letters.list_to_settle(
        who, [1], resend=True, repeated=False
    ),
    "receipts.list_answers": lambda reads, who: reads.receipts.list_answers(who, [f"{MAIN.stream}/c-0"]),
    "checks.list_waiting": lambda reads, who: reads.checks.list_waiting(who, ROUND),
    "checks.find_near": lambda reads, who: reads.checks.find_near(who, MAIN.stream),
    "checks.list_similar": lambda reads, who: reads.checks.list_similar(who, ROUND, "0001"),
    "lists.get_board": lambda reads, who: reads.lists.get_board(who, ROUND, "bj"),
    "lists.get_own": lambda reads, who: reads.lists.get_own(who, ROUND, "prov-bj"),
    "papers.list_overtaken": lambda reads, who: reads.papers.list_overtaken(who, ROUND),
    "papers.find": lambda reads, who: reads.papers.find(who, ROUND, LETTER_HASH),
    "papers.find what is public": lambda reads, who: reads.papers.find(who, ROUND, NOTICE_HASH),
    "register.list_people": lambda reads, who: reads.register.list_people(who),
    "register.list_keys": lambda reads, who: reads.register.list_keys(who),
    "register.list_keys of oneself": lambda reads, who: reads.register.list_keys(who, who.person),
    "register.list_own_ties": lambda reads, who: reads.register.list_own_ties(who),
    "register.get_own_identity": lambda reads, who: reads.register.get_own_identity(who),
    "register.call_people": lambda reads, who: reads.register.call_people(who, MAIN.stream, everybody()),
    "register.call_people of a round": lambda reads, who: reads.register.call_people(
        who, f"round/{ROUND}", everybody()
    ),
    "register.call_people of the installation": lambda reads, who: reads.register.call_people(
        who, INSTALLATION, everybody()
    ),
    "register.list_serving": lambda reads, who: reads.register.list_serving(who, MAIN.stream, "surveyor"),
    "register.list_awaiting_names": lambda reads, who: reads.register.list_awaiting_names(
        who, {"expert-3": "0" * 64}
    ),
    "register.plan_erasure": lambda reads, who: reads.register.plan_erasure(who, "expert-3"),
    "units.list_units": lambda reads, who: reads.units.list_units(who),
    "units.find": lambda reads, who: reads.units.find(who, [UNIT]),
    "units.get": lambda reads, who: reads.units.get(who, UNIT),
    "exports.open": lambda reads, who: reads.exports.open(who, ROUND, redacted=False),
    "exports.open redacted": lambda reads, who: reads.exports.open(who, ROUND, redacted=True),
    "exports.prepare_archiving": lambda reads, who: reads.exports.prepare_archiving(who, ROUND),
    "rehearsals.rehearse": lambda reads, who: reads.rehearsals.rehearse(
        who, OPENED, CancelRound(reason=ref("why")), Role.OFFICER, "try-1"
    ),
    "rehearsals.find_refusals": lambda reads, who: reads.rehearsals.find_refusals(
        who, ROUND, [(MAIN.stream, AppointChair(chair="expert-3", reason=ref("why")), "try-4")], Role.OFFICER
    ),
    "rehearsals.foresee_reversal": lambda reads, who: reads.rehearsals.foresee_reversal(
        who,
        f"application/{DRAWING}/0001",
        ReverseDecision(decision="check", text=ref("why")),
        Role.OFFICER,
        "try-6",
    ),
    "rehearsals.find_register_refusal": lambda reads, who: reads.rehearsals.find_register_refusal(
        who, ErasePerson(person="expert-3"), Role.ADMIN, "try-5"
    ),
    "applications.list_numbered": lambda reads, who: reads.applications.list_numbered(who, ROUND, "row."),
    "rehearsals.find_targets": lambda reads, who: reads.rehearsals.find_targets(
        who, OPENED, CancelRound(reason=ref("why")), Role.OFFICER, "try-2"
    ),
    "rehearsals.measure_draw": lambda reads, who: reads.rehearsals.measure_draw(who, DRAWING, "d", "try-3"),
    "boards.rank_scored": lambda reads, who: reads.boards.rank_scored(who, ROUND),
    "boards.rank_appraised": lambda reads, who: reads.boards.rank_appraised(who, ROUND),
    "boards.find_earlier": lambda reads, who: reads.boards.find_earlier(who, OPENED),
    "cases.get": lambda reads, who: reads.cases.get(who, ROUND),
    "desks.get": lambda reads, who: reads.desks.get(who, ROUND),
    "desks.list_late": lambda reads, who: reads.desks.list_late(who, ROUND),
    "desks.list_overseen": lambda reads, who: reads.desks.list_overseen(who),
    "noted.list_of_round": lambda reads, who: reads.noted.list_of_round(who, ROUND),
    "noted.list_of_installation": lambda reads, who: reads.noted.list_of_installation(who),
    "public.list_open_logs": lambda reads, who: reads.public.list_open_logs(),
    "public.list_published": lambda reads, who: reads.public.list_published(ROUND),
    "public.get_published": lambda reads, who: reads.public.get_published(MAIN.stream),
    "public.get_published of what is not": lambda reads, who: reads.public.get_published(
        f"application/{ROUND}/0008"
    ),
    "contents.get what is public": lambda reads, who: reads.contents.get(who, "public-3", of=MAIN.stream),
    "contents.get what was not published": lambda reads, who: reads.contents.get(
        who, "public-1", of=MAIN.stream
    ),
    "public.list_checkpoints": lambda reads, who: reads.public.list_checkpoints(limit=9),
    "public.get_checkpoint": lambda reads, who: reads.public.get_checkpoint(ROUND),
    "public.list_stamps": lambda reads, who: reads.public.list_stamps(ROUND, 1),
    "public.list_erased": lambda reads, who: reads.public.list_erased(),
    "public.is_unclaimed": lambda reads, who: reads.public.is_unclaimed(),
    "public.list_rounds": lambda reads, who: reads.public.list_rounds(),
    "public.get_round": lambda reads, who: reads.public.get_round(ROUND),
    "public.get_objecting": lambda reads, who: reads.public.get_objecting(ROUND),
    "public.list_noticed": lambda reads, who: reads.public.list_noticed(ROUND),
    "public.list_moves": lambda reads, who: reads.public.list_moves(ROUND),
}
"""Name of a part and its function, with a word more where it is called in several ways -> the call."""

OWN = {
    *("lists.get_own", "lists.get_board"),
    *("rounds.get_standings", "applications.get_standings", "tasks.list_open", "tasks.list_page"),
    *("register.get_own_identity", "register.list_own_ties"),
    "register.list_keys of oneself",
    *("applications.list_numbered", "contents.get_own_card"),
    *("contents.list_own_texts", "contents.list_own_cards"),
    *("contents.get of another stream", "contents.get of none", "receipts.list_own"),
    *("receipts.list_acts", "receipts.list_answers"),
    "desks.list_overseen",
}
"""What tells a person of nothing but their own."""
OPEN = {name for name in CALLS if name.startswith("public.")}
OPEN |= {
    *("units.list_units", "units.find", "units.get"),
    "papers.find what is public",
    "contents.get what is public",
    "rounds.list_draws",
    "rounds.find_committing_post",
    "rounds.list_issues",
    "rounds.list_amendable",
    # Of this record's amendments none waits any more.
    "rounds.find_waiting_amendment",
    "boards.find_earlier",
    "rounds.get_words",
    "rounds.get_names",
    "forms.find_form",
    "forms.get_form",
    "forms.get_form of a version",
    "forms.get_next_form",
    "forms.move_answers",
}
"""What tells everybody the same."""


def functions_of(reads: ReadService) -> set[str]:
    """Every public function of every part of the service."""
    return {
        f"{part}.{name}"
        for part, reader in vars(reads).items()
        for name, _ in inspect.getmembers(reader, callable)
        if not name.startswith("_")
    }


async def as_person(ledger: Ledger, person: str) -> Subject:
    claim = LocalAssertion(person=person, session=f"session of {person}")
    return await Entrance(ledger.people, ledger.keys).admit(claim)


def list_otherwise(who: Subject) -> list[Subject]:
    """Return the same person as other registers would have them: what is kept of one is not for another."""
    return [
        who.with_(fact=who.fact.with_(roles={}, employer="")),
        who.with_(fact=who.fact.with_(roles={Role.RECOMMENDER: ("prov-bj",)})),
        who.with_(fact=who.fact.with_(roles={Role.APPLICANT: ()}, employer="99SYNTHUNIT")),
        who.with_(fact=who.fact.with_(active=False)),
    ]


SERVICES: WeakKeyDictionary[Ledger, ReadService] = WeakKeyDictionary()
"""One for each ledger, as a process has it: what it remembers is another one's next answer."""


async def call(ledger: Ledger, name: str, who: Subject) -> Any:
    """What somebody gets, as JSON values, or None where there is nothing for them."""
    reads = SERVICES.setdefault(ledger, ReadService(ledger))
    try:
        found = await CALLS[name](reads, who)
    except (Hidden, ReadFailed, Refused, LedgerError):
        return None
    return plain(found)


def plain(value: Any) -> Any:
    match value:
        case BaseModel():
            return value.model_dump(exclude_unset=True)
        case tuple() | list():
            return [plain(item) for item in value]
        case frozenset():
            return sorted(map(str, value))
        case RoundRecord():
            return [value.round, value.redacted]
        case RehearsalResult():
            return [plain(event) for event in value.events]
    return value


def viewer_of(told: Story, person: str, units: dict[str, tuple[str, ...]]) -> Viewer:
    return relation(told.state, person, PersonFact(person=person, roles=units), RULES)


def list_allowed(person: str, units: dict[str, tuple[str, ...]]) -> tuple[set[str], set[str]]:
    """The people and the contents that the table shows to a person anywhere in the round."""
    people: set[str] = {person}
    contents: set[str] = set()
    for told in STORIES:
        viewer = viewer_of(told, person, units)
        shown = [view for leaf in told.leaves if (view := view_entry(leaf, viewer, told.state)) is not None]
        people |= {found for text in strings(shown) for found in IDS.findall(text)}
        contents |= list_readable(told.leaves, viewer, told.state)
        if not viewer.standings.isdisjoint(STAFF):
            people |= set(everybody())
    return people, contents


def list_allowed_names(person: str, units: dict[str, tuple[str, ...]]) -> set[str]:
    """The names of centres and host units that the table shows to a person, in rows or in entries."""
    found: set[str] = set()
    for told in STORIES:
        viewer = viewer_of(told, person, units)
        shown = (view_entry(leaf, viewer, told.state) for leaf in told.leaves)
        found |= {*strings([visible_row(row_of(told.state), viewer), *shown])}
    return NAMES & found


def names_in(text: str) -> set[str]:
    """The names of centres and host units in a text."""
    return {name for name in NAMES if name in text}
