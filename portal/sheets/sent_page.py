"""What a page of a sheet sends: what was typed, and files of the sheet's own fields and of the form within it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from starlette.datastructures import FormData

from portal.forms import attaching
from portal.forms.moving import keep_moved
from portal.forms.typed import ANSWER, SCORE, Draft, Typed, read_typed
from portal.routing import text_of
from portal.sheets.fields import fields_of
from portal.sheets.files import find_unsent, has_files, keep_files, take_files
from portal.sheets.filling import FIELD, tell
from portal.sheets.inquiry import Inquiry
from portal.sheets.setting import Setting
from portal.sheets.sheet import Sheet, Wrong
from selection.forms.faults import AnswerFault
from selection.streams import log_of


@dataclass(frozen=True)
class SentFiles:
    """The files of a draft after a page was sent, and what was not taken: by its own fields, and by the form."""

    files: Typed = field(default_factory=dict)
    wrong: Sequence[Wrong] = ()
    faults: Sequence[AnswerFault] = ()

    def with_wrong(self, wrong: Sequence[Wrong]) -> "SentFiles":
        """Return the same with more that is wrong."""
        return replace(self, wrong=(*self.wrong, *wrong))


def sends_files(inquiry: Inquiry) -> bool:
    """Tell whether a page of a sheet has anything to choose a file with."""
    own = has_files(asked for asked in inquiry.fields if asked.kind != "form")
    return own or (inquiry.form is not None and attaching.has_files(inquiry.form.form))


def read_sent(form: FormData, files: Typed) -> Draft:
    """Return what was typed with these files. Raises Fault."""
    return Draft(text_of(form, "form_version", 100), {**read_typed(form, (FIELD, ANSWER, SCORE)), **files})


async def list_kept(sheet: Sheet, setting: Setting, kept: Draft | None, form: FormData) -> Typed:
    """Return the files that a draft has, as the page names them."""
    fields = fields_of(sheet)
    if kept is None:
        return {}
    own, version = keep_files(fields, kept.typed), text_of(form, "form_version", 100)
    name = next((asked.ask.form for asked in fields if asked.ask.form is not None), None)
    if name is None:
        return own
    return {**own, **await keep_moved(setting.visit, setting.spot.round, name, kept, version)}


async def take_sent(inquiry: Inquiry, form: FormData, kept: Draft | None) -> SentFiles:
    """Take the files that were sent and removed; `kept` is the draft that they are of."""
    setting = inquiry.setting
    had = await list_kept(inquiry.sheet, setting, kept, form)
    files, unfit = await take_files(setting.visit, inquiry.fields, form, had, setting.stream)
    wrong = [tell(inquiry.sheet, name, fault) for name, fault in unfit.items()]
    if inquiry.form is None:
        return SentFiles(files, wrong)
    attached, faults = await attaching.attach_files(
        setting.visit, inquiry.form.form, form, had, log_of(setting.stream)
    )
    return SentFiles({**files, **attached}, wrong, faults)


def find_all_lost(inquiry: Inquiry, form: FormData, typed: Typed) -> SentFiles:
    """Return that files were sent with a page that was overtaken, and are not kept."""
    unsent = find_unsent(inquiry.fields, form)
    wrong = [tell(inquiry.sheet, name, fault) for name, fault in unsent.items()]
    faults = attaching.find_lost(inquiry.form.form, form, typed) if inquiry.form else []
    return SentFiles(wrong=wrong, faults=faults)
