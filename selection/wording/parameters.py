"""How the codes in events and letters are shown, by the name of the parameter that holds them."""

from collections.abc import Callable

from selection.round.amending_rules.sentences import name_path, name_value
from selection.round.sentences import CAUSES
from selection.wording.code_names import (
    DEADLINES,
    DECISIONS,
    FORMS,
    OUTCOMES,
    POSTS,
    ROUND_STAGES,
    TASKS,
    Names,
    name_batch,
    name_clash,
    name_of,
)


def name_by(names: Names) -> Callable[[str, str], str]:
    """Return a reader of one code: from the code and a language to its name."""
    return lambda code, language: name_of(names, code, language)


READERS: dict[str, Callable[[str, str], str]] = {
    "outcome": name_by(OUTCOMES),
    "name": name_by(DEADLINES),
    "cause": name_by(CAUSES),
    "form_name": name_by(FORMS),
    "path": name_path,
    "before": name_value,
    "after": name_value,
    "post": name_by(POSTS),
    "finished": name_by(ROUND_STAGES),
    "next": name_by(ROUND_STAGES),
    "awaited": name_by(TASKS),
    "decision": name_by(DECISIONS),
    "batch": name_batch,
    "clashing": lambda names, language: name_clash(names.split(), language),
}
"""Parameter -> from a code and a language to what is shown."""
