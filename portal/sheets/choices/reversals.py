"""What can be reversed of an application, and what falls with it, read before anybody signs."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.acts.prepared import Line
from portal.sheets.choices.matters import REPORTED, list_matters
from portal.sheets.setting import Setting
from portal.sheets.sheet import Option, Wrong
from portal.wording.doing.every import WORDS
from reading.rehearsals import UNSTORED
from selection.application.notice.events import ObjectionRaised
from selection.application.reversing.commands import ReverseDecision
from selection.application.reversing.events import ConflictReopened
from selection.application.reversing.sentences import DECISIONS
from selection.application.review.score_events import ConflictRuled
from selection.process.decisions import CONFLICT, OBJECTION
from selection.refusals.refused import Refused
from selection.round.reversing.commands import ReverseIntegrityDecision
from selection.round.reversing.events import IntegrityReversalEntered
from selection.wording.code_names import FALLS

ENTERED = "reverse-decision/"
"""Begins the keys of the tasks of the post that is to agree."""


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


async def list_entered_reversals(setting: Setting) -> tuple[Option, ...]:
    """Return the decisions of which another post entered that they are to be reversed, while that counts."""
    codes = dict.fromkeys(name.partition("/")[0] for name in _list_entered(setting))
    return tuple(Option(code, *DECISIONS[code], len(codes) == 1) for code in codes)


async def list_entered_reports(setting: Setting) -> tuple[Option, ...]:
    """Return the reports of conflicts of which another post entered that the ruling is to be reversed."""
    return await _list_entered_of(setting, CONFLICT, REPORTED, "report")


async def list_entered_objections(setting: Setting) -> tuple[Option, ...]:
    """Return the objections of which another post entered that the ruling is to be reversed."""
    return await _list_entered_of(setting, OBJECTION, (ObjectionRaised.TYPE,), "objection")


async def _list_entered_of(
    setting: Setting, decision: str, kinds: tuple[str, ...], word: str
) -> tuple[Option, ...]:
    """Return what was ruled on in the decisions that are to be reversed; where only one is, it is chosen already."""
    entered = _list_entered(setting)
    names = {name.partition("/")[2] for name in entered if name.startswith(f"{decision}/")}
    found = await list_matters(setting, names, kinds, word)
    if not found or len(entered) > 1:
        return found
    return (Option("", *WORDS[f"decline-reversal.{word}.none"]), *found)


def check_ruled_on(values: Mapping[str, Any]) -> Sequence[Wrong]:
    """Find a ruling of which nobody said what it was on."""
    of = {CONFLICT: "report", OBJECTION: "objection"}.get(values["decision"], "")
    return [Wrong(of, *WORDS[f"reverse-decision.which-{of}"])] if of and not values.get(of) else []


def _list_entered(setting: Setting) -> list[str]:
    """Return what the visitor's post is asked to reverse, each decision with what it is of."""
    view = setting.spot.view
    tasks = view.tasks if view is not None else ()
    return [
        task.key.removeprefix(ENTERED)
        for task in tasks
        if task.key.startswith(ENTERED) and task.role is setting.role
    ]


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
