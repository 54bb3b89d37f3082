"""The forms of a round, and what was answered in them."""

from contextlib import suppress
from typing import Any, NamedTuple

from ledger.errors import UnknownContent
from reading.access.confidential import is_content_confidential
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.source import Look
from reading.access.subject import Subject
from reading.errors import Hidden
from reading.models import FilledForm, RoundForm
from selection.application.state import ApplicationState
from selection.application.submission import read_form
from selection.forms.faults import Unreadable
from selection.forms.fields import is_published
from selection.forms.form import Form, FormName
from selection.forms.handed_in import SentForm
from selection.forms.parts import Answers
from selection.forms.reading import read_answers
from selection.kernel.stages import Stage
from selection.rules.model import RoundRules
from selection.streams import log_of
from selection.visibility.reading import list_readable, view_entry
from selection.visibility.viewer import Standing

_CHECKED = (Stage.CHECKING, Stage.MENDING)
"""Where a next version mends what was handed in, under its own form."""


class MovedAnswers(NamedTuple):
    """Answers under the names of another version, and those whose fields it no longer has under their own."""

    answers: Answers
    dropped: Answers


class FormReads(Part):
    """What can be read of forms. Every method raises Hidden for what does not show to the subject."""

    async def find_form(self, subject: Subject, round_id: str, name: FormName) -> RoundForm | None:
        """Return the form of a round that an act is filled in under now; None where its rules ask for none."""
        look = await self._source.look_at_round(subject, round_id)
        form = look.forms.find(name)
        return None if form is None else _publish(look, form)

    async def get_form(
        self, subject: Subject, round_id: str, name: FormName = "application", version: str = ""
    ) -> RoundForm:
        """Return the form of a round that an application, or an act, is filled in under; its call publishes them.

        That is the one in force, or an earlier version that is named.
        """
        look = await self._source.look_at_round(subject, round_id)
        form = look.forms.find_version(name, version) if version else look.forms.find(name)
        if form is None:
            raise Hidden
        return _publish(look, form)

    async def get_next_form(self, subject: Subject, stream: str) -> RoundForm:
        """Return the form that an applicant's next version is filled in under: a mended one keeps the one it had.

        Of another's application, and of none, it is the one in force.
        """
        kept = ""
        with suppress(Hidden):
            look = await self._source.look(subject, stream)
            state = look.state
            own = isinstance(state, ApplicationState) and Standing.APPLICANT in look.viewer.standings
            if own and state.submission and state.stage in _CHECKED:
                kept = state.submission.form_version
        return await self.get_form(subject, log_of(stream), version=kept)

    async def move_answers(
        self, subject: Subject, round_id: str, name: FormName, filled: FilledForm, new: str
    ) -> MovedAnswers:
        """Return answers under the names of a later version of their form; as they are where none leads there."""
        look = await self._source.look_at_round(subject, round_id)
        old, answers = filled.round_form.form.version, filled.answers
        moved = look.forms.move(name, answers, old, new)
        if moved is None:
            return MovedAnswers(answers, {})
        each = ((code, look.forms.move(name, {code: answer}, old, new)) for code, answer in answers.items())
        return MovedAnswers(moved, {code: answers[code] for code, there in each if not there})

    async def get_answers(self, subject: Subject, stream: str, revision: int | None = None) -> FilledForm:
        """Return what was answered in a version of an application, by default the one that counts, as far as it shows.

        What was erased since is named by its places.
        """
        if not stream.startswith("application/"):
            raise Hidden
        look = await self._source.look(subject, stream)
        leaves = [entry.leaf for entry in await self._source.entries(stream)]
        views = (view_entry(leaf, look.viewer, look.state) for leaf in leaves)
        shown = [
            view["data"]
            for view in views
            if view is not None and "form" in view["data"].get("submission", {})
        ]
        wanted = [data for data in shown if revision is None or data.get("revision") == revision]
        if not wanted:
            raise Hidden
        data = wanted[-1]
        filled = read_form({"form_version": "", **data["submission"]})
        readable = list_readable(leaves, look.viewer, look.state)
        form = look.forms.find_nearest("application", filled.version)
        if form is None:
            raise Hidden
        found = await self._read(_publish(look, form), filled, readable, data)
        if any(is_content_confidential(ref.id, look.viewer, look.state, leaves) for ref in filled.contents):
            await self._source.note(subject, ReadKind.CONTENT, stream, data["submission"]["form"]["id"])
        return found

    async def _read(
        self, published: RoundForm, filled: SentForm, readable: frozenset[str], data: dict[str, Any]
    ) -> FilledForm:
        ids = [ref.id for ref in filled.contents if ref.id in readable]
        bodies = await self._source.ledger.contents.bodies(ids)
        form = data["submission"]["form"]["id"]
        if form not in bodies:
            raise UnknownContent(f"no content {form[:100]!r}")
        personal = tuple(item for item in filled.personal if item.content.id in bodies)
        public = filled.public if filled.public is not None and filled.public.id in bodies else None
        try:
            answers = read_answers(published.form, filled.with_(personal=personal, public=public), bodies)
        except Unreadable:
            # Recorded before the form was checked, or brought back after a loss: nothing of it can be laid out.
            raise Hidden from None
        gone = [item.answer for item in filled.personal if item.content.id not in bodies]
        if public != filled.public:
            gone += [field.code for field in published.form.fields() if is_published(field)]
        return FilledForm(
            round_form=published, revision=data.get("revision", 0), answers=answers, missing=tuple(gone)
        )


def _publish(look: Look, form: Form) -> RoundForm:
    if look.rules is None:
        raise Hidden
    return publish_form(look.rules, form)


def publish_form(rules: RoundRules, form: Form) -> RoundForm:
    """Return a form of a round with what its fields and reviews refer to."""
    return RoundForm(
        form=form,
        fields=rules.fields,
        regions=rules.regions,
        priorities=rules.priorities,
        languages=rules.languages,
        criteria=rules.criteria,
        score_step=rules.score_step,
    )
