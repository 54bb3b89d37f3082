from typing import NamedTuple


class Finding(NamedTuple):
    """One answer: the part, what was found, whether it is fine, and what to do if not, in English and Chinese."""

    part: str
    found: str
    fine: bool
    cure: tuple[str, str] = ("", "")
