"""Why something that was typed into a field is not taken."""

from typing import Any


class Unfit(Exception):
    """What was typed into a field does not fit it; `code` has its sentence in portal/wording/doing/faults.py."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
