"""What is read of a form with files whose session has ended: texts, names of files, and no more memory than these."""

import tracemalloc

import pytest
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Message

from portal.faults import Fault
from portal.text_parts import GIVEN_BACK, TextParts, read_texts, size_of

EDGE = "----edge"
FIELD = 'Content-Disposition: form-data; name="{}"\r\n\r\n'
FILE = 'content-disposition: form-data; name="{}"; filename="{}"\r\nContent-Type: application/pdf\r\n\r\n'
PIECE = 65_536


def make_part(head: str, body: bytes = b"") -> bytes:
    return f"--{EDGE}\r\n{head}".encode() + body + b"\r\n"


def make_form(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{EDGE}--\r\n".encode()


def read(body: bytes, size: int = PIECE) -> list[tuple[str, str]]:
    """Read a form in pieces of a size; of a file its name stands for it."""
    parts = TextParts(EDGE.encode(), 10)
    for start in range(0, len(body), size):
        parts.feed(body[start : start + size])
    items = parts.finish().multi_items()
    return [(name, value.filename or "" if isinstance(value, UploadFile) else value) for name, value in items]


@pytest.mark.parametrize("size", [1, 2, 7, PIECE])
def test_texts_and_the_names_of_files_are_read_in_pieces_of_any_size(size: int) -> None:
    body = make_form(
        make_part(FIELD.format("a.opinion"), "可行\r\n--\r\n\r\n----edg".encode()),
        make_part(FILE.format("u.a.annex", "计划.pdf"), f"%PDF\r\n--{EDGE[:-1]}\r\n\r\n".encode() * 50),
        make_part(FIELD.format("empty")),
        make_part(FILE.format("u.a.none", "")),
        make_part(FIELD.format("do"), b"check"),
    )
    assert read(body + b"behind", size) == [
        ("a.opinion", "可行\r\n--\r\n\r\n----edg"),
        ("u.a.annex", "计划.pdf"),
        ("empty", ""),
        ("u.a.none", ""),
        ("do", "check"),
    ]


def test_of_a_file_nothing_is_kept() -> None:
    parts = TextParts(EDGE.encode(), 10)
    parts.feed(make_part(FILE.format("u.a.annex", "annex.pdf"))[:-2])
    for _ in range(100):
        parts.feed(b"\r\n--" * (PIECE // 4))
        assert not parts._text
    parts.feed(f"\r\n--{EDGE}--".encode())
    assert [name for name, _ in parts.finish().multi_items()] == ["u.a.annex"]


@pytest.mark.parametrize("count", [1, 4])
def test_texts_are_taken_up_to_a_length_of_all_of_them(count: int) -> None:
    sound = make_form(*[make_part(FIELD.format("a"), b"x" * ((GIVEN_BACK - 1_000) // count))] * count)
    assert sum(len(text) for _, text in read(sound)) > GIVEN_BACK - 2_000
    with pytest.raises(Fault, match="form-lost"):
        read(make_form(*[make_part(FIELD.format("a"), b"x" * (GIVEN_BACK // count))] * count))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x" * 1_000,
        b"preamble\r\n" + make_form(make_part(FIELD.format("a"))),
        make_form(make_part(FIELD.format("a")))[:-4],
        make_form(make_part("X: y\r\n\r\n")),
        make_form(make_part('Content-Disposition: form-data; filename="x"\r\n\r\n')),
        make_form(make_part(f"X: {'y' * 5_000}\r\n{FIELD.format('a')}")),
        f"--{EDGE}\r\n".encode() + b"X" * 100_000,
        f"--{EDGE}xx\r\n".encode(),
        make_form(*[make_part(FIELD.format("a"))] * 11),
    ],
)
def test_what_is_no_such_form_is_refused(body: bytes) -> None:
    with pytest.raises(Fault, match="form-unfit"):
        read(body)


@pytest.mark.parametrize("edge", [b"", b"x" * 1_000])
def test_what_parts_a_form_has_a_length(edge: bytes) -> None:
    with pytest.raises(Fault, match="form-unfit"):
        TextParts(edge, 10)


async def test_a_form_in_one_part_is_read_in_a_few_times_its_length_of_memory() -> None:
    body = b"&".join(b"a.text-%d=%b" % (number, b"%E5%8F%AF" * 2_000) for number in range(40))
    pieces = [body[start : start + PIECE] for start in range(0, len(body), PIECE)]

    async def receive() -> Message:
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    kind = (b"content-type", b"application/x-www-form-urlencoded")
    scope = {"type": "http", "method": "POST", "headers": [kind, (b"content-length", b"%d" % len(body))]}
    tracemalloc.start()
    try:
        form = await read_texts(Request(scope, receive), 100)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size_of(form) > GIVEN_BACK * 3 // 4
    assert most < 10 * GIVEN_BACK


async def test_of_a_form_in_one_part_as_much_is_read_as_is_said() -> None:
    body = b"a=" + b"x" * (GIVEN_BACK + 10)

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    kind = (b"content-type", b"application/x-www-form-urlencoded")
    scope = {"type": "http", "method": "POST", "headers": [kind, (b"content-length", b"%d" % len(body))]}
    with pytest.raises(Fault, match="form-lost"):
        await read_texts(Request(scope, receive), 100)
    assert size_of(await read_texts(Request(scope, receive), 100, GIVEN_BACK + 20)) == GIVEN_BACK + 11
