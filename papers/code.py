"""The code on a paper: where the entry stands that the paper rests on, for people and as a picture for cameras."""

import re
from io import BytesIO
from urllib.parse import parse_qs, urlencode

import segno

from papers.text import BREAK
from papers.values import EntryReference

PLAIN = re.compile(
    r"selection:(?P<stream>[a-z]+(?:/[A-Za-z0-9._-]{1,60}){0,2})@(?P<seq>\d{1,9})(?:#(?P<leaf>[0-9a-f]{64}))?"
)


def write_code(cited: EntryReference, url: str = "") -> str:
    """Return what the code says: an address where the organisation has one, else stream, sequence and leaf hash."""
    if url:
        place = {"stream": cited.stream, "entry": str(cited.seq), "leaf": cited.leaf_hash}
        return f"{url}?{urlencode({name: value for name, value in place.items() if value})}"
    return f"selection:{cited.stream}@{cited.seq}" + (f"#{cited.leaf_hash}" if cited.leaf_hash else "")


def read_code(text: str) -> tuple[str, int, str] | None:
    """Return stream, sequence and leaf hash of a code, or None if it is no such code.

    As it was scanned, typed, or copied off the paper, where it is broken over lines.
    """
    text = "".join(text.replace(BREAK, "").split())
    if found := PLAIN.fullmatch(text):
        return found["stream"], int(found["seq"]), found["leaf"] or ""
    asked = parse_qs(text.partition("?")[2])
    stream, seq, leaf = (asked.get(name, [""])[0] for name in ("stream", "entry", "leaf"))
    if not (PLAIN.fullmatch(f"selection:{stream}@{seq}" + (f"#{leaf}" if leaf else ""))):
        return None
    return stream, int(seq), leaf


def draw_code(text: str) -> str:
    """Return the picture of a code as SVG."""
    drawn = BytesIO()
    segno.make_qr(text, error="m").save(drawn, kind="svg", border=0, xmldecl=False, nl=False)
    return drawn.getvalue().decode()
