"""A sheet as it is asked now: its fields, what can be chosen, what is known, and the form of the rules in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field as field_of

from portal.people import PersonNames, call_people, tell_against
from portal.sheets.fields import Field, fields_of, holds_people, list_known
from portal.sheets.filling import Offered
from portal.sheets.labels import EMPTY, Label, find_words
from portal.sheets.setting import Setting
from portal.sheets.sheet import KnownValue, Option, Sheet
from portal.wording.doing.every import WORDS
from reading.models import RoundForm

CHOSEN = frozenset({"choice", "choices", "order", "texts"})
"""The kinds of fields in which nothing but what is offered can be given."""


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

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose in each field in which something has to be chosen."""
        return all(self.offers(field) for field in self.fields if field.required)

    def offers(self, field: Field) -> bool:
        """Tell whether a field in which one chooses has anything to choose."""
        return field.kind not in CHOSEN or field.ask.options is None or bool(self.offered[field.name])

    def _name(self, field: Field, option: Option) -> Option:
        if not option.code:
            return option
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
    offered = {
        field.name: _leave_open(sheet, field, found[field.ask.options])
        for field in fields
        if field.ask.options
    }
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


def _leave_open(sheet: Sheet, field: Field, options: Sequence[Option]) -> Sequence[Option]:
    """Return what can be chosen in a field: where nothing need be, none of it first, and nothing else chosen.

    What says by itself what it is to choose none stays as it is.
    """
    if field.required or field.kind != "choice" or not options or not options[0].code:
        return options
    none = find_words(sheet, field.name, "none")
    none = Label(*WORDS["choose-none"]) if none is EMPTY else none
    return (Option("", *none, chosen=True), *(option._replace(chosen=False) for option in options))


def _list_people(sheet: Sheet, offered: Offered) -> Iterator[str]:
    """Yield the people among what can be chosen, and those whom it is about."""
    for name, options in offered.items():
        people = holds_people(sheet, name)
        for option in options:
            yield from (option.code,) if people and option.code else option.people
