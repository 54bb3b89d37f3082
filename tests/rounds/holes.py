"""Rules of the core that are switched off on purpose, each for a round, and by whom the hole is used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any

import pytest

from selection.application import decide as application
from selection.recommendation import decide as recommendation
from selection.refusals.refused import Refused
from selection.round import decide as round_
from tests.chance.lively import LivelyRound

Patch = pytest.MonkeyPatch
TABLES: Mapping[str, dict[Any, Any]] = {
    "application": application.DECIDERS,
    "round": round_.DECIDES,
    "recommender": recommendation.DECIDES,
}
"""The deciders of each kind of stream."""
Asked = tuple[Any, Any, Any]
"""State, command and context, on which a decider decides."""


@dataclass(frozen=True)
class Hole:
    """A rule that is off: the claim that must be refuted once somebody used it, and whose rounds do.

    `sections` go into the rules. `property` is how the properties name it that are read by hand, where they do.
    """

    claim: str
    open: Callable[[Patch], None]
    rounds: type[LivelyRound] = LivelyRound
    sections: Mapping[str, Any] | None = None
    property: str = ""


def passing(*places: tuple[ModuleType, str]) -> Callable[[Patch], None]:
    """Return what lets functions that refuse refuse nothing."""

    def swallow(refuse: Callable[..., Any]) -> Callable[..., Any]:
        def let_pass(*args: Any, **named: Any) -> Any:
            try:
                return refuse(*args, **named)
            except Refused:
                return None

        return let_pass

    def open_(patch: Patch) -> None:
        for module, name in places:
            patch.setattr(module, name, swallow(getattr(module, name)))

    return open_


def saying(module: ModuleType | type, name: str, value: Any) -> Callable[[Patch], None]:
    """Return what puts something else in the place of a function, a property or a value."""
    return lambda patch: patch.setattr(module, name, value)


def wrapping(module: ModuleType, name: str, instead: Callable[..., Any]) -> Callable[[Patch], None]:
    """Return what puts a function in the place of another, which it is given first."""
    return lambda patch: patch.setattr(module, name, partial(instead, getattr(module, name)))


def lying(
    kind: str, command: type, codes: str, change: Callable[[Any, Any, Any], Asked]
) -> Callable[[Patch], None]:
    """Return what has a decider that refuses by one of these codes decide again, on something that is not so."""
    decide = TABLES[kind][command]

    def decide_again(state: Any, told: Any, context: Any) -> Any:
        try:
            return decide(state, told, context)
        except Refused as refused:
            if refused.code not in codes.split():
                raise
            return decide(*change(state, told, context))

    return lambda patch: patch.setitem(TABLES[kind], command, decide_again)


def telling(kind: str, command: type, change: Callable[[Any], Any]) -> Callable[[Patch], None]:
    """Return what has a decider record something else than it decided on: each event, changed."""
    decide = TABLES[kind][command]

    def decide_otherwise(state: Any, told: Any, context: Any) -> Any:
        return tuple(change(event) for event in decide(state, told, context))

    return lambda patch: patch.setitem(TABLES[kind], command, decide_otherwise)


def all_of(*opens: Callable[[Patch], None]) -> Callable[[Patch], None]:
    """Return what opens several holes."""

    def open_(patch: Patch) -> None:
        for one in opens:
            one(patch)

    return open_
