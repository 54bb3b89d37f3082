"""What the sealed rules of a round say of how it is shown: handed to whatever puts the round's entries into words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from selection.kernel.day_clock import AnyClock, CalendarClock, after_days
from selection.kernel.model import Frozen
from selection.kernel.named import Named
from selection.kernel.stages import Names
from selection.kernel.zone import BEIJING, Zone
from selection.round.amending_rules.sentences import name_path
from selection.rules.grounds import BUILT_IN, Ground, with_compared
from selection.rules.languages import EVERY, Spoken
from selection.rules.model import RoundRules
from selection.rules.sections import Batch, Contact, Requests
from selection.wording.code_names import name_of, names_of


class RoundWords(Frozen):
    """The words of one round: the grounds of its check and of requests for review, its zone, its languages.

    Its letters name it by `title`, and whom its people turn to, the `contact`, where its rules name one.
    Its clock says until when a review is requested; the sources are those of the public numbers that open its draws;
    `listed` are its routes, recommending units and levels of approval.
    """

    grounds: tuple[Ground, ...] = with_compared(BUILT_IN)
    zone: Zone = BEIJING
    languages: tuple[Spoken, ...] = EVERY
    requests: Requests = Requests()
    # Pages and letters show dates that it gives; nobody outside is told of it beside the rules.
    clock: SkipJsonSchema[Annotated[AnyClock, Field(exclude=True)]] = CalendarClock()
    title: SkipJsonSchema[Annotated[Batch | None, Field(exclude=True)]] = None
    contact: SkipJsonSchema[Annotated[Contact | None, Field(exclude=True)]] = None
    sources: SkipJsonSchema[Annotated[tuple[Named, ...], Field(exclude=True)]] = ()
    # Routes, recommending units and levels of approval, by their paths in the rules.
    listed: SkipJsonSchema[Annotated[Names, Field(exclude=True)]] = {}

    def list_grounds(self) -> Names:
        """Return the names of the grounds: code -> (English, Chinese)."""
        return {ground.code: (ground.en, ground.zh) for ground in self.grounds}

    def name_grounds(self, codes: Iterable[str], language: str) -> str:
        """Return grounds of the legality check in one line."""
        return names_of(self.list_grounds(), codes, language)

    def name_procedure(self, code: str, language: str) -> str:
        """Return a ground of a request for review, or a remedy, in words."""
        requests = self.requests
        listed = (*requests.grounds, *requests.remedies, *requests.after_panel)
        named = {item.code: (item.en, item.zh) for item in listed}
        return name_of(named, code, language)

    def name_source(self, code: str, language: str) -> str:
        """Return a source of public numbers in words."""
        return name_of({item.code: (item.en, item.zh) for item in self.sources}, code, language)

    def name_field(self, path: str, language: str) -> str:
        """Return a field of the rules in words, by its path."""
        return name_path(path, language, self.listed)

    def name_levels(self, codes: Iterable[str], language: str) -> str:
        """Return levels of approval in one line."""
        levels = {path.removeprefix("approval."): names for path, names in self.listed.items()}
        return names_of(levels, codes, language)

    def list_procedure(self, language: str) -> str:
        """Return the grounds of a request for review in one line."""
        return ("；" if language == "zh" else "; ").join(
            item.name_in(language) for item in self.requests.grounds
        )

    def end_of_requests(self, ended: datetime) -> datetime:
        """Return until when a review is requested of what ended at an instant."""
        return after_days(self.clock, ended, self.requests.days)

    def choose_language(self, language: str) -> Spoken:
        """Return a person's language where the round speaks it, else the round's first."""
        return next((spoken for spoken in self.languages if spoken == language), self.languages[0])

    def choose_for_paper(self, language: str, *, every: bool) -> Literal["en", "zh", "both"]:
        """Return the language of a paper: the reader's where the round speaks it; with `every` all of the round's."""
        return "both" if every and len(self.languages) > 1 else self.choose_language(language)


USUAL = RoundWords()
"""The words of what belongs to no round, and of rules that say nothing of their own."""


def words_of(rules: RoundRules | None) -> RoundWords:
    """Return the words of sealed rules; where there are none, the usual ones."""
    if rules is None:
        return USUAL
    clock = rules.clock
    return RoundWords(
        grounds=rules.check.every_ground,
        zone=Zone(zone=clock.zone, offset=clock.offset, shifts=clock.shifts),
        languages=rules.languages,
        requests=rules.requests,
        clock=clock,
        title=rules.title,
        contact=rules.contact,
        sources=tuple(Named(code=item.code, en=item.en, zh=item.zh) for item in rules.draws.sources),
        listed={
            f"{name}.{item.code}": (item.en, item.zh)
            for name in ("routes", "recommenders", "approval")
            for item in getattr(rules, name)
        },
    )
