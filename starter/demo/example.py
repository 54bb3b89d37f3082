"""The example that the demo runs: rules, people, applications and story, read from files."""

import json
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

import yaml
from pydantic import Field

from ledger.people.register import NewPerson
from papers.letterhead import Letterhead
from selection.kernel.actor import Role
from selection.kernel.counting import fill
from selection.kernel.day_clock import RehearsalClock
from selection.kernel.model import Frozen
from selection.kernel.zone import BEIJING
from selection.register.unit_commands import UnitEntry
from selection.rules.model import RoundRules
from selection.rules.zones import AFTER, BEFORE, list_offsets
from selection.sealing import load_rules

Language = str
Scheme = Literal["second-batch", "grant"]
"""The examples; each has its folder in the `examples` package."""


class Reason(Frozen):
    """A reason in both languages; stored as one text of two lines."""

    en: str
    zh: str

    def text(self) -> str:
        """Return the text that is stored."""
        return f"{self.zh}\n{self.en}"


def line_of(text: str, language: str) -> str:
    """Return the line of a stored reason in the language."""
    chinese, _, english = text.partition("\n")
    return chinese if language == "zh" else english


class Organisation(Frozen):
    """A host unit or a co-builder of the example."""

    code: str
    kind: str
    region: str
    name_en: str
    name_zh: str


class Applicant(Frozen):
    """One application of the example; `code` names it before the record gives it a number.

    `unit` and `priority` are empty where the rules have none. `form` is the file that it was filled in as, `text`
    what that file says.
    """

    code: str
    agent: str
    unit: str = ""
    title_en: str
    title_zh: str
    direction_en: str = ""
    direction_zh: str = ""
    field: str
    priority: str = ""
    host: Organisation
    co_builders: tuple[Organisation, ...] = ()
    form: str
    text: str = ""
    staff: int = 0
    fund_yuan: Decimal
    avoid: tuple[str, ...] = ()


class SentBack(Frozen):
    """Which place of the first proposal the last level sends back, what it asks for, and what the officer adds."""

    place: int
    asks: Reason
    adds: Reason


class RulesAmendment(Frozen):
    """Which field of the rules is amended while the round runs, by its path, to which value, and why."""

    path: str
    after: str
    reason: Reason


class Story(Frozen):
    """What happens to whom, whatever the seed; what an example leaves out does not happen.

    Codes of applications: `edited` before the deadline; `withdrawn`; `late_submission`; `set_aside` by their
    unit; `over_quota` at their unit; `late_recommendation`; `unsealed` and sent back, and then
    also `unconfirmed` by its co-builders until mended; `rulings` on warnings;
    `grounds` of failing the check, with the held `directions` that one comes near to; `conflict_found` in a review
    that was handed in; a review `corrected` by its reviewer; an officer names a `same_employer_surveyor`. Places in
    the first proposal: the rest, of which the hit is `upheld_in_error`, and its stop lifted, or cleared at once. The
    rules are `amended`; `substitutes` act for approvers, by the holder of the post. `by_chance` are kinds of acts and
    codes of refusals whose number chance decides, but of which at least one comes.
    """

    edited: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    late_submission: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    over_quota: tuple[str, ...] = ()
    late_recommendation: tuple[str, ...] = ()
    unsealed: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    rulings: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    grounds: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    directions: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    conflict_found: str = ""
    corrected: str = ""
    same_employer_surveyor: str = ""
    objection_upheld_on: int | None = None
    objection_dismissed_on: int | None = None
    integrity_hit_on: int | None = None
    upheld_in_error: bool = False
    amended: RulesAmendment | None = None
    substitutes: dict[str, str] = Field(default_factory=dict)
    sent_back: SentBack | None = None
    by_chance: tuple[str, ...] = ()


class SummaryWords(Frozen):
    """How the demo speaks of what the list names: its heading, and the words that go with a count."""

    heading: Reason
    counted: Reason

    def count(self, number: int, language: Language) -> str:
        """Return so many of them, in words of the language."""
        return fill(self.counted.zh if language == "zh" else self.counted.en, {"count": number})


class FirstBatch(Frozen):
    """Published facts of the first batch, to set the list beside."""

    note: str
    approved: int
    accepted: int
    fields: tuple[dict[str, str], ...]
    regions: tuple[str, ...]


