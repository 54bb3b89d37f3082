"""All sentences of act sheets."""

from portal.wording.doing import check, common, intake, notice, review

WORDS: dict[str, tuple[str, str]] = {
    **common.WORDS,
    **intake.WORDS,
    **check.WORDS,
    **review.WORDS,
    **notice.WORDS,
}
