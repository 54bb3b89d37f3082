"""What can be chosen in the acts on requests for review: grounds and remedies of the rules, requests that wait."""

from collections.abc import Iterable

from portal.sheets.choices.matters import list_waiting
from portal.sheets.setting import Setting
from portal.sheets.sheet import Option
from selection.application.requests.events import (
    FreshPanelOrdered,
    FreshPanelReviewed,
    RequestDecided,
    ReviewRequested,
)
from selection.kernel.named import Named
from selection.rules.sections import Requests

_OPENING = (ReviewRequested.TYPE, FreshPanelReviewed.TYPE)
"""After which people are to decide."""


async def list_grounds(setting: Setting) -> tuple[Option, ...]:
    """Return the grounds on which the rules let a review be requested."""
    return _list((await _read(setting)).grounds)


async def list_remedies(setting: Setting) -> tuple[Option, ...]:
    """Return the remedies of the rules, and after them what may follow from a fresh panel's score."""
    procedure = await _read(setting)
    return _list((*procedure.remedies, *procedure.after_panel))


async def list_unappointed(setting: Setting) -> tuple[Option, ...]:
    """Return the requests that are not decided; whether others can be added to one by now, the act tells."""
    waiting, with_panel = await _find_open(setting)
    return await _list_named(setting, waiting | with_panel)


async def list_undecided(setting: Setting) -> tuple[Option, ...]:
    """Return the requests that wait for what the visitor finds."""
    person = setting.visit.subject.person
    keys = list_waiting(setting, "request/")
    own = {key.partition("/")[0] for key in keys if key.endswith(f"/{person}")}
    # Nobody is awaited while a fresh panel reviews; after its day people decide without its score.
    _, with_panel = await _find_open(setting)
    return await _list_named(setting, own | with_panel)


async def list_unremedied(setting: Setting) -> tuple[Option, ...]:
    """Return the requests whose remedy waits."""
    return await _list_named(setting, list_waiting(setting, "remedy/"))


async def _find_open(setting: Setting) -> tuple[set[str], set[str]]:
    """Return the grounds of requests that wait for a decision, and of those that wait for a fresh panel first."""
    visit, waiting, with_panel = setting.visit, set[str](), set[str]()
    for entry in await visit.reads.applications.list_timeline(visit.subject, setting.spot.stream):
        kind, ground = entry.view["type"], str(entry.view["data"].get("ground"))
        if kind in _OPENING:
            with_panel.discard(ground)
            waiting.add(ground)
        elif kind in (RequestDecided.TYPE, FreshPanelOrdered.TYPE):
            waiting.discard(ground)
            with_panel.discard(ground)
            if kind == FreshPanelOrdered.TYPE:
                with_panel.add(ground)
    return waiting, with_panel


async def _read(setting: Setting) -> Requests:
    return (await setting.visit.reads.rounds.get_words(setting.visit.subject, setting.spot.round)).requests


async def _list_named(setting: Setting, codes: set[str]) -> tuple[Option, ...]:
    return _list(item for item in (await _read(setting)).grounds if item.code in codes)


def _list(items: Iterable[Named]) -> tuple[Option, ...]:
    """Return what is named as options; one alone is chosen already."""
    named = tuple(items)
    return tuple(Option(item.code, item.en, item.zh, len(named) == 1) for item in named)
