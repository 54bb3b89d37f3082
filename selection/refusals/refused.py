"""Refusals: a stable code and a sentence that says what to do, in English and Chinese.

A sentence may hold {placeholders}; they are filled with codes, counts and instants only, never
with anything that identifies a person.
"""

from selection.refusals.sentences import SENTENCES


class Refused(Exception):
    """An act that the rules do not allow. Nothing was changed but the count of refusals."""

    def __init__(self, code: str, **params: str) -> None:
        if code not in SENTENCES:
            raise KeyError(f"refusal code without a sentence: {code}")
        super().__init__(code)
        self.code = code
        self.params = params

    def sentence(self, language: str = "en") -> str:
        """Return the sentence in `en` or `zh`; any other language reads English."""
        return sentence(self.code, self.params, language)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence()}"


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "-"


def sentence(code: str, params: dict[str, str], language: str = "en") -> str:
    """Return the sentence of a code; parameters that are missing read as a dash."""
    english, chinese = SENTENCES[code]
    return (chinese if language == "zh" else english).format_map(_Blank(params))
