"""What a history would take of memory, counted in its bytes before a message is made of any.

A message of two bytes takes some sixty once it is parsed, and others more. A history is made by anyone.
"""

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from temporalio.api.history.v1 import History

from audit.claims import Difference

EVENTS_LIMIT = 51_200
"""Events of one run: at so many Temporal ends it."""
UNCOUNTED = 4 * 1024 * 1024
"""Bytes of a stream's histories whose fields are not counted: whatever they hold, it is no more than some 250 MB."""
BYTES_LIMIT = 96 * 1024 * 1024
FIELDS_LIMIT = 2_000_000
"""Bytes and fields of all histories of one stream together, which are held at a time; a long round comes to a tenth."""
DEPTH_LIMIT = 100
"""How deep messages may be nested, as protobuf has it."""
_HISTORY: Descriptor = History.DESCRIPTOR
_TEXTS = (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_BYTES)
_FIXED = {1: 8, 5: 4}
_VARINT, _LENGTH = 0, 2


class HistorySize:
    """What may still be read of one stream's histories."""

    def __init__(self) -> None:
        self._bytes = 0
        self._fields = 0

    def take(self, name: str, body: bytes) -> None:
        """Take a history off, by its file's name. Raises Difference `history-too-large` or `history-unreadable`."""
        self._bytes += len(body)
        try:
            whole = memoryview(body)
            if self._bytes > BYTES_LIMIT or not _has_at_most(whole, EVENTS_LIMIT):
                raise Difference(name, "history-too-large")
            if self._bytes > UNCOUNTED:
                self._count(name, whole, _HISTORY, 0)
        except (IndexError, RecursionError):
            raise Difference(name, "history-unreadable") from None

    def _count(self, name: str, body: memoryview, kind: Descriptor, depth: int) -> None:
        if depth > DEPTH_LIMIT:
            raise IndexError
        position = 0
        while position < len(body):
            tag, position = _read_varint(body, position)
            start, position = _skip(body, position, tag & 7)
            self._fields += 1
            field = kind.fields_by_number.get(tag >> 3)
            if field is not None and tag & 7 == _LENGTH:
                if field.message_type is not None:
                    self._count(name, body[start:position], field.message_type, depth + 1)
                elif field.type not in _TEXTS:
                    # Many numbers in one field, of which each may be a byte.
                    self._fields += position - start
            if self._fields > FIELDS_LIMIT:
                raise Difference(name, "history-too-large")


def _has_at_most(body: memoryview, events: int) -> bool:
    position = 0
    while position < len(body) and events >= 0:
        tag, position = _read_varint(body, position)
        _, position = _skip(body, position, tag & 7)
        events -= 1
    return events >= 0


def _skip(body: memoryview, position: int, wire: int) -> tuple[int, int]:
    """Return where a field's value begins and ends. Raises IndexError beyond the end, and for what no field is."""
    if wire == _LENGTH:
        length, position = _read_varint(body, position)
        end = position + length
    elif wire == _VARINT:
        end = _read_varint(body, position)[1]
    else:
        end = position + _FIXED.get(wire, len(body) + 1)
    if end > len(body):
        raise IndexError
    return position, end


def _read_varint(body: memoryview, position: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        byte = body[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
    raise IndexError
