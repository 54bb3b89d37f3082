"""What a finding's sentence is filled with, as people read it: roles, stages and entry types by name, dates as dates.

The findings themselves keep the codes and instants, for programs.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from selection.kernel.instants import show_instant
from selection.kernel.stages import Names
from selection.timeline.events import name_act
from selection.timeline.sentences import SENTENCES
from selection.wording.bound_by import TIES
from selection.wording.code_names import (
    DEADLINES,
    DECISIONS,
    DUTIES,
    OUTCOMES,
    POSTS,
    ROLES,
    ROUND_STAGES,
    RUNGS,
    STAGES,
    name_of,
)

INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
NOTHING = "None"
"""How a program writes that there is no value."""
NAMES: Mapping[str, Names] = {
    "role": ROLES,
    # Beside the stages of applications and rounds the sealed rules name some by what they end with.
    "stage": {**DEADLINES, **ROUND_STAGES, **STAGES},
    "deadline": DEADLINES,
    "window": DEADLINES,
    "rung": RUNGS,
    "duty": DUTIES,
    "post": POSTS,
    "tie": TIES,
    "outcome": OUTCOMES,
}
"""The parameters that are codes, with what these are called; a code without a name is shown as it is."""
NAMES_OF: Mapping[tuple[str, str], Names] = {("two-duties", "other"): DUTIES}
"""The same of parameters that are codes in one finding alone."""
WHERE_EMPTY = {("other-rules", "expected"): "other-rules-unsealed"}
"""The findings whose sentence is another where a parameter holds nothing, with that sentence's code."""


def choose_sentence(code: str, params: Mapping[str, str]) -> str:
    """Return the code of the sentence that says a finding with these parameters."""
    return next(
        (other for (said, name), other in WHERE_EMPTY.items() if said == code and not params.get(name)), code
    )


def put_in_words(code: str, params: Mapping[str, str], lang: str) -> dict[str, str]:
    """Return the parameters of a finding's sentence as people read them, in `en` or `zh`.

    Instants stay as they are where one of them falls between two seconds: in words these would be alike.
    """
    exact = any(moment.microsecond for moment in map(_read_instant, params.values()) if moment is not None)
    return {name: _put(code, name, value, lang, exact=exact) for name, value in params.items()}


def _read_instant(value: str) -> datetime | None:
    if not INSTANT.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _put(code: str, name: str, value: str, lang: str, *, exact: bool) -> str:
    if value == NOTHING:
        return ("nothing", "无")[lang == "zh"]
    if value in SENTENCES:
        return f"“{name_act(value, lang).rstrip('.。')}”"
    if (moment := _read_instant(value)) is not None and not exact:
        with suppress(OverflowError):
            return show_instant(moment, lang)
    if name == "decision":
        # A ruling is named with what it is on.
        kind, slash, of = value.partition("/")
        return f"{name_of(DECISIONS, kind, lang)}{slash and ' '}{of}"
    return name_of(NAMES_OF.get((code, name), NAMES.get(name, {})), value, lang)
