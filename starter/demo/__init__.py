"""The demo: a whole round of synthetic people on a fresh stack."""


class DemoFailed(Exception):
    """The demo met something that its story does not hold; in both languages it says what and where to look."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(english)
        self.chinese = chinese

    def tell(self, language: str) -> str:
        """Return the sentence in a language."""
        return self.chinese if language == "zh" else str(self)
