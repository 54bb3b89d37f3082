"""What can be reversed of an application, and what falls with it, read before anybody signs."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.acts.prepared import Line
from portal.sheets.choices.matters import REPORTED, list_matters
from portal.sheets.setting import Setting
from portal.sheets.sheet import Option
from portal.wording.doing.every import WORDS
from reading.rehearsals import UNSTORED
from selection.application.reversing.commands import ReverseDecision
from selection.application.reversing.events import ConflictReopened
from selection.application.review.score_events import ConflictRuled
from selection.refusals.refused import Refused
from selection.round.reversing.commands import ReverseIntegrityDecision
from selection.round.reversing.events import IntegrityReversalEntered
from selection.wording.code_names import FALLS


async def list_ruled_reports(setting: Setting) -> tuple[Option, ...]:
    """Return the reports of conflicts whose ruling stands, as far as the visitor sees them."""
    visit = setting.visit
    entries = await visit.reads.applications.list_timeline(visit.subject, setting.spot.stream)
    ruled: set[str] = set()
    for entry in entries:
        name = str(entry.view["data"].get("report"))
        if entry.view["type"] == ConflictRuled.TYPE:
            ruled.add(name)
        elif entry.view["type"] == ConflictReopened.TYPE:
            ruled.discard(name)
    return await list_matters(setting, ruled, REPORTED, "report")


async def foretell_reversal(setting: Setting, values: Mapping[str, Any]) -> Sequence[Line]:
    """Tell all that falls with the decision; nothing of what would be refused, which is told when it is sent."""
    visit = setting.visit
    fields = {name: values[name] for name in ("decision", "report", "objection") if values.get(name)}
    command = ReverseDecision.model_validate({**fields, "text": UNSTORED})
    try:
        found = await visit.reads.rehearsals.foresee_reversal(
            visit.subject, setting.stream, command, setting.role, setting.new_id
        )
    except Refused:
        return ()
    return _list_falling(found.void)


async def foretell_integrity(setting: Setting, values: Mapping[str, Any]) -> Sequence[Line]:
    """Tell all that falls with a decision on integrity."""
    command = ReverseIntegrityDecision(application=values.get("application", ""), text=UNSTORED)
    visit = setting.visit
    found = await visit.reads.rehearsals.rehearse(
        visit.subject, setting.spot.round, command, setting.role, setting.new_id
    )
    entered = next(event for event in found.events if isinstance(event, IntegrityReversalEntered))
    return _list_falling(entered.void)


def _list_falling(void: Sequence[str]) -> Sequence[Line]:
    en, zh = WORDS["reversal-falls"]
    nothing = WORDS["reversal-falls-none"]
    named = [FALLS[code] for code in void] or [nothing]
    value_en, value_zh = ("\n".join(names[language] for names in named) for language in (0, 1))
    return [Line(en=en, zh=zh, value_en=value_en, value_zh=value_zh, long=len(named) > 1)]
