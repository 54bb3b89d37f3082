"""All sentences of act sheets."""

from portal.wording.doing import check, common, intake, lists, notice, register, review, rounds

WORDS: dict[str, tuple[str, str]] = {
    **common.WORDS,
    **intake.WORDS,
    **check.WORDS,
    **review.WORDS,
    **notice.WORDS,
    **lists.WORDS,
    **register.WORDS,
    **rounds.WORDS,
}
