"""What was handed in last, as a draft begins on it, and what of it stays when the application is mended."""

from typing import NamedTuple

from ledger.errors import UnknownContent
from portal.forms.refilling import refill
from portal.forms.telling import name_files
from portal.forms.typed import KeptFile, Typed
from portal.visit import Visit
from reading.errors import Hidden
from reading.models import FilledForm, RoundForm
from selection.application.check.decide import WHO_STANDS_ASIDE
from selection.forms.changing.moving import code_of
from selection.forms.fields import KEPT_ENTRIES, Asked, FileField
from selection.forms.form import FormName
from starter.papers.answers import AnswerText, tell_field

NAME: FormName = "application"
ALWAYS_KEPT = frozenset({*KEPT_ENTRIES, *WHO_STANDS_ASIDE})
"""The places of the entry that stay in mending, whatever a form says of them."""
NOT_ANSWERED = AnswerText("not answered", "未填写")


class HandedIn(NamedTuple):
    """The version that counts: as it would be typed into the form, its files, and as it was answered."""

    typed: Typed
    files: dict[str, KeptFile]
    filled: FilledForm

    def list_kept(self, form: RoundForm) -> dict[str, AnswerText]:
        """Return by code what stays in mending, in words. What was erased since is to be answered anew."""
        gone, name_file = {code_of(place) for place in self.filled.missing}, name_files(self.files)
        return {
            field.code: tell_field(field, self.filled, name_file) or NOT_ANSWERED
            for field in form.form.fields()
            if _stays(field) and field.code not in gone
        }


async def read_handed_in(visit: Visit, round_id: str, stream: str, form: RoundForm) -> HandedIn | None:
    """Return what was handed in last under the names of this form; None where it cannot be laid out any more."""
    try:
        filled = await visit.reads.forms.get_answers(visit.subject, stream)
    except (Hidden, UnknownContent):
        return None
    forms, version = visit.reads.forms, form.form.version
    moved = await forms.move_answers(visit.subject, round_id, NAME, filled, version)
    return HandedIn(refill(form.form, moved.answers), await _describe_files(visit, filled), filled)


def _stays(field: Asked) -> bool:
    return field.kept or field.entry in ALWAYS_KEPT


async def _describe_files(visit: Visit, filled: FilledForm) -> dict[str, KeptFile]:
    """Return what is known of the files that were handed in; what they were called nobody kept."""
    named = [
        ref["id"]
        for field in filled.round_form.form.fields()
        for ref in _refs_in(filled.answers.get(field.code), takes_files=isinstance(field, FileField))
    ]
    cards = await visit.reads.contents.list_own_cards(visit.subject, named)
    return {card.id: KeptFile("", card.media_type, card.size, card.sha256) for card in cards.values()}


def _refs_in(answer: object, *, takes_files: bool) -> list[dict[str, str]]:
    """Return the references of files within an answer, those in the rows of a table among them."""
    if isinstance(answer, list):
        return [ref for item in answer for ref in _refs_in(item, takes_files=takes_files)]
    if not isinstance(answer, dict):
        return []
    if set(answer) == {"id", "sha256"}:
        return [answer]
    return (
        [] if takes_files else [ref for item in answer.values() for ref in _refs_in(item, takes_files=True)]
    )
