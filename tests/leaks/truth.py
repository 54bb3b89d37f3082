"""Who may know what of a round, said again and by hand, from what the record holds.

Written against docs/rules.md, "Secrecy", and not against the visibility table: it is what the table is held to.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ledger.log.receipts import Entry
from ledger.record import Ledger
from selection.application.state import ApplicationState
from selection.kernel.actor import Role
from selection.streams import APPLICATION
from tests.leaks.acting import ROUND
from tests.leaks.canaries import CONTENT, mark_example

RULES = mark_example().rules
STAFF = {*RULES.staff.officers, *RULES.staff.supervisors, *RULES.staff.auditors}
APPROVERS = {person for level in RULES.approval for person in level.approvers}
PEOPLE = {item.person: item for item in mark_example().people}
WORD = re.compile(r"[\w-]+")

READERS = "agent unit reviewer chair surveyor examiner approver"
MAY_READ = {
    "submission.form": f"{READERS} co-builder",
    "submission.public": f"{READERS} co-builder",
    **{f"{event}.v1 public": "everyone" for event in ("notice.opened", "application.listed")},
    "submission.personal": READERS,
    "submission.evidence": READERS,
    "submission.agreement": f"{READERS} co-builder",
    "submission.seals": "agent unit approver",
    "submission.pledge": "agent unit approver",
    "application.withdrawn.v1 reason": "agent",
    "application.sent-back.v1 text": "agent co-builder unit",
    "application.check-failed.v1 text": "agent co-builder unit",
    "application.check-passed.v1 text": "approver",
    "application.shortlisted.v1 reason": "approver",
    "application.not-reviewed.v1 reason": "agent co-builder unit approver",
    "application.not-shortlisted.v1 reason": "agent co-builder",
    "review.submitted.v1 form.told": "scored:chair counted:agent",
    "review.submitted.v1 form.answers": "scored:chair",
    "review.corrected.v1 form.told": "counted:agent",
    **{
        f"survey.reported.v1 form.{part}": "surveyor chair examiner approver"
        for part in ("answers", "personal")
    },
    "appraisal.recorded.v1 form.answers": "chair approver",
    **{f"objection.raised.v1 form.{part}": "objection" for part in ("answers", "personal")},
    "survey.reported.v1 findings": "surveyor chair examiner approver",
    "survey.reported.v1 photos": "surveyor chair examiner approver",
    "appraisal.opened.v1 reason": "reviewer chair approver",
    "appraisal.voted.v1 dissent": "chair",
    "appraisal.recorded.v1 text": "chair approver",
    "appraisal.recorded.v1 dissents": "chair",
    "application.proposed.v1 reason": "approver ended:agent ended:co-builder",
    "application.in-reserve.v1 reason": "approver ended:agent ended:co-builder",
    "objection.raised.v1 text": "objection",
    "objection.raised.v1 evidence": "objection",
    "objection.withdrawn.v1 reason": "objection",
    "objection.settled.v1 text": "objection approver",
    # On a slow machine alone: there the officer extends the intake.
    "round.deadline-extended.v1 reason": "everyone",
    "round.shortlist-fixed.v1 reasons": "approver",
    "round.proposed.v1 items": "approver",
    "round.proposed.v1 deviations": "approver",
    "integrity.checked.v1 hits": "approver",
    "integrity.checked.v1 text": "approver",
    "integrity.ruled.v1 text": "approver",
}
"""Where a content is referred to -> who may open it besides who stored it and the round's staff."""


@dataclass
class Party:
    """Who is what to one application at a moment."""

    state: ApplicationState

    def groups(self) -> dict[str, set[str]]:
        state = self.state
        seated = {seat.expert for seat in state.seats}
        return {
            "everyone": set(PEOPLE),
            "agent": {state.agent},
            "unit": {f"unit-{state.unit}"} if state.unit else set(),
            "reviewer": seated & set(state.pledged),
            "chair": {state.chair} - {""},
            "surveyor": set(state.team),
            "examiner": {person for item in state.objections.values() for person in item.examiners},
            "approver": APPROVERS if state.proposal else set(),
            "ended:agent": {state.agent} if state.ended else set(),
            "co-builder": self.co_builders(),
            "ended:co-builder": self.co_builders() if state.ended else set(),
            "scored:chair": {state.chair} - {""} if state.score else set(),
        }

    def co_builders(self) -> set[str]:
        """Whom the co-builders of the version that counts employ as applicants."""
        named = self.state.submission.co_builders if self.state.submission else ()
        units = {unit.code for unit in named}
        return {
            item.person for item in PEOPLE.values() if item.employer in units and Role.APPLICANT in item.roles
        }

    def knows(self, person: str) -> set[str]:
        """The ids of others that a person who is no staff may read about this application."""
        groups, state = self.groups(), self.state
        known: set[str] = set()
        if person in groups["chair"]:
            known |= set(state.former) | {seat.expert for seat in state.seats}
        if person in groups["surveyor"]:
            known |= groups["surveyor"]
        for item in state.objections.values():
            if person in item.examiners:
                known |= {item.objector, *item.examiners}
        # Whom an applicant names to avoid stands in the application.
        if person == state.agent and state.submission:
            known |= set(state.submission.avoid)
        return known


