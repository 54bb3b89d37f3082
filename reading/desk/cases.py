"""The proposal that is decided on, as the entries of its round show it: what approvers read before they agree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ledger.record import Ledger
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.source import Look
from reading.access.subject import Subject
from reading.applications import show_hash, show_rows
from reading.desk.models import CaseAside, CaseItem, GivenApproval, ProposalCase, SentBack
from reading.errors import Hidden
from reading.models import ShownApplication, ShownEntry
from reading.rounds import list_levels
from selection.kernel.references import references_in
from selection.projections.possible import list_possible
from selection.round import events as r
from selection.round.state import RoundState
from selection.visibility.reading import view_entry

Entries = tuple[ShownEntry, ...]


@dataclass(frozen=True)
class _Material:
    """What a case is put together from: entries that show, texts by id, rows by number."""

    entries: Entries
    texts: dict[str, str]
    rows: dict[str, ShownApplication]

    def of(self, *types: str) -> Entries:
        return tuple(entry for entry in self.entries if entry.view["type"] in types)

    def read(self, ref: Any) -> str:
        return self.texts.get(ref["id"], "") if isinstance(ref, dict) else ""

    def row(self, round_id: str, number: str) -> ShownApplication:
        return self.rows.get(number) or ShownApplication(round=round_id, number=number)


class CaseReads(Part):
    """What can be read of a proposal."""

    async def get(self, subject: Subject, round_id: str) -> ProposalCase:
        """Return the present proposal, to who may see what is proposed. Raises Hidden, also before there is one."""
        look = await self._source.look_at_round(subject, round_id)
        entries = await list_shown(self._source.ledger, look)
        proposed = [entry for entry in entries if entry.view["type"] == r.ProposalMade.TYPE]
        if not proposed or "items" not in proposed[-1].view["data"]:
            raise Hidden
        await self._source.note(subject, ReadKind.PROPOSAL, look.state.stream)
        bodies = await self._source.ledger.contents.bodies(list(_name_texts(entries)))
        rows, _ = await show_rows(self._source, subject, look)
        texts = {content: body.decode("utf-8", "replace") for content, body in bodies.items()}
        material = _Material(entries, texts, rows.by_number)
        return _put_together(look, material, subject.person)


async def list_shown(ledger: Ledger, look: Look) -> Entries:
    """Return the entries of a round's stream as far as they show."""
    found = []
    for entry in await ledger.reading.stream_entries(look.state.stream):
        view = view_entry(entry.leaf, look.viewer, look.state)
        if view is not None:
            found.append(ShownEntry(seq=entry.seq, view=view, leaf_hash=show_hash(entry, look)))
    return tuple(found)


def find_sent_back(entries: Entries) -> tuple[dict[str, Any], Any] | None:
    """Return the last sending back, when it was and what it tells; None where none was, or it came back otherwise."""
    ways = (r.ProposalSentBack.TYPE, r.ProposalReturned.TYPE)
    last = next((entry.view for entry in reversed(entries) if entry.view["type"] in ways), None)
    return (last["data"], last["at"]) if last and last["type"] == r.ProposalSentBack.TYPE else None


def _name_texts(entries: Entries) -> Iterator[str]:
    """Yield the ids of the texts that a case tells."""
    wanted = (r.ProposalMade, r.ProposalSentBack, r.IntegrityChecked, r.IntegrityHitRuled, r.LevelApproved)
    types = {event.TYPE for event in wanted}
    for entry in entries:
        if entry.view["type"] in types:
            yield from references_in(entry.view["data"])


def _put_together(look: Look, material: _Material, person: str) -> ProposalCase:
    state: RoundState = look.state
    made = material.of(r.ProposalMade.TYPE)
    now = made[-1].view["data"]
    # A held item that is released makes a new proposal without a list of its own: what was made last is before it.
    former = made if state.proposal > now["proposal"] else made[:-1]
    before = former[-1].view["data"] if former else None
    was = {item["application"]: item["rank"] for item in before["items"]} if before else {}
    since = _after(material.entries, _find_beginning(material, state.proposal))
    valid = _after(since, max((entry.seq for entry in material.of(r.ProposalSentBack.TYPE)), default=-1))
    return ProposalCase(
        proposal=state.proposal,
        stage=state.stage.value,
        items=tuple(_list_items(state, material, now, was)),
        aside=tuple(_list_aside(state, material, now, was)),
        earlier=before is not None,
        sent_back=_tell_sent_back(material, state.proposal),
        check=_find_check(material, valid),
        levels=list_levels(look),
        given=tuple(_list_given(material, valid)),
        news=_find_news(since, valid),
        acts=list_possible(state, person),
    )


