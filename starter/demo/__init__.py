"""The demo: a whole round of synthetic people on a fresh stack."""


class DemoFailed(Exception):
    """The demo met something that its story does not hold; the sentence says what and where to look."""
