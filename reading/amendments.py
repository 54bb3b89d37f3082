"""How the rules of a round changed since they were sealed: what the call publishes, and what waits for an approver."""

from collections.abc import Mapping

from selection.kernel.model import Counted, Frozen, Instant
from selection.round.state import RoundState
from selection.rules.changing.amendments import EnteredAmendment, RulesAmendment
from selection.wording.round_words import RoundWords


class ShownAmendment(Frozen):
    """A change of the rules: the field by its path and what it is called, its value before and after.

    `reason` is the officer's, empty where it is not shown or was erased.
    """

    number: Counted
    path: str
    en: str
    zh: str
    before: str
    after: str
    at: Instant
    reason: str = ""


def show_amendment(
    item: RulesAmendment | EnteredAmendment, words: RoundWords, bodies: Mapping[str, bytes] | None = None
) -> ShownAmendment:
    """Return an amendment as it is shown, in the words of its round; `bodies` are stored texts by id."""
    reason = (bodies or {}).get(item.reason.id, b"").decode("utf-8", "replace")
    return ShownAmendment(
        number=item.number,
        path=item.path,
        en=words.name_field(item.path, "en"),
        zh=words.name_field(item.path, "zh"),
        before=item.before,
        after=item.after,
        at=item.at,
        reason=reason,
    )


def list_reasons(state: RoundState) -> list[str]:
    """Return the contents that hold the reasons of a round's amendments."""
    return [item.reason.id for item in state.amendments]
