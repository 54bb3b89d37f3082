"""The call: sealing and opening are two acts where the rules are sealed before its day, and it never opens earlier."""

from datetime import datetime

from audit.claims import Sentences
from audit.rules.fold import ApplicationStep, RoundStep
from audit.rules.rule_runner import Checks, EachEvent, Rule, checks_of
from selection.application import events as a
from selection.application.state import ApplicationState
from selection.kernel.day_clock import start_of_day
from selection.round import events as r
from selection.round.state import RoundState

ACT = "open-call"
"""Rules that were sealed before there was this act do not name it: their call opened with the seal."""


def call_rules() -> tuple[Rule, ...]:
    """Return the rule about the opening of the call."""
    return (EachEvent("call-opened-in-time", OPENED),)


def _check_sealed(step: RoundStep) -> None:
    event = step.event
    assert isinstance(event, r.RoundOpened)
    opens = _find_day(step)
    waits = opens if ACT in step.rules.assurance and step.leaf.at < opens else None
    params = {"stated": str(event.awaits_call), "found": str(waits)}
    step.require(event.awaits_call == waits, "call-differs", **params)


def _check_opened(step: RoundStep) -> None:
    step.require(step.before.awaits_call is not None, "call-open-already")
    params = {"at": step.leaf.at.isoformat(), "opens": _find_day(step).isoformat()}
    step.require(step.leaf.at >= _find_day(step), "call-opened-early", **params)


def _check_submitted(step: ApplicationStep) -> None:
    awaited = step.record.round.awaits_call is not None
    step.require(not awaited, "before-the-call", application=step.after.number)


def _find_day(step: RoundStep) -> datetime:
    return start_of_day(step.rules.clock, step.rules.calendar.call)


OPENED: Checks = {
    **checks_of(RoundState, {r.RoundOpened: _check_sealed, r.CallOpened: _check_opened}),
    **checks_of(ApplicationState, {a.ApplicationSubmitted: _check_submitted}),
}

CLAIMS: Sentences = {
    "call-opened-in-time": (
        "The call opened on the day of the sealed rules or later, and nothing was handed in before it.",
        "申报于所封存规则载明之日或之后开启，此前未受理任何申报。",
    ),
}
"""What is claimed: code -> (English, Chinese)."""

FINDINGS: Sentences = {
    "before-the-call": (
        "Application {application} was handed in before the call opened.",
        "申报 {application} 于申报开启前提交。",
    ),
    "call-differs": (
        "The entry says that the call waits for {stated}; by the rules it waits for {found}.",
        "条目载明申报开启须等待：{stated}；按规则须等待：{found}。",
    ),
    "call-open-already": ("The call was open already.", "申报早已开启。"),
    "call-opened-early": (
        "The call opened at {at}, before its day, which begins at {opens}.",
        "申报于 {at} 开启，早于规则所定之日（{opens}）。",
    ),
}
"""What can be found instead."""
