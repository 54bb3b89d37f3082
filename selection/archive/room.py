"""A round's archive: the parts of the room."""

from selection.archive import events, sentences
from selection.archive.state import ArchiveState
from selection.process.room import Room

ROOM = Room[ArchiveState](
    package="selection.archive", origin="auditor", folds=events.FOLDS, timeline=sentences.TIMELINE
)
