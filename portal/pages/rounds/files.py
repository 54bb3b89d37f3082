"""A file that an officer hands over on a page, such as rules or a form: read as text, and not kept as a file."""

from starlette.datastructures import FormData, UploadFile

from portal.faults import Fault

LARGEST = 1_000_000
"""Bytes of such a file with what is sent beside it [D]."""


async def read_file(form: FormData, name: str) -> str | None:
    """Return the text of a file of a form; None if none was chosen. Raises Fault for what is no text."""
    given = form.get(name)
    if not isinstance(given, UploadFile) or not given.filename:
        return None
    body = await given.read()
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Fault("no-text-file", 422) from None
