"""All sentences of act sheets."""

from portal.wording.doing import check, common

WORDS: dict[str, tuple[str, str]] = {**common.WORDS, **check.WORDS}
