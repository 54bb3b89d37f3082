"""What papers are built from: entries, texts and names, all through the read service, as one subject sees them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger.people.contents import CONTENT_LIMIT
from papers.intake import Section
from papers.kinds import PaperKind
from papers.letterhead import Letterhead
from papers.values import Block, Centre, EntryReference, Words
from reading.access.subject import Subject
from reading.errors import Hidden
from reading.models import FilledForm, RoundForm, RoundNames, ShownApplication, ShownEntry
from reading.service import ReadService
from selection.application import events as a
from selection.forms.form import FormName
from selection.forms.handed_in import SentForm, read_shown_form
from selection.kernel.actor import Role
from selection.kernel.named import Named
from selection.kernel.stages import Names as CodeNames
from selection.streams import application_stream, round_stream
from selection.visibility.viewer import STAFF, Standing
from starter.papers.answers import fill, lay_out_answers
from starter.papers.blocks import TEXT_BYTES, read_blocks
from starter.papers.not_yet import PaperNotYet

ERASED = (Block(kind="remark", text="（已清除）(erased)"),)


@dataclass
class Material:
    """A round as its papers need it. Entries are read once, names once for each application."""

    reads: ReadService
    who: Subject
    round: str
    names: RoundNames
    letterhead: Letterhead = field(default_factory=Letterhead)
    _standings: frozenset[Standing] | None = None
    _rows: dict[str, ShownApplication] = field(default_factory=dict)
    _centres: dict[str, Centre] = field(default_factory=dict)
    _entries: dict[str, tuple[ShownEntry, ...]] = field(default_factory=dict)
    _forms: dict[tuple[FormName, str], RoundForm] = field(default_factory=dict)
    _texts: dict[tuple[str, str, int], str | None] = field(default_factory=dict)

    @classmethod
    async def open(
        cls, reads: ReadService, who: Subject, round_id: str, letterhead: Letterhead | None = None
    ) -> "Material":
        """Return a round's material. Raises Hidden."""
        names = await reads.rounds.get_names(who, round_id)
        return cls(reads, who, round_id, names, letterhead or Letterhead())

    async def require_staff(self) -> None:
        """Raise Hidden for who is not staff of the round: the paper would show what one person sees as the whole."""
        if self._standings is None:
            self._standings = await self.reads.rounds.get_standings(self.who, self.round)
        if STAFF.isdisjoint(self._standings):
            raise Hidden

    async def list_round(self) -> tuple[ShownEntry, ...]:
        """Return the entries of the round's own stream."""
        return await self._read_entries(round_stream(self.round))

    async def list_application(self, number: str) -> tuple[ShownEntry, ...]:
        """Return an application's entries, and what its round and its unit's list said of it."""
        return await self._read_entries(application_stream(self.round, number))

    async def _read_entries(self, stream: str) -> tuple[ShownEntry, ...]:
        if stream not in self._entries:
            found = (
                await self.reads.rounds.list_entries(self.who, self.round)
                if stream == round_stream(self.round)
                else await self.reads.applications.list_timeline(self.who, stream)
            )
            self._entries[stream] = found
        return self._entries[stream]

    async def get_row(self, number: str) -> ShownApplication:
        """Return an application's row. Raises Hidden."""
        if number not in self._rows:
            view = await self.reads.applications.get(self.who, application_stream(self.round, number))
            self._rows[number] = view.row
        return self._rows[number]

    async def list_rows(self) -> tuple[ShownApplication, ...]:
        """Return the rows of the round's applications that show."""
        found = await self.reads.applications.list_of_round(self.who, self.round)
        self._rows |= {row.number: row for row in found}
        return found

    async def read(self, ref: dict[str, str] | None, of: str) -> tuple[Block, ...]:
        """Return a text that an entry of a stream refers to. Raises Hidden if it does not show."""
        return (await self.read_all([ref], of))[0] if ref else ()

    async def read_all(self, refs: Sequence[dict[str, str]], of: str) -> list[tuple[Block, ...]]:
        """Return texts that entries of one stream refer to, in their order; of one that was erased, that it was."""
        ids = [ref["id"] for ref in refs]
        found = await self._list_texts(ids, of, TEXT_BYTES)
        return [read_blocks(found[content]) if content in found else ERASED for content in ids]

    async def keep_texts(self, ids: Sequence[str], of: str) -> None:
        """Read texts of a stream at once that will be asked for one by one. Raises Hidden if one does not show."""
        await self._keep(ids, of, TEXT_BYTES)

    async def keep_answers(self, ids: Sequence[str], of: str) -> None:
        """Do the same for answers of forms, of which each is read whole."""
        await self._keep(ids, of, CONTENT_LIMIT)

    async def _keep(self, ids: Sequence[str], of: str, limit: int) -> None:
        found = await self.reads.contents.list_texts(self.who, ids, of=of, limit=limit) if ids else {}
        self._texts |= {(of, content, limit): found.get(content) for content in ids}

    async def _list_texts(self, ids: Sequence[str], of: str, limit: int) -> dict[str, str]:
        """Return texts that entries of one stream refer to; one that was erased is left out. Raises Hidden."""
        if not all((of, content, limit) in self._texts for content in ids):
            return await self.reads.contents.list_texts(self.who, ids, of=of, limit=limit)
        kept = {content: self._texts[of, content, limit] for content in ids}
        return {content: text for content, text in kept.items() if text is not None}

    async def read_forms(self, name: FormName, forms: Sequence[dict[str, Any]], of: str) -> list[FilledForm]:
        """Return the answers of acts, whose entries of one stream hold these `forms` as far as they show.

        Raises Hidden if an answer does not show.
        """
        return await self._fill(name, [read_shown_form(name, form) for form in forms], of)

    async def read_public(self, number: str) -> tuple[Section, ...]:
        """Return the answers of an application that its notice, or the list, publishes; empty where there are none."""
        entry = find_last(await self.list_application(number), *SUBMITTED)
        submission = entry.view["data"].get("submission", {}) if entry else {}
        ref = submission.get("public")
        if ref is None:
            return ()
        stream = application_stream(self.round, number)
        public = SentForm(version=submission.get("form_version", ""), public=ref)
        [filled] = await self._fill("application", [public], stream)
        return tuple(lay_out_answers(filled))

    async def _fill(self, name: FormName, filled: Sequence[SentForm], of: str) -> list[FilledForm]:
        ids = [ref.id for item in filled for ref in item.contents]
        texts = await self._list_texts(ids, of, CONTENT_LIMIT)
        return [fill(await self._get_form(name, item.version), item, texts) for item in filled]

    async def _get_form(self, name: FormName, version: str) -> RoundForm:
        """Return the version that an act was filled in under."""
        if (name, version) not in self._forms:
            found = await self.reads.forms.get_form(self.who, self.round, name, version)
            self._forms[name, version] = found
        return self._forms[name, version]

    async def lay_out_form(self, name: FormName, form: dict[str, Any] | None, of: str) -> tuple[Section, ...]:
        """Return the answers of an act that carries a form, as sections. Raises Hidden if an answer does not show."""
        if form is None:
            return ()
        [filled] = await self.read_forms(name, [form], of)
        return tuple(lay_out_answers(filled))

    async def get_centre(self, number: str) -> Centre:
        """Return an application as people name it; where its names do not show, by number and code of the host unit."""
        if number not in self._centres:
            row = await self.get_row(number)
            entry = find_last(await self.list_application(number), *SUBMITTED)
            handed_in = entry.view["data"].get("submission", {}) if entry else {}
            self._centres[number] = Centre(
                number=number,
                name=Words(en=row.name_en, zh=row.name_zh)
                if row.name_en or row.name_zh
                else Words.alike(number),
                host=_name_of({"name_en": row.host_en, "name_zh": row.host_zh}, row.host),
                co_builders=tuple(_name_of(unit, unit["code"]) for unit in handed_in.get("co_builders", ())),
                field=name_in(self.names.fields, row.field),
                region=name_in(self.names.regions, row.region),
                priority=name_in(self.names.priorities, row.priority or ""),
            )
        return self._centres[number]

    def head(self, kind: PaperKind, entry: ShownEntry, application: str = "") -> dict[str, Any]:
        """Return what every paper has: letterhead, round, number, and the entry that it rests on."""
        cited = cite(entry)
        year = str(self.names.words.zone.date_of(cited.at).year)
        return {
            "letterhead": self.letterhead,
            "round": self.round,
            "round_title": Words(en=self.names.title.en, zh=self.names.title.zh),
            "rehearsal": self.names.rehearsal,
            "zone": self.names.words.zone,
            "number": self.letterhead.get_number(kind, round=self.round, application=application, year=year),
            "cited": cited,
        }


