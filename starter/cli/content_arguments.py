"""Texts and files on their way into the record: stored first, then referred to.

On the command line a text is written out, or `@FILE`, or `ref:ID` for one that `text put` or `file put`
stored before (which saves a deadline: its time of storing counts). In a file it is a text, or one of
`{text: ...}`, `{file: PATH}` and `{ref: ID}`; paths are relative to that file, and lead to its folder or below: whoever
fills in a file of somebody else's hands in none of their own by it.
"""

import mimetypes
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from reading.errors import Hidden
from selection.kernel.model import Frozen, Ref
from selection.refusals.refused import Refused
from starter.cli.contents import refuse_unknown_content
from starter.cli.files_in import find_beside, read_bytes, read_text
from starter.cli.session import Session

CONTENT_LIMIT = 20 * 1024 * 1024
ID_LIMIT = 100


class Material(Frozen):
    """One content that somebody hands over: exactly one of the three is given."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_min_length=1)

    text: Annotated[str | None, Field(max_length=1_000_000)] = None
    file: Path | None = None
    ref: str | None = None

    @model_validator(mode="after")
    def _is_one(self) -> "Material":
        if sum(item is not None for item in (self.text, self.file, self.ref)) != 1:
            raise ValueError("one of text, file, ref")
        return self


def spell_material(value: Any) -> Any:
    """Return what was written for a content, a bare text spelled out."""
    return {"text": value} if isinstance(value, str) else value


Given = Annotated[Material, BeforeValidator(spell_material)]
"""A material in a file of facts, where a bare text stands for itself."""


def parse_argument(argument: str) -> Material:
    """Return what a command-line argument means."""
    if argument.startswith("@"):
        return Material(text=read_text(Path(argument[1:])) or None)
    if argument.startswith("ref:"):
        return Material(ref=argument[4:])
    if not argument.strip():
        raise Refused("missing", place="text")
    return Material(text=argument)


async def keep(session: Session, material: Material, log: str, folder: Path | None = None) -> Ref:
    """Store a material for the acting person in a round's log and return its reference.

    `folder` is that of the file which names another; None where who acts named it. Raises CommandFailed file-outside.
    """
    if material.ref is not None:
        if len(material.ref) > ID_LIMIT:
            raise refuse_unknown_content(material.ref)
        try:
            return (await session.reads.contents.get_own_card(await session.subject(), material.ref)).ref
        except Hidden:
            # What is not one's own is refused where it is decided, in the same words as what is not known.
            return Ref(id=material.ref, sha256="")
    if material.text is not None:
        return await session.client.store_text(material.text, person=session.person, log=log)
    assert material.file is not None
    path = material.file if folder is None else find_beside(folder, material.file)
    try:
        body = read_bytes(path, CONTENT_LIMIT)
    except Refused:
        raise Refused("too-many", place="file", limit="20 MB") from None
    return await session.client.store_file(body, media_type(path), person=session.person, log=log)


async def store_typed_text(session: Session, argument: str, log: str) -> Ref:
    """Store a text from the command line."""
    return await keep(session, parse_argument(argument), log)


async def keep_optional(session: Session, argument: str | None, log: str) -> Ref | None:
    """Store a text from the command line, if one was given."""
    return None if argument is None else await store_typed_text(session, argument, log)


async def keep_each(session: Session, arguments: dict[str, str], log: str) -> dict[str, Ref]:
    """Store the texts of NAME=TEXT arguments."""
    return {name: await store_typed_text(session, argument, log) for name, argument in arguments.items()}


def media_type(path: Path) -> str:
    """Return the media type by the file's ending."""
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"
