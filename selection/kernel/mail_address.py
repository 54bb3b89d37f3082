"""One mail address of one person: what another program could read as a second recipient is none."""

import re
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

LENGTH = 254
_ATOM = r"[A-Za-z0-9_+'=&#~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ONE = re.compile(rf"(?!-){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")


def is_one_address(text: str) -> bool:
    """Tell whether a text is one plain address, in ASCII: a domain of other letters is written as its `xn--` form.

    Lists, groups, comments, quotes, routes and the ways around them (`user%other@relay`, `other!user@relay`) are not,
    though RFC 5321 or 5322 allow some: servers differ in whom such an address reaches.
    """
    return len(text) <= LENGTH and _ONE.fullmatch(text) is not None


def _require_one(text: str) -> str:
    if not is_one_address(text):
        raise PydanticCustomError("mail_address", "not one mail address")
    return text


MailAddress = Annotated[str, AfterValidator(_require_one)]
