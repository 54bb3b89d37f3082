"""What a PDF holds: its text, where each character stands, its fonts and what it says of itself."""

from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
from pypdf import PdfReader

BREAK = "\u200b"
Box = tuple[float, float, float, float]


def read_lines(body: bytes) -> str:
    """Return the text of all pages, line by line as they fell."""
    return "\n".join(_read(body))


def read_pages(body: bytes) -> list[str]:
    """Return the text of each page without blanks and breaks, as these say how lines fell."""
    return [squeeze(text) for text in _read(body)]


def read_text(body: bytes) -> str:
    """Return the text of all pages without blanks."""
    return "".join(read_pages(body))


def squeeze(text: str) -> str:
    """Return a text without blanks, as `read_text` gives it."""
    return "".join(text.split())


def _read(body: bytes) -> list[str]:
    with pdfium.PdfDocument(body) as document:
        return [page.get_textpage().get_text_bounded().replace(BREAK, "") for page in document]


def list_boxes(body: bytes) -> list[tuple[Box, tuple[float, float]]]:
    """Return where each character that leaves ink stands: left, bottom, right, top; and the size of its page."""
    found = []
    with pdfium.PdfDocument(body) as document:
        for page in document:
            text, size = page.get_textpage(), page.get_size()
            for index in range(text.count_chars()):
                box = text.get_charbox(index)
                if box[0] < box[2]:
                    found.append((box, size))
    return found


def list_fonts(body: bytes) -> dict[str, bool]:
    """Return the fonts by name, and whether each is embedded and maps its glyphs back to characters."""
    found: dict[str, bool] = {}
    for page in PdfReader(BytesIO(body)).pages:
        resources: Any = page["/Resources"]
        for entry in resources.get("/Font", {}).values():
            font = entry.get_object()
            below = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            embedded = "/FontFile3" in below or "/FontFile2" in below
            found[str(font["/BaseFont"])] = embedded and "/ToUnicode" in font
    return found


def read_metadata(body: bytes) -> str:
    """Return the XMP packet."""
    root: Any = PdfReader(BytesIO(body)).trailer["/Root"]
    return str(root["/Metadata"].get_object().get_data(), "utf-8")


def list_pictures(body: bytes) -> list[str]:
    """Return what stands for each picture where it can't be seen."""
    reader = PdfReader(BytesIO(body))
    size = int(str(reader.trailer["/Size"]))
    objects: list[Any] = [reader.get_object(number) for number in range(1, size)]
    return [str(item["/Alt"]) for item in objects if isinstance(item, dict) and "/Alt" in item]


def list_dangers(body: bytes) -> set[str]:
    """Return what a paper must not hold: scripts, actions, files, links."""
    names = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/URI", "/OpenAction", "/AA", "/GoToR")
    reader = PdfReader(BytesIO(body))
    size = int(str(reader.trailer["/Size"]))
    objects = " ".join(str(reader.get_object(number)) for number in range(1, size))
    assert "'/Catalog'" in objects
    return {name for name in names if f"'{name}'" in objects}
