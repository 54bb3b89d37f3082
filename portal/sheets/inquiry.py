"""A sheet as it is asked now: its fields, what can be chosen, what is known, and the form of the rules in it."""

from dataclasses import dataclass

from portal.sheets.fields import Field, fields_of, list_known
from portal.sheets.filling import Offered
from portal.sheets.setting import Setting
from portal.sheets.sheet import KnownValue, Sheet
from reading.models import RoundForm


@dataclass(frozen=True)
class Inquiry:
    """Everything that a page has to know to draw a sheet and to read what was typed into it."""

    sheet: Sheet
    setting: Setting
    fields: tuple[Field, ...]
    offered: Offered
    known: dict[str, KnownValue]
    form: RoundForm | None = None


async def inquire(sheet: Sheet, setting: Setting) -> Inquiry:
    """Return what a sheet asks in its setting. A form that the rules do not have is not asked for."""
    fields = fields_of(sheet)
    offered = {field.name: await field.ask.options(setting) for field in fields if field.ask.options}
    known = {name: await ask.known(setting) for name, ask in list_known(sheet) if ask.known is not None}
    form = None
    for field in fields:
        if field.ask.form is not None:
            reads = setting.visit.reads.forms
            form = await reads.find_form(setting.visit.subject, setting.spot.round, field.ask.form)
    asked = tuple(field for field in fields if field.ask.form is None or form is not None)
    return Inquiry(sheet, setting, asked, offered, known, form)
