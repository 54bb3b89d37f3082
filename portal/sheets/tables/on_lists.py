"""The acts on a unit's recommendation list."""

from portal.sheets.choices.lists import find_number, list_listed, list_recommendable
from portal.sheets.choices.options import see_revision
from portal.sheets.sheet import Ask, Sheet
from selection.kernel.stages import Stage
from selection.recommendation.commands import (
    RankRecommendations,
    Recommend,
    RecommendOnPaper,
    WithdrawRecommendation,
)
from selection.visibility.viewer import Standing

UNITS = frozenset({Standing.RECOMMENDER})

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        Recommend,
        {
            "application": Ask(known=find_number),
            "revision": Ask(known=see_revision, seen=True),
            "form": Ask(form="opinion"),
        },
        place="application",
        standings=UNITS,
        material=True,
        stages=frozenset({Stage.SUBMITTED.value}),
    ),
    Sheet(
        WithdrawRecommendation,
        {"application": Ask(known=find_number)},
        place="application",
        standings=UNITS,
        stages=frozenset({Stage.RECOMMENDED.value}),
    ),
    Sheet(
        RecommendOnPaper,
        {
            "application": Ask(options=list_recommendable),
            "agent": Ask(kind="line"),
            "form": Ask(form="opinion"),
        },
    ),
    Sheet(RankRecommendations, {"order": Ask(kind="order", options=list_listed)}),
)