class Rehearsal(Frozen):
    """What a rehearsal changes in the rules before they are sealed, and how its list is called."""

    called: SummaryWords
    seconds_per_day: Decimal
    calendar: dict[str, date]
    days: dict[str, int]
    draws: dict[str, Any] = Field(default_factory=dict)


class Example(Frozen):
    """Everything that the files hold. `name` is that of the example and of its round.

    `letterhead` is ours where the example has none of its own.
    """

    name: str
    rules: RoundRules
    rehearsal: Rehearsal
    people: tuple[NewPerson, ...]
    applicants: tuple[Applicant, ...]
    story: Story
    first_batch: FirstBatch | None
    letterhead: Letterhead

    def applicant(self, code: str) -> Applicant:
        """Return the application of this code."""
        return next(item for item in self.applicants if item.code == code)

    def list_people(self, prefix: str) -> tuple[str, ...]:
        """Return the people whose id begins so, such as `surveyor-`."""
        return tuple(item.person for item in self.people if item.person.startswith(prefix))

    def list_co_building(self, applicant: Applicant) -> tuple[tuple[str, str], ...]:
        """Return each co-builder of an application with the person who acts for it."""
        agents = {item.employer: item.person for item in self.people if Role.APPLICANT.value in item.roles}
        return tuple((unit.code, agents[unit.code]) for unit in applicant.co_builders)

    def list_units(self) -> tuple[UnitEntry, ...]:
        """Return all hosts, co-builders and employers as units of the register, each once."""
        found = {
            item.employer: UnitEntry(code=item.employer, name_zh=item.identity.employer_name)
            for item in self.people
            if item.employer and item.identity.employer_name
        }
        for applicant in self.applicants:
            for unit in (applicant.host, *applicant.co_builders):
                fields = unit.model_dump(include={"code", "kind", "name_en", "name_zh"})
                found[unit.code] = UnitEntry.model_validate(fields)
        return tuple(found[code] for code in sorted(found))

    def employer(self, person: str) -> str:
        """Return the credit code of a person's employer."""
        return next(item.employer for item in self.people if item.person == person)

    def rehearse(self, start: datetime, seconds_per_day: Decimal) -> "Example":
        """Return the example with its rules as rehearsed on a local installation: the call's day begins at `start`."""
        written, changes = self.rules.model_dump(), self.rehearsal
        calendar = {**written["calendar"], **changes.calendar}
        clock = RehearsalClock(start=start, day_zero=calendar["call"], seconds_per_day=seconds_per_day)
        zone = list_offsets(self.rules.clock.zone, start.year - BEFORE, start.year + AFTER) or BEIJING
        rules = RoundRules.model_validate(
            {
                **written,
                "local": True,
                "clock": {**clock.model_dump(), **zone.model_dump()},
                "calendar": calendar,
                "days": {**written["days"], **changes.days},
                "draws": {**self.rules.draws.model_dump(), **changes.draws},
            }
        )
        return self.model_copy(update={"rules": rules})


def load_example(name: Scheme = "second-batch") -> Example:
    """Read one of the examples of the `examples` package."""
    folder = files("examples") / name.replace("-", "_")
    first, head = folder / "first_batch.json", folder / "letterhead.yaml"
    return Example(
        name=name,
        rules=load_rules((folder / "rules.yaml").read_text(encoding="utf-8")),
        rehearsal=Rehearsal.model_validate(
            yaml.safe_load((folder / "rehearsal.yaml").read_text(encoding="utf-8"))
        ),
        people=tuple(NewPerson.model_validate(item) for item in _json(folder / "people.json")),
        applicants=tuple(_applicant(folder, item) for item in _json(folder / "applications.json")),
        story=Story.model_validate(_json(folder / "story.json")),
        first_batch=FirstBatch.model_validate(_json(first)) if first.is_file() else None,
        letterhead=Letterhead.model_validate(
            yaml.safe_load(head.read_text(encoding="utf-8")) if head.is_file() else {}
        ),
    )


def _applicant(folder: Traversable, item: dict[str, Any]) -> Applicant:
    text = folder.joinpath(*item["form"].split("/")).read_text(encoding="utf-8")
    return Applicant.model_validate({**item, "text": text})


def _json(path: Traversable) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
