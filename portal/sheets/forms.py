"""The form of the rules within a sheet: read, checked, stored, and told again."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from portal.acts.prepared import Line
from portal.forms.attaching import files_in, name_files, refer
from portal.forms.telling import tell_answers, tell_scores
from portal.forms.typed import KeptFile, Typed, answers_in, scores_in
from portal.people import call_people
from portal.sheets.fields import Field
from portal.sheets.setting import Setting
from portal.shown.answers import LaidOut, lay_out, list_people
from reading.errors import Hidden
from reading.models import RoundForm
from selection.forms.checking import AnswerChecker
from selection.forms.faults import AnswerFault
from selection.forms.handed_in import AnsweredForm
from selection.forms.json_text import Json
from selection.forms.raw_answers import read_raw
from selection.forms.reading import StoredFileFacts
from selection.kernel.model import Ref
from starter.people.handing_in import find_faults, store_form
from starter.people.typed_scores import find_score_faults, read_scores


@dataclass(frozen=True)
class FormRead:
    """What was typed into a form of the rules, and what is wrong with it; `scores` where the act asks for them."""

    form: RoundForm
    answers: Json
    faults: list[AnswerFault]
    files: dict[str, KeptFile]
    scores: dict[str, Decimal] = field(default_factory=dict)

    async def store(self, put: Callable[[str], Awaitable[Ref]]) -> AnsweredForm:
        """Store the answers, and return what the act hands in."""
        assert isinstance(self.answers, dict)
        return await store_form(self.form.form, self.answers, put)

    def tell(self) -> Iterator[Line]:
        """Yield what was typed as lines of the page on which it is signed."""
        assert isinstance(self.answers, dict)
        if self.scores:
            yield from tell_scores(self.form, self.scores)
        yield from tell_answers(self.form, self.answers, self.files)


def read_form(form: RoundForm, typed: Typed, *, scored: bool) -> FormRead:
    """Return what was typed into a form and every fault of it; with the scores of a review where it is `scored`."""
    files = files_in(typed)
    answers = read_raw(
        form.form,
        answers_in(form.form, name_files(form.form, typed)),
        lambda _, written: refer(files, written),
    )
    stored = {file: StoredFileFacts(kept.media_type, kept.size) for file, kept in files.items()}
    faults = list(find_faults(AnswerChecker(form.form, form), answers, stored))
    if not scored:
        return FormRead(form, answers, faults, files)
    wrong = list(find_score_faults(form, scores_in(typed)))
    return FormRead(form, answers, [*wrong, *faults], files, {} if wrong else read_scores(scores_in(typed)))


def is_scored(fields: Iterable[Field]) -> bool:
    """Tell whether a sheet asks for the scores of a review."""
    return any(field.kind == "scores" for field in fields)


async def lay_out_handed_in(setting: Setting) -> LaidOut:
    """Return an application as it was handed in, as far as it shows, with people by name to who may know them."""
    visit, spot = setting.visit, setting.spot
    try:
        filled = await visit.reads.forms.get_answers(visit.subject, spot.stream)
    except Hidden:
        return LaidOut()
    called = await call_people(visit, spot.stream, list_people(filled))
    shown = () if spot.view is None else {item.id for item in spot.view.contents}
    return lay_out(filled, shown, called)
