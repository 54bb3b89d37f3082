"""What a letter takes of the record is the applicant's to know, by the visibility table."""

import pytest

from papers.words import SENTENCES
from selection.kernel.stages import Outcome
from selection.visibility.table import EVENT_ROWS
from starter.papers.letters import REASONS, RESTS_ON, Source

SOURCES = [source for given in REASONS.values() for _, source in given]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.event)
def test_applicants_may_see_each_field_of_their_letter(source: Source) -> None:
    row = EVENT_ROWS[source.event]
    for name in filter(None, ("*", source.text, source.grounds)):
        assert any(word.partition(":")[0] == "applicant" for word in row[name].split()), name


def test_each_outcome_that_is_told_has_its_letter() -> None:
    # Who never submitted is no party to anything.
    assert {*RESTS_ON, Outcome.NEVER_SUBMITTED} == set(Outcome)
    assert {f"letter-{outcome.value}" for outcome in RESTS_ON} <= SENTENCES.keys()
