"""What is confidential of what the visibility table shows: all but what is public and what is the reader's own.

Public is what the table shows to everyone who is registered. An applicant's own are their application and all that
the table shows them of it; a unit's own is its list; everybody's own are their acts, and what is awaited
of them, with the names of the application that it concerns.
"""

from selection.application.state import ApplicationState
from selection.decision.stream_state import StreamState
from selection.kernel.leaf import Leaf
from selection.projections.rows import ApplicationRow, ListRow, StreamRow
from selection.recommendation.state import ListState
from selection.visibility.entry_view import EntryView
from selection.visibility.reading import may_read_content, view_entry, visible_row
from selection.visibility.viewer import Standing, Viewer

PUBLIC = Viewer(person="", standings=frozenset({Standing.PARTICIPANT}))
"""Somebody who is registered, and nothing else to any stream."""


def is_own(state: StreamState, viewer: Viewer) -> bool:
    """Tell whether a stream is the viewer's own."""
    match state:
        case ApplicationState():
            return Standing.APPLICANT in viewer.standings
        case ListState():
            return Standing.RECOMMENDER in viewer.standings
    return False


def is_row_confidential(row: StreamRow, shown: dict[str, object], viewer: Viewer) -> bool:
    """Tell whether what the viewer is shown of a row is confidential."""
    own = {ApplicationRow: Standing.APPLICANT, ListRow: Standing.RECOMMENDER}.get(type(row))
    return own not in viewer.standings and shown != visible_row(row, PUBLIC)


def is_entry_confidential(leaf: Leaf, view: EntryView, viewer: Viewer, state: StreamState) -> bool:
    """Tell whether what the viewer is shown of an entry is confidential."""
    if is_own(state, viewer) or leaf.actor.person == viewer.person:
        return False
    return view != view_entry(leaf, PUBLIC, state)


def is_content_confidential(content: str, viewer: Viewer, state: StreamState, leaves: list[Leaf]) -> bool:
    """Tell whether a stored content that an entry shows to the viewer is confidential."""
    return not (is_own(state, viewer) or may_read_content(content, PUBLIC, state, leaves))
