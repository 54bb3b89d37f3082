"""One application that somebody fills in: its form, the draft, and where both stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import NamedTuple

from portal.applying.draft import LIMIT, ApplicationDraft, keep_files, keep_texts
from portal.applying.handed_in import NAME, HandedIn, read_handed_in
from portal.faults import Fault
from portal.forms.moving import DroppedAnswer, move_draft
from portal.forms.typed import Draft, Typed
from portal.visit import Visit
from reading.models import RoundForm, ShownApplication
from selection.forms.form import Section
from selection.kernel.actor import Role
from selection.kernel.leaf import Instant
from selection.kernel.stages import Stage
from selection.streams import application_stream
from selection.visibility.viewer import Standing
from selection.wording.round_words import RoundWords
from starter.papers.answers import AnswerText

TRIES = 5
"""Times that a section is put beside what another window saved at the same moment."""
OPEN = (Stage.SUBMITTED, Stage.WITHDRAWN, Stage.RECOMMENDED)
"""Stages in which a new version is handed in until the deadline."""


class PageSeen(NamedTuple):
    """What a page showed that a form was sent from: what the draft was begun on, and the mark of a section."""

    base: str
    mark: int = 0


@dataclass(frozen=True)
class Filling:
    """What is filled in.

    `row` is the application as it stands, None before there is one. `version` is that of the draft as it was read, 0
    before there is one. It is `closed` once it can be handed in no more: what was typed is still read. `kept` are by
    code the answers that stay in mending, in words; `handed_in` is the version that was sent back, where it is mended.
    """

    round: str
    row: ShownApplication | None
    mends: bool
    form: RoundForm
    draft: ApplicationDraft
    version: int
    until: Instant
    words: RoundWords
    dropped: tuple[DroppedAnswer, ...] = ()
    moved: bool = False
    kept: Mapping[str, AnswerText] = field(default_factory=dict)
    handed_in: HandedIn | None = None
    closed: bool = False

    @property
    def stream(self) -> str:
        """The stream of the application, empty before it has a number."""
        return "" if self.row is None else application_stream(self.round, self.row.number)

    @property
    def place(self) -> str:
        """Where its draft is kept."""
        return place_of(self.round, "" if self.row is None else self.row.number)

    @property
    def base(self) -> str:
        """What a draft of it is begun on now: nothing, or a version that was handed in, to be changed or mended."""
        if self.row is None:
            return "new"
        return f"{'mend' if self.mends else 'version'}-{self.row.revision}"

    @property
    def behind(self) -> bool:
        """Whether the draft was begun on something else, so that handed in it would undo what came since."""
        return self.draft.base != self.base

    @property
    def address(self) -> str:
        """The address of its task list."""
        if self.row is None:
            return f"/rounds/{self.round}/apply"
        return f"/applications/{self.round}/{self.row.number}/mend"

    def section(self, code: str) -> Section:
        """Return a section of the form. Raises Fault."""
        found = next((part for part in self.form.form.sections if part.code == code), None)
        if found is None:
            raise Fault("hidden", 404)
        return found

    def follow(self, part: Section) -> str:
        """Return the address of the section after one, of the list after the last."""
        sections = self.form.form.sections
        after = sections[sections.index(part) + 1 : sections.index(part) + 2]
        return f"{self.address}/{after[0].code}" if after else self.address

    def shows(self, section: str, seen: PageSeen) -> bool:
        """Tell whether a section stands as a page showed it."""
        return seen == PageSeen(self.draft.base, self.draft.mark_of(section))

    def begin_from(self, handed_in: HandedIn | None) -> "Filling":
        """Return the same with a draft that begins on what was handed in; an empty one on nothing."""
        begun = self.draft.with_(base=self.base)
        if handed_in is not None:
            begun = begun.with_(typed=dict(handed_in.typed), files=handed_in.files)
        return self.with_draft(begun)

    def keep(self, handed_in: HandedIn | None) -> "Filling":
        """Return the same with what stays in mending as it was handed in, whatever the draft had there."""
        if not self.mends or handed_in is None:
            return self
        kept = handed_in.list_kept(self.form)
        draft = self.draft.take_fields(kept, handed_in.typed, handed_in.files)
        return replace(self, kept=kept, draft=draft, handed_in=handed_in)

    def put(self, part: Section, typed: Typed) -> ApplicationDraft:
        """Return the draft with what was typed into a section; files, and what stays in mending, are as they were."""
        form, codes = self.form.form, [item.code for item in part.fields if item.code not in self.kept]
        return self.draft.put(
            part.code, codes, {**keep_texts(form, codes, typed), **keep_files(form, codes, self.draft)}
        )

    def with_draft(self, draft: ApplicationDraft) -> "Filling":
        """Return the same with another draft."""
        return replace(self, draft=draft)


def place_of(round_id: str, number: str) -> str:
    """Return where the draft of an application is kept, of one without a number that of the next."""
    return f"apply {round_id}/{number}" if number else f"apply {round_id}"


async def open_filling(visit: Visit) -> Filling:
    """Return what the address names, with the visitor's own draft. Raises Fault, Hidden.

    What can be handed in no more is there for as long as a draft of it is.
    """
    params = visit.request.path_params
    number = params.get("number", "")
    found = await (_open_old(visit, number) if number else _open_new(visit))
    kept = await visit.reach.work.read_draft(visit.signed_in, found.place)
    if found.closed and kept is None:
        raise Fault("nothing-awaited", 404) if number else Fault("submission-closed", 409)
    handed_in = None
    if number and (kept is None or found.mends):
        handed_in = await read_handed_in(visit, found.round, found.stream, found.form)
    if kept is None:
        return found.begin_from(handed_in).keep(handed_in)
    draft = ApplicationDraft.model_validate_json(kept.body)
    old, now = draft.form, found.form.form.version
    typed, dropped = await move_draft(
        visit, found.round, NAME, Draft(old, draft.typed), found.form, draft.files
    )
    current = draft.with_(form=now, typed=dict(typed))
    moved = old not in ("", now)
    filling = replace(found, draft=current, version=kept.version, moved=moved, dropped=dropped)
    return filling.keep(handed_in)


async def save(
    visit: Visit, filling: Filling, section: str, seen: PageSeen, draft: ApplicationDraft
) -> int | None:
    """Keep a draft in which one section was changed by who saw it at a mark, and return its new one.

    None, and nothing is kept, where another window saved the section since, or the draft is begun on another version.
    Other sections that were saved meanwhile stay. Raises Fault for a draft that is too large.
    """
    codes = {item.code for item in filling.section(section).fields}
    for _ in range(TRIES):
        if not filling.shows(section, seen):
            return None
        body = draft.model_dump_json()
        if len(body.encode()) > LIMIT:
            raise Fault("too-large", 413)
        if (
            await visit.reach.work.save_draft(visit.signed_in, filling.place, filling.version, body)
            is not None
        ):
            return draft.mark_of(section)
        filling = await open_filling(visit)
        draft = filling.draft.take_section(section, codes, draft)
    return None


async def keep_on(visit: Visit, filling: Filling) -> None:
    """Take the draft over what was handed in since it was begun."""
    body = filling.draft.with_(base=filling.base).model_dump_json()
    await visit.reach.work.save_draft(visit.signed_in, filling.place, filling.version, body)


async def begin_anew(visit: Visit, filling: Filling) -> None:
    """Throw the draft away, so that the next begins on what was handed in last."""
    await visit.reach.work.drop_draft(visit.signed_in, filling.place, filling.version)


async def find_change(visit: Visit, round_id: str, stage: str) -> str:
    """Return how an applicant changes an application in a stage now, `mend` or `version`; empty if not at all."""
    if stage == Stage.MENDING:
        return "mend"
    if stage not in OPEN:
        return ""
    found = await visit.reads.public.get_round(round_id)
    return "version" if found.takes_applications(datetime.now(UTC)) else ""


async def open_round(visit: Visit) -> tuple[RoundForm, Instant, RoundWords]:
    """Return the form of the round of the address, until when it is taken, and the round's words.

    Raises Fault to who cannot apply in it now.
    """
    form, until, words = await _read_round(visit)
    if until <= datetime.now(UTC):
        raise Fault("submission-closed", 409)
    return form, until, words


async def _read_round(visit: Visit) -> tuple[RoundForm, Instant, RoundWords]:
    """Return the same of a round whose applications are taken, or were. Raises Fault to who applies for nobody."""
    round_id, now = visit.request.path_params["round"], datetime.now(UTC)
    if not visit.holds(Role.APPLICANT):
        raise Fault("not-applicant", 403)
    found = await visit.reads.public.get_round(round_id)
    until = found.applications_until
    if until is None or not (until <= now or found.takes_applications(now)):
        raise Fault("submission-closed", 409)
    return await visit.reads.forms.get_form(visit.subject, round_id), until, found.names.words


async def _open_new(visit: Visit) -> Filling:
    round_id = visit.request.path_params["round"]
    form, until, words = await _read_round(visit)
    return Filling(
        closed=until <= datetime.now(UTC),
        round=round_id,
        row=None,
        mends=False,
        form=form,
        draft=ApplicationDraft(form=form.form.version),
        version=0,
        until=until,
        words=words,
    )


async def _open_old(visit: Visit, number: str) -> Filling:
    round_id = visit.request.path_params["round"]
    stream = application_stream(round_id, number)
    view = await visit.reads.applications.get(visit.subject, stream)
    if Standing.APPLICANT not in await visit.reads.applications.get_standings(visit.subject, stream):
        raise Fault("hidden", 404)
    mends = view.row.stage == Stage.MENDING
    until, closed = next((task.until for task in view.tasks if task.kind == "mend"), None), False
    if not mends:
        found = await visit.reads.public.get_round(round_id)
        until = found.applications_until
        closed = view.row.stage not in OPEN or not found.takes_applications(datetime.now(UTC))
    if until is None:
        raise Fault("nothing-awaited", 404)
    form = await visit.reads.forms.get_next_form(visit.subject, stream)
    return Filling(
        round=round_id,
        row=view.row,
        mends=mends,
        form=form,
        draft=ApplicationDraft(form=form.form.version),
        version=0,
        until=until,
        words=await visit.reads.rounds.get_words(visit.subject, round_id),
        closed=closed,
    )
