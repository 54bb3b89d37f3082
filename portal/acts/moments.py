"""What happened, as a page says it: no code of the rules, no name of a command and no id stands in a sentence."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portal.acts.telling import tell_refusal
from portal.shown.data import name_datum
from portal.shown.names import name_listed, name_unit
from portal.visit import Visit
from reading.models import RoundNames, ShownEntry
from selection.decision.aggregate import ActRefused
from selection.decision.register_views import UnitFact
from selection.refusals.people import call_people
from selection.timeline.events import Moment, moment_of
from selection.wording.round_words import USUAL

COUNTED = ("objection", "report")
"""What the record calls by the id of the act that brought it about: a page counts them, in the order that shows."""
Units = Mapping[str, UnitFact]


def tell_entries(
    entries: Sequence[ShownEntry],
    language: str,
    names: RoundNames | None,
    called: Mapping[str, str],
    units: Units | None = None,
) -> list[Moment]:
    """Return each entry in words; `called` is what people are called, and `units` what is registered of units."""
    told = _Telling(language, names, called, units or {})
    return [told.tell(entry.view) for entry in entries]


def tell_moments(
    entries: Sequence[ShownEntry],
    language: str,
    names: RoundNames | None,
    called: Mapping[str, str],
    units: Units | None = None,
) -> list[tuple[Moment, tuple[str, ...]]]:
    """Return each entry in words, with the beginnings of the texts that say why."""
    moments = tell_entries(entries, language, names, called, units)
    texts = [tuple(text.text for text in entry.texts if text.text) for entry in entries]
    return list(zip(moments, texts, strict=True))


async def find_units(visit: Visit, entries: Iterable[ShownEntry]) -> Units:
    """Return what is registered of the units that entries name."""
    codes = {str(code) for entry in entries if (code := entry.view["data"].get("co_builder"))}
    return await visit.reads.units.find(visit.subject, codes) if codes else {}


class _Telling:
    def __init__(
        self, language: str, names: RoundNames | None, called: Mapping[str, str], units: Units
    ) -> None:
        self._language, self._called, self._units = language, called, units
        self._words = names.words if names is not None else USUAL
        self._named = name_listed(names, language)
        self._criteria = [item.code for item in names.criteria] if names is not None else []
        self._numbers: dict[tuple[str, str], str] = {}

    def tell(self, view: Mapping[str, Any]) -> Moment:
        data = {name: self._name(name, value) for name, value in view["data"].items()}
        refused = view["type"] == ActRefused.TYPE and "code" in data
        why = self._tell_refusal(data.pop("code"), data.pop("params", {})) if refused else ""
        moment = moment_of({**view, "data": data}, self._language, self._words, self._called)
        return moment.with_(why=why) if refused else moment

    def _tell_refusal(self, code: str, params: Mapping[str, str]) -> str:
        return tell_refusal(self._language, code, call_people(params, self._called), self._words.zone)

    def _name(self, name: str, value: Any) -> Any:
        match name, value:
            case "hits", dict():
                return list(value)
            case "co_builder", str():
                return name_unit(value, self._units, self._language)
            case _, str() if name in COUNTED:
                before = sum(known == name for known, _ in self._numbers)
                return self._numbers.setdefault((name, value), str(before + 1))
        return name_datum(self._named, self._criteria, self._language, name, value)
