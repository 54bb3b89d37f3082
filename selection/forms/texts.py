"""What a text may hold, and how long it is as people count: characters of Chinese, words of other scripts.

No table of Unicode that comes with an interpreter is asked, as the next one has another: what a text is found to be
must be found again by a verifier in twenty years.
"""

import re

_CHINESE = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_OTHER = "0-9A-Za-z\u00aa-\u1fff\u2c00-\u2dff\ua640-\ud7ff\uff10-\uff5a"
_WORD = re.compile(rf"[{_CHINESE}]|[{_OTHER}]+(?:[.,'’@/-][{_OTHER}]+)*")
_DIGIT = re.compile("[0-9\uff10-\uff19]")
LEAST_DIGITS = 5
"""No number that reaches somebody from elsewhere has fewer."""
_BETWEEN = re.compile(r"[+＋()（）\[\]./·•∙,，;；、:：#*＃＊\s‐‑‒–—−－-]")
_MAIL = re.compile(r"[^@\s<>(),;:，；：、\"]+@(?:[^@\s<>(),;:，；：、\".]+\.)+[^@\s<>(),;:，；：、\".]{2,}")
_FORMULA = re.compile(r"\s*(?:[=@＝＠﹦﹫]|[+-](?![\s\d.]))")


def count_words(text: str) -> int:
    """Return how many Chinese characters and words of other scripts a text has; punctuation counts nothing."""
    return sum(1 for _ in _WORD.finditer(text))


def is_phone(text: str) -> bool:
    """Tell whether a text may be one telephone number or several, as people write them anywhere.

    Digits with what stands between them, and a few words, such as those before an extension. Nothing more is asked:
    numbers of other countries have other lengths and forms.
    """
    digits = len(_DIGIT.findall(text))
    words = len(text) - digits - len(_BETWEEN.findall(text))
    return digits >= LEAST_DIGITS and words <= 2 * digits and "@" not in text


def is_mail(text: str) -> bool:
    """Tell whether a text may be a mail address, in whatever script: one @, and a domain with a point behind it."""
    return _MAIL.fullmatch(text) is not None


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would take the text for a formula: it begins with =, @, or + or - before a letter."""
    return _FORMULA.match(text) is not None