def _find_beginning(material: _Material, proposal: int) -> int:
    """Return the place in the log of what began the present proposal: it was made, or held items were released."""
    began = material.of(r.ProposalMade.TYPE, r.HeldItemsSettled.TYPE)
    return next(entry.seq for entry in began if entry.view["data"]["proposal"] == proposal)


def _list_items(state: RoundState, material: _Material, now: Any, was: dict[str, int]) -> Iterator[CaseItem]:
    hits, rulings = _list_hits(state, material)
    waiting = (item for item in state.judged_items if state.hits.get(item.application, True) is None)
    for item in sorted({*state.standing_items, *waiting}, key=lambda item: item.rank):
        number = item.application
        ruling = rulings.get(number)
        yield CaseItem(
            row=material.row(state.round, number),
            rank=item.rank,
            was=was.get(number, 0),
            reason=material.texts.get(item.reason.id, ""),
            deviation=material.read(now["deviations"].get(number)),
            hit=material.read(hits[number]) if number in hits else None,
            cleared=ruling["cleared"] if ruling else None,
            ruling=material.read(ruling["text"]) if ruling else "",
        )


def _list_aside(state: RoundState, material: _Material, now: Any, was: dict[str, int]) -> Iterator[CaseAside]:
    """Yield who is not proposed, without those who have their place on the list or whom an objection holds."""
    standing = (*state.standing_items, *state.suspended_items)
    settled = {item.application for item in standing} | state.numbers_on_hold | set(state.places)
    for number in dict.fromkeys((*now["deviations"], *was)):
        if number not in settled:
            why = material.read(now["deviations"].get(number))
            yield CaseAside(row=material.row(state.round, number), was=was.get(number, 0), deviation=why)


def _list_hits(state: RoundState, material: _Material) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a check found of each application last, as far as it still counts, and how it was ruled on."""
    hits: dict[str, Any] = {}
    rulings: dict[str, Any] = {}
    for entry in material.of(r.IntegrityChecked.TYPE):
        hits.update(entry.view["data"]["hits"])
    for entry in material.of(r.IntegrityHitRuled.TYPE):
        rulings[entry.view["data"]["application"]] = entry.view["data"]
    found = {number: text for number, text in hits.items() if number in state.hits}
    return found, {number: rulings[number] for number in found if state.hits[number] is not None}


def _find_check(material: _Material, valid: Entries) -> str | None:
    checks = _pick(valid, r.IntegrityChecked.TYPE)
    return material.read(checks[-1].view["data"]["text"]) if checks else None


def _tell_sent_back(material: _Material, proposal: int) -> SentBack | None:
    """Return how this proposal was sent back, or the one before it."""
    found = find_sent_back(material.entries)
    if found is None or found[0]["proposal"] not in (proposal, proposal - 1):
        return None
    data, at = found
    return SentBack(
        level=data["level"], at=at, items=tuple(data["items"]), reason=material.read(data["reason"])
    )


def _list_given(material: _Material, valid: Entries) -> Iterator[GivenApproval]:
    for entry in _pick(valid, r.LevelApproved.TYPE):
        data = entry.view["data"]
        yield GivenApproval(
            level=data["level"],
            person=entry.view["actor"].get("person") or "",
            at=entry.view["at"],
            reason=material.read(data.get("reason")),
        )


def _find_news(since: Entries, valid: Entries) -> Entries:
    """Return what happened since the last level passed, or since the proposal was made."""
    passed = [entry.seq for entry in _pick(valid, r.LevelApproved.TYPE) if entry.view["data"].get("passed")]
    return _after(since, passed[-1]) if passed else since


def _pick(entries: Entries, kind: str) -> Entries:
    return tuple(entry for entry in entries if entry.view["type"] == kind)


def _after(entries: Iterable[ShownEntry], seq: int) -> Entries:
    return tuple(entry for entry in entries if entry.seq > seq)
