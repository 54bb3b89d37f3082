"""What goes wrong with keys: each has a sentence in starter/keys/sentences.py."""


class KeyFault(Exception):
    """A key that cannot be had or used here, with a stable code. `broken`: something must be mended first."""

    def __init__(self, code: str, *, broken: bool = False, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.broken = broken
        self.params = params
