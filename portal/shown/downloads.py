"""Files to keep: sent as attachments under names of ours, in types that no browser runs."""

from collections.abc import Iterable

from starlette.responses import Response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {
    "application/pdf": "pdf",
    XLSX: "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/zip": "zip",
    "image/jpeg": "jpg",
    "image/png": "png",
    "text/plain": "txt",
}
"""Types that are handed on, with the end of a file's name; whatever else somebody stored is bytes."""
KILOBYTE, MEGABYTE = 1_000, 1_000_000
BYTES = "application/octet-stream"


def name_types(types: Iterable[str]) -> list[str]:
    """Return types as people call them, such as PDF."""
    return [TYPES.get(plain_type(found), found).upper() for found in types]


def show_size(size: int) -> str:
    """Return a size in bytes as people read it, in the megabytes that limits are told in."""
    if size < KILOBYTE:
        return f"{size} B"
    return f"{size / KILOBYTE:.0f} kB" if size < MEGABYTE else f"{size / MEGABYTE:.1f} MB"


def plain_type(media_type: str) -> str:
    """Return a type without what it says besides itself."""
    return media_type.partition(";")[0].strip().lower()


def attach(body: bytes, name: str, media_type: str) -> Response:
    """Return a file to keep, called `name` and the end that goes with its type.

    Of the name letters, digits, `-` and `_` of ASCII are left; of what the type says besides itself, nothing.
    """
    plain = plain_type(media_type)
    return attach_as(body, name_file(name, TYPES.get(plain, "bin")), plain if plain in TYPES else BYTES)


def name_file(name: str, end: str) -> str:
    """Return a file's name: of a name what is safe in one, and its end."""
    kept = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-" for letter in name
    )
    return f"{kept}.{end}"


def attach_as(body: bytes, file: str, media_type: str) -> Response:
    """Return a file to keep under this very name."""
    # Starlette gives text its charset; in Chinese that is what keeps it legible.
    return Response(
        body, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )
