"""Where something went wrong, without what was worked on: neither an error's text nor a line of code is told.

The text of an unforeseen error may hold what people wrote, and so may a line of a traceback.
"""

import os
import re
import traceback
from types import TracebackType

ROOT = __file__.rpartition("/runtime/")[0] + "/"
LIBRARY = os.__file__.rpartition("/")[0] + "/"
DEEPEST = 20
"""So many places are told, the innermost ones; a recursion has thousands."""
CAUSES = 5
_CODE = re.compile(r"[a-z][a-z0-9-]{0,40}")


def list_places(trace: TracebackType | None) -> list[str]:
    """Return `file:line function` of each frame, the innermost last."""
    frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(trace)]
    return [f"{shorten(code.co_filename)}:{line} {code.co_qualname}" for code, line in frames[-DEEPEST:]]


def shorten(file: str) -> str:
    """Return a file's name as it is within our packages, or within the package that it belongs to."""
    return file.rpartition("/site-packages/")[2].removeprefix(ROOT).removeprefix(LIBRARY)


def name_error(error: BaseException) -> str:
    """Return an error's kind, with the stable code that ours have."""
    code = getattr(error, "code", None) or getattr(error, "type", None)
    suffix = f" {code}" if isinstance(code, str) and _CODE.fullmatch(code) else ""
    return type(error).__name__ + suffix


def describe_error(error: BaseException) -> str:
    """Return kind and places of an error and of what brought it about, one line for each error."""
    lines: list[str] = []
    found: BaseException | None = error
    while found is not None and len(lines) < CAUSES:
        places = list_places(found.__traceback__)
        lines.append(" < ".join([name_error(found), *reversed(places)]))
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return "\nby ".join(lines)
