"""The forms of a round, and what was answered in them."""

from typing import Any

from ledger.errors import UnknownContent
from reading.access.confidential import is_content_confidential
from reading.access.kinds import ReadKind
from reading.access.part import Part
from reading.access.subject import Subject
from reading.errors import Hidden
from reading.models import FilledForm, RoundForm
from selection.application.submission import filled_in
from selection.forms.built_in import find_form, form_of
from selection.forms.faults import Unreadable
from selection.forms.filled import read_answers
from selection.forms.form import FormName
from selection.forms.handed_in import Filled
from selection.rules.model import RoundRules
from selection.visibility.reading import list_readable, view_entry


class FormReads(Part):
    """What can be read of forms. Every method raises Hidden for what does not show to the subject."""

    async def find_form(self, subject: Subject, round_id: str, name: FormName) -> RoundForm | None:
        """Return the form of a round that an act is filled in under; None where its rules ask for none."""
        look = await self._source.look_at_round(subject, round_id)
        if look.rules is None:
            raise Hidden
        return show_form(look.rules, name) if find_form(look.rules.forms, name) is not None else None

    async def get_form(self, subject: Subject, round_id: str, name: FormName = "application") -> RoundForm:
        """Return the form of a round that an application, or an act, is filled in under; its call publishes them."""
        look = await self._source.look_at_round(subject, round_id)
        if look.rules is None:
            raise Hidden
        return show_form(look.rules, name)

    async def get_answers(self, subject: Subject, stream: str, revision: int | None = None) -> FilledForm:
        """Return what was answered in a version of an application, by default the one that counts, as far as it shows.

        What was erased since is named by its places.
        """
        if not stream.startswith("application/"):
            raise Hidden
        look = await self._source.look(subject, stream)
        leaves = [entry.leaf for entry in await self._source.ledger.reading.stream_entries(stream)]
        views = (view_entry(leaf, look.viewer, look.state) for leaf in leaves)
        shown = [
            view["data"]
            for view in views
            if view is not None and "form" in view["data"].get("submission", {})
        ]
        wanted = [data for data in shown if revision is None or data.get("revision") == revision]
        if not wanted or look.rules is None:
            raise Hidden
        data = wanted[-1]
        filled = filled_in({"form_version": "", **data["submission"]})
        readable = list_readable(leaves, look.viewer, look.state)
        found = await self._read(show_form(look.rules, "application"), filled, readable, data)
        if any(is_content_confidential(ref.id, look.viewer, look.state, leaves) for ref in filled.contents):
            await self._source.note(subject, ReadKind.CONTENT, stream, data["submission"]["form"]["id"])
        return found

    async def _read(
        self, published: RoundForm, filled: Filled, readable: frozenset[str], data: dict[str, Any]
    ) -> FilledForm:
        ids = [ref.id for ref in filled.contents if ref.id in readable]
        bodies = await self._source.ledger.contents.bodies(ids)
        form = data["submission"]["form"]["id"]
        if form not in bodies:
            raise UnknownContent(f"no content {form[:100]!r}")
        held = tuple(item for item in filled.personal if item.content.id in bodies)
        try:
            answers = read_answers(published.form, filled.with_(personal=held), bodies)
        except Unreadable:
            # Recorded before the form was checked, or brought back after a loss: nothing of it can be laid out.
            raise Hidden from None
        missing = tuple(item.answer for item in filled.personal if item.content.id not in bodies)
        return FilledForm(
            round_form=published, revision=data.get("revision", 0), answers=answers, missing=missing
        )


def show_form(rules: RoundRules, name: FormName) -> RoundForm:
    """Return a form of sealed rules, with what its fields and reviews refer to."""
    return RoundForm(
        form=form_of(rules.forms, name),
        fields=rules.fields,
        regions=rules.regions,
        priorities=rules.priorities,
        languages=rules.languages,
        criteria=rules.criteria,
        score_step=rules.score_step,
    )
