"""Files to keep: sent as attachments under names of ours, in types that no browser runs."""

from starlette.responses import Response

TYPES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/zip": "zip",
    "image/jpeg": "jpg",
    "image/png": "png",
    "text/plain": "txt",
}
"""Types that are handed on, with the end of a file's name; whatever else somebody stored is bytes."""
BYTES = "application/octet-stream"


def attach(body: bytes, name: str, media_type: str) -> Response:
    """Return a file to keep, called `name` and the end that goes with its type.

    Of the name letters, digits, `-` and `_` of ASCII are left; of what the type says besides itself, nothing.
    """
    plain = media_type.partition(";")[0].strip().lower()
    kept = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-" for letter in name
    )
    end = TYPES.get(plain, "bin")
    return attach_as(body, f"{kept}.{end}", plain if plain in TYPES else BYTES)


def attach_as(body: bytes, file: str, media_type: str) -> Response:
    """Return a file to keep under this very name."""
    # Starlette gives text its charset; in Chinese that is what keeps it legible.
    return Response(
        body, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{file}"'}
    )
