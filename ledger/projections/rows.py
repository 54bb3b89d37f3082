"""The projections of one stream as values: what `append` and `rebuild` both write."""

from collections.abc import Callable
from typing import Any

from pydantic_core import to_json

from ledger.database.queries import load_queries
from ledger.projections.fold import Fold

QUERIES = load_queries("projections")
WITH_ROW = ("application", "round", "recommender")


def kind_of(stream: str) -> str:
    """Return the first part of a stream's id: application, round, recommender, installation."""
    return stream.partition("/")[0]


def project_rows(
    fold: Fold, log: str, stream: str, version: int, state: Any, before: Any = None, *, stands: bool = True
) -> dict[str, Any]:
    """Return what `project_stream` takes to make every projection of the stream equal to its state.

    With the state `before`, `left` is the stage that an application left, if it did; and unless what `stands` of it was
    projected by other code, what did not change is null and is not written.
    """
    kind = kind_of(stream)
    row, was = (_show_row(fold, kind, shown) for shown in (state, before))
    left = _find_left_stage(was, row) if kind == "application" else None
    if not stands:
        was = before = None
    return {
        "log": log,
        "stream": stream,
        "version": version,
        "fold": fold.version,
        "state": fold.aggregate(stream).dump(state),
        "row": None if row is None or row == was else to_json(row).decode(),
        "left": left,
        "tasks": _render_change(fold.tasks_of, before, state),
        "deadlines": _render_change(fold.deadlines_of, before, state) if kind == "round" else None,
    }


def _show_row(fold: Fold, kind: str, state: Any) -> Any:
    """Return the row that lists show of a state, None where there is no state or no row."""
    return fold.row_of(state) if state is not None and kind in WITH_ROW else None


def _find_left_stage(before: Any, after: Any) -> str | None:
    """Return the text of the stage that a row shows no more, whatever states are folded."""
    left, stage = (getattr(row, "stage", None) for row in (before, after))
    return None if left is None or left == stage else str(left)


def _render_change(view: Callable[[Any], Any], before: Any, state: Any) -> str | None:
    """Return a view of the state as JSON text, or None if there is none or it is the same as before."""
    shown = view(state)
    if shown is None or (before is not None and view(before) == shown):
        return None
    return to_json(shown).decode()
