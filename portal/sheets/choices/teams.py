"""What holds of people who are appointed together, told before anything is sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.sheets.sheet import Wrong
from portal.wording.doing.every import WORDS

EXAMINERS = 2
"""The least that any rules ask for: one alone could not uphold an objection."""


def check_team(values: Mapping[str, Any]) -> Sequence[Wrong]:
    """Find a leader who is no member."""
    if values["lead"] in values["members"]:
        return ()
    return (Wrong("lead", *WORDS["appoint-survey-team.not-in-team"]),)


def check_examiners(values: Mapping[str, Any]) -> Sequence[Wrong]:
    """Find fewer examiners than could uphold an objection."""
    if len(set(values["examiners"])) >= EXAMINERS:
        return ()
    return (Wrong("examiners", *WORDS["appoint-examiners.too-few"]),)
