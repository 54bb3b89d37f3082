"""What was typed into a form whose session has ended, read as it comes: of texts so much, and of files their names."""

import io

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from portal.faults import Fault

GIVEN_BACK = 1_000_000
"""Bytes of texts that are given back to who is not signed in any more: a draft holds no more of them either."""
LONG = 300_000
"""Bytes of texts above which a form is a long one [D]: some 100,000 Chinese characters."""
LONG_AT_ONCE = 10
"""Long forms of those who are not signed in that a process has at one time [D], so that their memory is bounded."""
SENT_AS = 3
"""Bytes that a form without files sends for each byte of a text that is not ASCII."""


class LongForms:
    """Counts the long forms that are read, or that the page of is on its way."""

    def __init__(self) -> None:
        self._count = 0

    def open(self) -> "LongForm":
        """Return a form of which nobody knows yet whether it is long."""
        return LongForm(self)

    def add(self) -> None:
        """Count one more. Raises Fault crowded."""
        if self._count >= LONG_AT_ONCE:
            raise Fault("crowded", 503)
        self._count += 1

    def drop(self) -> None:
        """Count one less."""
        self._count -= 1


class LongForm:
    """One form, as much as came of its texts: once it is long it has a place, until it ends."""

    def __init__(self, among: LongForms) -> None:
        self._among = among
        self._has_place = False

    def see(self, came: int) -> None:
        """Note how many bytes came. Raises Fault for more than are given back, or where there is no place."""
        if came > GIVEN_BACK:
            raise Fault("form-lost", 413)
        if came > LONG and not self._has_place:
            self._among.add()
            self._has_place = True

    def end(self) -> None:
        """Free its place; to do it twice does no harm."""
        if self._has_place:
            self._among.drop()
            self._has_place = False


async def read_texts(request: Request, most: int, long: LongForm) -> FormData:
    """Return the texts of a form, and which files were sent with it, empty. Raises Fault for too much of them."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data":
        sent = int(request.headers["content-length"])
        if sent > SENT_AS * GIVEN_BACK:
            raise Fault("form-lost", 413)
        # What is read is held until it is known how much of it is text.
        long.see(min(sent, GIVEN_BACK))
        form = await request.form(max_fields=most, max_part_size=SENT_AS * GIVEN_BACK)
        sizes = (len(f"{name}{value}".encode(errors="replace")) for name, value in form.multi_items())
        long.see(sum(sizes))
        return form
    parts = TextParts(options.get(b"boundary", b""), most, long)
    async for piece in request.stream():
        parts.feed(piece)
    return parts.finish()


class TextParts:
    """Takes a form with files in pieces, of which it keeps the texts, and of a file its name."""

    def __init__(self, boundary: bytes, most: int, long: LongForm) -> None:
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
        self._most = most
        self._long = long
        self._count = self._came = 0
        self._whole = False
        self._items: list[tuple[str, str | UploadFile]] = []
        self._begin()

    def feed(self, piece: bytes) -> None:
        """Take what came. Raises Fault for more texts than are given back, or what is no such form."""
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
        self._long.see(self._came)


def _decode(text: bytes | bytearray) -> str:
    return text.decode("utf-8", "replace")