@dataclass
class Truth:
    """The round at a moment: its parties, and who may read each stored content.

    While it was looked at others went on acting: what an `earlier` truth allows is allowed as well.
    """

    parties: dict[str, Party] = field(default_factory=dict)
    earlier: "Truth | None" = None
    readers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    uses: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def list_known_ids(self, person: str, stream: str) -> set[str]:
        """The ids that may stand in what a person reads about a stream, or about the round if it is empty."""
        if person in STAFF:
            return set(PEOPLE)
        parties = [self.parties[stream]] if stream in self.parties else list(self.parties.values())
        known = {person}.union(*(party.knows(person) for party in parties))
        return known | (self.earlier.list_known_ids(person, stream) if self.earlier else set())

    def may_read(self, person: str, content: str) -> bool:
        before = self.earlier is not None and self.earlier.may_read(person, content)
        return person in STAFF or person in self.readers[content] or before


async def truth_of(ledger: Ledger) -> Truth:
    """Read the present truth off the record."""
    truth = Truth()
    entries = [entry async for entry in ledger.reading.all_entries(ROUND)]
    for stream in {entry.leaf.stream for entry in entries if entry.leaf.stream.startswith("application/")}:
        snapshot = await ledger.reading.snapshot(stream)
        assert snapshot is not None
        truth.parties[stream] = Party(APPLICATION.load(snapshot.state))
    for entry in entries:
        for place, ref in _references(entry.leaf.data, ""):
            _admit(truth, entry, place, ref)
    for ref, card in (await ledger.contents.cards(sorted(truth.uses))).items():
        truth.readers[ref].add(card.stored_by)
    return truth


def _admit(truth: Truth, entry: Entry, place: str, ref: str) -> None:
    leaf = entry.leaf
    truth.uses[ref].add(leaf.stream)
    key = place if place.startswith("submission.") else f"{leaf.type} {place}"
    truth.places[ref].add(key)
    wanted = MAY_READ.get(key, "").split()
    party = truth.parties.get(leaf.stream)
    if party is None:
        truth.readers[ref] |= APPROVERS if "approver" in wanted else set()
        return
    groups = party.groups()
    if key.startswith("submission.") and leaf.data["revision"] != party.state.revision:
        wanted = ["agent"]
    if "objection" in wanted:
        objection = party.state.objections[leaf.data["objection"]]
        groups["objection"] = {objection.objector, *objection.examiners}
    if "counted:agent" in wanted:
        counting = party.state.review_of(leaf.data["expert"])
        latest = counting is not None and counting.corrections == leaf.data.get("number", 0)
        finished = party.state.score is not None
        groups["counted:agent"] = groups["ended:agent"] if latest and finished else set()
    for group in wanted:
        truth.readers[ref] |= groups[group]


def _references(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if set(value) == {"id", "sha256"}:
            yield place, value["id"]
            return
        for key, inner in value.items():
            deeper = f"{place}.{key}" if place in ("", "submission", "form") else place
            yield from _references(inner, deeper.strip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner, place)


def find_published(truth: Truth) -> set[str]:
    """Return the contents that a notice published."""
    return {ref for ref, found in truth.places.items() if "notice.opened.v1 public" in found}


@cache
def ids_in(text: str) -> frozenset[str]:
    """Every registered person's id in a text."""
    return frozenset(WORD.findall(text)) & PEOPLE.keys()


@cache
def contents_in(text: str) -> frozenset[str]:
    """The canary of every stored content in a text."""
    return frozenset(CONTENT.findall(text))
