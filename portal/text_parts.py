"""What was typed into a form whose session has ended, read as it comes: of texts so much, and of files their names."""

import io
from collections.abc import Callable

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from portal.faults import Fault

GIVEN_BACK = 300_000
"""Bytes of texts that are given back to who is not signed in any more [D]: some 100,000 Chinese characters."""
SENT_AS = 3
"""Bytes that a form without files sends for each byte of a text that is not ASCII."""
LONGEST_HEAD = 4_096
"""Bytes of what a part says of itself, at most [D]."""
END_OF_HEAD = b"\r\n\r\n"


async def read_texts(request: Request, most: int) -> FormData:
    """Return the texts of a form, and which files were sent with it, empty. Raises Fault for too much of them."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data":
        if int(request.headers["content-length"]) > SENT_AS * GIVEN_BACK:
            raise Fault("form-lost", 413)
        form = await request.form(max_fields=most, max_part_size=SENT_AS * GIVEN_BACK)
        sizes = (len(f"{name}{value}".encode(errors="replace")) for name, value in form.multi_items())
        if sum(sizes) > GIVEN_BACK:
            raise Fault("form-lost", 413)
        return form
    parts = TextParts(options.get(b"boundary", b""), most)
    async for piece in request.stream():
        parts.feed(piece)
    return parts.finish()


class TextParts:
    """Takes a form with files in pieces, of which it keeps no more than the texts and the end of the latest piece."""

    def __init__(self, boundary: bytes, most: int) -> None:
        """Begin before the first part. Raises Fault for a boundary that is none."""
        if not 0 < len(boundary) <= 200:
            raise Fault("form-unfit")
        self._between = b"\r\n--" + boundary
        self._most = most
        # The first part has no line before it.
        self._left = bytearray(b"\r\n")
        self._read: Callable[[], bool] = self._pass
        self._text = bytearray()
        self._name = ""
        self._count = self._came = 0
        self._items: list[tuple[str, str | UploadFile]] = []

    def feed(self, piece: bytes) -> None:
        """Take what came. Raises Fault for more texts than are given back, or what is no such form."""
        self._left += piece
        while self._read():
            pass

    def finish(self) -> FormData:
        """Return what there was. Raises Fault where the end is missing."""
        if self._read != self._end:
            raise Fault("form-unfit")
        return FormData(self._items)

    def _pass(self) -> bool:
        """Leave out what stands here, up to the next part."""
        return self._take_to_next(bytearray())

    def _keep(self) -> bool:
        """Add what stands here to the text of this part."""
        before = len(self._text)
        whole = self._take_to_next(self._text)
        self._add_up(len(self._text) - before)
        if whole:
            self._items.append((self._name, _decode(self._text)))
            self._text = bytearray()
        return whole

    def _take_to_next(self, text: bytearray) -> bool:
        place = self._left.find(self._between)
        # What stands at the very end may be the beginning of what parts them.
        taken = place if place >= 0 else max(0, len(self._left) - len(self._between) + 1)
        text += self._left[:taken]
        if place < 0:
            del self._left[:taken]
            return False
        del self._left[: place + len(self._between)]
        self._read = self._begin
        return True

    def _begin(self) -> bool:
        """Tell the next part from the end of the form."""
        if len(self._left) < 2:
            return False
        ends = self._left[:2] == b"--"
        if not ends and self._left[:2] != b"\r\n":
            raise Fault("form-unfit")
        self._read = self._end if ends else self._head
        return True

    def _head(self) -> bool:
        """Read what a part says of itself: a text has a name, a file a name of its own besides."""
        place = self._left.find(END_OF_HEAD)
        if (len(self._left) if place < 0 else place) > LONGEST_HEAD:
            raise Fault("form-unfit")
        if place < 0:
            return False
        self._add_up(place)
        self._count += 1
        lines = bytes(self._left[:place]).split(b"\r\n")
        del self._left[: place + len(END_OF_HEAD)]
        said = [line.partition(b":")[2] for line in lines if line.lower().startswith(b"content-disposition:")]
        options = parse_options_header(said[0].strip())[1] if said else {}
        if b"name" not in options or self._count > self._most:
            raise Fault("form-unfit")
        self._name, self._read = _decode(options[b"name"]), self._keep
        if b"filename" in options:
            file = UploadFile(io.BytesIO(), filename=_decode(options[b"filename"]))
            self._items.append((self._name, file))
            self._read = self._pass
        return True

    def _end(self) -> bool:
        """Leave out what stands behind the form."""
        self._left.clear()
        return False

    def _add_up(self, count: int) -> None:
        self._came += count
        if self._came > GIVEN_BACK:
            raise Fault("form-lost", 413)


def _decode(text: bytes | bytearray) -> str:
    return text.decode("utf-8", "replace")
