"""What anyone may read, whoever they are: what is published of applications, what was signed of each log.

And which ids are nobody's any more.
"""

from datetime import datetime
from typing import Any

from ledger.log.checkpoints import Stamp, StoredCheckpoint as StoredCheckpoint
from reading.access.confidential import PUBLIC
from reading.access.source import Source
from reading.amendments import ShownAmendment, list_reasons, show_amendment
from reading.applications import show_these
from reading.calls import PublicCall, call_of
from reading.errors import Hidden
from reading.forms import publish_form
from reading.models import (
    Deadline,
    FilledForm,
    NamedUnit,
    Opening,
    PublishedApplication,
    RoundForm,
    RoundNames,
    ShownApplication,
    ShownEntry,
)
from reading.rounds import find_names, list_deadlines
from selection.application.state import ApplicationState
from selection.forms.faults import Unreadable
from selection.forms.fields import is_published
from selection.forms.form import Form
from selection.forms.handed_in import SentForm
from selection.forms.reading import read_answers
from selection.kernel.actor import Role
from selection.kernel.model import Frozen, Ref
from selection.kernel.stages import RoundStage
from selection.projections.rows import ApplicationRow, row_of
from selection.register.state import INSTALLATION
from selection.round.course_events import DeadlineExtended, OutageRecorded
from selection.round.state import RoundState
from selection.rules.model import RoundRules, rules_hash
from selection.streams import application_stream, log_of
from selection.visibility.reading import view_entry, visible_row
from selection.wording.round_words import words_of

_STAGE_OF = {
    "submission": RoundStage.CALL,
    "recommendation": RoundStage.CALL,
    "check": RoundStage.CHECKING,
    "invitation": RoundStage.REVIEW,
    "review": RoundStage.REVIEW,
    "review_last": RoundStage.REVIEW,
    "survey": RoundStage.SURVEY,
    "appraisal": RoundStage.APPRAISAL,
    "notice": RoundStage.NOTICE,
}
"""The stage of a round that each of its deadlines belongs to."""


_MOVES = {DeadlineExtended.TYPE, OutageRecorded.TYPE}
"""By what deadlines move."""


class PublicRound(Frozen):
    """A round as its call publishes it: stage as a code, names and conditions of its rules, the deadlines in force.

    Rules are told as they stand now; `amendments` are what changed since they were sealed, with its reasons.
    `awaits_call` tells that they were sealed before the call's day, and that nobody opened the call yet.
    """

    round: str
    stage: str
    names: RoundNames
    call: PublicCall
    deadlines: tuple[Deadline, ...]
    amendments: tuple[ShownAmendment, ...] = ()
    awaits_call: bool = False

    @property
    def objections_until(self) -> datetime | None:
        """The exclusive end of the public notice, None before there is one."""
        return self._find("notice")

    @property
    def applications_until(self) -> datetime | None:
        """The exclusive end of the time in which applications are handed in, None where it is not known."""
        return self._find("submission")

    def find_next_deadline(self, now: datetime) -> Deadline | None:
        """Return the next deadline that something still waits for: not that of a stage that the round has left."""
        stages = list(RoundStage)
        here = stages.index(RoundStage(self.stage))
        coming = (item for item in self.deadlines if item.until > now)
        return next((item for item in coming if here <= stages.index(_STAGE_OF[item.deadline])), None)

    def takes_applications(self, now: datetime) -> bool:
        """Tell whether one may apply, as far as the deadlines say; the record decides."""
        until = self.applications_until
        return until is not None and not self.awaits_call and self.call.opens <= now < until

    def _find(self, deadline: str) -> datetime | None:
        return next((item.until for item in self.deadlines if item.deadline == deadline), None)


class NoticedApplication(Frozen):
    """What the public notice says of an application; `place` once it is on the issued list."""

    number: str
    name_en: str = ""
    name_zh: str = ""
    field: str = ""
    region: str = ""
    host: str = ""
    host_en: str = ""
    host_zh: str = ""
    place: int | None = None


class Objecting(Frozen):
    """What a round's rules say of objections: so many examine one at least, within so many days.

    `form` is what is asked beside the facts and the evidence, None where the rules ask for none.
    """

    min_examiners: int
    days: int
    form: Form | None = None


