"""What one viewer may see of an entry, as `selection/visibility/reading.py` makes it."""

from typing import NotRequired, TypedDict

from selection.kernel.model import JsonObject


class EntryView(TypedDict):
    """An entry as one viewer may see it, in JSON values: `data` are the fields that its event shows to them."""

    type: str
    stream: str
    at: str
    rules: str
    actor: JsonObject
    data: JsonObject
    version: NotRequired[int]
    recorded: NotRequired[str]
    register_size: NotRequired[int]
