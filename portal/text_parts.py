"""What was typed into a form whose session has ended, read as it comes: of texts so much, and of files their names."""

import io

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from portal.faults import Fault

GIVEN_BACK = 300_000
"""Bytes of texts that are given back to who is not signed in any more [D]: some 100,000 Chinese characters."""
SENT_AS = 3
"""Bytes that a form without files sends for each byte of a text that is not ASCII."""


async def read_texts(request: Request, most: int, longest: int = GIVEN_BACK) -> FormData:
    """Return the texts of a form, of so many bytes together, and which files were sent with it, empty.

    Raises Fault for too much of them.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data":
        if int(request.headers["content-length"]) > SENT_AS * longest:
            raise Fault("form-lost", 413)
        form = await request.form(max_fields=most, max_part_size=SENT_AS * longest)
        if size_of(form) > longest:
            raise Fault("form-lost", 413)
        return form
    parts = TextParts(options.get(b"boundary", b""), most, longest)
    async for piece in request.stream():
        parts.feed(piece)
    return parts.finish()


def size_of(form: FormData) -> int:
    """Return the bytes of a form's texts and of the names of its fields."""
    texts = (f"{name}{value if isinstance(value, str) else ''}" for name, value in form.multi_items())
    return sum(len(text.encode(errors="replace")) for text in texts)


class TextParts:
    """Takes a form with files in pieces, of which it keeps the texts, and of a file its name."""

    def __init__(self, boundary: bytes, most: int, longest: int = GIVEN_BACK) -> None:
        """Begin before the first part. Raises Fault for a boundary that is none."""
        if not boundary:
            raise Fault("form-unfit")
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": self._read_field,
                    "on_header_value": self._read_value,
                    "on_header_end": self._end_header,
                    "on_headers_finished": self._end_head,
                    "on_part_data": self._keep,
                    "on_part_end": self._end_part,
                    "on_end": self._end,
                },
            )
        except FormParserError:
            raise Fault("form-unfit") from None
        self._most, self._longest = most, longest
        self._count = self._came = 0
        self._whole = False
        self._items: list[tuple[str, str | UploadFile]] = []
        self._begin()

    def feed(self, piece: bytes) -> None:
        """Take what came. Raises Fault for more texts than are taken, or what is no such form."""
        try:
            self._parser.write(piece)
        except FormParserError:
            raise Fault("form-unfit") from None

    def finish(self) -> FormData:
        """Return what there was. Raises Fault where the end is missing."""
        if not self._whole:
            raise Fault("form-unfit")
        return FormData(self._items)

    def _begin(self) -> None:
        self._field, self._value, self._text = bytearray(), bytearray(), bytearray()
        self._options: dict[bytes, bytes] = {}

    def _read_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _read_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        if self._field.lower() == b"content-disposition":
            self._options = parse_options_header(bytes(self._value))[1]
        self._add_up(len(self._field) + len(self._value))
        self._field, self._value = bytearray(), bytearray()

    def _end_head(self) -> None:
        self._count += 1
        if b"name" not in self._options or self._count > self._most:
            raise Fault("form-unfit")

    def _keep(self, data: bytes, start: int, end: int) -> None:
        if b"filename" not in self._options:
            self._add_up(end - start)
            self._text += data[start:end]

    def _end_part(self) -> None:
        sent: str | UploadFile = _decode(self._text)
        if b"filename" in self._options:
            sent = UploadFile(io.BytesIO(), filename=_decode(self._options[b"filename"]))
        self._items.append((_decode(self._options[b"name"]), sent))

    def _end(self) -> None:
        self._whole = True

    def _add_up(self, count: int) -> None:
        self._came += count
        if self._came > self._longest:
            raise Fault("form-lost", 413)


def _decode(text: bytes | bytearray) -> str:
    return text.decode("utf-8", "replace")
