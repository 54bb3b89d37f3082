"""All sentences of act sheets: those of each act from its room, and those of any act."""

from portal.wording.doing import any_act, register
from selection.rooms import LABELS

WORDS: dict[str, tuple[str, str]] = {
    **{part: names for part, names in LABELS.items() if "." in part},
    **any_act.WORDS,
    **register.WORDS,
}
