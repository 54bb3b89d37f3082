"""The panel's meeting as its chair fills it in: dissents by member, and votes that add up."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.sheets.sheet import Wrong
from portal.wording.doing.every import WORDS
from selection.application.appraisal.events import Dissent
from selection.kernel.counting import fill

VOTES = ("votes_for", "votes_against", "abstained")


def make_dissents(texts: Mapping[str, Any]) -> tuple[Dissent, ...]:
    """Return dissents from the text of each member who wrote one."""
    return tuple(Dissent(expert=expert, text=text) for expert, text in texts.items())


def check_meeting(values: Mapping[str, Any]) -> Sequence[Wrong]:
    """Find who stood aside without being there, who dissented without a vote, and votes that do not add up."""
    present, aside = set(values["present"]), set(values.get("aside", ()))
    voters = len(present - aside)
    found = []
    if not aside <= present:
        found.append(Wrong("aside", *WORDS["record-appraisal.aside-absent"]))
    if not set(values.get("dissents", ())) <= present - aside:
        found.append(Wrong("dissents", *WORDS["record-appraisal.dissent-without-vote"]))
    if sum(values[name] for name in VOTES) != voters:
        en, zh = WORDS["record-appraisal.votes-unclear"]
        found.append(Wrong("votes_for", fill(en, {"voters": voters}), fill(zh, {"voters": voters})))
    return found
