"""Which acts are open to somebody in a place: by their roles and the stage, as the core's rows say."""

from collections.abc import Iterator
from datetime import UTC, datetime

from portal.sheets.setting import Spot
from portal.sheets.sheet import Sheet, place_of
from portal.sheets.tables.table import SHEETS
from selection.application.commands import RaiseObjection
from selection.application.preconditions import OF_A_PANEL
from selection.kernel.actor import Role
from selection.kernel.stages import Stage

PANEL_TASKS = ("answer-invitation", "review", "supplement-panel", "rule-on-conflict")
"""The kinds of tasks that a panel brings."""


def list_open(spot: Spot) -> tuple[Sheet, ...]:
    """Return the sheets of the acts that the visitor can do in a place, in the table's order."""
    return tuple(
        sheet for sheet in SHEETS.values() if find_role(sheet, spot) is not None and _has_matter(sheet, spot)
    )


def find_role(sheet: Sheet, spot: Spot) -> Role | None:
    """Return the role in which the visitor would do an act in a place; None where they can't, or not now."""
    return next(_roles(sheet, spot), None) if is_in_stage(sheet, spot) else None


def is_theirs(sheet: Sheet, spot: Spot) -> bool:
    """Tell whether the visitor may do an act in a place at some time."""
    return any(_roles(sheet, spot))


def is_in_stage(sheet: Sheet, spot: Spot) -> bool:
    """Tell whether a place is in a stage that allows the act, as far as its stage shows."""
    if spot.stage == Stage.ENDED and sheet.kind in OF_A_PANEL:
        # After the end a panel's acts are for a fresh one alone.
        return sheet.where == spot.kind and _has_fresh_panel(spot)
    if not spot.stage and sheet.command is RaiseObjection:
        return sheet.where == spot.kind and spot.notice is not None and datetime.now(UTC) < spot.notice
    return sheet.where == spot.kind and (not spot.stage or spot.stage in _stages(sheet))


def _has_matter(sheet: Sheet, spot: Spot) -> bool:
    """Tell whether there is something that the act can be about, as far as that shows without asking for more."""
    tasks = spot.view.tasks if spot.view is not None else ()
    roles = sheet.command.ACT.roles & spot.roles
    if sheet.waits and not any(task.key.startswith(sheet.waits) and task.role in roles for task in tasks):
        return False
    return not sheet.after or spot.happened is None or sheet.after in spot.happened


def _has_fresh_panel(spot: Spot) -> bool:
    """Tell whether a fresh panel is drawn or reviews, as far as its tasks show, or applicants know of it."""
    view = spot.view
    return view is not None and (view.fresh_panel or any(task.kind in PANEL_TASKS for task in view.tasks))


def _roles(sheet: Sheet, spot: Spot) -> Iterator[Role]:
    if sheet.where != spot.kind or (sheet.standings and sheet.standings.isdisjoint(spot.standings)):
        return
    yield from (
        role
        for role in Role
        if role in sheet.command.ACT.roles & (spot.roles | spot.own_roles if sheet.anyone else spot.roles)
    )


def _stages(sheet: Sheet) -> frozenset[str]:
    if sheet.where != place_of(sheet.kind):
        return sheet.stages
    return frozenset(str(stage) for stage in sheet.command.ACT.stages)
