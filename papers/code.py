"""The code on a paper: where the entry stands that the paper rests on, for people and as a picture for cameras."""

from io import BytesIO
from urllib.parse import urlencode

import segno

from papers.values import Cited


def write_code(cited: Cited, url: str = "") -> str:
    """Return what the code says: an address where the organisation has one, else stream, sequence and leaf hash."""
    if url:
        place = {"stream": cited.stream, "entry": str(cited.seq), "leaf": cited.leaf_hash}
        return f"{url}?{urlencode({name: value for name, value in place.items() if value})}"
    return f"selection:{cited.stream}@{cited.seq}" + (f"#{cited.leaf_hash}" if cited.leaf_hash else "")


def draw_code(text: str) -> str:
    """Return the picture of a code as SVG."""
    drawn = BytesIO()
    segno.make_qr(text, error="m").save(drawn, kind="svg", border=0, xmldecl=False, nl=False)
    return drawn.getvalue().decode()
