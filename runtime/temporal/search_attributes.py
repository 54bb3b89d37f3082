from collections.abc import Mapping

from temporalio.common import SearchAttributeKey

ROUND = SearchAttributeKey.for_keyword("SelectionRound")
STAGE = SearchAttributeKey.for_keyword("SelectionStage")
REGION = SearchAttributeKey.for_keyword("SelectionRegion")
FIELD = SearchAttributeKey.for_keyword("SelectionField")
OUTCOME = SearchAttributeKey.for_keyword("SelectionOutcome")

ALL: tuple[SearchAttributeKey[str], ...] = (ROUND, STAGE, REGION, FIELD, OUTCOME)
"""What an operator can query workflows by. Values are opaque codes, never names of people."""


def registrations() -> Mapping[str, str]:
    """Give name and type of each, as `temporal server start-dev --search-attribute` takes them."""
    return {key.name: "Keyword" for key in ALL}
