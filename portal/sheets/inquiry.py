"""A sheet as it is asked now: its fields, what can be chosen, what is known, and the form of the rules in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field as field_of

from portal.people import PersonNames, call_people, tell_against
from portal.sheets.fields import Field, fields_of, holds_people, list_known
from portal.sheets.filling import Offered
from portal.sheets.setting import Setting
from portal.sheets.sheet import KnownValue, Option, Sheet
from reading.models import RoundForm


@dataclass(frozen=True)
class Inquiry:
    """Everything that a page has to know to draw a sheet and to read what was typed into it.

    `called` says what the people are called among whom one can choose.
    """

    sheet: Sheet
    setting: Setting
    fields: tuple[Field, ...]
    offered: Offered
    known: dict[str, KnownValue]
    form: RoundForm | None = None
    called: PersonNames = field_of(default_factory=PersonNames)

    def show_options(self, field: Field) -> tuple[Option, ...]:
        """Return what can be chosen in a field as its page says it: people by their names."""
        return tuple(self._name(field, option) for option in self.offered.get(field.name, ()))

    def _name(self, field: Field, option: Option) -> Option:
        if holds_people(self.sheet, field.name):
            name = self.called[option.code]
            # Of who has a post it says which, beside the name.
            en, zh = ("" if text == option.code else f" – {text}" for text in (option.en, option.zh))
            return option._replace(en=f"{name}{en}", zh=f"{name}{zh}")
        if option.of:
            return option._replace(en=self._tell(option, "en"), zh=self._tell(option, "zh"))
        if not option.about:
            return option
        name = self.called[option.about]
        en, zh = tell_against(name, option.en, "en"), tell_against(name, option.zh, "zh")
        return option._replace(en=en, zh=zh)

    def _tell(self, option: Option, language: str) -> str:
        """Return what an option says, and after it of whom."""
        chinese = language == "zh"
        told = [option.zh if chinese else option.en]
        for part in option.of:
            names = ("、" if chinese else ", ").join(self.called[person] for person in part.people)
            told.append(f"{part.zh}：{names}" if chinese else f"{part.en}: {names}")
        return ("；" if chinese else "; ").join(told)


async def inquire(sheet: Sheet, setting: Setting) -> Inquiry:
    """Return what a sheet asks in its setting. A form that the rules do not have is not asked for."""
    fields = fields_of(sheet)
    asked_for = dict.fromkeys(field.ask.options for field in fields if field.ask.options)
    found = {options: await options(setting) for options in asked_for}
    offered = {field.name: found[field.ask.options] for field in fields if field.ask.options}
    known = {name: await ask.known(setting) for name, ask in list_known(sheet) if ask.known is not None}
    form = None
    for field in fields:
        if field.ask.form is not None:
            reads = setting.visit.reads.forms
            form = await reads.find_form(setting.visit.subject, setting.spot.round, field.ask.form)
    asked = tuple(field for field in fields if field.ask.form is None or form is not None)
    people = set(_list_people(sheet, offered))
    called = await call_people(setting.visit, setting.spot.stream, people) if people else PersonNames()
    return Inquiry(sheet, setting, asked, offered, known, form, called)


def _list_people(sheet: Sheet, offered: Offered) -> Iterator[str]:
    """Yield the people among what can be chosen, and those whom it is about."""
    for name, options in offered.items():
        people = holds_people(sheet, name)
        for option in options:
            yield from (option.code,) if people else option.people
