"""All sentences of act sheets."""

from portal.wording.doing import (
    any_act,
    check,
    intake,
    lists,
    lobbying,
    notice,
    register,
    requests,
    reversing,
    review,
    rounds,
)

WORDS: dict[str, tuple[str, str]] = {
    **any_act.WORDS,
    **intake.WORDS,
    **check.WORDS,
    **review.WORDS,
    **reversing.WORDS,
    **notice.WORDS,
    **requests.WORDS,
    **lobbying.WORDS,
    **lists.WORDS,
    **register.WORDS,
    **rounds.WORDS,
}
