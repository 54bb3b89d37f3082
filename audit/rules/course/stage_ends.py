"""Ends of stages: nothing was left to do, and each item went on as its own state says."""

from collections import Counter
from collections.abc import Callable

from audit.claims import Sentences
from audit.rules.causes import EMPTY_AFTER
from audit.rules.fold import RoundStep
from audit.rules.rule_runner import EachEvent, Rule, checks_of
from selection.decision.aggregate import Event
from selection.kernel.stages import RoundStage, Stage
from selection.round import events as r
from selection.round.state import RoundState


def stage_end_rules() -> tuple[Rule, ...]:
    """Return the rules about the ends of stages."""
    finished: dict[type[Event], Callable[[RoundStep], None]] = {
        r.StageFinished: _check_finished,
        r.HeldItemsSettled: _check_settlement,
        r.ItemsLeft: _check_left,
    }
    return (EachEvent("stages-finished", checks_of(RoundState, finished)),)


def _check_finished(step: RoundStep) -> None:
    event, before = step.event, step.before
    assert isinstance(event, r.StageFinished)
    step.require(event.finished == before.stage.value, "other-stage", stage=before.stage.value)
    step.require(not before.batch, "decision-under-way")
    _check_nothing_left(step, before, event)
    in_notice = before.stage is RoundStage.NOTICE
    items = [
        item.application for item in before.items if in_notice and item.application not in before.removed
    ]
    for number in (*event.removed, *event.held):
        step.require(number in items, "not-a-candidate", application=number)
    for number in items:
        stated = Stage.ENDED if number in event.removed else Stage.HELD if number in event.held else None
        _fate(step, number, stated)


def _check_nothing_left(step: RoundStep, before: RoundState, event: r.StageFinished) -> None:
    stages = Counter(item.stage for item in step.record.applications.values())
    step.require(before.stage in EMPTY_AFTER, "other-stage", stage=before.stage.value)
    for stage in EMPTY_AFTER[before.stage]:
        step.require(not stages[stage], "stage-not-empty", stage=stage.value, count=str(stages[stage]))
    counts = {stage.value: count for stage, count in stages.items() if stage is not Stage.NEW}
    stated = {stage: count for stage, count in event.counts.items() if stage != Stage.NEW}
    step.require(counts == stated, "counts-differ")


def _fate(step: RoundStep, number: str, stated: Stage | None) -> None:
    """Compare what a look says of an item, None for nothing, with the item's own state."""
    stage = step.record.applications[number].stage
    found = stage if stage in (Stage.ENDED, Stage.HELD) else None
    step.require(found is stated, "fate-differs", application=number, stage=stage.value)


def _check_left(step: RoundStep) -> None:
    event, before = step.event, step.before
    assert isinstance(event, r.ItemsLeft)
    step.require(not before.batch, "decision-under-way")
    if event.held:
        # Which these are is counted by the claim about levels, who no longer decide on them.
        for number in event.held:
            stage = step.record.applications[number].stage
            waits = stage in (Stage.HELD, Stage.CLEARED) and not event.removed
            step.require(waits, "fate-differs", application=number, stage=stage.value)
        return
    ended = [
        item.application
        for item in before.items
        if item.application not in before.removed
        and step.record.applications[item.application].stage is Stage.ENDED
    ]
    for number in {*ended, *event.removed}:
        stated = number in event.removed
        stage = step.record.applications[number].stage
        step.require(stated is (number in ended), "fate-differs", application=number, stage=stage.value)


def _check_settlement(step: RoundStep) -> None:
    event, before = step.event, step.before
    assert isinstance(event, r.HeldItemsSettled)
    # Of a list that is checked they are only where nothing is left on it that anybody could decide on.
    gone = {*before.removed, *(number for number, cleared in before.hits.items() if cleared is False)}
    empty = gone.issuperset(item.application for item in before.items)
    unchecked = before.stage is RoundStage.APPROVAL and (empty or not before.integrity)
    step.require(unchecked or before.stage is RoundStage.ISSUED, "held-not-to-join")
    step.require(not before.batch, "decision-under-way")
    proposal = before.proposal + (1 if event.released else 0)
    step.require(event.proposal == proposal, "other-proposal", proposal=str(event.proposal))
    known = [item.application for item in before.held]
    for number in (*event.released, *event.removed):
        step.require(number in known, "not-a-candidate", application=number)
    for number in known:
        _check_settled(step, number, event)


def _check_settled(step: RoundStep, number: str, event: r.HeldItemsSettled) -> None:
    stage = step.record.applications[number].stage
    stated = (number in event.released, number in event.removed)
    # What a hit suspends was clear all along, and waits for a ruling.
    suspended = step.before.hits.get(number, True) is None
    found = (stage is Stage.CLEARED and not suspended, stage is Stage.ENDED)
    step.require(stated == found, "fate-differs", application=number, stage=stage.value)


CLAIMS: Sentences = {
    "stages-finished": (
        "A stage ended only when nothing was left to do in it, and each held item went on as its objection "
        "ended.",
        "阶段均在无待办事项时结束；因异议搁置的事项均按异议处理结果继续。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "counts-differ": (
        "The counts per stage are not those of the applications.",
        "各阶段计数与申报实际不符。",
    ),
    "fate-differs": (
        "The entry contradicts application {application}, which is at the stage “{stage}”.",
        "条目对申报 {application} 的记载与其所处阶段“{stage}”不符。",
    ),
    "held-not-to-join": ("Held items can't join the list here.", "搁置事项此时不能并入名单。"),
    "other-stage": ("The round was at the stage “{stage}”.", "本轮当时处于“{stage}”阶段。"),
}
"""What can be found instead."""
