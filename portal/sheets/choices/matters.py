"""What waits on an application for somebody's decision: reports of conflicts and objections, by how they begin."""

from portal.sheets.setting import Setting
from portal.sheets.sheet import Option
from portal.wording.doing.every import WORDS
from reading.models import ShownEntry
from selection.application.found_conflicts.events import ConflictFound
from selection.application.notice.events import (
    ObjectionRaised,
    ObjectionReopened,
    ObjectionSettled,
    ObjectionWithdrawn,
)
from selection.application.review.score_events import ConflictReported
from selection.wording.bound_by import tell_conflicts

REPORTED = (ConflictReported.TYPE, ConflictFound.TYPE)


async def list_reports(setting: Setting) -> tuple[Option, ...]:
    """Return the reports of conflicts that wait for a ruling, with what was written or what data shows."""
    return await list_matters(setting, list_waiting(setting, "report/"), REPORTED, "report")


async def list_unexamined(setting: Setting) -> tuple[Option, ...]:
    """Return the objections that wait for their examiners."""
    return await list_matters(
        setting, list_waiting(setting, "examine/"), (ObjectionRaised.TYPE,), "objection"
    )


async def list_examined(setting: Setting) -> tuple[Option, ...]:
    """Return the objections that wait for what the visitor finds."""
    person = setting.visit.subject.person
    own = {
        key.removesuffix(f"/{person}")
        for key in list_waiting(setting, "objection/")
        if key.endswith(f"/{person}")
    }
    return await list_matters(setting, own, (ObjectionRaised.TYPE,), "objection")


async def list_own(setting: Setting) -> tuple[Option, ...]:
    """Return the open objections that the visitor raised."""
    visit, names = setting.visit, dict[str, bool]()
    for entry in await visit.reads.applications.list_timeline(visit.subject, setting.spot.stream):
        kind, data = entry.view["type"], entry.view["data"]
        if kind == ObjectionRaised.TYPE and data.get("objector") == visit.subject.person:
            names[data["objection"]] = True
        elif kind in (ObjectionSettled.TYPE, ObjectionWithdrawn.TYPE):
            names.pop(data.get("objection", ""), None)
    return await list_matters(setting, set(names), (ObjectionRaised.TYPE,), "objection")


async def list_settled(setting: Setting) -> tuple[Option, ...]:
    """Return the objections that were dismissed or upheld in part."""
    visit = setting.visit
    entries = await visit.reads.applications.list_timeline(visit.subject, setting.spot.stream)
    settled: set[str] = set()
    for entry in entries:
        name = str(entry.view["data"].get("objection"))
        if entry.view["type"] == ObjectionSettled.TYPE:
            settled.add(name)
        elif entry.view["type"] == ObjectionReopened.TYPE:
            settled.discard(name)
    return await list_matters(setting, settled, (ObjectionRaised.TYPE,), "objection")


def list_waiting(setting: Setting, beginning: str) -> set[str]:
    """Return of the open tasks that begin so what follows."""
    view = setting.spot.view
    tasks = view.tasks if view is not None else ()
    return {task.key.removeprefix(beginning) for task in tasks if task.key.startswith(beginning)}


async def list_matters(
    setting: Setting, names: set[str], kinds: tuple[str, ...], word: str
) -> tuple[Option, ...]:
    """Return matters of these names with the beginning of what was written; one alone is chosen already."""
    visit = setting.visit
    found: dict[str, tuple[str, tuple[str, str]]] = {}
    for entry in await visit.reads.applications.list_timeline(visit.subject, setting.spot.stream):
        data = entry.view["data"]
        name = data.get(word)
        if entry.view["type"] in kinds and name in names:
            found[name] = (str(data.get("expert", "")), _read(entry))
    return tuple(Option(name, *texts, len(found) == 1, about) for name, (about, texts) in found.items())


def _read(entry: ShownEntry) -> tuple[str, str]:
    """Return what an entry gives as the reason, in both languages: a text's beginning, or what data shows."""
    if bound_by := entry.view["data"].get("bound_by"):
        return tell_conflicts(bound_by, "en"), tell_conflicts(bound_by, "zh")
    text = next((text.text for text in entry.texts if text.text), "")
    return (text, text) if text else WORDS["matter-erased"]