def _name_of(named: dict[str, Any], code: str) -> Words:
    """Return the names that an entry gives to a centre or a unit, or the code where it gives none."""
    names = Words(en=named.get("name_en", ""), zh=named.get("name_zh", ""))
    return names if names.en or names.zh else Words.alike(code)


SUBMITTED = (a.ApplicationSubmitted.TYPE, a.ApplicationMended.TYPE)


def cite(entry: ShownEntry) -> EntryReference:
    """Return the place of an entry.

    The hash is left out of what the engine did: its ids can be guessed, so the hash would tell of fields that the
    paper's reader may not see. Of what a person did, the id is as long as a key.
    """
    engine = entry.view["actor"].get("role") == Role.SYSTEM.value
    return EntryReference(
        stream=entry.view["stream"],
        seq=entry.seq,
        leaf_hash="" if engine else entry.leaf_hash,
        at=entry.view["at"],
    )


def find_last(entries: Iterable[ShownEntry], *kinds: str) -> ShownEntry | None:
    """Return the last entry of one of these types."""
    return next((entry for entry in reversed(tuple(entries)) if entry.view["type"] in kinds), None)


def require_last(entries: Iterable[ShownEntry], *kinds: str) -> ShownEntry:
    """Return the last entry of one of these types. Raises PaperNotYet."""
    found = find_last(entries, *kinds)
    if found is None:
        raise PaperNotYet
    return found


def name_in(named: Iterable[Named], code: str) -> Words:
    """Return the names of a code, or the code itself where the rules have none."""
    found = next((item for item in named if item.code == code), None)
    return Words.alike(code) if found is None else Words(en=found.en, zh=found.zh)


def name_code(names: CodeNames, code: str) -> Words:
    """Return the names of a code of our own."""
    english, chinese = names.get(code, (code, code))
    return Words(en=english, zh=chinese)
