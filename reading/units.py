"""The register of units: what there is, and what a unit was called and belonged to before."""

from collections.abc import Iterable

from reading.access.part import Part
from reading.access.subject import Subject
from reading.errors import Hidden
from selection.decision.register_views import UnitFact
from selection.kernel.model import Frozen, Instant
from selection.kernel.unit_codes import canonical_code
from selection.register.state import INSTALLATION, RegisterState
from selection.register.unit_events import UnitRegistered
from selection.visibility.reading import view_entry, visible_row
from selection.visibility.viewer import relation


class UnitBefore(Frozen):
    """What an entry said of a unit, and when it was recorded."""

    at: Instant
    version: int
    name_zh: str
    name_en: str
    kind: str
    parents: tuple[str, ...]
    active: bool


class UnitStory(Frozen):
    """A unit, those that it belongs to and those that belong to it, and all its entries."""

    unit: UnitFact
    parents: tuple[UnitFact, ...]
    below: tuple[UnitFact, ...]
    entries: tuple[UnitBefore, ...]


class UnitReads(Part):
    """What can be read of units."""

    async def list_units(self, subject: Subject, kind: str | None = None) -> tuple[UnitFact, ...]:
        """Return every unit, or every one of a kind, in the order of codes."""
        found = self._show(subject, await self._source.ledger.units.list())
        return tuple(item for item in found if kind is None or item.kind == kind)

    async def find(self, subject: Subject, codes: Iterable[str]) -> dict[str, UnitFact]:
        """Return those of these units that are registered, by their codes in the one spelling."""
        found = await self._source.ledger.units.find(codes)
        return {item.code: item for item in self._show(subject, found.values())}

    async def get(self, subject: Subject, code: str) -> UnitStory:
        """Return a unit and what stands around it. Raises Hidden where there is none."""
        units = {item.code: item for item in await self.list_units(subject)}
        unit = units.get(canonical_code(code))
        if unit is None:
            raise Hidden
        return UnitStory(
            unit=unit,
            parents=tuple(units[parent] for parent in unit.parents),
            below=tuple(item for item in units.values() if unit.code in item.parents),
            entries=await self._list_entries(subject, unit.code),
        )

    def _show(self, subject: Subject, units: Iterable[UnitFact]) -> tuple[UnitFact, ...]:
        viewer = relation(RegisterState(stream=INSTALLATION), subject.person, subject.fact)
        shown = (visible_row(item, viewer) for item in units)
        return tuple(UnitFact.model_validate(item) for item in shown if item is not None)

    async def _list_entries(self, subject: Subject, code: str) -> tuple[UnitBefore, ...]:
        state = RegisterState(stream=INSTALLATION)
        viewer = relation(state, subject.person, subject.fact)
        found = []
        async for entry in self._source.ledger.reading.all_entries(INSTALLATION):
            if entry.leaf.type != UnitRegistered.TYPE or entry.leaf.data["code"] != code:
                continue
            view = view_entry(entry.leaf, viewer, state)
            if view is not None:
                fields = {
                    name: view["data"][name] for name in UnitBefore.model_fields if name in view["data"]
                }
                found.append(UnitBefore(at=entry.leaf.at, version=entry.leaf.version, **fields))
        return tuple(found)