class PublicReads:
    """What is read without a subject."""

    def __init__(self, source: Source) -> None:
        self._source = source

    async def list_published(self, round_id: str) -> tuple[PublishedApplication, ...]:
        """Return what a round's public notice, or without one its issued list, shows to everyone. Raises Hidden."""
        opened = await self._find_round(round_id)
        rows = await self._source.ledger.reading.applications(round_id)
        shown = [(row["number"], visible_row(ApplicationRow.model_validate(row), PUBLIC)) for row in rows]
        return tuple(
            [
                await self._show(application_stream(round_id, number), opened, row)
                for number, row in shown
                if row is not None
            ]
        )

    async def get_published(self, stream: str) -> PublishedApplication:
        """Return what everyone may read of an application. Raises Hidden before it is published."""
        if not stream.startswith("application/"):
            raise Hidden
        row = await self._source.ledger.reading.application(stream)
        shown = None if row is None else visible_row(ApplicationRow.model_validate(row), PUBLIC)
        if shown is None:
            raise Hidden
        return await self._show(stream, await self._find_round(log_of(stream)), shown)

    async def _show(self, stream: str, opened: RoundState, row: dict[str, Any]) -> PublishedApplication:
        state = await self._source.state(stream)
        answers = None
        if isinstance(state, ApplicationState) and state.submission is not None:
            ref = await self._find_answers(stream, state)
            version = state.submission.form_version
            form = opened.forms.find_nearest("application", version)
            if ref is not None and form is not None and opened.sealed is not None:
                answers = await self._open(publish_form(opened.sealed, form), ref)
        shown = ShownApplication(**row)
        named = _name_co_builders(state, shown.co_builders)
        return PublishedApplication(stream=stream, row=shown, co_builders=named, answers=answers)

    async def _find_answers(self, stream: str, state: ApplicationState) -> Ref | None:
        """Return the public answers, as the entry that published them refers to them."""
        entries = await self._source.ledger.reading.stream_entries(stream)
        views = (view_entry(entry.leaf, PUBLIC, state) for entry in entries)
        found = [view["data"]["public"] for view in views if view is not None and view["data"].get("public")]
        return Ref(**found[-1]) if found else None

    async def _open(self, form: RoundForm, ref: Ref) -> FilledForm | None:
        bodies = await self._source.ledger.contents.bodies([ref.id])
        if ref.id not in bodies:
            public = tuple(field.code for field in form.form.fields() if is_published(field))
            return FilledForm(round_form=form, answers={}, missing=public)
        try:
            answers = read_answers(form.form, SentForm(version=form.form.version, public=ref), bodies)
        except Unreadable:
            # Brought back after a loss without its check: nothing of it can be laid out.
            return None
        return FilledForm(round_form=form, answers=answers)

    async def get_objecting(self, round_id: str) -> Objecting:
        """Return what a round asks of whoever objects to its notice. Raises Hidden."""
        opened = await self._find_round(round_id)
        said = opened.rules_in_force.objections
        return Objecting(
            min_examiners=said.min_examiners, days=said.days, form=opened.forms.find("objection")
        )

    async def _find_round(self, round_id: str) -> RoundState:
        opened = await self._source.find_round(round_id)
        if opened is None or opened.sealed is None:
            raise Hidden
        return opened

    async def list_checkpoints(self, log: str | None = None, *, limit: int) -> tuple[StoredCheckpoint, ...]:
        """Return the checkpoints of a log, or of all, by size."""
        return tuple(await self._source.ledger.checkpoints.list_stored(log, limit=limit))

    async def list_open_logs(self) -> frozenset[str]:
        """Return the logs that everyone may know of: the installation's, and those of rounds whose rules are sealed."""
        rounds = (await self._source.rounds()).values()
        return frozenset({INSTALLATION, *(state.round for state in rounds if state.sealed is not None)})

    async def get_checkpoint(self, log: str, size: int | None = None) -> StoredCheckpoint:
        """Return the checkpoint of a log at a size, or its latest. Raises Hidden."""
        checkpoints = self._source.ledger.checkpoints
        if size is None:
            found = await checkpoints.find_latest(log)
        else:
            found = next(iter(await checkpoints.list_stored(log, from_size=size, to_size=size)), None)
        if found is None:
            raise Hidden
        return found

    async def list_stamps(self, log: str, size: int) -> tuple[Stamp, ...]:
        """Return the time stamps of a checkpoint."""
        return tuple(await self._source.ledger.checkpoints.read_stamps(log, size))

    async def list_erased(self) -> frozenset[str]:
        """Return the ids of those who were erased, for a mark beside an id that shows."""
        return await self._source.ledger.people.list_erased()

    async def list_rounds(self) -> tuple[PublicRound, ...]:
        """Return the rounds whose rules were published, the latest one first."""
        found = [await self._show_round(state.round) for state in (await self._source.rounds()).values()]
        return tuple(item for item in reversed(found) if item is not None)

    async def get_round(self, round_id: str) -> PublicRound:
        """Return one of them. Raises Hidden."""
        found = await self._show_round(round_id)
        if found is None:
            raise Hidden
        return found

    async def list_noticed(self, round_id: str) -> tuple[NoticedApplication, ...]:
        """Return the applications of a round that stood in its public notice, as far as that names them."""
        rows = await self._source.memory.rows(round_id)
        if NoticedApplication not in rows.made:
            shown, _ = await show_these(rows, lambda _: PUBLIC.standings)
            fields = NoticedApplication.model_fields.keys()
            rows.made[NoticedApplication] = tuple(
                NoticedApplication(**{name: getattr(row, name) for name in fields & row.model_fields_set})
                for row in shown
            )
        found: tuple[NoticedApplication, ...] = rows.made[NoticedApplication]
        return found

    async def _show_round(self, round_id: str) -> PublicRound | None:
        state = await self._source.find_round(round_id)
        shown = None if state is None else visible_row(row_of(state), PUBLIC)
        if state is None or shown is None or state.sealed is None:
            return None
        return PublicRound(
            round=round_id,
            stage=shown["stage"],
            names=find_names(self._source.memory, state),
            call=self._find_call(state, state.sealed),
            deadlines=list_deadlines(state),
            amendments=await self._show_amendments(state),
            awaits_call=state.awaits_call is not None,
        )

    async def list_moves(self, round_id: str) -> tuple[ShownEntry, ...]:
        """Return the entries by which deadlines of a round moved, each with its reason, in the order of the log.

        Raises Hidden for a round that is not published.
        """
        state = await self._source.find_round(round_id)
        if state is None or state.sealed is None or visible_row(row_of(state), PUBLIC) is None:
            raise Hidden
        made = self._source.memory.get_cache(state.sealed)
        name = (ShownEntry, state.notice_until, tuple(sorted(state.deadlines.items())))
        if name not in made:
            entries = [item for item in await self._source.entries(state.stream) if item.leaf.type in _MOVES]
            made[name] = [(item.seq, view_entry(item.leaf, PUBLIC, state)) for item in entries]
        views: list[tuple[int, dict[str, Any]]] = made[name]
        reasons = [view["data"]["reason"]["id"] for _, view in views]
        bodies = await self._source.ledger.contents.bodies(reasons) if reasons else {}
        return tuple(
            ShownEntry(
                seq=seq, view=view, texts=(Opening(text=bodies.get(reason, b"").decode("utf-8", "replace")),)
            )
            for (seq, view), reason in zip(views, reasons, strict=True)
        )

    def _find_call(self, state: RoundState, sealed: RoundRules) -> PublicCall:
        made = self._source.memory.get_cache(sealed)
        # Amendments change what is in force, not what was sealed.
        name = (PublicCall, len(state.amendments))
        if name not in made:
            # Whoever is given the rules holds them against what was sealed.
            made[name] = call_of(state.rules_in_force).with_(rules_hash=rules_hash(sealed))
        found: PublicCall = made[name]
        return found

    async def _show_amendments(self, state: RoundState) -> tuple[ShownAmendment, ...]:
        if not state.amendments:
            return ()
        bodies, words = await self._source.ledger.contents.bodies(list_reasons(state)), words_of(state.sealed)
        return tuple(show_amendment(item, words, bodies) for item in state.amendments)

    async def is_unclaimed(self) -> bool:
        """Tell whether nobody was ever registered as an administrator, so that anyone may be the first."""
        return not await self._source.ledger.people.find(Role.ADMIN)


def _name_co_builders(state: Any, codes: tuple[str, ...]) -> tuple[NamedUnit, ...]:
    """Return the co-builders of a row with the names that the application gives them, as its host's are."""
    submission = state.submission if isinstance(state, ApplicationState) else None
    named = {unit.code: unit for unit in submission.co_builders} if submission is not None else {}
    return tuple(
        NamedUnit(code=code, name_en=named[code].name_en, name_zh=named[code].name_zh)
        if code in named
        else NamedUnit(code=code)
        for code in codes
    )
