"""What a room calls the codes that its sentences show, such as the verdict of a survey: its `VALUES`."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Literal, get_args, get_origin

from selection.kernel.stages import Names
from selection.kernel.unfinished import file_of
from selection.process.room import AnyRoom

_FIELD = re.compile(r"\{(\w+)")


def names_by_event(rooms: Iterable[AnyRoom]) -> dict[str, Mapping[str, Names]]:
    """Return by the type of an event, and by its field, what the codes in it are called."""
    return {event.TYPE: room.values for room in rooms for event in room.folds}


def find_unnamed(rooms: Iterable[AnyRoom], elsewhere: Container[str]) -> Iterator[str]:
    """Yield each code that somebody chooses, and a sentence shows, and that its room does not name.

    What fields of one name say in every room is named `elsewhere`.
    """
    for room in rooms:
        shown = {field for pairs in room.timeline.values() for field in _FIELD.findall(pairs[0][0])}
        for command in room.commands:
            for field, info in command.model_fields.items():
                if field == "kind" or field in elsewhere or field not in shown:
                    continue
                missing = [
                    code for code in _list_codes(info.annotation) if code not in room.values.get(field, {})
                ]
                if missing:
                    where = file_of(command).rpartition("/")[0]
                    gap = f"{field} {', '.join(missing)} has no name"
                    yield f"{gap}: VALUES in {where}/sentences.py, or its room.py leaves it out"


def _list_codes(hint: object) -> list[str]:
    """Return the texts that a type allows, where it names them."""
    if get_origin(hint) is Literal:
        return [code for code in get_args(hint) if isinstance(code, str)]
    return [code for part in get_args(hint) for code in _list_codes(part)]
