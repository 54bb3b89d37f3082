"""What happened, in words: event type -> (English, Chinese) pairs, from the most that can be said to the least.

Of a type's pairs the first is taken whose placeholders the viewer may all see; the last one has none. They stand in
the rooms, each as TIMELINE of its sentences.py.
"""

from selection.process.room import Pairs
from selection.rooms import ROOMS

COMMON: dict[str, Pairs] = {
    "act.refused.v1": (
        ("The act “{kind}” was refused.", "操作“{kind}”被拒绝。"),
        ("An act was refused.", "一项操作被拒绝。"),
    ),
}

SENTENCES: dict[str, Pairs] = {
    **{name: pairs for room in ROOMS for name, pairs in room.timeline.items()},
    **COMMON,
}
